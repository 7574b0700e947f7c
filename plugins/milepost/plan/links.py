"""What refers to what: every reference checked, and the ways back from each record to those that name it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from milepost.diagnostics import Diagnostic, Place, Related, Severity, did_you_mean
from milepost.plan.circles import circles
from milepost.plan.references import Keys, Reference, references, without
from milepost.records.budget import BudgetLine
from milepost.records.entry import Record
from milepost.records.feature import Feature
from milepost.records.input import Input
from milepost.records.milestone import Milestone
from milepost.records.records import SECTIONS, Records
from milepost.records.update import Update
from milepost.records.work import Dependency

_COMPARISONS = 10_000  # of an unknown id with known ones; each takes some ten microseconds
_LONGEST = 50  # items of a circle that are told
_KIND = {"people": "person", "budget": "budget line", "funding": "funding"}
T = TypeVar("T")
Node = tuple[str, str]  # project id, record id


@dataclass(frozen=True, slots=True)
class Links:
    """The references of one project, followed both ways.

    `by_id` gives each record with its section. `needs` are the dependencies of a milestone or feature that count:
    none that dangles, closes a circle or leads to dropped work. `waiting` names what depends on an id. `members` are
    the features of a milestone, `lines` the budget lines that pay for an item, `inputs` what was said for a feature,
    `affected_by` the risks and decisions that touch an id, `updates` the reports about an id ("" = the project),
    newest first.
    """

    by_id: Mapping[str, tuple[str, Record]]
    needs: Mapping[str, tuple[Dependency, ...]]
    waiting: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[Feature, ...]]
    lines: Mapping[str, tuple[BudgetLine, ...]]
    inputs: Mapping[str, tuple[Input, ...]]
    affected_by: Mapping[str, tuple[str, ...]]
    updates: Mapping[str, tuple[Update, ...]] = field(default_factory=dict)


def link(
    portfolio: tuple[Records, ...], unreadable: str = ""
) -> tuple[tuple[Records, ...], tuple[Links, ...], list[Diagnostic]]:
    """Check every reference of all projects; return the records without the bad ones, and the links.

    `unreadable` is the text of files of which something was lost: what is named there is not told as missing.
    """
    checker = _Checker(portfolio, _words(unreadable))
    clean = tuple(checker.clean(records) for records in portfolio)
    needs, problems = _needs(clean)
    waiting: dict[Node, list[str]] = defaultdict(list)
    for (project, node), found in needs.items():
        for dependency in found:
            target = node_of(dependency.id, project)
            waiting[target].append(node if target[0] == project else f"{project}/{node}")
    return clean, tuple(_links(records, needs, waiting) for records in clean), checker.problems + problems


def _words(text: str) -> frozenset[str]:
    """Everything in `text` that may be an id, with and without the full stop that ends a sentence."""
    found = re.findall(r"[a-z0-9][a-z0-9._-]*", text)
    return frozenset([*found, *(word.rstrip("._-") for word in found)])


class _Checker:
    """Checks references against the ids of all projects."""

    def __init__(self, portfolio: tuple[Records, ...], hidden: frozenset[str]) -> None:
        self.ids = {records.id: {record.id: section for section, record in records.all()} for records in portfolio}
        self.lost = {records.id: records.lost for records in portfolio}
        self.hidden = hidden
        self.problems: list[Diagnostic] = []
        self.comparisons = _COMPARISONS

    def clean(self, records: Records) -> Records:
        """The records of a project without references that lead nowhere."""
        changed: dict[str, Any] = {
            section: tuple(self._record(records, record) for record in records.section(section)) for section in SECTIONS
        }
        return replace(records, **changed)

    def _record(self, records: Records, record: Record) -> Record:
        bad: list[Keys] = [r.keys for r in references(record) if not self._holds(records, record, r)]
        return without(record, bad) if bad else record

    def _holds(self, records: Records, record: Record, reference: Reference) -> bool:
        project, target = node_of(reference.target, records.id)
        known = self.ids.get(project, {})
        section = known.get(target)
        elsewhere = reference.own and project != records.id
        if section and not elsewhere and (not reference.sections or section in reference.sections):
            return True
        if section is None and (target in self.lost.get(project, ()) or target in self.hidden):
            return False
        place = records.places[record.id]
        found = Place(place.file, (*place.keys, *reference.keys))
        if elsewhere and project in self.ids:
            message = f"“{reference.target}” is in another project; a feature counts in one"
            hint = "name a milestone of this project, or let that one depend on the feature"
            self.problems.append(Diagnostic("wrong-reference", message, found, hint))
        else:
            self.problems.append(self._dangling(reference, section, known, found))
        return False

    def _dangling(
        self, reference: Reference, section: str | None, known: Mapping[str, str], place: Place
    ) -> Diagnostic:
        wanted = " or ".join(kind(name) for name in reference.sections) or "record"
        project, _, target = reference.target.rpartition("/")
        if section:
            message = f"“{reference.target}” is a {kind(section)}; a {wanted} is needed here"
            return Diagnostic("wrong-reference", message, place)
        if project and project not in self.ids:
            message = f"there is no project “{project}”"
            return Diagnostic("unknown-reference", message, place, self._nearest(project, dict.fromkeys(self.ids, "")))
        message = f"there is no {wanted} “{target}”"
        return Diagnostic("unknown-reference", message, place, self._nearest(target, known, reference.sections))

    def _nearest(self, word: str, known: Mapping[str, str], sections: Sequence[str] = ()) -> str | None:
        """The hint that offers the nearest id; only the first few mistakes among thousands of ids get one."""
        self.comparisons -= len(known)
        if self.comparisons < 0:
            return None
        return did_you_mean(word, [name for name, at in known.items() if not sections or at in sections])


def kind(section: str) -> str:
    """What one record of a section is called."""
    return _KIND.get(section, section.removesuffix("s"))


def node_of(reference: str, project: str) -> Node:
    """The project and the id that a reference written in `project` names."""
    other, _, target = reference.rpartition("/")
    return other or project, target


def _needs(portfolio: tuple[Records, ...]) -> tuple[dict[Node, tuple[Dependency, ...]], list[Diagnostic]]:
    """The dependencies that count, by the item that has them; those to dropped work and in circles are told."""
    items: dict[Node, Milestone | Feature] = {
        (records.id, item.id): item for records in portfolio for item in records.work
    }
    places = {(records.id, identity): place for records in portfolio for identity, place in records.places.items()}
    needs: dict[Node, tuple[Dependency, ...]] = {}
    problems = []
    for node, item in items.items():
        kept = []
        for i, dependency in enumerate(item.depends_on):
            target = items[node_of(dependency.id, node[0])]
            if target.status != "dropped":
                kept.append(dependency)
            elif item.status not in ("done", "dropped"):
                place = Place(places[node].file, (*places[node].keys, "depends_on", i))
                message = f"“{item.id}” waits for “{dependency.id}”, which is dropped"
                hint = "take the dependency out; it counts for nothing"
                problems.append(Diagnostic("dropped-reference", message, place, hint, severity=Severity.WARNING))
        needs[node] = tuple(kept)
    return _without_circles(items, needs, places, problems)


def _without_circles(
    items: Mapping[Node, Milestone | Feature],
    needs: dict[Node, tuple[Dependency, ...]],
    places: Mapping[Node, Place],
    problems: list[Diagnostic],
) -> tuple[dict[Node, tuple[Dependency, ...]], list[Diagnostic]]:
    """Tell every circle whole, and cut its last link."""
    graph: dict[Node, list[Node]] = {node: [node_of(d.id, node[0]) for d in found] for node, found in needs.items()}
    written = {(node, target) for node, targets in graph.items() for target in targets}
    for node, item in items.items():
        if isinstance(item, Feature) and item.milestone and item.status != "dropped":
            milestone = node_of(item.milestone, node[0])
            graph[milestone].append(node)
            written.discard((milestone, node))  # cut there, membership would close the circle again
    for circle in circles(graph, written):
        pairs = list(zip(circle, [*circle[1:], circle[0]], strict=True))
        ends = [_link_place(node, target, items, places) for node, target in pairs]
        names = " → ".join(_shortened([node[1] for node in [*circle, circle[0]]]))
        related = tuple(
            Related(f"“{node[1]}” waits for “{target[1]}”", place)
            for (node, target), place in list(zip(pairs, ends, strict=True))[:_LONGEST]
        )
        message = f"a circle: {names}; each waits for the next"
        problems.append(Diagnostic("circle", message, ends[0], "take one of the links out", related))
        last, first = pairs[-1]
        needs[last] = tuple(d for d in needs[last] if node_of(d.id, last[0]) != first)
    return needs, problems


def _shortened(names: list[str]) -> list[str]:
    """The names on a circle; of one that nobody could follow, both ends."""
    if len(names) <= _LONGEST:
        return names
    return [*names[: _LONGEST - 5], f"… {len(names) - _LONGEST:,} more …", *names[-5:]]


def _link_place(
    node: Node, target: Node, items: Mapping[Node, Milestone | Feature], places: Mapping[Node, Place]
) -> Place:
    """Where it is written that `node` waits for `target`: in its dependencies, or as a feature's milestone."""
    for i, dependency in enumerate(items[node].depends_on):
        if node_of(dependency.id, node[0]) == target:
            return Place(places[node].file, (*places[node].keys, "depends_on", i))
    return Place(places[target].file, (*places[target].keys, "milestone"))


