"""Rows in lanes, and lanes cut into leaves: pieces low enough to be drawn, and printed, as a whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from milepost.views.bars import Row

HIGHEST = 12  # rows; two of them fit on a page that lies across


@dataclass(frozen=True, slots=True)
class Lane:
    """Rows that belong together, under a `title` (None = the rows stand without a heading)."""

    title: str | None
    rows: tuple[Row, ...]

    @property
    def height(self) -> int:
        """Its height in rows, with its heading."""
        return len(self.rows) + (self.title is not None)


@dataclass(frozen=True, slots=True)
class Leaf:
    """Parts of lanes that follow each other, `top` rows below the first."""

    lanes: tuple[Lane, ...]
    top: int

    @property
    def height(self) -> int:
        """Its height in rows."""
        return sum(lane.height for lane in self.lanes)


def leaves(lanes: Iterable[Lane]) -> tuple[Leaf, ...]:
    """The lanes in leaves. A heading stands on the leaf of its first rows; a lane that is cut goes on without one."""
    return tuple(_leaves(lanes))


def _leaves(lanes: Iterable[Lane]) -> Iterator[Leaf]:
    held: list[Lane] = []
    top = room = 0
    for lane in lanes:
        rest = lane
        while rest.height:
            if room < 1 + (rest.title is not None):
                if held:
                    yield (leaf := Leaf(tuple(held), top))
                    top += leaf.height
                held, room = [], HIGHEST
            taken = room - (rest.title is not None)
            held.append(Lane(rest.title, rest.rows[:taken]))
            room -= held[-1].height
            rest = Lane(None, rest.rows[taken:])
    if held:
        yield Leaf(tuple(held), top)
