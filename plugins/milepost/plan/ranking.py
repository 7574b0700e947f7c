"""The ranking of features by the project's method, in exact arithmetic so that ties are ties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from milepost.diagnostics import Diagnostic, Place, Severity, did_you_mean
from milepost.plan.money import MoneyBook
from milepost.plan.phrase import Phrase
from milepost.plan.rank_range import Swing, chances_above, rank_intervals, weight_swings
from milepost.plan.rates import rates_of
from milepost.plan.score import RATIOS, Gap, Points, days, effort_days, inputs, likely, worth
from milepost.records.feature import Feature
from milepost.records.project import RankingRules
from milepost.records.records import Records
from milepost.records.score import Method

_LATEST = date.max
MOST_MUSTS = Fraction(60, 100)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A feature's place: `rank` (None if unranked), the method's `value`, and why there is none (`gap`).

    `interval` holds the best and the worst rank it can take while all inputs move inside their ranges, `chance_above`
    how probable it is that it stands above the cut line then, a fraction from 0 to 1. `inputs` are the numbers used.
    """

    rank: int | None
    method: Method
    value: Fraction | None
    gap: Phrase | None = None
    above_cut: bool | None = None
    interval: tuple[int, int] | None = None
    chance_above: float | None = None
    inputs: Mapping[str, Points] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CutLine:
    """The cut line: `sizes` (effort in days, or money) add up to the `limit` `after` a feature, as `Ranking.cut_after`.

    `is_money` tells the unit, the project's currency.
    """

    limit: Fraction
    sizes: Mapping[str, Fraction]
    after: str | None
    is_money: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """All open features in order: by rank, ties in id order, then the unranked as written.

    Done and dropped features are not ranked. `cut_after` is the last feature above the cut line, "" if the line
    stands above all of them, None if there is no line or everything is above it; `line` is where it comes from.
    `swings` are the changes of a weight that would make the second the first, the smallest first.
    """

    method: Method | None
    order: tuple[str, ...]
    ranked: Mapping[str, Ranked] = field(default_factory=dict)
    cut_after: str | None = None
    swings: tuple[Swing, ...] = ()
    line: CutLine | None = None


def ranking(records: Records, money: MoneyBook, week: int) -> tuple[Ranking, list[Diagnostic]]:
    """Rank the open features of a project; `week` is the number of working days in a week."""
    features = {f.id: f for f in records.features if f.status not in ("done", "dropped")}
    rules = records.project.ranking
    if rules is None:
        return Ranking(None, tuple(features)), []
    problems = _weights(records, rules) + _too_many_musts(records, rules, features.values(), week)
    found: dict[str, Mapping[str, Points]] = {}
    values: dict[str, Fraction] = {}
    gaps: dict[str, Phrase] = {}
    for name, feature in features.items():
        try:
            found[name] = inputs(feature, rules.method, rules, week)
            values[name] = worth(feature, rules.method, rules, likely(found[name]))
        except Gap as gap:
            gaps[name] = gap.phrase
        problems += _zeros(records, feature, gaps.get(name), found.get(name, {}), rules)
    lowest_first = rules.method == "manual"
    order = sorted(values, key=lambda name: (values[name] if lowest_first else -values[name], name))
    ranks: dict[str, int] = {}
    for place, name in enumerate(order, start=1):
        before = order[place - 2] if place > 1 else None
        ranks[name] = ranks[before] if before is not None and values[before] == values[name] else place
    line = _cut(rules, features, money, order, records, week)
    above = set(order[: order.index(line.after) + 1]) if line and line.after else set()
    intervals = rank_intervals({name: features[name] for name in order}, found, rules)
    chances = chances_above(features, found, rules, records, line.sizes, line.limit) if line else {}
    ranked = {
        name: Ranked(
            rank=ranks.get(name),
            method=rules.method,
            value=values.get(name),
            gap=gaps.get(name),
            above_cut=None if line is None or line.after is None else name in above,
            interval=intervals.get(name),
            chance_above=chances.get(name),
            inputs=found.get(name, {}),
        )
        for name in [*order, *gaps]
    }
    swings = weight_swings(order, found, rules) if rules.method == "weighted" else ()
    return Ranking(rules.method, (*order, *gaps), ranked, line.after if line else None, swings, line), problems


