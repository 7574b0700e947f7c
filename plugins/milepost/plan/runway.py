"""Runway: how long the money in hand lasts at the pace at which it was spent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from milepost.plan.earned_schedule import add_months
from milepost.plan.phrase import Phrase
from milepost.plan.rates import Rates
from milepost.records.records import Records

_ZERO = Decimal(0)
_MONTHS = 3
_FAR = 1200


@dataclass(frozen=True, slots=True)
class Runway:
    """Money in hand, what goes out of it a month, and how long it lasts.

    `in_hand` is funding received − spent, up to the as-of date; `net_burn` the mean of spent − income over the months
    whose first days are `over`; `months` = in hand ÷ net burn, and `day` the day it ends. `expected_…` count funding
    to come, too, weighted by how certain it is. What is undefined is None, and `gap` says why.
    """

    in_hand: Decimal
    expected_in_hand: Decimal
    net_burn: Decimal | None = None
    over: tuple[date, ...] = ()
    months: Decimal | None = None
    day: date | None = None
    expected_months: Decimal | None = None
    expected_day: date | None = None
    gap: Phrase | None = None


def runway(records: Records, spendings: Iterable[tuple[date, Decimal]], rates: Rates, as_of: date) -> Runway | None:
    """The runway of a project from its funding and what was spent up to the as-of date; None without any funding."""
    funding = [(f, amount) for f in records.funding if (amount := rates.convert(f.amount, f.on)) is not None]
    if not funding:
        return None
    spent = [(on, amount) for on, amount in spendings if on <= as_of]
    income = [(f.on, amount) for f, amount in funding if f.kind == "income" and f.on <= as_of]
    received = sum((amount for f, amount in funding if f.on <= as_of), _ZERO)
    in_hand = received - sum((amount for _, amount in spent), _ZERO)
    expected = in_hand + sum((amount * f.certain for f, amount in funding if f.on > as_of), _ZERO)
    moved = [on for on, _ in spent] + [f.on for f, _ in funding if f.on <= as_of]
    over = full_months(min(moved), as_of) if moved else ()
    if not over:
        return Runway(in_hand, expected, gap=Phrase("no full month has passed since the first money moved"))
    burnt = sum((amount for on, amount in spent if on.replace(day=1) in over), _ZERO)
    burnt -= sum((amount for on, amount in income if on.replace(day=1) in over), _ZERO)
    burn = burnt / len(over)
    if burn <= 0:
        return Runway(in_hand, expected, burn, over, gap=Phrase("no more goes out than comes in, so there is no limit"))
    months, day = _lasts(in_hand, burn, as_of)
    expected_months, expected_day = _lasts(expected, burn, as_of)
    return Runway(in_hand, expected, burn, over, months, day, expected_months, expected_day)


def full_months(first: date, as_of: date) -> tuple[date, ...]:
    """The first days of the last three calendar months that are over and not before the month of `first`."""
    end = (as_of + timedelta(days=1)).replace(day=1) if as_of < date.max else as_of.replace(day=1)
    months = (add_months(end, -back) for back in range(_MONTHS, 0, -1))
    return tuple(month for month in months if month >= first.replace(day=1))


def _lasts(amount: Decimal, burn: Decimal, as_of: date) -> tuple[Decimal, date]:
    """How many months an amount lasts, and until which day; what is overdrawn lasts no longer."""
    months = max(_ZERO, amount / burn)
    whole = int(min(months, Decimal(_FAR)))
    begun = add_months(as_of, whole)
    length = (add_months(as_of, whole + 1) - begun).days
    return months, date.fromordinal(min(begun.toordinal() + int(months % 1 * length), date.max.toordinal()))
