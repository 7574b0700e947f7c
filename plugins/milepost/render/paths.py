"""Lines of a drawing as SVG paths: corners rounded, and an arrowhead where a line ends.

Whole pixels, and each piece from where the one before ends: lines of a kind are written alike, and weigh a third.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import floor

Point = tuple[float, float]
_RADIUS = 5
_HEAD, _WING = 6, 3.5  # pixels: the length of an arrowhead and half its width


def path(lines: Iterable[Sequence[Point]]) -> str:
    """Lines given by their corners, between which they are level or upright."""
    return "".join(_path([(_whole(x), _whole(y)) for x, y in line]) for line in lines)


def _path(line: Sequence[tuple[int, int]]) -> str:
    pieces = [(x2 - x, y2 - y) for (x, y), (x2, y2) in pairwise(line) if (x, y) != (x2, y2)]
    said = ["M{} {}".format(*line[0])]
    before = 0  # how much of a piece the corner before it took
    for (dx, dy), (dx2, dy2) in pairwise(pieces):
        radius = min(_RADIUS, abs(dx + dy) // 2, abs(dx2 + dy2) // 2)
        x, y, x2, y2 = (_sign(by) * radius for by in (dx, dy, dx2, dy2))
        said.append(_straight(dx, dy, before + radius) + f"q{x} {y} {x + x2} {y + y2}".replace(" -", "-"))
        before = radius
    return "".join([*said, *(_straight(dx, dy, before) for dx, dy in pieces[-1:])])


def _straight(dx: int, dy: int, less: int) -> str:
    """A level or upright piece without so much of its length."""
    return f"h{dx - _sign(dx) * less}" if dx else f"v{dy - _sign(dy) * less}"


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def heads(lines: Iterable[Sequence[Point]]) -> str:
    """The arrowheads of lines that end in a level piece; one that ends upright goes on elsewhere."""
    said = []
    for line in lines:
        (x, y), (before, level) = line[-1], line[-2]
        if y == level:
            said.append(f"M{_whole(x)} {_whole(y)}l{-_HEAD if x > before else _HEAD}-{_WING}v{2 * _WING:g}z")
    return "".join(said)


def _whole(value: float) -> int:
    """As a browser rounds: a half is rounded up."""
    return floor(value + 0.5)