def _weights(records: Records, rules: RankingRules) -> list[Diagnostic]:
    """Weights that don't sum to 1, and criteria no weight is given for."""
    if rules.method != "weighted":
        return []
    top = records.places[""]
    problems = []
    total = sum(rules.weights.values(), Decimal(0))
    if abs(total - 1) > Decimal("1e-9"):
        place = Place(top.file, (*top.keys, "ranking", "weights"))
        message = f"the weights sum to {total:f}, not to 1" if rules.weights else "the method “weighted” needs weights"
        problems.append(Diagnostic("weights-sum", message, place, "write “weights: {criterion: 0.6, …}” summing to 1"))
    for feature in records.features:
        for criterion in (feature.score.weighted if feature.score else None) or ():
            if criterion not in rules.weights:
                place = records.places[feature.id]
                found = Place(place.file, (*place.keys, "score", "weighted", criterion), "key")
                message = f"no weight is given for “{criterion}”; it counts for nothing"
                hint = did_you_mean(criterion, rules.weights)
                problems.append(Diagnostic("unknown-criterion", message, found, hint, severity=Severity.WARNING))
    return problems


def _zeros(
    records: Records, feature: Feature, gap: Phrase | None, found: Mapping[str, Points], rules: RankingRules
) -> list[Diagnostic]:
    """Warnings for a divisor of zero, and for a factor of zero, which makes all the others count for nothing.

    A missing score is no problem, it is shown as a gap.
    """
    place = records.places[feature.id]
    score = Place(place.file, (*place.keys, "score"))
    if gap:
        if "name" not in gap.values:
            return []
        message = f"“{feature.id}” can't be ranked: {gap}"
        return [Diagnostic("zero-divisor", message, score, severity=Severity.WARNING)]
    ice = rules.method == "ice" and feature.score and feature.score.ice and feature.score.ice.combine == "product"
    factors = RATIOS["rice"][0] if rules.method == "rice" else ("impact", "confidence", "ease") if ice else ()
    for name in factors:
        if found[name][1] == 0:
            message = f"{name} is 0, so the value of “{feature.id}” is 0 whatever else is written"
            at = Place(score.file, (*score.keys, rules.method, name))
            return [Diagnostic("zero-factor", message, at, severity=Severity.WARNING)]
    return []


def _too_many_musts(records: Records, rules: RankingRules, features: Iterable[Feature], week: int) -> list[Diagnostic]:
    """A warning where must-haves take more than 60 % of the effort (DSDM handbook, Agile Business Consortium)."""
    if rules.method != "moscow":
        return []
    share = must_share(features, week)
    if share is None or share <= MOST_MUSTS:
        return []
    top = records.places[""]
    place = Place(top.file, (*top.keys, "ranking", "method"))
    message = f"must-haves take {float(share):.1%} of the effort; with more than 60% nothing is left to give way"
    hint = "make some of them “should”"
    return [Diagnostic("too-many-musts", message, place, hint, severity=Severity.WARNING)]


def must_share(features: Iterable[Feature], week: int) -> Fraction | None:
    """The share of the effort of must, should and could that must-haves take; without efforts each counts the same."""
    sizes: dict[str, Fraction] = {}
    wanted = [f for f in features if f.score and f.score.moscow in ("must", "should", "could")]
    written = [effort_days(feature, week) for feature in wanted]
    for feature, size in zip(wanted, written, strict=True):
        category = str(feature.score.moscow if feature.score else None)
        sizes[category] = sizes.get(category, Fraction(0)) + ((size or 0) if any(written) else 1)
    whole = sum(sizes.values(), Fraction(0))
    return sizes.get("must", Fraction(0)) / whole if whole else None


def _cut(
    rules: RankingRules,
    features: Mapping[str, Feature],
    money: MoneyBook,
    order: list[str],
    records: Records,
    week: int,
) -> CutLine | None:
    """The line before which the running sum of effort or planned money does not pass the cut."""
    if rules.cut is None:
        return None
    if rules.cut.effort:
        limit = days(rules.cut.effort, week)
        sizes = {name: effort_days(features[name], week) or Fraction(0) for name in order}
    else:
        day = records.project.today or _LATEST
        budget = rates_of(records.project).convert(rules.cut.budget, day) if rules.cut.budget else None
        if budget is None:
            return None
        limit = Fraction(budget)
        sizes = {name: Fraction(money.features[name].planned if name in money.features else 0) for name in order}
    running, above = Fraction(0), ""
    for name in order:
        running += sizes[name]
        if running > limit:
            return CutLine(limit, sizes, above, rules.cut.effort is None)
        above = name
    return CutLine(limit, sizes, None, rules.cut.effort is None)
