"""All milestones of a timeline in one lane above its rows, each with its label."""

from collections.abc import Iterable
from dataclasses import dataclass

from milepost.views.axis import NARROWEST, Axis
from milepost.views.bars import Row
from milepost.views.labels import MARK, Label, label_width, pixels, place_labels


@dataclass(frozen=True, slots=True)
class MilestoneMark:
    """A milestone in the lane: its row, and its label, at most `em` wide."""

    row: Row
    label: Label
    em: float


@dataclass(frozen=True, slots=True)
class MilestoneLane:
    """The marks from left to right, in so many `rows`."""

    marks: tuple[MilestoneMark, ...]
    rows: int


def milestone_lane(rows: Iterable[Row], axis: Axis) -> MilestoneLane:
    """The milestones among `rows`, their labels placed for the narrowest drawing of the axis."""
    found = [row for row in rows if row.kind == "milestone"]
    found.sort(key=lambda row: row.ends)
    day = NARROWEST / axis.days
    wide = [label_width(row.title) for row in found]
    edges = [(*_edges(row, day), pixels(em)) for row, em in zip(found, wide, strict=True)]
    marks = tuple(map(MilestoneMark, found, place_labels(edges, NARROWEST), wide))
    return MilestoneLane(marks, max((mark.label.row + 1 for mark in marks), default=0))


def _edges(row: Row, day: float) -> tuple[float, float]:
    left, right = row.ends
    return left * day - MARK, right * day + MARK
