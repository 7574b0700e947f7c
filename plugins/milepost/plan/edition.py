"""The public edition: what of a plan may be told, taken out of its records before anything is worked out or shown."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from milepost.plan.currencies import SHARE
from milepost.plan.links import Node, node_of
from milepost.plan.public_budget import budget_shares, budget_totals
from milepost.plan.public_fields import PUBLIC_FIELDS
from milepost.plan.references import Keys, references, without
from milepost.plan.unassigned import keep_duration
from milepost.records.budget import BudgetLine
from milepost.records.entry import Entry, Record
from milepost.records.feature import Feature
from milepost.records.input import Input
from milepost.records.person import Person
from milepost.records.records import SECTIONS, Records
from milepost.records.update import Update

_E = TypeVar("_E", bound=Entry)
_R = TypeVar("_R", bound=Record)
NOT_TOLD = date.min
"""The day of an input of which only that it exists is told."""


def prune(portfolio: tuple[Records, ...], edition: str, as_of: date) -> tuple[Records, ...]:
    """The records an edition may tell: all of them in the full one.

    In the public one internal records are gone with every reference to them, and so is what exists only for one of
    them: an update about it, a budget line that pays for it. `project.publish` rules over money, people and inputs;
    fields that are not declared public and the author's own `x-` keys are gone. Totals of the budget are as of `as_of`.
    """
    if edition == "full":
        return portfolio
    seen = tuple(_each(records, lambda found: None if found.audience == "internal" else found) for records in portfolio)
    told, names = [], {}
    for records in _closed(seen, {}):
        kept, renamed = _told(records, as_of)
        told.append(kept)
        names.update({(records.id, old): new for old, new in renamed.items()})
    return tuple(_bare(_renumbered(records)) for records in _closed(tuple(told), names))


def _each(records: Records, change: Callable[[Record], Record | None]) -> Records:
    """The records with `change` done to each; those for which it gives None are left out, and their places."""
    sections: dict[str, Any] = {}
    for name in SECTIONS:
        sections[name] = tuple(new for old in records.section(name) if (new := change(old)) is not None)
    left = {record.id for found in sections.values() for record in found} | {""}
    return replace(records, **sections, places={name: at for name, at in records.places.items() if name in left})


def _closed(portfolio: tuple[Records, ...], names: Mapping[Node, str]) -> tuple[Records, ...]:
    """The records without references to what is gone; `names` says what has another id now."""
    while True:
        known = {(records.id, record.id) for records in portfolio for _, record in records.all()}
        lost = {
            (records.id, record.id)
            for records in portfolio
            for _, record in records.all()
            if (subject := _subject(record)) and not _is_known(subject, records.id, known, names)
        }
        if not lost:
            return tuple(_each(records, partial(_linked, records.id, known, names)) for records in portfolio)
        portfolio = tuple(_each(records, partial(_kept, records.id, lost)) for records in portfolio)


def _subject(record: Record) -> str | None:
    """What a record is only there for. Without it the record would speak of the project, which it does not."""
    if isinstance(record, Update):
        return record.about
    return (record.milestone or record.feature) if isinstance(record, BudgetLine) else None


def _is_known(target: str, project: str, known: Collection[Node], names: Mapping[Node, str]) -> bool:
    node = node_of(target, project)
    return node in names or node in known


def _kept(project: str, lost: Collection[Node], record: Record) -> Record | None:
    return None if (project, record.id) in lost else record


def _linked(project: str, known: Collection[Node], names: Mapping[Node, str], record: Record) -> Record:
    """A record without references to what is gone, and with the new ids of what has one."""
    changed, gone = record, []
    for reference in references(record):
        node = node_of(reference.target, project)
        if new := names.get(node):
            prefix, slash, _ = reference.target.rpartition("/")
            changed = _replaced(changed, reference.keys, f"{prefix}{slash}{new}")
        elif node not in known:
            gone.append(reference.keys)
    changed = without(changed, gone) if gone else changed
    if isinstance(changed, Feature) and isinstance(record, Feature):
        return keep_duration(changed, record)
    return changed


def _replaced(entry: _E, keys: Keys, new: str) -> _E:
    """`entry` with `new` at `keys`."""
    name, rest = str(keys[0]), keys[1:]
    value = getattr(entry, name)
    if not rest:
        changed: Any = new
    elif isinstance(value, tuple):
        i = int(rest[0])
        inner = new if len(rest) == 1 else _replaced(value[i], rest[1:], new)
        changed = (*value[:i], inner, *value[i + 1 :])
    else:
        changed = _replaced(value, rest, new)
    return entry.model_copy(update={name: changed})


def _told(records: Records, as_of: date) -> tuple[Records, dict[str, str]]:
    """What `project.publish` allows of money, people and inputs, and the new ids of people and inputs, by the old."""
    rules = records.project.publish
    names: dict[str, str] = {}
    taken = {record.id for _, record in records.all()}
    people: tuple[Person, ...] = records.people if rules.people == "names" else ()
    if rules.people == "roles":
        people = _renamed("person", (_role(person) for person in records.people if person.role), taken, names)
    inputs: tuple[Input, ...] = records.inputs if rules.inputs == "full" else ()
    if rules.inputs == "counts":
        inputs = _renamed("input", (_counted(found) for found in records.inputs), taken, names)
    places = {names.get(old, old): place for old, place in records.places.items()}
    records = _money(replace(records, people=people, inputs=inputs, places=places), as_of)
    return _each(records, lambda record: record), names


def _renamed(kind: str, found: Iterable[_R], taken: set[str], names: dict[str, str]) -> tuple[_R, ...]:
    """The records under ids that tell nothing: `person-1`, `person-2` …"""
    changed, number = [], 0
    for record in found:
        number += 1
        while (new := f"{kind}-{number}") in taken:
            number += 1
        names[record.id] = new
        changed.append(record.model_copy(update={"id": new}))
    return tuple(changed)


def _role(person: Person) -> Person:
    """A person by their role: nothing that is theirs alone is left."""
    return Person(id=person.id, name=person.role or "", role=person.role, team=person.team)


def _counted(found: Input) -> Input:
    return Input.model_construct(id=found.id, title="Input", on=NOT_TOLD, features=found.features, audience="public")


def _money(records: Records, as_of: date) -> Records:
    """The budget as far as it is told. Funding, rates, what a risk costs and a cut by money need all of it."""
    rule, project = records.project.publish.budget, records.project
    if rule == "full":
        return records
    told = {"totals": budget_totals, "share": budget_shares}.get(rule)
    lines, places = told(records, as_of) if told else ((), {})
    currency = SHARE if rule == "share" and lines else project.currency
    ranking = project.ranking
    if ranking and ranking.cut and ranking.cut.budget:
        ranking = ranking.model_copy(update={"cut": None})
    return replace(
        records,
        project=project.model_copy(update={"rates": {}, "ranking": ranking, "currency": currency}),
        budget=lines,
        funding=(),
        risks=tuple(risk.model_copy(update={"cost": None}) for risk in records.risks),
        places={**records.places, **places},
    )


def _renumbered(records: Records) -> Records:
    """The features in the same order by hand, counted anew: a number left out would tell that something is hidden."""
    orders = sorted({f.score.manual.order for f in records.features if f.score and f.score.manual})
    numbers = {order: Decimal(i) for i, order in enumerate(orders, start=1)}

    def anew(feature: Record) -> Record:
        if not isinstance(feature, Feature) or not feature.score or not feature.score.manual:
            return feature
        manual = feature.score.manual.model_copy(update={"order": numbers[feature.score.manual.order]})
        return feature.model_copy(update={"score": feature.score.model_copy(update={"manual": manual})})

    return _each(records, anew) if orders else records


def _bare(records: Records) -> Records:
    """The records without fields that are not public and without `x-` keys."""
    return replace(_each(records, bare), project=bare(records.project))


def bare(entry: _E) -> _E:
    """An entry, and all in it, with the fields that are declared public; the others are as if not written."""
    model, public = type(entry), PUBLIC_FIELDS.get(type(entry), frozenset())
    changed: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        old = getattr(entry, name)
        if name in public:
            new = _bare_value(old)
        elif field.is_required():
            continue
        else:
            new = field.get_default(call_default_factory=True, validated_data={})
        if new is not old:
            changed[name] = new
    if not changed and not entry.x:
        return entry
    copied = entry.model_copy(update=changed)
    if copied.__pydantic_extra__:
        copied.__pydantic_extra__.clear()
    return copied


def _bare_value(value: Any) -> Any:
    """A value of a field; the same object where nothing is to be taken out."""
    if isinstance(value, Entry):
        return bare(value)
    if isinstance(value, tuple):
        inner = tuple(_bare_value(one) for one in value)
        return value if all(a is b for a, b in zip(inner, value, strict=True)) else inner
    return {key: _bare_value(one) for key, one in value.items()} if isinstance(value, dict) else value
