"""Earned schedule: how far the work is in months of the plan, where earned value tells it in money.

Formulas as in Lipke, “Schedule is Different” (2003) and the PMI's Standard for Earned Value Management.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from milepost.plan.phrase import Phrase
from milepost.plan.planned_value import Part

_ZERO = Decimal(0)
_MOST_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class EarnedSchedule:
    """Earned schedule of a scope; every figure is in months since `start`.

    `es` is when the plan had earned what is earned now, `at` the actual time, `pd` the planned duration; `sv_t` =
    ES − AT, `spi_t` = ES ÷ AT, and the time it takes in all `eac_t` = PD ÷ SPI(t) if it goes on as so far,
    `eac_t_plan` = AT + PD − ES if it goes on as planned. What is undefined is None, and `gap` says why.
    """

    start: date
    es: Decimal | None = None
    at: Decimal | None = None
    pd: Decimal | None = None
    sv_t: Decimal | None = None
    spi_t: Decimal | None = None
    eac_t: Decimal | None = None
    eac_t_plan: Decimal | None = None
    gap: Phrase | None = None


def earned_schedule(parts: Sequence[Part], ev: Decimal, start: date, as_of: date) -> EarnedSchedule:
    """Earned schedule of what is planned in `parts`, of which `ev` is earned; months are counted from `start`."""
    ends = [part.last for part in parts if part.last and part.amount]
    at = months_between(start, as_of + timedelta(days=1)) if as_of < date.max else _ZERO
    if not ends or max(ends) < start or max(ends) == date.max:
        return EarnedSchedule(start, gap=Phrase("nothing is planned over time"))
    if at <= 0:
        return EarnedSchedule(start, gap=Phrase("its time has not begun"))
    pd = months_between(start, max(ends) + timedelta(days=1))
    es = _earned_at(parts, ev, start, pd)
    spi = es / at
    return EarnedSchedule(
        start=start,
        es=es,
        at=at,
        pd=pd,
        sv_t=es - at,
        spi_t=spi,
        eac_t=pd / spi if spi else None,
        eac_t_plan=at + pd - es,
        gap=None if spi else Phrase("nothing is earned yet"),
    )


def _earned_at(parts: Sequence[Part], ev: Decimal, start: date, pd: Decimal) -> Decimal:
    """The months after which `ev` was planned, interpolated inside the month; the last one ends with the plan."""

    def planned(months: Decimal) -> Decimal:
        whole = int(months) + (months % 1 > 0)  # all of a broken last month is planned by its end
        evening = add_months(start, whole) - timedelta(days=1)
        return sum((part.by(evening) or _ZERO for part in parts), _ZERO)

    before, reached = _ZERO, _ZERO
    while before < pd and before < _MOST_MONTHS:
        after = min(before + 1, pd)
        value = planned(after)
        if value >= ev:
            return before + (after - before) * (ev - reached) / (value - reached) if ev > reached else before
        before, reached = after, value
    return pd


def months_between(start: date, morning: date) -> Decimal:
    """Months from the morning of `start` to another; a broken month counts by its calendar days."""
    whole = (morning.year - start.year) * 12 + morning.month - start.month
    if add_months(start, whole) > morning:
        whole -= 1
    begun = add_months(start, whole)
    length = (add_months(start, whole + 1) - begun).days or 31
    return whole + Decimal((morning - begun).days) / length


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last one; no further than `date` reaches."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
