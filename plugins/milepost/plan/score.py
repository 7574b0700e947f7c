"""What a feature is worth by each method: its inputs as three points, and the formula over them."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from milepost.plan.phrase import Phrase
from milepost.records.feature import Feature
from milepost.records.project import RankingRules
from milepost.records.score import Kano, KanoCategory, Method, PercentRange, Range
from milepost.records.values import Duration
from milepost.records.work import Estimate

DAYS_A_MONTH = 20
Points = tuple[Fraction, Fraction, Fraction]
"""Low, likely and high; all the same where one number is written."""
Number = Any
"""A `Fraction`, or an array of numbers, one a run: the formulas hold for both."""

METHODS: Mapping[Method, Phrase | str] = {
    "rice": "RICE",
    "ice": "ICE",
    "wsjf": "WSJF",
    "cd3": "CD3",
    "weighted": Phrase("Weighted"),
    "opportunity": Phrase("Opportunity"),
    "value_effort": Phrase("Value ÷ effort"),
    "moscow": "MoSCoW",
    "kano": "Kano",
    "manual": Phrase("By hand"),
}
"""The methods of ranking: names of their own, or words."""
_UNWRITTEN: Mapping[Method, Phrase] = {
    "weighted": Phrase("no weighted criteria are written"),
    "opportunity": Phrase("no importance and satisfaction are written"),
    "value_effort": Phrase("no value and effort are written"),
    "manual": Phrase("no place by hand is written"),
}
_MOSCOW = {"must": 4, "should": 3, "could": 2, "wont": 1}
_KANO: Mapping[KanoCategory, int] = {
    "must_be": 6,
    "one_dimensional": 5,
    "attractive": 4,
    "indifferent": 3,
    "reverse": 2,
    "questionable": 1,
}
RATIOS: Mapping[Method, tuple[tuple[str, ...], str]] = {
    "rice": (("reach", "impact", "confidence"), "effort"),
    "wsjf": (("value", "urgency", "risk"), "size"),
    "cd3": (("cost_of_delay",), "duration"),
    "value_effort": (("value",), "effort"),
}
"""The methods that divide: what stands above the line, and below it."""
_DIVISORS = {"effort": Phrase("effort"), "size": Phrase("size"), "duration": Phrase("duration")}


class Gap(Exception):
    """A score that can't be worked out; carries the reason."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase


def inputs(feature: Feature, method: Method, rules: RankingRules, week: int) -> dict[str, Points]:
    """The numbers that a method works with, by name; raises `Gap` where one is missing or would divide by zero.

    RICE's effort defaults to the feature's own, in months of twenty working days: its expected value and its ends.
    """
    written = getattr(feature.score, method) if feature.score else None
    if written is None:
        raise Gap(_UNWRITTEN.get(method) or Phrase("no {method} score is written", {"method": METHODS[method]}))
    if method == "weighted":
        return _criteria(written, rules)
    if method == "moscow":
        return {"category": _point(Fraction(_MOSCOW[written]))}
    if method == "kano":
        return {"category": _point(Fraction(_KANO[kano_category(written)]))}
    if method == "manual":
        return {"order": _point(Fraction(written.order))}
    names = [name for name, field in type(written).model_fields.items() if name != "combine"]
    found = {name: points(getattr(written, name)) for name in names if getattr(written, name) is not None}
    if method == "rice" and "effort" not in found:
        if feature.effort is None:
            raise Gap(Phrase("the RICE score has no effort, and the feature has none either"))
        found["effort"] = _months(feature.effort, week)
    if method in RATIOS:
        divisor = RATIOS[method][1]
        if found[divisor][1] <= 0:
            if found[divisor][1] == 0:
                raise Gap(Phrase("{name} is 0, so the value is undefined", {"name": _DIVISORS[divisor]}))
            raise Gap(Phrase("{name} is below 0, so the value is undefined", {"name": _DIVISORS[divisor]}))
    return found


def worth(feature: Feature, method: Method, rules: RankingRules, values: Mapping[str, Number]) -> Number:
    """The value by the method's formula, from one number an input."""
    if method == "weighted":
        exact = all(isinstance(value, Fraction) for value in values.values())
        return sum((Fraction(w) if exact else float(w)) * values[name] for name, w in rules.weights.items())
    if method == "ice" and feature.score and feature.score.ice:
        return _ICE[feature.score.ice.combine](values["impact"], values["confidence"], values["ease"])
    return _FORMULAS[method](values)


def likely(found: Mapping[str, Points]) -> dict[str, Fraction]:
    """The most likely number of each input."""
    return {name: three[1] for name, three in found.items()}


