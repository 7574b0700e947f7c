"""The ranking of features by the project's method, in exact arithmetic so that ties are ties."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from milepost.diagnostics import Diagnostic, Place, Severity, did_you_mean
from milepost.plan.money import MoneyBook
from milepost.plan.phrase import Phrase
from milepost.plan.rates import rates_of
from milepost.records.feature import Feature
from milepost.records.project import RankingRules
from milepost.records.records import Records
from milepost.records.score import Method, PercentRange, Range
from milepost.records.values import Duration
from milepost.records.work import Estimate

DAYS_A_MONTH = 20
_LATEST = date.max
_MOSCOW = {"must": 4, "should": 3, "could": 2, "wont": 1}
_KANO = {"must_be": 6, "one_dimensional": 5, "attractive": 4, "indifferent": 3, "reverse": 2, "questionable": 1}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A feature's place: `rank` (None if unranked), the method's `value`, and why there is none (`gap`)."""

    rank: int | None
    method: Method
    value: Fraction | None
    gap: Phrase | None = None
    above_cut: bool | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """All open features in order: by rank, ties in id order, then the unranked as written.

    Done and dropped features are not ranked. `cut_after` is the last feature above the cut line, "" if the line
    stands above all of them, None if there is no line or everything is above it.
    """

    method: Method | None
    order: tuple[str, ...]
    ranked: Mapping[str, Ranked] = field(default_factory=dict)
    cut_after: str | None = None


class _Gap(Exception):
    """A score that can't be worked out; carries the reason."""

    def __init__(self, text: str, **values: object) -> None:
        self.phrase = Phrase(text, values)


def ranking(records: Records, money: MoneyBook, week: int) -> tuple[Ranking, list[Diagnostic]]:
    """Rank the open features of a project; `week` is the number of working days in a week."""
    features = [feature for feature in records.features if feature.status not in ("done", "dropped")]
    rules = records.project.ranking
    if rules is None:
        return Ranking(None, tuple(feature.id for feature in features)), []
    problems = _weights(records, rules)
    values: dict[str, Fraction] = {}
    gaps: dict[str, Phrase] = {}
    for feature in features:
        try:
            values[feature.id] = _value(feature, rules, week)
        except _Gap as gap:
            gaps[feature.id] = gap.phrase
            problems += _zero(records, feature, gap.phrase)
    lowest_first = rules.method == "manual"
    order = sorted(values, key=lambda name: (values[name] if lowest_first else -values[name], name))
    ranks: dict[str, int] = {}
    for place, name in enumerate(order, start=1):
        before = order[place - 2] if place > 1 else None
        ranks[name] = ranks[before] if before is not None and values[before] == values[name] else place
    cut = _cut(records, rules, money, order, week)
    above = set(order[: order.index(cut) + 1]) if cut else set()
    found = {
        name: Ranked(
            ranks.get(name), rules.method, values.get(name), gaps.get(name), None if cut is None else name in above
        )
        for name in [*order, *gaps]
    }
    return Ranking(rules.method, (*order, *gaps), found, cut), problems


def value_of(feature: Feature, rules: RankingRules, week: int) -> Fraction | None:
    """The value of a feature by the project's method; None where its inputs don't give one."""
    try:
        return _value(feature, rules, week)
    except _Gap:
        return None


