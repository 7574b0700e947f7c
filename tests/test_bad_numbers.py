"""Numbers that can't be: each gives a clear problem or an undefined figure with its reason, and the rest stands."""

import json

import pytest

from milepost.publish.plan_json import dump
from milepost.views.budget import BudgetOptions, budget
from plans import plans

HEAD = (
    "project: {{name: N, currency: EUR, start: 2026-01-05, today: 2026-02-02, ranking: {{method: {method}{rules}}}}}\n"
)
SCORES = {
    "rice": "{reach: 1, impact: 1, confidence: 80%, effort: 0}",
    "wsjf": "{value: 1, urgency: 1, risk: 1, size: 0}",
    "cd3": "{cost_of_delay: 1, duration: 0}",
    "value_effort": "{value: 1, effort: 0}",
}


def told(text: str) -> list[tuple[str, int, str]]:
    """Code, line and message of every problem; what is exported has neither an infinity nor a NaN."""
    made, found = plans({"plan.yml": text})
    for one in made:
        json.loads(dump(one), parse_constant=pytest.fail)
        assert any(feature.id == "rest" for feature in one.records.features), "the rest of the plan is gone"
    return [(p.diagnostic.code, p.spot.line, p.diagnostic.message) for p in found]


def features(*rows: str) -> str:
    return "features:\n" + "".join(f"  - {{{row}}}\n" for row in (*rows, "id: rest, title: R"))


@pytest.mark.parametrize("method", SCORES)
def test_a_divisor_of_zero(method: str) -> None:
    text = HEAD.format(method=method, rules="") + features(f"id: a, title: A, score: {{{method}: {SCORES[method]}}}")
    ((code, line, message),) = told(text)
    assert (code, line) == ("zero-divisor", 3)
    assert "is 0, so the value is undefined" in message


def test_a_reach_of_zero() -> None:
    score = SCORES["rice"].replace("reach: 1", "reach: 0").replace("effort: 0", "effort: 1")
    ((code, line, message),) = told(
        HEAD.format(method="rice", rules="") + features(f"id: a, title: A, score: {{rice: {score}}}")
    )
    assert (code, line, message) == ("zero-factor", 3, "reach is 0, so the value of “a” is 0 whatever else is written")


def test_weights_that_do_not_sum_to_one() -> None:
    (found,) = told(HEAD.format(method="weighted", rules=", weights: {x: 0.5, y: 0.6}") + features())
    assert found == ("weights-sum", 1, "the weights sum to 1.1, not to 1")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("duration: {low: 5d, likely: 3d, high: 9d}", "wrong-order"),
        ("effort: {low: 5d, likely: 7d, high: 6d}", "wrong-order"),
        ("score: {rice: {reach: {low: 3, likely: 2, high: 1}, impact: 1, confidence: 80%}}", "wrong-order"),
        ("progress: 120%", "bad-percent"),
        ("start: 2026-03-02, due: 2026-02-02", "due-before-start"),
        ("duration: -3d", "bad-duration"),
    ],
)
def test_values_that_cannot_be(row: str, code: str) -> None:
    found = told(HEAD.format(method="rice", rules="") + features(f"id: a, title: A, {row}"))
    assert [(c, line) for c, line, _ in found] == [(code, 3)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("planned: 5, spent: [{on: 2026-03-02, amount: 5}]", "future-day"),
        ("planned: 5 CHF", "no-rate"),
    ],
)
def test_money_that_does_not_count(line: str, code: str) -> None:
    text = HEAD.format(method="rice", rules="") + features() + f"budget:\n  - {{id: b, title: B, {line}}}\n"
    assert [(c, at) for c, at, _ in told(text)] == [(code, 5)]


@pytest.mark.parametrize(
    ("line", "undefined"),
    [
        ("planned: {2026: 100}", {"CPI": "nothing is spent yet", "EAC": "nothing is spent yet"}),
        ("planned: 0, spent: [{on: 2026-01-09, amount: 5}]", {"SPI": "no line is planned for any time"}),
        ("planned: {2027: 100}", {"SPI": "nothing was planned to be spent by now"}),
    ],
)
def test_what_is_undefined_says_why(line: str, undefined: dict[str, str]) -> None:
    text = HEAD.format(method="rice", rules="") + features() + f"budget:\n  - {{id: b, title: B, {line}}}\n"
    (made,), _ = plans({"plan.yml": text})
    figures = {str(figure.short): figure for figure in budget(made, BudgetOptions()).earned}
    assert {short: (figures[short].value, str(figures[short].reason)) for short in undefined} == {
        short: (None, reason) for short, reason in undefined.items()
    }


def test_a_milestone_without_features_has_no_schedule_and_no_progress() -> None:
    (made,), found = plans({"plan.yml": "project: {name: N}\nmilestones: [{id: m, title: M, due: 2026-03-02}]\n"})
    assert not found
    assert (made.progress["m"], made.schedule.get("m")) == (0, None)
    assert str(made.forecast["m"].gap) == "it has no schedule"
    assert str(made.throughput["m"].gap) == "it has no open feature"
