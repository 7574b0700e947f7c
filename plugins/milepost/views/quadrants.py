"""Value against effort: where each open feature lies, and in which quarter of the chart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, log10
from statistics import median
from typing import Literal

from milepost.plan.plan import Plan
from milepost.plan.score import RATIOS
from milepost.records.score import Method
from milepost.views.item import Target, target_of
from milepost.views.spread import HEIGHT, MARGIN_X, MARGIN_Y, WIDTH, Circle, Point, Side, labels, spread

Quadrant = Literal["quick win", "big bet", "fill-in", "time sink"]
_MOST_SPOTS, _FIRST_SPOTS = 40, 30
_LABELS = 8
_RADIUS, _SMALL = 13.0, 9.0
_CELL = 22.0
_LOG_FROM = 20
_TICKS = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """A feature on the chart; `x` and `y` are fractions of its width and height, from the lower left.

    `label` is the side on which its title has room.
    """

    target: Target
    title: str
    rank: int
    value: Fraction
    effort: Fraction
    quadrant: Quadrant
    x: float
    y: float
    label: Side | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Features further down the ranking that lie close together, told by how many they are."""

    spots: tuple[Spot, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on an axis, at a fraction of its length."""

    value: Fraction
    at: float


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis; `middle` is the median and lies at the fraction `mid`."""

    ticks: tuple[Tick, ...]
    middle: Fraction
    mid: float
    is_log: bool


@dataclass(frozen=True, slots=True)
class ValueEffort:
    """Open features by what they bring and what they take, in the units of the ranking's method.

    The halves meet at the medians; what lies on a median counts as of high value and of low effort. `spots` stand for
    themselves, the rest of a long ranking in `clusters`; `rows` are all features by rank.
    """

    method: Method
    spots: tuple[Spot, ...]
    clusters: tuple[Cluster, ...]
    rows: tuple[Spot, ...]
    x: Axis
    y: Axis
    counts: Mapping[Quadrant, int]


def value_effort(plan: Plan) -> ValueEffort | None:
    """The chart of a plan; None where its method does not divide, or fewer than two features have a value."""
    method = plan.ranking.method
    if method is None or method not in RATIOS:
        return None
    below = RATIOS[method][1]
    found = []
    for feature in plan.records.features:
        ranked = plan.ranking.ranked.get(feature.id)
        if ranked and ranked.value is not None and ranked.rank is not None:
            effort = ranked.inputs[below][1]
            found.append((feature, ranked.rank, ranked.value * effort, effort))
    if len(found) < 2 or max(value for *_, value, _ in found) <= 0:
        return None
    x = _Scale([effort for *_, effort in found], MARGIN_X / WIDTH)
    y = _Scale([value for *_, value, _ in found], MARGIN_Y / HEIGHT)
    rows = tuple(
        Spot(
            target=target_of(feature),
            title=feature.title,
            rank=rank,
            value=value,
            effort=effort,
            quadrant=_quadrant(value >= y.middle, effort <= x.middle),
            x=x.at(effort),
            y=y.at(value),
        )
        for feature, rank, value, effort in sorted(found, key=lambda row: (row[1], row[0].id))
    )
    spots, clusters = _placed(rows, (x.at(x.middle), y.at(y.middle)))
    return ValueEffort(
        method=method,
        spots=spots,
        clusters=clusters,
        rows=rows,
        x=x.axis(),
        y=y.axis(),
        counts=Counter(spot.quadrant for spot in rows),
    )


class _Scale:
    """From numbers to fractions of an axis that leaves a margin; by their logarithms where they lie far apart."""

    def __init__(self, numbers: Sequence[Fraction], margin: float) -> None:
        self.low, self.high = min(numbers), max(numbers)
        self.is_log = self.low > 0 and self.high > self.low * _LOG_FROM
        self.low = self.low if self.is_log else min(self.low, Fraction(0))
        self.margin = margin
        self.middle = median(numbers)

    def at(self, number: Fraction) -> float:
        if self.is_log:
            share = log10(number / self.low) / log10(self.high / self.low)
        else:
            share = float((number - self.low) / (self.high - self.low)) if self.high > self.low else 0.5
        return self.margin + share * (1 - 2 * self.margin)

    def axis(self) -> Axis:
        ticks = tuple(Tick(number, self.at(number)) for number in self._round() if self.low <= number <= self.high)
        return Axis(ticks, self.middle, self.at(self.middle), self.is_log)

    def _round(self) -> Iterable[Fraction]:
        """Round numbers, few of them."""
        if self.is_log:
            first, last = floor(log10(self.low)), floor(log10(self.high)) + 1
            steps = (1, 2, 5) if last - first <= 2 else (1,)
            every = 1 + (last - first) // _TICKS
            return [Fraction(10) ** power * step for power in range(first, last + 1, every) for step in steps]
        if self.high == self.low:
            return [self.high]
        span = self.high - self.low
        power = Fraction(10) ** floor(log10(span / _TICKS))
        step = next(power * k for k in (1, 2, 5, 10) if power * k * _TICKS >= span)
        first = -(-self.low // step)
        return [(first + i) * step for i in range(_TICKS + 2)]


def _placed(rows: tuple[Spot, ...], middle: Point) -> tuple[tuple[Spot, ...], tuple[Cluster, ...]]:
    """The first rows each for itself, the others by what is close together, none covering another."""
    single = rows if len(rows) <= _MOST_SPOTS else rows[:_FIRST_SPOTS]
    near: dict[tuple[int, int, Quadrant], list[Spot]] = {}
    for spot in rows[len(single) :]:
        near.setdefault((int(spot.x * WIDTH // _CELL), int(spot.y * HEIGHT // _CELL), spot.quadrant), []).append(spot)
    groups = [[spot] for spot in single] + list(near.values())
    wanted = [
        Circle(
            WIDTH * sum(spot.x for spot in group) / len(group),
            HEIGHT * sum(spot.y for spot in group) / len(group),
            _RADIUS if i < len(single) else _SMALL,
        )
        for i, group in enumerate(groups)
    ]

    def is_right(i: int, at: Point) -> bool:
        (x, y), quadrant = at, groups[i][0].quadrant
        return quadrant == _quadrant(y >= middle[1] * HEIGHT - 1e-6, x <= middle[0] * WIDTH + 1e-6)

    circles = spread(wanted, is_right)
    sides = labels([spot.title for spot in single[:_LABELS]], circles)
    spots = tuple(
        replace(spot, x=circle.x / WIDTH, y=circle.y / HEIGHT, label=sides[i] if i < len(sides) else None)
        for i, (spot, circle) in enumerate(zip(single, circles, strict=False))
    )
    rest = zip(groups[len(single) :], circles[len(single) :], strict=True)
    return spots, tuple(Cluster(tuple(group), c.x / WIDTH, c.y / HEIGHT) for group, c in rest)


def _quadrant(is_valuable: bool, is_small: bool) -> Quadrant:
    if is_valuable:
        return "quick win" if is_small else "big bet"
    return "fill-in" if is_small else "time sink"
