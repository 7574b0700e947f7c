"""What stands around a milestone or feature, which the pages of both show alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from milepost.diagnostics import Place
from milepost.plan.money import Totals
from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.records.budget import BudgetLine
from milepost.records.decision import Decision
from milepost.records.entry import Link
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.risk import Risk
from milepost.records.work import Dependency
from milepost.views.history import Event, history
from milepost.views.item import ItemRef, Target, named, person_name, target_of
from milepost.views.money_groups import Bar, bar, longest
from milepost.views.slip import Slip, slip
from milepost.views.variance import line_told, told


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """What is waited for. `item` is None where it belongs to another project, which `reference` names."""

    item: ItemRef | None
    reference: str
    type: str
    lag: str | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A budget line with its totals; `said` tells how it stands to its plan, None where as planned."""

    line: BudgetLine
    totals: Totals
    said: Phrase | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an item: its dates, what it depends on and what waits for it, money, risks, history.

    Open predecessors come first, those that finish last before others; successors as they finish. `money_said` tells
    how its money stands to the plan.
    """

    slip: Slip
    depends_on: tuple[DependencyRow, ...]
    waiting: tuple[DependencyRow, ...]
    lines: tuple[LineRow, ...]
    money: Totals | None
    money_said: Phrase | None
    money_bar: Bar | None
    currency: str | None
    risks: tuple[Risk, ...]
    decisions: tuple[Decision, ...]
    history: tuple[Event, ...]
    links: tuple[Link, ...]
    tags: tuple[str, ...]
    own_keys: Mapping[str, Any]
    before: tuple[Target, str] | None
    after: tuple[Target, str] | None
    """The items of its kind before and after it, with their titles: open features in the order of their ranks."""
    place: Place | None
    """Where the item is written; in a public edition nothing is told of the plan's files."""


def judge(plan: Plan, item: Feature | Milestone) -> str | None:
    """The name of the person who overrode the computed health of an item."""
    health = plan.health.get(item.id)
    return person_name(plan, health.override.by) if health and health.override else None


def around(plan: Plan, item: Feature | Milestone) -> Around:
    """What stands around a milestone or feature."""
    links, records = plan.links, plan.records
    touching = set(links.affected_by.get(item.id, ()))
    lines = [line for line in links.lines.get(item.id, ()) if line.id in plan.money.lines]
    before, after = _neighbours(plan, item)
    money = plan.money.milestones if isinstance(item, Milestone) else plan.money.features
    totals = money.get(item.id)
    depends_on = [depends(plan, dependency) for dependency in item.depends_on]
    waiting = [_waits(plan, name, item.id) for name in links.waiting.get(item.id, ())]
    return Around(
        slip=slip(plan, item),
        depends_on=tuple(sorted(depends_on, key=_last_first)),
        waiting=tuple(sorted(waiting, key=_first_first)),
        lines=tuple(LineRow(line, plan.money.lines[line.id], line_told(plan, line)) for line in lines),
        money=totals,
        money_said=told(totals, plan.money.currency) if totals else None,
        money_bar=bar(totals, longest(totals)) if totals else None,
        currency=plan.money.currency or records.project.currency,
        risks=tuple(risk for risk in records.risks if risk.id in touching) if touching else (),
        decisions=tuple(decision for decision in records.decisions if decision.id in touching) if touching else (),
        history=history(plan, item),
        links=item.links,
        tags=item.tags,
        own_keys=item.x,
        before=before,
        after=after,
        place=records.places[item.id] if plan.edition == "full" else None,
    )


def _last_first(row: DependencyRow) -> tuple[bool, int]:
    return _is_over(row), -row.item.finish.toordinal() if row.item and row.item.finish else 0


def _first_first(row: DependencyRow) -> tuple[bool, int]:
    finish = row.item.finish if row.item else None
    return _is_over(row), (finish or date.max).toordinal()


def _is_over(row: DependencyRow) -> bool:
    return row.item is not None and row.item.status in ("done", "dropped")


def _neighbours(plan: Plan, item: Feature | Milestone) -> tuple[tuple[Target, str] | None, tuple[Target, str] | None]:
    if isinstance(item, Feature):
        order = plan.ranking.order
    else:
        order = tuple(milestone.id for milestone in plan.records.milestones)
    if item.id not in order:  # what is done or dropped has no rank
        return None, None
    at = order.index(item.id)

    def titled(i: int) -> tuple[Target, str] | None:
        found = plan.links.by_id[order[i]][1] if 0 <= i < len(order) else None
        return (target_of(found), found.title) if isinstance(found, Feature | Milestone) else None

    return titled(at - 1), titled(at + 1)


def depends(plan: Plan, dependency: Dependency) -> DependencyRow:
    """What is waited for by a dependency."""
    lag = str(dependency.lag) if dependency.lag.amount else None
    return DependencyRow(named(plan, dependency.id), dependency.id, dependency.type, lag)


def _waits(plan: Plan, name: str, identity: str) -> DependencyRow:
    entry = plan.links.by_id.get(name)
    item = entry[1] if entry else None
    own = item.depends_on if isinstance(item, Feature | Milestone) else ()
    found = next((dependency for dependency in own if dependency.id == identity), None)
    lag = str(found.lag) if found and found.lag.amount else None
    return DependencyRow(named(plan, name), name, found.type if found else "FS", lag)
