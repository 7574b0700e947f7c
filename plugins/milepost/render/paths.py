"""Lines of a drawing as SVG paths: corners rounded, and an arrowhead where a line ends."""

from collections.abc import Iterable, Sequence

Point = tuple[float, float]
_RADIUS = 5.0
_HEAD, _WING = 6.0, 3.5  # pixels: the length of an arrowhead and half its width


def path(lines: Iterable[Sequence[Point]]) -> str:
    """Lines given by their corners."""
    return "".join(_path([point for i, point in enumerate(line) if not i or point != line[i - 1]]) for line in lines)


def _path(line: Sequence[Point]) -> str:
    said = [f"M{_at(line[0])}"]
    for before, corner, after in zip(line, line[1:], line[2:], strict=False):
        radius = min(_RADIUS, _length(before, corner) / 2, _length(corner, after) / 2)
        said.append(f"L{_at(_towards(corner, before, radius))}Q{_at(corner)} {_at(_towards(corner, after, radius))}")
    return "".join([*said, f"L{_at(line[-1])}"])


def heads(lines: Iterable[Sequence[Point]]) -> str:
    """The arrowheads of lines, each of which ends in a level piece."""
    said = []
    for line in lines:
        (x, y), (before, _) = line[-1], line[-2]
        back = -_HEAD if x > before else _HEAD
        said.append(f"M{_at((x, y))}l{_number(back)} {_number(-_WING)}v{_number(2 * _WING)}z")
    return "".join(said)


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(a: Point, b: Point, distance: float) -> Point:
    """The point on the level or upright piece from `a` to `b` at a distance from `a`."""
    length = _length(a, b) or 1.0
    return a[0] + (b[0] - a[0]) * distance / length, a[1] + (b[1] - a[1]) * distance / length


def _at(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