def _value(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    return _METHODS[rules.method](feature, rules, week)


def _likely(number: Range | PercentRange) -> Fraction:
    return Fraction(number.likely)


def _inputs(feature: Feature, method: str) -> Any:
    found = getattr(feature.score, method) if feature.score else None
    if found is None:
        raise _Gap("no {method} score is written", method=method)
    return found


def _divide(over: Fraction, under: Fraction, name: str) -> Fraction:
    if under <= 0:
        raise _Gap(f"{{name}} is {'0' if under == 0 else 'below 0'}, so the value is undefined", name=name)
    return over / under


def _rice(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    rice = _inputs(feature, "rice")
    if rice.effort:
        effort = _likely(rice.effort)
    elif feature.effort:
        effort = _expected(feature.effort, week) / DAYS_A_MONTH
    else:
        raise _Gap("the RICE score has no effort, and the feature has none either")
    return _divide(_likely(rice.reach) * _likely(rice.impact) * _likely(rice.confidence), effort, "effort")


def _ice(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    ice = _inputs(feature, "ice")
    parts = [_likely(part) for part in (ice.impact, ice.confidence, ice.ease)]
    if ice.combine == "product":
        return parts[0] * parts[1] * parts[2]
    return sum(parts, Fraction(0)) / (3 if ice.combine == "mean" else 1)


def _wsjf(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    wsjf = _inputs(feature, "wsjf")
    return _divide(_likely(wsjf.value) + _likely(wsjf.urgency) + _likely(wsjf.risk), _likely(wsjf.size), "size")


def _cd3(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    cd3 = _inputs(feature, "cd3")
    return _divide(_likely(cd3.cost_of_delay), _likely(cd3.duration), "duration")


def _weighted(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    written = _inputs(feature, "weighted")
    if not rules.weights:
        raise _Gap("the project writes no weights")
    missing = [criterion for criterion in rules.weights if criterion not in written]
    if missing:
        raise _Gap("the weighted score has no “{criterion}”", criterion=missing[0])
    return sum((Fraction(weight) * _likely(written[name]) for name, weight in rules.weights.items()), Fraction(0))


def _opportunity(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    found = _inputs(feature, "opportunity")
    importance = _likely(found.importance)
    return importance + max(importance - _likely(found.satisfaction), Fraction(0))


def _value_effort(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    found = _inputs(feature, "value_effort")
    return _divide(_likely(found.value), _likely(found.effort), "effort")


def _moscow(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    return Fraction(_MOSCOW[str(_inputs(feature, "moscow"))])


def _kano(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    """The order of the category; of counts, the most frequent, ties in the order M > O > A > I (Berger 1993)."""
    found = _inputs(feature, "kano")
    if isinstance(found, str):
        return Fraction(_KANO[found])
    if not any(getattr(found, category) for category in _KANO):
        raise _Gap("the Kano survey has no answers")
    return Fraction(max(_KANO.items(), key=lambda pair: (getattr(found, pair[0]), pair[1]))[1])


def _manual(feature: Feature, rules: RankingRules, week: int) -> Fraction:
    return Fraction(_inputs(feature, "manual").order)


_METHODS: Mapping[str, Callable[[Feature, RankingRules, int], Fraction]] = {
    "rice": _rice,
    "ice": _ice,
    "wsjf": _wsjf,
    "cd3": _cd3,
    "weighted": _weighted,
    "opportunity": _opportunity,
    "value_effort": _value_effort,
    "moscow": _moscow,
    "kano": _kano,
    "manual": _manual,
}


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


def _zero(records: Records, feature: Feature, gap: Phrase) -> list[Diagnostic]:
    """A warning for a divisor of zero; a missing score is no problem, it is shown as a gap."""
    if "name" not in gap.values:
        return []
    place = records.places[feature.id]
    found = Place(place.file, (*place.keys, "score"))
    return [Diagnostic("zero-divisor", f"“{feature.id}” can't be ranked: {gap}", found, severity=Severity.WARNING)]


def _cut(records: Records, rules: RankingRules, money: MoneyBook, order: list[str], week: int) -> str | None:
    """The last feature before the running sum of effort or planned money passes the cut."""
    if rules.cut is None:
        return None
    by_id = {feature.id: feature for feature in records.features}
    if rules.cut.effort:
        limit = _days(rules.cut.effort, week)
        sizes = {name: _effort(by_id[name], week) for name in order}
    else:
        day = records.project.today or _LATEST
        budget = rates_of(records.project).convert(rules.cut.budget, day) if rules.cut.budget else None
        if budget is None:
            return None
        limit = Fraction(budget)
        sizes = {
            name: Fraction(money.features[name].planned) if name in money.features else Fraction(0) for name in order
        }
    running, above = Fraction(0), ""
    for name in order:
        running += sizes[name]
        if running > limit:
            return above
        above = name
    return None


def _effort(feature: Feature, week: int) -> Fraction:
    estimate = feature.effort or feature.duration
    return _expected(estimate, week) if estimate else Fraction(0)


def _expected(estimate: Estimate, week: int) -> Fraction:
    """`Estimate.expected` in exact arithmetic."""
    return (_days(estimate.low, week) + 4 * _days(estimate.likely, week) + _days(estimate.high, week)) / 6


def _days(duration: Duration, week: int) -> Fraction:
    return Fraction(duration.amount) * {"h": Fraction(1, 8), "d": Fraction(1), "w": Fraction(week)}[duration.unit]
