"""Value against effort: where each open feature lies, and in which quarter of the chart."""

from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

from milepost.plan.plan import Plan
from milepost.plan.score import RATIOS
from milepost.records.score import Method
from milepost.views.item import Target, target_of

Quadrant = Literal["quick win", "big bet", "fill-in", "time sink"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A feature on the chart; `x` and `y` are fractions of its width and height, from the lower left."""

    target: Target
    title: str
    rank: int
    value: Fraction
    effort: Fraction
    x: float
    y: float
    quadrant: Quadrant


@dataclass(frozen=True, slots=True)
class ValueEffort:
    """Open features by what they bring and what they take, in the units of the ranking's method.

    The halves meet at the medians, which lie at the fractions `mid_x` and `mid_y`; what lies on a median counts as of
    high value and of low effort.
    """

    method: Method
    value: str
    effort: str
    spots: tuple[Spot, ...]
    mid_x: float
    mid_y: float


def value_effort(plan: Plan) -> ValueEffort | None:
    """The chart of a plan; None where its method does not divide, or fewer than two features have a value."""
    method = plan.ranking.method
    if method is None or method not in RATIOS:
        return None
    above, below = RATIOS[method]
    found = []
    for feature in plan.records.features:
        ranked = plan.ranking.ranked.get(feature.id)
        if ranked and ranked.value is not None and ranked.rank is not None:
            effort = ranked.inputs[below][1]
            found.append((feature, ranked.rank, ranked.value * effort, effort))
    if len(found) < 2:
        return None
    most_value, most_effort = (max(part) for part in ([v for *_, v, _ in found], [e for *_, e in found]))
    if most_value <= 0:
        return None
    middle_value, middle_effort = median(v for *_, v, _ in found), median(e for *_, e in found)
    spots = tuple(
        Spot(
            target=target_of(feature),
            title=feature.title,
            rank=rank,
            value=value,
            effort=effort,
            x=float(effort / most_effort),
            y=max(0.0, float(value / most_value)),
            quadrant=_quadrant(value >= middle_value, effort <= middle_effort),
        )
        for feature, rank, value, effort in sorted(found, key=lambda row: (row[1], row[0].id))
    )
    names = {"wsjf": "cost of delay", "cd3": "cost of delay a week"}
    return ValueEffort(
        method=method,
        value=names.get(method, " × ".join(above)),
        effort=below,
        spots=spots,
        mid_x=float(middle_effort / most_effort),
        mid_y=max(0.0, float(middle_value / most_value)),
    )


def _quadrant(is_valuable: bool, is_small: bool) -> Quadrant:
    if is_valuable:
        return "quick win" if is_small else "big bet"
    return "fill-in" if is_small else "time sink"
