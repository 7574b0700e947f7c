"""How firm a ranking is: the ranks that inputs inside their ranges allow, and what would turn the first two round."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from milepost.plan.score import Gap, Points, span, worth
from milepost.records.feature import Feature
from milepost.records.project import RankingRules
from milepost.records.records import Records

_MOST_NUMBERS = 2_000_000
_FEWEST_RUNS = 200


@dataclass(frozen=True, slots=True)
class Swing:
    """If the weight of `criterion`, now `weight`, became `needed`, `second` would draw level with `first`.

    The other weights keep their proportions to each other and all sum to 1 still.
    """

    criterion: str
    weight: Fraction
    needed: Fraction
    first: str
    second: str

    @property
    def change(self) -> Fraction:
        """By how much the weight would have to change."""
        return self.needed - self.weight


def rank_intervals(
    features: Mapping[str, Feature], found: Mapping[str, Mapping[str, Points]], rules: RankingRules
) -> dict[str, tuple[int, int]]:
    """The best and the worst rank of each feature while all inputs move inside their ranges, each for itself.

    At its best a feature has its greatest value and every other its least. Empty where a value has no limit.
    """
    sign = -1 if rules.method == "manual" else 1
    try:
        spans = {name: span(feature, rules.method, rules, found[name]) for name, feature in features.items()}
    except Gap:
        return {}
    ends = {name: tuple(sorted((sign * low, sign * high))) for name, (low, high) in spans.items()}
    lows, highs = sorted(low for low, _ in ends.values()), sorted(high for _, high in ends.values())
    intervals = {}
    for name, (low, high) in ends.items():
        surely_before = len(lows) - bisect_right(lows, high)
        perhaps_before = len(highs) - bisect_right(highs, low) - (high > low)  # itself is not before itself
        intervals[name] = (1 + surely_before, 1 + perhaps_before)
    return intervals


def chances_above(
    features: Mapping[str, Feature],
    found: Mapping[str, Mapping[str, Points]],
    rules: RankingRules,
    records: Records,
    sizes: Mapping[str, Fraction],
    limit: Fraction,
) -> dict[str, float]:
    """How probable it is that each feature stands above the cut line, inputs drawn from their ranges.

    `sizes` add up to the `limit`. Empty where no input is a range, or a value has no limit.
    """
    ranked = sorted(sizes)
    if not any(low < high for name in ranked for low, _, high in found[name].values()):
        return {}
    try:
        for name in ranked:
            span(features[name], rules.method, rules, found[name])
    except Gap:
        return {}
    import numpy as np  # takes longer to load than most plans to read

    from milepost.plan.simulation import draw

    draws = records.project.forecast
    runs = max(1, min(draws.runs, max(_FEWEST_RUNS, _MOST_NUMBERS // len(ranked))))
    values = np.empty((len(ranked), runs))
    for i, name in enumerate(ranked):
        drawn = {
            key: draw(draws, f"{records.id}/{name}/{key}", float(low), float(middle), float(high), runs)
            for key, (low, middle, high) in found[name].items()
        }
        values[i] = worth(features[name], rules.method, rules, drawn)
    order = np.argsort(values if rules.method == "manual" else -values, axis=0, kind="stable")
    taken = np.cumsum(np.array([float(sizes[name]) for name in ranked])[order], axis=0)
    above = np.zeros(len(ranked))
    np.add.at(above, order, taken <= float(limit) + 1e-9)
    return dict(zip(ranked, (above / runs).tolist(), strict=True))


def weight_swings(
    order: Sequence[str], found: Mapping[str, Mapping[str, Points]], rules: RankingRules
) -> tuple[Swing, ...]:
    """Which change of a single weight makes the first two equal, the smallest change first.

    As in Triantaphyllou and Sánchez, “A Sensitivity Analysis Approach for Some Deterministic Multi-Criteria
    Decision-Making Methods” (1997): the weights are normalised after the change. Empty where none can, or they tie.
    """
    if len(order) < 2:
        return ()
    first, second = order[:2]
    lead = {name: found[first][name][1] - found[second][name][1] for name in rules.weights}
    whole = sum((Fraction(weight) for weight in rules.weights.values()), Fraction(0))
    if not whole:
        return ()
    weights = {name: Fraction(weight) / whole for name, weight in rules.weights.items()}
    total = sum((weights[name] * lead[name] for name in weights), Fraction(0))
    swings = []
    for name, weight in weights.items():
        if not total or weight == 1:
            continue
        others = (total - weight * lead[name]) / (1 - weight)  # the mean lead by all other criteria
        if others == lead[name]:
            continue
        needed = others / (others - lead[name])
        if 0 <= needed <= 1:
            swings.append(Swing(name, weight, needed, first, second))
    return tuple(sorted(swings, key=lambda swing: (abs(swing.change), swing.criterion)))
