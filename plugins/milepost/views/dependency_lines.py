"""The lines of a timeline that lead from work to what waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from milepost.plan.calendar import Calendar
from milepost.plan.schedule import Schedule
from milepost.records.work import Dependency, DependencyType
from milepost.views.bars import Row
from milepost.views.leaves import Leaf
from milepost.views.routes import ROW, Box, Point, Wire, routes

MOST_LINES = 300  # more of them can't be followed, and weigh more than the bars
DIAMOND = 7.0  # pixels from the middle of a diamond to its tip
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Wait:
    """That an item waits for another: its number among the rows, and how. `critical` ones hold the project's finish."""

    number: int
    kind: DependencyType
    critical: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One dependency as it is drawn: corners from the work waited for to the work that waits, in pixels.

    Where a leaf ends before the line does, its last piece is upright.
    """

    points: tuple[Point, ...]
    critical: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines on each leaf, from its top, in a drawing `width` pixels wide.

    A row has `row` and a day `day` pixels. `waits` has every dependency between shown items by the id of the item that
    waits; `drawn` and `total` count those that are drawn and all.
    """

    leaves: tuple[tuple[Line, ...], ...]
    width: float
    row: float
    day: float
    waits: Mapping[str, tuple[Wait, ...]]
    drawn: int
    total: int


def dependency_lines(
    leaves: Sequence[Leaf],
    needs: Mapping[str, tuple[Dependency, ...]],
    schedule: Mapping[str, Schedule],
    calendar: Calendar,
    days: int,
    width: float,
) -> Lines:
    """The lines between the rows of `leaves`, drawn on an axis of so many `days` that is `width` pixels wide.

    Where there are too many to follow, only the critical ones are drawn.
    """
    day = width / days
    boxes, numbers = _boxes(leaves, day)
    waits = {
        identity: found
        for identity in numbers
        if (
            found := tuple(
                Wait(numbers[d.id], d.type, _is_critical(d, identity, schedule, calendar))
                for d in needs.get(identity, ())
                if d.id in numbers
            )
        )
    }
    wires = [
        Wire(wait.number, numbers[identity], wait.kind[0] == "F", wait.kind[1] == "S", wait.critical)
        for identity, found in waits.items()
        for wait in found
    ]
    kept = wires if len(wires) <= MOST_LINES else [wire for wire in wires if wire.critical][:MOST_LINES]
    lines = [Line(points, wire.critical) for points, wire in zip(routes(boxes, kept), kept, strict=True)]
    return Lines(_on_leaves(leaves, lines), width, ROW, day, waits, len(lines), len(wires))


def _boxes(leaves: Sequence[Leaf], day: float) -> tuple[list[Box], dict[str, int]]:
    """What is drawn in each row, in pixels, and the number of each row."""
    boxes: list[Box] = []
    numbers: dict[str, int] = {}
    y = ROW / 2
    for leaf in leaves:
        for lane in leaf.lanes:
            y += ROW * (lane.title is not None)
            for row in lane.rows:
                numbers[row.target.id] = len(boxes)
                boxes.append(_box(row, day, y))
                y += ROW
    return boxes, numbers


def _box(row: Row, day: float, y: float) -> Box:
    left, right = row.ends
    around = DIAMOND if row.is_point else 0.0
    return Box(left * day - around, right * day + around, y)


def _on_leaves(leaves: Sequence[Leaf], lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Each line on every leaf it runs across, from the top of the leaf, as far as it is seen there."""
    found: list[tuple[Line, ...]] = []
    for leaf in leaves:
        top, bottom = leaf.top * ROW, (leaf.top + leaf.height) * ROW
        here = [line for line in lines if _spans(line.points, top, bottom)]
        found.append(tuple(Line(_cut(line.points, top, bottom), line.critical) for line in here))
    return tuple(found)


def _spans(points: Sequence[Point], top: float, bottom: float) -> bool:
    ys = [y for _, y in points]
    return min(ys) < bottom and top < max(ys)


def _cut(points: Sequence[Point], top: float, bottom: float) -> tuple[Point, ...]:
    """From the top of a leaf, and no more than a row beyond its edges; a line runs down all the way, or up."""
    edges = (-ROW, bottom - top + ROW)
    cut = [(x, min(max(y - top, edges[0]), edges[1])) for x, y in points]
    seen = [(a, b) for a, b in pairwise(cut) if a[1] != b[1] or a[1] not in edges]
    return (seen[0][0], *(end for _, end in seen))


def _is_critical(dependency: Dependency, identity: str, schedule: Mapping[str, Schedule], calendar: Calendar) -> bool:
    """Whether both ends are critical and the one holds the other."""
    source, target = schedule.get(dependency.id), schedule.get(identity)
    if not (source and target and source.critical and target.critical):
        return False
    held = source.ef if dependency.type[0] == "F" else source.es
    holding = target.es if dependency.type[1] == "S" else target.ef
    return abs(held + dependency.lag.days(calendar.week) - holding) < _TOLERANCE
