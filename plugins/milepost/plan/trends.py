"""How key figures stand against what they were: worked out from days that are written, never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from milepost.plan.calendar import Calendar
from milepost.plan.money import MoneyBook, Month, spent_by_day
from milepost.plan.rates import rates_of
from milepost.plan.runway import Runway, runway
from milepost.records.periods import Period
from milepost.records.records import Records

WEEKS = 4
_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Pace:
    """Features `done` in the last four weeks, and in the four `before`: None where the project is not that old."""

    done: int
    before: int | None


@dataclass(frozen=True, slots=True)
class InMonth:
    """A full month: what was `spent` in it, and what the work `finished` in it is worth by the budget.

    `spent_so_far` and `finished_so_far` are the sums up to its end.
    """

    first: date
    spent: Decimal
    finished: Decimal
    spent_so_far: Decimal
    finished_so_far: Decimal


@dataclass(frozen=True, slots=True)
class RunwayThen:
    """The runway as it was four weeks ago, by what had come in and gone out by then.

    `days` is how much later the money ends now than it ended then, negative where earlier; None where one of the two
    has no end.
    """

    on: date
    then: Runway
    days: int | None


def pace(records: Records, start: date, as_of: date) -> Pace | None:
    """The pace of a project that started on a day; None where no feature tells the day on which it was done."""
    done = [f.done for f in records.features if f.done and f.status == "done"]
    if not done:
        return None
    since, long_since = as_of - timedelta(weeks=WEEKS), as_of - timedelta(weeks=2 * WEEKS)
    lately = sum(since < day <= as_of for day in done)
    before = sum(long_since < day <= since for day in done) if start <= long_since or min(done) <= long_since else None
    return Pace(lately, before)


def months_past(months: Sequence[Month], as_of: date) -> tuple[InMonth, ...]:
    """The last six calendar months that are over, oldest first, from the first in which money was spent.

    Work counts when it is finished, since of the past nothing else is known.
    """
    found: list[InMonth] = []
    spent, earned = Decimal(0), Decimal(0)
    for month in months:
        if month.cumulative_spent is None or month.cumulative_earned is None or not _is_over(month.first, as_of):
            break
        before_spent, before_earned = spent, earned
        spent, earned = month.cumulative_spent, month.cumulative_earned
        if found or spent:
            found.append(InMonth(month.first, spent - before_spent, earned - before_earned, spent, earned))
    return tuple(found[-_MONTHS:])


def _is_over(first: date, as_of: date) -> bool:
    """Whether a later month has begun: on the last day of its own, half-finished work is still counted."""
    return (as_of.year, as_of.month) > (first.year, first.month)


def runway_then(records: Records, book: MoneyBook, as_of: date) -> RunwayThen | None:
    """The runway of four weeks ago beside that of now; None where either can't be told."""
    if book.runway is None or book.runway.net_burn is None:
        return None
    on, rates = as_of - timedelta(weeks=WEEKS), rates_of(records.project)
    counted = [line for line in records.budget if line.id in book.lines]
    then = runway(records, [pair for line in counted for pair in spent_by_day(line, rates, on)], rates, on)
    if then is None or then.net_burn is None:
        return None
    return RunwayThen(on, then, (book.runway.day - then.day).days if book.runway.day and then.day else None)


def slip(calendar: Calendar, agreed: Period | None, promised: Period | None) -> int | None:
    """Working days from the date first agreed to the one promised now; negative where it was drawn nearer."""
    if agreed is None or promised is None:
        return None
    return calendar.end_offset(promised.last) - calendar.end_offset(agreed.last)
