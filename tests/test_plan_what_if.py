"""What a reader may try: levers and terms give each method's own value as long as the weights are as written."""

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.plan.what_if import Terms, WhatIf, what_if
from plans import plan


def tried(rules: str, *scores: str, more: str = "") -> WhatIf | None:
    rows = "".join(f"  - {{id: {chr(97 + i)}, title: T{more}, score: {score}}}\n" for i, score in enumerate(scores))
    made = plan(f"project: {{name: T, ranking: {{{rules}}}}}\nfeatures:\n{rows}")
    return what_if(made.records, made.ranking)


SCORES = {
    "rice": "{rice: {reach: 10, impact: 3, confidence: 50%, effort: 0.3}}",
    "wsjf": "{wsjf: {value: 8, urgency: 5, risk: 8, size: 13}}",
    "cd3": "{cd3: {cost_of_delay: 30, duration: 4}}",
    "opportunity": "{opportunity: {importance: 9, satisfaction: 3}}",
    "value_effort": "{value_effort: {value: 3, effort: 2}}",
    "weighted, weights: {a: 0.7, b: 0.3}": "{weighted: {a: 1, b: 2}}",
}


@pytest.mark.parametrize("rules", list(SCORES))
def test_levers_by_method(rules: str) -> None:
    found = tried(f"method: {rules}", SCORES[rules], SCORES[rules])
    assert found is not None
    assert {
        "rice": ["reach", "impact", "confidence", "effort"],
        "wsjf": ["value", "urgency", "risk"],
        "cd3": ["cost_of_delay", "duration"],
        "opportunity": ["importance", "unmet"],
        "value_effort": ["value", "effort"],
        "weighted": ["a", "b"],
    }[rules.partition(",")[0]] == [lever.name for lever in found.levers]
    assert found.is_shared == rules.startswith("weighted")
    ends = {(lever.least, lever.most) for lever in found.levers}
    assert ends == ({(0, 1)} if found.is_shared else {(0, 2)})


@pytest.mark.parametrize(
    ("method", "score"),
    [
        ("moscow", "{moscow: must}"),
        ("kano", "{kano: must_be}"),
        ("manual", "{manual: {order: 1}}"),
    ],
)
def test_an_order_without_weights_has_nothing_to_try(method: str, score: str) -> None:
    assert tried(f"method: {method}", score, score) is None


def test_a_single_feature_has_nobody_to_change_places_with() -> None:
    assert tried("method: rice", SCORES["rice"]) is None
    made = plan("features: [{id: a, title: A}]")
    assert what_if(made.records, made.ranking) is None


def value(terms: Terms, weights: list[Fraction]) -> Fraction:
    """By the definition; the weights of a product are whole here, so that the value is a fraction."""
    pairs = list(zip(terms.numbers, weights, strict=True))
    if terms.kind == "sum":
        return sum((number * weight for number, weight in pairs), Fraction(0))
    return prod((number ** int(weight) for number, weight in pairs), start=Fraction(1))


NUMBERS = st.integers(-50, 50).map(lambda n: f"{n / 10}")
POSITIVE = st.integers(1, 50).map(lambda n: f"{n / 10}")


@settings(deadline=None)
@given(st.sampled_from(["rice", "ice", "wsjf", "cd3", "opportunity", "value_effort", "weighted"]), st.data())
def test_with_the_weights_as_written_the_value_is_the_method_s(method: str, data: st.DataObject) -> None:
    def drawn() -> str:
        n, p = (lambda: data.draw(NUMBERS)), (lambda: data.draw(POSITIVE))
        combine = data.draw(st.sampled_from(["product", "mean", "sum"]))
        inputs = {
            "rice": lambda: f"reach: {n()}, impact: {n()}, confidence: 40%, effort: {p()}",
            "ice": lambda: f"impact: {n()}, confidence: {n()}, ease: {n()}, combine: {combine}",
            "wsjf": lambda: f"value: {n()}, urgency: {n()}, risk: {n()}, size: {p()}",
            "cd3": lambda: f"cost_of_delay: {n()}, duration: {p()}",
            "opportunity": lambda: f"importance: {n()}, satisfaction: {n()}",
            "value_effort": lambda: f"value: {n()}, effort: {p()}",
            "weighted": lambda: f"a: {n()}, b: {n()}",
        }[method]()
        return f"{{{method}: {{{inputs}}}}}"

    rows = "".join(f"  - {{id: {name}, title: T, score: {drawn()}}}\n" for name in "ab")
    weights = ", weights: {a: 0.25, b: 0.75}" if method == "weighted" else ""
    made = plan(f"project: {{name: T, ranking: {{method: {method}{weights}}}}}\nfeatures:\n{rows}")
    found = what_if(made.records, made.ranking)
    assert found is not None
    written = [lever.weight for lever in found.levers]
    assert {name: value(terms, written) for name, terms in found.terms.items()} == {
        name: ranked.value for name, ranked in made.ranking.ranked.items()
    }


def test_sizes_add_up_in_whole_parts_of_a_day() -> None:
    found = tried("method: value_effort, cut: {effort: 2d}", *[SCORES["value_effort"]] * 2, more=", effort: 3h")
    assert found is not None
    assert (found.limit, found.sizes) == (16, {"a": 3, "b": 3})