def _links(records: Records, needs: Mapping[Node, tuple[Dependency, ...]], waiting: Mapping[Node, list[str]]) -> Links:
    members: dict[str, list[Feature]] = defaultdict(list)
    lines: dict[str, list[BudgetLine]] = defaultdict(list)
    inputs: dict[str, dict[str, Input]] = defaultdict(dict)
    affected: dict[str, list[str]] = defaultdict(list)
    updates: dict[str, list[Update]] = defaultdict(list)
    said = {found.id: found for found in records.inputs}
    for feature in records.features:
        if feature.milestone:
            members[feature.milestone].append(feature)
        inputs[feature.id].update((name, said[name]) for name in feature.inputs if name in said)
    for line in records.budget:
        if paid_for := line.milestone or line.feature:
            lines[paid_for].append(line)
    for found in records.inputs:
        for target in found.features:
            inputs[target][found.id] = found
    for risk in records.risks:
        for target in risk.affects:
            affected[target].append(risk.id)
    for decision in records.decisions:
        for target in decision.affects:
            affected[target].append(decision.id)
    for update in sorted(records.updates, key=lambda u: (u.on, u.id), reverse=True):
        updates[update.about or ""].append(update)
    own = {node[1]: found for node, found in needs.items() if node[0] == records.id}
    back = {node[1]: tuple(found) for node, found in waiting.items() if node[0] == records.id}
    return Links(
        by_id={record.id: (section, record) for section, record in records.all()},
        needs=own,
        waiting=back,
        members=_frozen(members),
        lines=_frozen(lines),
        inputs={name: tuple(found.values()) for name, found in inputs.items() if found},
        affected_by=_frozen(affected),
        updates=_frozen(updates),
    )


def _frozen(groups: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {name: tuple(found) for name, found in groups.items()}
