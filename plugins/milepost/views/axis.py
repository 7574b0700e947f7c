"""The axis of a timeline: from which day to which, and the periods along it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from milepost.plan.calendar import Calendar
from milepost.records.periods import Period, read_period

Scale = Literal["month", "quarter", "year"]

_MOST_DIVISIONS = 480  # beyond it the header alone would weigh more than the bars
_MONTH_UP_TO, _QUARTER_UP_TO = 300, 5 * 366  # days
_PIXELS: dict[Scale, float] = {"month": 3.2, "quarter": 0.85, "year": 0.3}
NARROWEST = 700.0  # pixels: a page that lies across, beside the titles of the rows
_MONTHS: dict[Scale, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Tick:
    """A period on the axis: `at` days from its first day, `width` days long."""

    period: Period
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole periods of one scale, from the morning of `first` to the evening of `last`.

    `ticks` are its divisions; `years` stand above them, and are empty where the divisions are years.
    """

    first: date
    last: date
    scale: Scale
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]

    @property
    def days(self) -> int:
        """How many days it is long."""
        return (self.last - self.first).days + 1

    @property
    def pixels(self) -> float:
        """The width of a day below which it can't be read; where there is room it is wider."""
        return max(_PIXELS[self.scale], round(NARROWEST / self.days, 3))

    @property
    def words_from(self) -> float:
        """Left of it words that stand in the middle of a mark would be cut."""
        return self.days * 0.06

    @property
    def words_until(self) -> float:
        """Right of it words that follow a mark would be cut."""
        return self.days * 0.88

    def at(self, day: date) -> int:
        """Days from the axis's first morning to the morning of `day`."""
        return (day - self.first).days

    def clip(self, first: date, last: date) -> tuple[int, int] | None:
        """The part of the days from `first` to `last` that lies on the axis, as its two ends; None if none does."""
        start, end = max(self.at(first), 0), min(self.at(last) + 1, self.days)
        return (start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Free:
    """Days that are not worked: runs of a week, repeated all along the axis, and single days.

    `weekly` are the first day of a run, in days from the start of the axis (negative where it begins before), and how
    many days it is long; `days` are holidays on weekdays that are worked otherwise.
    """

    weekly: tuple[tuple[int, int], ...]
    days: tuple[int, ...]


def free_days(axis: Axis, calendar: Calendar) -> Free:
    """What is not worked on an axis."""
    first = axis.first.weekday()
    worked = [(first + i) % 7 in calendar.workdays for i in range(7)]
    weekly = []
    for i in range(7):
        if not worked[i] and worked[i - 1]:
            length = next(n for n in range(1, 8) if worked[(i + n) % 7])
            weekly.append((i if i + length <= 7 else i - 7, length))
    days = tuple(axis.at(day) for day in calendar.holidays if axis.first <= day <= axis.last)
    return Free(tuple(weekly), days)


_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)  # the days that a period can name


def make_axis(first: date, last: date, scale: Scale | None) -> Axis:
    """The axis from `first` to `last`, widened to whole periods of `scale`.

    Without a scale it is chosen from the span; a scale too fine for a span gives way to the next.
    """
    first = min(max(first, _FIRST), _LAST)  # a schedule may run on beyond the days that can be written
    last = min(max(first, last), _LAST)
    days = (last - first).days
    chosen: Scale = scale or ("month" if days <= _MONTH_UP_TO else "quarter" if days <= _QUARTER_UP_TO else "year")
    while chosen != "year" and days / 30 / _MONTHS[chosen] > _MOST_DIVISIONS:
        chosen = "quarter" if chosen == "month" else "year"
    ticks = _ticks(first, last, chosen)
    start, end = ticks[0].first, ticks[-1].last
    years = () if chosen == "year" else _ticks(start, end, "year")
    return Axis(start, end, chosen, _placed(ticks, start, end), _placed(years, start, end))


def _ticks(first: date, last: date, scale: Scale) -> tuple[Period, ...]:
    found = [period_of(first, scale)]
    while found[-1].last < last:
        found.append(period_of(found[-1].last + timedelta(days=1), scale))
    return tuple(found)


def period_of(day: date, scale: Scale) -> Period:
    """The month, quarter or year that holds `day`."""
    quarter = (day.month - 1) // 3 + 1
    text = {"month": f"{day.year:04}-{day.month:02}", "quarter": f"{day.year:04}-Q{quarter}", "year": f"{day.year:04}"}
    period = read_period(text[scale])
    assert isinstance(period, Period), "records hold no day before 1900 or after 2999"
    return period


def _placed(periods: tuple[Period, ...], first: date, last: date) -> tuple[Tick, ...]:
    """The periods as far as they lie between `first` and `last`."""
    placed = []
    for period in periods:
        start, end = max(period.first, first), min(period.last, last)
        placed.append(Tick(period, (start - first).days, (end - start).days + 1))
    return tuple(placed)
