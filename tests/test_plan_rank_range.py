"""Ranks of ranges: the interval, the chance to stand above the cut line, and what would turn the first two round."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import plan, plans, problems


def ranked(rules: str, scores: dict[str, str], method: str = "rice", more: str = "") -> str:
    features = "".join(
        f"  - {{id: {name}, title: {name}, effort: 10d, score: {{{method}: {score}}}}}\n"
        for name, score in scores.items()
    )
    return f"project: {{name: R, currency: EUR, ranking: {{method: {method}{rules}}}{more}}}\nfeatures:\n{features}"


VALUE = "{{value: {}, effort: 1}}"


def test_intervals_of_overlapping_ranges() -> None:
    scores = {
        "a": VALUE.format("{low: 8, likely: 9, high: 10}"),
        "b": VALUE.format("{low: 4, likely: 7, high: 9}"),
        "c": VALUE.format("{low: 4, likely: 5, high: 6}"),
        "d": VALUE.format(3),
    }
    found = plan(ranked("", scores, "value_effort")).ranking.ranked
    assert {name: (r.rank, r.interval) for name, r in found.items()} == {
        "a": (1, (1, 2)),
        "b": (2, (1, 3)),
        "c": (3, (2, 3)),
        "d": (4, (4, 4)),
    }


def test_without_ranges_the_interval_is_the_rank_and_ties_share_it() -> None:
    scores = {name: VALUE.format(value) for name, value in {"a": 3, "b": 2, "c": 2, "d": 1}.items()}
    found = plan(ranked(", cut: {effort: 25d}", scores, "value_effort")).ranking
    assert [found.ranked[name].interval for name in "abcd"] == [(1, 1), (2, 2), (2, 2), (4, 4)]
    assert [found.ranked[name].chance_above for name in "abcd"] == [None] * 4


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4))
def test_the_interval_is_what_all_corners_give(ends: list[tuple[int, int, int]]) -> None:
    scores = {
        f"f{i}": VALUE.format(f"{{low: {low}, likely: {low + a}, high: {low + a + b}}}")
        for i, (low, a, b) in enumerate(ends)
    }
    found = plan(ranked("", scores, "value_effort")).ranking.ranked
    seen: dict[str, list[int]] = {name: [] for name in scores}
    for corner in product(*({low, low + a, low + a + b} for low, a, b in ends)):
        for name, value in zip(scores, corner, strict=True):
            seen[name].append(1 + sum(other > value for other in corner))
    assert {name: r.interval for name, r in found.items()} == {n: (min(r), max(r)) for n, r in seen.items()}
    assert all(r.interval and r.rank and r.interval[0] <= r.rank <= r.interval[1] for r in found.values())


def test_by_hand_the_lowest_stands_first() -> None:
    found = plan(ranked("", {"a": "{order: 2}", "b": "{order: 1}"}, "manual")).ranking.ranked
    assert [(found[n].rank, found[n].interval) for n in "ab"] == [(2, (2, 2)), (1, (1, 1))]


def test_a_divisor_that_may_be_zero_has_no_interval() -> None:
    scores = {"a": "{value: 1, effort: {low: 0, likely: 1, high: 2}}", "b": "{value: 2, effort: 1}"}
    found = plan(ranked(", cut: {effort: 10d}", scores, "value_effort")).ranking.ranked
    assert [(found[n].rank, found[n].interval, found[n].chance_above) for n in "ab"] == [
        (2, None, None),
        (1, None, None),
    ]


def test_the_chance_to_stand_above_the_cut_line() -> None:
    """Two features that fit, one sure of it; the other two are alike, so each has half a chance."""
    alike = VALUE.format("{low: 1, likely: 2, high: 3}")
    scores = {"a": VALUE.format(9), "b": alike, "c": alike, "d": VALUE.format("0.5")}
    text = ranked(", cut: {effort: 20d}", scores, "value_effort")
    found = plan(text).ranking.ranked
    assert (found["a"].chance_above, found["d"].chance_above) == (1, 0)
    assert found["b"].chance_above == pytest.approx(0.5, abs=0.02)
    assert (found["b"].chance_above or 0) + (found["c"].chance_above or 0) == pytest.approx(1)
    assert plan(text).ranking.ranked == found


def test_chances_of_a_weighted_score() -> None:
    scores = {"a": "{x: {low: 1, likely: 5, high: 9}, y: 2}", "b": "{x: 5, y: 2}"}
    found = plan(ranked(", weights: {x: 0.5, y: 0.5}, cut: {effort: 10d}", scores, "weighted")).ranking.ranked
    assert found["a"].chance_above == pytest.approx(0.5, abs=0.02)
    assert found["a"].interval == (1, 2)


def test_which_weight_turns_the_first_two_round() -> None:
    """A leads by 2 in x and B by 3 in y: at x = 0.6 they are level."""
    scores = {"a": "{x: 5, y: 1}", "b": "{x: 3, y: 4}", "c": "{x: 0, y: 0}"}
    made = plan(ranked(", weights: {x: 0.7, y: 0.3}", scores, "weighted"))
    x, y = made.ranking.swings
    assert (x.criterion, x.weight, x.needed, x.change) == ("x", Fraction(7, 10), Fraction(3, 5), Fraction(-1, 10))
    assert (y.criterion, y.needed, y.first, y.second) == ("y", Fraction(2, 5), "a", "b")
    level = plan(ranked(", weights: {x: 0.6, y: 0.4}", scores, "weighted")).ranking
    assert level.ranked["a"].value == level.ranked["b"].value


def test_nothing_turns_round_what_leads_everywhere() -> None:
    scores = {"a": "{x: 5, y: 5}", "b": "{x: 3, y: 4}"}
    assert plan(ranked(", weights: {x: 0.7, y: 0.3}", scores, "weighted")).ranking.swings == ()


@pytest.mark.parametrize(("must", "warned"), [(60, []), (61, [("too-many-musts", 1)])])
def test_must_haves_take_at_most_sixty_percent(must: int, warned: list[tuple[str, int]]) -> None:
    efforts = {"must": must, "should": 80 - must, "could": 20}
    rows = "".join(
        f"  - {{id: {name}, title: M, effort: {days}d, score: {{moscow: {name}}}}}\n" for name, days in efforts.items()
    )
    rows += "  - {id: wont, title: W, effort: 500d, score: {moscow: wont}}\n"
    assert problems(f"project: {{name: M, ranking: {{method: moscow}}}}\nfeatures:\n{rows}") == warned


@pytest.mark.parametrize(
    ("score", "told"),
    [
        ("{reach: 0, impact: 1, confidence: 80%, effort: 1}", "reach is 0, so the value of “a” is 0"),
        ("{reach: 5, impact: 1, confidence: 80%, effort: 0}", "“a” can't be ranked: effort is 0"),
    ],
)
def test_a_zero_is_told(score: str, told: str) -> None:
    _, (found,) = plans({"plan.yml": ranked("", {"a": score})})
    assert found.diagnostic.message.startswith(told)
    assert found.spot.line == 3
