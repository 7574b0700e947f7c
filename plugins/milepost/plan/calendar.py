"""The working-day calendar: days ↔ offsets in working days from the project's start."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from milepost.records.entry import Entry
from milepost.records.periods import Period
from milepost.records.project import WEEKDAYS, CalendarRules
from milepost.records.records import Records

_TOLERANCE = 1e-9
_FAR = 400_000  # working days; an offset beyond it is a slip of the pen, and `date` ends in the year 9999


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days counted from `start`.

    `workdays` are weekdays (0 = Monday); `holidays` are sorted days on which a weekday of those is not worked.
    An offset is a number of working days from the morning of `start` (0); it may be negative and a fraction.
    """

    start: date
    workdays: tuple[int, ...]
    holidays: tuple[date, ...] = ()
    _before: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Working days of a week before each weekday."""
    _origin: int = field(init=False, repr=False, compare=False)
    """Working days before the start, since day 0."""

    def __post_init__(self) -> None:
        before = tuple(sum(1 for w in self.workdays if w < weekday) for weekday in range(7))
        object.__setattr__(self, "_before", before)
        object.__setattr__(self, "_origin", self._count(self.start))

    @property
    def week(self) -> int:
        """Working days in a week."""
        return len(self.workdays)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked."""
        if day.weekday() not in self.workdays:
            return False
        i = bisect_left(self.holidays, day)
        return i == len(self.holidays) or self.holidays[i] != day

    def offset(self, day: date) -> int:
        """Working days from the start to the morning of `day`."""
        return self._count(day) - self._origin

    def end_offset(self, day: date) -> int:
        """Working days from the start to the evening of `day`."""
        return self.offset(day + timedelta(days=1)) if day < date.max else self.offset(day)

    def between(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 where `last` comes before `first`."""
        return max(0, self.end_offset(last) - self.offset(first))

    def day_of_start(self, offset: float) -> date:
        """The working day that holds an offset: 0 and 0.5 are the first one, 1 the second."""
        return self._nth(math.floor(offset + _TOLERANCE))

    def day_of_finish(self, offset: float) -> date:
        """The working day in which an offset falls as an end: 1 is still the first working day, and so is 0."""
        return self._nth(0 if abs(offset) < _TOLERANCE else math.ceil(offset - _TOLERANCE) - 1)

    def _count(self, day: date) -> int:
        """Working days before `day`, since day 0 of the calendar; a difference of two is exact."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)  # ordinal 1 is a Monday
        return weeks * len(self.workdays) + self._before[weekday] - bisect_left(self.holidays, day)

    def _nth(self, offset: int) -> date:
        """The working day with `offset` working days before it; the search narrows to a week, then walks."""
        offset = min(max(offset, -_FAR), _FAR)
        day = self.start
        while (missing := offset - self.offset(day)) and abs(missing) >= self.week:
            day = _shift(day, 7 * (missing // self.week))
            if day in (date.min, date.max):
                return day
        step = 1 if offset >= self.offset(day) else -1
        while day not in (date.min, date.max) and not (self.is_workday(day) and self.offset(day) == offset):
            day = _shift(day, step if self.offset(day) != offset else 1)
        return day


def _shift(day: date, days: int) -> date:
    """`day` moved by a number of days, no further than `date` reaches."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def calendar_of(rules: CalendarRules, start: date, public: Iterable[date] = ()) -> Calendar:
    """The calendar of a project that starts on `start`; `public` are holidays beside those that are listed."""
    workdays = tuple(sorted({WEEKDAYS.index(day) for day in rules.workdays}))
    free = {*rules.holidays, *public}
    return Calendar(start, workdays, tuple(sorted(day for day in free if day.weekday() in workdays)))


def project_start(records: Records, as_of: date) -> date:
    """The first day of `project.start`; by default the earliest day written anywhere, else the as-of date."""
    if records.project.start:
        return records.project.start.first
    return min((day for _, record in records.all() for day in _days(record)), default=as_of)


def _days(value: Any) -> Iterator[date]:
    """Every day written in a record, periods by their first one."""
    if isinstance(value, Entry):
        for part in vars(value).values():
            yield from _days(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _days(part)
    elif isinstance(value, Mapping):
        yield from _days(tuple(value))
        yield from _days(tuple(value.values()))
    elif isinstance(value, Period):
        yield value.first
    elif isinstance(value, date):
        yield value
