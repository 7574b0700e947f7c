"""Where circles on a chart stand so that none covers another, and which have room for a label beside them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Literal
from unicodedata import east_asian_width

WIDTH, HEIGHT = 640.0, 380.0
"""The least size a chart is drawn in; where it is wider, what stands apart here stands farther apart."""
MARGIN_X, MARGIN_Y = 24.0, 40.0
"""What stays free of circles' centres: the names of the quarters stand above and below."""
_GAP = 1.5
_STEP, _RINGS, _TURNS = 6.0, 60, 24
_LETTER, _LINE, _MOST_LETTERS = 6.6, 15.0, 26

Point = tuple[float, float]
Side = Literal["end", "start"]


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by its centre, from the lower left."""

    x: float
    y: float
    radius: float

    def touches(self, other: "Circle") -> bool:
        """Whether the squares around them overlap, in which a finger must find each (WCAG 2.2, 2.5.8)."""
        return max(abs(self.x - other.x), abs(self.y - other.y)) < self.radius + other.radius + _GAP


def spread(wanted: Sequence[Circle], is_right: Callable[[int, Point], bool]) -> list[Circle]:
    """The circles, the first where they want to be and each later one at the nearest place that is free.

    `is_right` tells whether the circle of an index may stand at a place; where no such place is free, any that is.
    """
    placed: list[Circle] = []
    for i, circle in enumerate(wanted):
        chosen = None
        for found in _near(circle):
            if any(map(found.touches, placed)):
                continue
            if is_right(i, (found.x, found.y)):
                chosen = found
                break
            chosen = chosen or found
        placed.append(chosen or circle)
    return placed


def _near(circle: Circle) -> Iterator[Circle]:
    """Places for a circle inside the chart, the nearest first."""
    yield circle
    for ring in range(1, _RINGS):
        for turn in range(_TURNS):
            angle = 2 * pi * turn / _TURNS
            x, y = circle.x + ring * _STEP * cos(angle), circle.y + ring * _STEP * sin(angle)
            if MARGIN_X <= x <= WIDTH - MARGIN_X and MARGIN_Y <= y <= HEIGHT - MARGIN_Y:
                yield Circle(x, y, circle.radius)


def labels(texts: Sequence[str], circles: Sequence[Circle]) -> list[Side | None]:
    """On which side of each of the first circles its text has room; None where it would cover something."""
    taken: list[tuple[float, float, float]] = []

    def is_free(left: float, width: float, circle: Circle) -> bool:
        return (
            0 <= left <= WIDTH - width
            and not any(_covers(left, circle.y, width, other) for other in circles if other is not circle)
            and not any(left < r and start < left + width and abs(circle.y - y) < _LINE for start, r, y in taken)
        )

    sides: list[Side | None] = []
    for text, circle in zip(texts, circles, strict=False):
        width = _width(text)
        places: dict[Side, float] = {"end": circle.x + circle.radius, "start": circle.x - circle.radius - width}
        side = next((side for side, left in places.items() if is_free(left, width, circle)), None)
        if side:
            taken.append((places[side], places[side] + width, circle.y))
        sides.append(side)
    return sides


def _width(text: str) -> float:
    letters = text[:_MOST_LETTERS]
    return _LETTER * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in letters) + 8


def _covers(left: float, y: float, width: float, circle: Circle) -> bool:
    nearest = min(max(circle.x, left), left + width)
    return hypot(circle.x - nearest, max(0.0, abs(circle.y - y) - _LINE / 2)) < circle.radius
