"""What changed: the facts of a plan that bear a day, in a span of days, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

from milepost.plan.rates import Rates
from milepost.records.entry import Record
from milepost.records.records import Records
from milepost.records.values import Money

ChangeKind = Literal["done", "decided", "rejected", "reported", "started", "received", "spent", "said"]
DAYS = 14
_ORDER = {kind: place for place, kind in enumerate(get_args(ChangeKind))}
_DECIDED: dict[str, ChangeKind] = {"accepted": "decided", "superseded": "decided", "rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened `on` a day, of a kind, to a record.

    Money that moved is told once: `amount` in the project's currency is the sum of `count` payments, `on` the day of
    the latest of them, and `record` what they are all of, None where that is not one.
    """

    on: date
    kind: ChangeKind
    record: Record | None
    amount: Decimal | None = None
    count: int = 1


def changes(records: Records, rates: Rates, as_of: date, with_money: bool = True) -> tuple[Change, ...]:
    """What happened in the last two weeks up to the as-of date, as far as the records tell the day.

    A risk that happened and a date that moved bear no day, so they can't be told from here. `with_money` is for a
    budget with every payment: where only totals are told a month's are one, and what moved in two weeks isn't known.
    """
    since = as_of - timedelta(days=DAYS - 1)

    def lately(day: date | None) -> bool:
        return day is not None and since <= day <= as_of

    found: list[Change] = []
    for item in records.work:
        started = getattr(item, "started", None)
        if item.status == "done" and item.done and lately(item.done):
            found.append(Change(item.done, "done", item))
        elif item.status != "dropped" and started and lately(started):
            found.append(Change(started, "started", item))
    found += [
        Change(decision.on, _DECIDED[decision.status], decision)
        for decision in records.decisions
        if decision.on and lately(decision.on) and decision.status in _DECIDED
    ]
    found += [Change(update.on, "reported", update) for update in records.updates if lately(update.on)]
    found += [Change(said.on, "said", said) for said in records.inputs if lately(said.on)]
    if with_money:
        spent = [(line, s.on, s.amount) for line in records.budget for s in line.spent if lately(s.on)]
        found += _moved("spent", spent, rates)
        received = [(funding, funding.on, funding.amount) for funding in records.funding if lately(funding.on)]
        found += _moved("received", received, rates)
    return joined(found)


def joined(*sources: Iterable[Change]) -> tuple[Change, ...]:
    """Changes from several sources in one order: newest first, and of a day what matters most."""
    found = [change for source in sources for change in source]
    return tuple(sorted(found, key=lambda c: (-c.on.toordinal(), _ORDER[c.kind], c.record.id if c.record else "")))


def _moved(kind: ChangeKind, payments: Iterable[tuple[Record, date, Money]], rates: Rates) -> list[Change]:
    """All payments of a kind as one change; those without a rate are in no total, so not here either."""
    valued = [(record, on, value) for record, on, money in payments if (value := rates.convert(money, on)) is not None]
    if not valued:
        return []
    of = {record.id: record for record, _, _ in valued}
    record = next(iter(of.values())) if len(of) == 1 else None
    total = sum((value for _, _, value in valued), Decimal(0))
    return [Change(max(on for _, on, _ in valued), kind, record, total, len(valued))]
