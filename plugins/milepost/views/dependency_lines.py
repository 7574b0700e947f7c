"""The lines of a timeline that lead from work to what waits for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from milepost.plan.calendar import Calendar
from milepost.plan.schedule import Schedule
from milepost.records.work import Dependency

MOST_LINES = 300  # more of them can't be followed, and weigh more than the bars
_TOLERANCE = 1e-6

Point = tuple[float, float]


class Placed(Protocol):
    """What is drawn in a row: its left and right ends in days, and whether it is a diamond (both ends the same)."""

    @property
    def ends(self) -> tuple[float, float]: ...
    @property
    def is_point(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One dependency: corners from the work waited for to the work that waits, as (days, rows).

    It enters the waiting work `from_right` where an end waits, and stops short of a diamond. `critical` lines hold
    the finish of the project.
    """

    points: tuple[Point, ...]
    critical: bool
    from_right: bool
    into_point: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines drawn; `total` counts all dependencies between shown items, drawn or not."""

    drawn: tuple[Line, ...]
    total: int


def dependency_lines(
    rows: Mapping[str, tuple[float, Placed]],
    needs: Mapping[str, tuple[Dependency, ...]],
    schedule: Mapping[str, Schedule],
    calendar: Calendar,
    gap: float,
) -> Lines:
    """The lines between `rows` (id → middle of the row, what is drawn in it), with elbows `gap` days from a bar.

    Where there are too many to follow, only the critical ones are drawn.
    """
    pairs = [(d, identity) for identity in rows for d in needs.get(identity, ()) if d.id in rows]
    kept = pairs
    if len(pairs) > MOST_LINES:
        kept = [pair for pair in pairs if _is_critical(*pair, schedule, calendar)][:MOST_LINES]
    return Lines(tuple(_lines(kept, rows, schedule, calendar, gap)), len(pairs))


def _lines(
    pairs: Sequence[tuple[Dependency, str]],
    rows: Mapping[str, tuple[float, Placed]],
    schedule: Mapping[str, Schedule],
    calendar: Calendar,
    gap: float,
) -> Iterable[Line]:
    for dependency, identity in pairs:
        (y1, source), (y2, target) = rows[dependency.id], rows[identity]
        leaves_end, enters_start = dependency.type[0] == "F", dependency.type[1] == "S"
        start = (source.ends[leaves_end], y1)
        end = (target.ends[not enters_start], y2)
        corners = _corners(start, end, gap if leaves_end else -gap, -gap if enters_start else gap)
        critical = _is_critical(dependency, identity, schedule, calendar)
        yield Line(corners, critical, not enters_start, target.is_point)


def _corners(start: Point, end: Point, out: float, before: float) -> tuple[Point, ...]:
    """The elbow from `start`, left by `out` days, to `end`, reached over `before` days beside it."""
    (x1, y1), (x2, y2) = start, end
    if out * before > 0:  # both on the same side: round the longer of the two
        via = (max if out > 0 else min)(x1, x2) + out
        return start, (via, y1), (via, y2), end
    if (x2 + before - x1) * out >= 0:  # room enough between the two
        return start, (x2 + before, y1), (x2 + before, y2), end
    between = y1 + (0.5 if y2 > y1 else -0.5)  # back along the edge of the row
    return start, (x1 + out, y1), (x1 + out, between), (x2 + before, between), (x2 + before, y2), end


def _is_critical(dependency: Dependency, identity: str, schedule: Mapping[str, Schedule], calendar: Calendar) -> bool:
    """Whether both ends are critical and the one holds the other."""
    source, target = schedule.get(dependency.id), schedule.get(identity)
    if not (source and target and source.critical and target.critical):
        return False
    held = source.ef if dependency.type[0] == "F" else source.es
    holding = target.es if dependency.type[1] == "S" else target.ef
    return abs(held + dependency.lag.days(calendar.week) - holding) < _TOLERANCE
