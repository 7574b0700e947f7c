"""What if the weights were others: how a value follows from them, for a reader to try.

In a sum a weight multiplies a term. In a product it is an exponent, since a factor of a product would change no rank:
the weighted product model of Bridgman, “Dimensional Analysis” (1922), and Miller and Starr, “Executive Decisions and
Operations Research” (1969). With the weights as written the value is that of the method's own formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

from milepost.plan.ranking import Ranking
from milepost.plan.score import RATIOS
from milepost.records.records import Records
from milepost.records.score import Method

UNMET = "unmet"
"""The second term of an opportunity: max(importance − satisfaction, 0)."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A weight that can be changed between `least` and `most`, and how it is written: a criterion's own, or 1."""

    name: str
    weight: Fraction
    least: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Terms:
    """What the weights act on, one number a lever: the value is Σ weight × number, or Π number ^ weight.

    In a product a number below 0 keeps its sign, and one with the weight 0 counts for nothing, even if it is 0.
    """

    kind: Literal["sum", "product"]
    numbers: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The levers of a ranking, and the terms of each ranked feature.

    `is_shared` tells that the weights are shares of 1: changed, they are divided by their sum. `sizes` add up to the
    cut line's `limit`, in whole parts of its unit, so that sums are exact; both are empty without a line.
    """

    levers: tuple[Lever, ...]
    terms: Mapping[str, Terms]
    is_shared: bool
    limit: int | None
    sizes: Mapping[str, int]


def what_if(records: Records, ranking: Ranking) -> WhatIf | None:
    """What can be tried; None where the method has no weights, or fewer than two features a rank."""
    rules = records.project.ranking
    ranked = {name: found for name, found in ranking.ranked.items() if found.rank is not None}
    if rules is None or len(ranked) < 2:
        return None
    method = rules.method
    names = tuple(rules.weights) if method == "weighted" else _LEVERS.get(method, ())
    if not names:
        return None
    scores = {feature.id: feature.score for feature in records.features}
    terms = {}
    for name, found in ranked.items():
        score = scores[name]
        combine = score.ice.combine if method == "ice" and score and score.ice else "product"
        likely = {key: three[1] for key, three in found.inputs.items()}
        terms[name] = _terms(method, names, likely, combine)
    is_shared = method == "weighted"
    written = [Fraction(rules.weights[name]) if is_shared else Fraction(1) for name in names]
    least, most = min(Fraction(0), *written), max(Fraction(1 if is_shared else 2), *written)
    line = ranking.line
    scale = lcm(*(part.denominator for part in (line.limit, *line.sizes.values()))) if line else 1
    return WhatIf(
        levers=tuple(Lever(name, weight, least, most) for name, weight in zip(names, written, strict=True)),
        terms=terms,
        is_shared=is_shared,
        limit=int(line.limit * scale) if line else None,
        sizes={name: int(size * scale) for name, size in line.sizes.items()} if line else {},
    )


_LEVERS: Mapping[Method, tuple[str, ...]] = {
    "rice": (*RATIOS["rice"][0], RATIOS["rice"][1]),
    "ice": ("impact", "confidence", "ease"),
    "wsjf": RATIOS["wsjf"][0],
    "cd3": (*RATIOS["cd3"][0], RATIOS["cd3"][1]),
    "opportunity": ("importance", UNMET),
    "value_effort": (*RATIOS["value_effort"][0], RATIOS["value_effort"][1]),
}


def _terms(method: Method, names: Sequence[str], likely: Mapping[str, Fraction], combine: str) -> Terms:
    if method == "opportunity":
        importance = likely["importance"]
        return Terms("sum", (importance, max(importance - likely["satisfaction"], Fraction(0))))
    numbers = tuple(likely[name] for name in names)
    if method == "weighted":
        return Terms("sum", numbers)
    if method == "wsjf":
        return Terms("sum", tuple(number / likely["size"] for number in numbers))
    if method == "ice" and combine != "product":
        return Terms("sum", tuple(number / 3 for number in numbers) if combine == "mean" else numbers)
    above, below = RATIOS.get(method, (names, ""))
    return Terms("product", tuple(likely[name] if name in above else 1 / likely[below] for name in names))
