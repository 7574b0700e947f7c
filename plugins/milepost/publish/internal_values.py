"""What of a plan must not come out in its public edition, worked out from the format's rules and not from the pruning.

It is there to check the pruning, so it shares none of its steps: each value that is written is public or internal by
section 9 of the format, whatever is done with it later.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from milepost.diagnostics import Place
from milepost.plan.links import node_of
from milepost.plan.plan import Plan
from milepost.plan.public_fields import PUBLIC_FIELDS
from milepost.plan.references import references
from milepost.records.budget import BudgetLine, Funding, Spending
from milepost.records.entry import Entry, Record
from milepost.records.input import Input
from milepost.records.person import Away, Person
from milepost.records.project import Cut, Project
from milepost.records.records import Records
from milepost.records.risk import Risk
from milepost.records.update import Update
from milepost.records.values import Money

Node = tuple[str, str]

_NEVER: Mapping[type[Entry], frozenset[str]] = {  # §9, written here a second time on purpose
    Person: frozenset({"rate"}),
    Away: frozenset({"why"}),
    Spending: frozenset({"note"}),
    Input: frozenset({"source", "revenue"}),
}
_MONEY: Mapping[type[Entry], frozenset[str]] = {  # what only a full budget tells, beside its lines and the funding
    Project: frozenset({"rates"}),
    Risk: frozenset({"cost"}),
    Cut: frozenset({"budget"}),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A value as an author wrote it: a text, or an amount or number, and where."""

    value: str | Decimal
    place: Place


def internal_and_public(plans: Iterable[Plan]) -> tuple[list[Written], list[Written]]:
    """The values of the full edition that a public one must not tell, and those that it may."""
    plans = tuple(plans)
    hidden = _hidden(tuple(plan.records for plan in plans))
    internal: list[Written] = []
    public: list[Written] = []
    for plan in plans:
        records = plan.records
        rules = records.project.publish
        for record in chain([records.project], (record for _, record in records.all())):
            identity = record.id if isinstance(record, Record) else ""
            all_of_it = (records.id, identity) in hidden
            for told, written in _values(record, records.places[identity], rules.budget == "full"):
                by_role = isinstance(record, Person) and rules.people == "roles" and record.audience == "public"
                named = written.place.keys[-1] in ("role", "team") if by_role else not all_of_it
                (public if told and named else internal).append(written)
    ids = {identity for _, identity in hidden}
    return internal, [found for found in public if str(found.value).rpartition("/")[2] not in ids]


def _hidden(portfolio: tuple[Records, ...]) -> frozenset[Node]:
    """The records that are internal themselves, by a rule of `publish`, or because they are about one that is."""
    found = {
        (records.id, record.id)
        for records in portfolio
        for _, record in records.all()
        if record.audience == "internal" or _untold(records, record)
    }
    by_id = {(records.id, record.id) for records in portfolio for _, record in records.all()}
    grown = True
    while grown:
        about = {
            (records.id, record.id)
            for records in portfolio
            for _, record in records.all()
            if any(node_of(target, records.id) in found & by_id for target in _subjects(record))
        }
        grown = not about <= found
        found |= about
    return frozenset(found)


def _untold(records: Records, record: Record) -> bool:
    rules = records.project.publish
    if isinstance(record, BudgetLine | Funding):
        return rules.budget != "full"
    if isinstance(record, Person):
        return rules.people != "names"
    return isinstance(record, Input) and rules.inputs != "full"


def _subjects(record: Record) -> Iterator[str]:
    """What a record is only there for."""
    if isinstance(record, Update | BudgetLine):
        fields = ("about",) if isinstance(record, Update) else ("milestone", "feature")
        yield from (one.target for one in references(record) if one.keys[0] in fields)


def _values(entry: Entry, place: Place, with_money: bool, told: bool = True) -> Iterator[tuple[bool, Written]]:
    """Every text and number in an entry, and whether it may be told."""
    model = type(entry)
    public = PUBLIC_FIELDS.get(model, frozenset()) - _NEVER.get(model, frozenset())
    public -= frozenset() if with_money else _MONEY.get(model, frozenset())
    for name, field in model.model_fields.items():
        may_tell = told and name in public
        if "Literal" not in str(field.annotation) and (may_tell or name in entry.model_fields_set):
            at = Place(place.file, (*place.keys, field.alias or name))
            yield from _inside(getattr(entry, name, None), at, with_money, may_tell)
    for key, value in entry.x.items():
        yield False, Written(key, Place(place.file, (*place.keys, key), "key"))
        yield from _inside(value, Place(place.file, (*place.keys, key)), with_money, False)


def _inside(value: object, place: Place, with_money: bool, told: bool) -> Iterator[tuple[bool, Written]]:
    if isinstance(value, Entry):
        yield from _values(value, place, with_money, told)
    elif isinstance(value, Money | Decimal):
        yield told, Written(value.amount if isinstance(value, Money) else value, place)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield told, Written(Decimal(value), place)
    elif isinstance(value, str):
        yield told, Written(value, place)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            at = (*place.keys, str(key))
            if isinstance(key, str):
                yield told, Written(key, Place(place.file, at, "key"))
            yield from _inside(inner, Place(place.file, at), with_money, told)
    elif isinstance(value, tuple | list):
        for i, inner in enumerate(value):
            yield from _inside(inner, Place(place.file, (*place.keys, i)), with_money, told)