def span(
    feature: Feature, method: Method, rules: RankingRules, found: Mapping[str, Points]
) -> tuple[Fraction, Fraction]:
    """The least and the greatest value while each input moves inside its range.

    Every formula rises or falls all the way with each of its inputs, so the extremes lie where these have theirs.
    Raises `Gap` where a divisor may become zero.
    """
    if method in RATIOS and found[RATIOS[method][1]][0] <= 0:
        raise Gap(Phrase("{name} may be 0, so the value has no limit", {"name": _DIVISORS[RATIOS[method][1]]}))
    if method == "weighted":
        ends = [sorted(Fraction(weight) * end for end in found[name][::2]) for name, weight in rules.weights.items()]
        return sum((low for low, _ in ends), Fraction(0)), sum((high for _, high in ends), Fraction(0))
    corners = product(*({low, high} for low, _, high in found.values()))
    values = [worth(feature, method, rules, dict(zip(found, corner, strict=True))) for corner in corners]
    return min(values), max(values)


def kano_category(written: Kano | KanoCategory) -> KanoCategory:
    """The category written, or that of most answers; ties in the order M > O > A > I (Berger et al. 1993)."""
    if isinstance(written, str):
        return written
    if not any(getattr(written, category) for category in _KANO):
        raise Gap(Phrase("the Kano survey has no answers"))
    return max(_KANO, key=lambda category: (getattr(written, category), _KANO[category]))


def kano_coefficients(written: Kano) -> tuple[Fraction, Fraction] | None:
    """Better = (A + O) ÷ (A + O + M + I) and worse = −(O + M) ÷ (A + O + M + I); None without such answers."""
    a, o, m, i = (
        Fraction(part) for part in (written.attractive, written.one_dimensional, written.must_be, written.indifferent)
    )
    whole = a + o + m + i
    return ((a + o) / whole, -(o + m) / whole) if whole else None


def effort_days(feature: Feature, week: int) -> Fraction | None:
    """The expected effort in days, else the duration; None where neither is written."""
    estimate = feature.effort or feature.duration
    return expected(estimate, week) if estimate else None


def expected(estimate: Estimate, week: int) -> Fraction:
    """`Estimate.expected` in exact arithmetic."""
    return (days(estimate.low, week) + 4 * days(estimate.likely, week) + days(estimate.high, week)) / 6


def days(duration: Duration, week: int) -> Fraction:
    """`Duration.days` in exact arithmetic."""
    return Fraction(duration.amount) * {"h": Fraction(1, 8), "d": Fraction(1), "w": Fraction(week)}[duration.unit]


def points(number: Range | PercentRange) -> Points:
    """The three points of a number."""
    return Fraction(number.low), Fraction(number.likely), Fraction(number.high)


def _criteria(written: Mapping[str, Range], rules: RankingRules) -> dict[str, Points]:
    if not rules.weights:
        raise Gap(Phrase("the project writes no weights"))
    for criterion in rules.weights:
        if criterion not in written:
            raise Gap(Phrase("the weighted score has no “{criterion}”", {"criterion": criterion}))
    return {name: points(written[name]) for name in rules.weights}


def _months(effort: Estimate, week: int) -> Points:
    low, high = (days(end, week) / DAYS_A_MONTH for end in (effort.low, effort.high))
    return low, expected(effort, week) / DAYS_A_MONTH, high


def _point(number: Fraction) -> Points:
    return number, number, number


def _opportunity(v: Mapping[str, Number]) -> Number:
    missing = v["importance"] - v["satisfaction"]
    return v["importance"] + (missing + abs(missing)) / 2  # max(missing, 0), of numbers and of arrays


_ICE: Mapping[str, Callable[[Number, Number, Number], Number]] = {
    "product": lambda impact, confidence, ease: impact * confidence * ease,
    "mean": lambda impact, confidence, ease: (impact + confidence + ease) / 3,
    "sum": lambda impact, confidence, ease: impact + confidence + ease,
}
_FORMULAS: Mapping[Method, Callable[[Mapping[str, Number]], Number]] = {
    "rice": lambda v: v["reach"] * v["impact"] * v["confidence"] / v["effort"],
    "wsjf": lambda v: (v["value"] + v["urgency"] + v["risk"]) / v["size"],
    "cd3": lambda v: v["cost_of_delay"] / v["duration"],
    "opportunity": _opportunity,
    "value_effort": lambda v: v["value"] / v["effort"],
    "moscow": lambda v: v["category"],
    "kano": lambda v: v["category"],
    "manual": lambda v: v["order"],
}
