"""Routes of lines between bars: straight pieces that can be followed, in pixels.

Each line leaves its work, runs along a column to the row of what waits for it, and enters there. Columns are chosen so
that a line runs through few bars, and lines of different works never share one; lines of one work may share theirs, as
the branches of a tree do. `assets/timeline_routes.js` does the same after each zoom; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

ROW = 32.0  # pixels, the height of a row
LEAVE, ENTER = 6.0, 11.0  # pixels between a bar and the column of a line that leaves, or enters with its arrowhead
_STEP = 5.0  # pixels between two columns
_TRIES = 8  # columns tried at either end
_TRACKS = (0.0, 4.0, -4.0)  # pixels from the edge between two rows
_BAR, _SHARED, _TAKEN, _FAR, _AWAY = (
    8.0,
    -2.0,
    30.0,
    1.5,
    0.4,
)  # what a column costs: bars crossed weigh much more than distance

Point = tuple[float, float]
Net = tuple[int, bool]  # the work that lines come from, and the end at which they leave


@dataclass(frozen=True, slots=True)
class Box:
    """What is drawn in a row: from `left` to `right`, with its middle at `y`."""

    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Wire:
    """A line to be led from one box to another, by their numbers: from an end or a start, to a start or an end."""

    source: int
    target: int
    from_end: bool
    to_start: bool
    critical: bool


def routes(boxes: Sequence[Box], wires: Sequence[Wire]) -> tuple[tuple[Point, ...], ...]:
    """The corners of each wire; critical ones choose their columns first, then short ones."""
    router = _Router(boxes)
    order = sorted(range(len(wires)), key=lambda i: (not wires[i].critical, router.rows_of(wires[i]), i))
    found = {i: router.lead(wires[i]) for i in order}
    return tuple(found[i] for i in range(len(wires)))


@dataclass(slots=True)
class _Router:
    boxes: Sequence[Box]
    at: dict[int, Box] = field(default_factory=dict)
    taken: dict[int, list[tuple[float, float, float, Net]]] = field(default_factory=lambda: defaultdict(list))
    edges: dict[float, list[tuple[float, float, Net]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.at = {int(box.y // ROW): box for box in self.boxes}

    def rows_of(self, wire: Wire) -> float:
        return abs(self.boxes[wire.source].y - self.boxes[wire.target].y)

    def lead(self, wire: Wire) -> tuple[Point, ...]:
        source, target = self.boxes[wire.source], self.boxes[wire.target]
        out, back = (1 if wire.from_end else -1), (-1 if wire.to_start else 1)
        start = (source.right if wire.from_end else source.left, source.y)
        end = (target.left if wire.to_start else target.right, target.y)
        near, far = start[0] + out * LEAVE, end[0] + back * ENTER
        net = (wire.source, wire.from_end)
        if out == back:
            outer = max(near * out, far * out) * out
            x, _ = self._column([(outer + out * k * _STEP, k * _AWAY) for k in range(_TRIES)], start[1], end[1], net)
            columns: tuple[Point, ...] = ((x, start[1]), (x, end[1]))
        elif (far - near) * out >= 0:
            x, _ = self._column(list(_between(near, far, out)), start[1], end[1], net)
            columns = ((x, start[1]), (x, end[1]))
        else:
            columns = self._around(start[1], end[1], near, far, out, net)
        for (x, above), (x2, below) in pairwise(columns):
            if x == x2:
                self.taken[int(x // _STEP)].append((x, min(above, below), max(above, below), net))
        return (start, *columns, end)

    def _around(self, y1: float, y2: float, near: float, far: float, out: int, net: Net) -> tuple[Point, ...]:
        """Two columns, and between them a way along the edge of a row: the target's or the source's."""
        down = 1 if y2 > y1 else -1
        best: tuple[float, tuple[Point, ...]] | None = None
        for edge in (y2 - down * ROW / 2, y1 + down * ROW / 2):
            first, cost = self._column([(near + out * k * _STEP, k * _AWAY) for k in range(_TRIES)], y1, edge, net)
            last, more = self._column([(far - out * k * _STEP, k * _AWAY) for k in range(_TRIES)], edge, y2, net)
            if best is None or cost + more < best[0]:
                best = cost + more, ((first, y1), (first, edge), (last, edge), (last, y2))
        assert best
        (first, _), (_, edge), (last, _), _ = best[1]
        left, right = min(first, last), max(first, last)
        free = (
            track
            for track in _TRACKS
            if not any(a < right and left < b and other != net for a, b, other in self.edges[edge + track])
        )
        edge += next(free, 0.0)
        self.edges[edge].append((left, right, net))
        return (first, y1), (first, edge), (last, edge), (last, y2)

    def _column(self, tries: Sequence[tuple[float, float]], y1: float, y2: float, net: Net) -> tuple[float, float]:
        """The cheapest of the columns tried, and what it costs."""
        above, below = min(y1, y2), max(y1, y2)
        between = range(
            ceil(above / ROW), ceil(below / ROW - 0.5)
        )  # from the middle or the edge of one to that of another
        left, right = min(x for x, _ in tries) - 3, max(x for x, _ in tries) + 3
        passed = (self.at[i] for i in between if i in self.at)
        rows = [box for box in passed if box.left <= right and left <= box.right]
        return min(
            ((x, cost + self._cost(x, above, below, rows, net)) for x, cost in tries), key=lambda found: found[1]
        )

    def _cost(self, x: float, above: float, below: float, rows: Sequence[Box], net: Net) -> float:
        cost = _BAR * sum(box.left - 3 <= x <= box.right + 3 for box in rows)
        shared = False
        for near in (-1, 0, 1):
            for other, a, b, owner in self.taken.get(int(x // _STEP) + near, ()):
                if abs(other - x) < _STEP - 0.5 and a < below and above < b:
                    if owner != net:
                        cost += _TAKEN
                    elif other == x:
                        shared = True
                    else:
                        cost += _TAKEN
        return cost + _SHARED * shared


def _between(near: float, far: float, out: int) -> Iterator[tuple[float, float]]:
    """Columns between a work and what waits for it, with what each costs: first those near the work."""
    room = abs(far - near)
    for k in range(_TRIES):
        if k * _STEP <= room:
            yield near + out * k * _STEP, k * _AWAY
    for k in range(_TRIES):
        if k * _STEP <= room:
            yield far - out * k * _STEP, _FAR + k * _AWAY
