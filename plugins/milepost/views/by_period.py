"""The rows of a timeline by time: what ends in which month, or in which quarter of a longer one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.records.periods import Period
from milepost.views.axis import Axis, Scale, period_of
from milepost.views.bars import Row

_BY_MONTH = 18 * 31  # days; on a longer axis quarters are enough


@dataclass(frozen=True, slots=True)
class Section:
    """What ends in a `period`: by the day it ends. `is_past` is over and done, all of it."""

    period: Period
    rows: tuple[Row, ...]
    is_now: bool
    is_past: bool


def by_period(rows: Iterable[Row], axis: Axis, as_of: date) -> tuple[Section, ...]:
    """The rows in the order of their ends, in sections of a month or a quarter."""
    found: dict[Period, list[Row]] = defaultdict(list)
    scale: Scale = "month" if axis.days <= _BY_MONTH else "quarter"
    for row in rows:
        found[period_of(_last(row, axis), scale)].append(row)
    sections = []
    past = True
    for period in sorted(found, key=lambda period: period.first):
        told = tuple(sorted(found[period], key=lambda row: row.ends[1]))
        past = past and period.last < as_of and all(row.status == "done" for row in told)
        sections.append(Section(period, told, period.first <= as_of <= period.last, past))
    return tuple(sections)


def _last(row: Row, axis: Axis) -> date:
    """The last day that is drawn of a row."""
    end = row.ends[1]
    return axis.first + timedelta(days=int(end) if row.is_point else max(0, int(end) - 1))
