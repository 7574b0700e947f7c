"""What should have been spent by a day, if all goes as planned."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.plan.calendar import Calendar
from milepost.plan.links import Links
from milepost.plan.rates import Rates
from milepost.records.budget import BudgetLine
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.records import Records

_PLACES = 12
_DIGITS = 26  # fewer places for amounts beyond all budgets: a Decimal keeps 28 digits


@dataclass(frozen=True, slots=True)
class Part:
    """An amount spread evenly over the working days from `first` to `last`; `last` is None where it has no end.

    `offset` is that of the first day in the `calendar`, `days` the number of working days.
    """

    amount: Decimal
    first: date
    last: date | None
    calendar: Calendar
    offset: int
    days: int

    def by(self, day: date) -> Decimal | None:
        """What of it is planned up to the evening of `day`; None where it is planned for no time."""
        if self.last is None:
            return None
        if day >= self.last:
            return self.amount
        if day < self.first:
            return Decimal(0)
        if not self.days:
            return Decimal(0)
        # Rounded far below any coin, so that sums are exact and the order of lines never matters.
        value = self.amount * (self.calendar.end_offset(day) - self.offset) / self.days
        return round(value, min(_PLACES, _DIGITS - max(value.adjusted(), 0)))


def part(amount: Decimal, first: date, last: date | None, calendar: Calendar) -> Part:
    """A part with its working days counted once."""
    return Part(amount, first, last, calendar, calendar.offset(first), calendar.between(first, last) if last else 0)


def parts(
    line: BudgetLine, records: Records, links: Links, calendar: Calendar, rates: Rates, as_of: date
) -> tuple[Part, ...]:
    """The planned amounts of a line, in the project's currency, with the time each is planned for.

    An amount for a period lies in it. A single amount lies between the start and the baseline (else the due date) of
    what it pays for; the project's start and end stand in where one is missing.
    """
    found = []
    for period, money in line.planned_parts:
        amount = rates.convert(money, period.first if period else as_of) or Decimal(0)
        first, last = (period.first, period.last) if period else _span(line, records, links, calendar)
        found.append(part(amount, first, last, calendar))
    return tuple(found)


def _span(line: BudgetLine, records: Records, links: Links, calendar: Calendar) -> tuple[date, date | None]:
    paid_for = line.milestone or line.feature or ""
    item = links.by_id[paid_for][1] if paid_for in links.by_id else None
    end = records.project.end
    if not isinstance(item, Milestone | Feature):
        return calendar.start, end.last if end else None
    until = (item.baseline if isinstance(item, Milestone) else None) or item.due or end
    return item.start.first if item.start else calendar.start, until.last if until else None
