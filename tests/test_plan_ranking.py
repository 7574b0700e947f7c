"""Ranks, ties, gaps and the cut line. Published examples are in test_oracles."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.plan.ranking import Ranking
from plans import plan, plans, problems


def ranked(rules: str, *features: str) -> Ranking:
    """The ranking of features given by what is written in them; their ids are a, b, c …"""
    text = "".join(f"  - {{id: {chr(97 + i)}, title: T, {more}}}\n" for i, more in enumerate(features))
    return plan(f"project: {{name: T, ranking: {{{rules}}}}}\nfeatures:\n{text}").ranking


def value(rules: str, score: str) -> Fraction | None:
    return ranked(rules, f"score: {score}").ranked["a"].value


def gap(rules: str, more: str) -> str:
    found = ranked(rules, more).ranked["a"]
    assert found.rank is None
    return str(found.gap)


@pytest.mark.parametrize(
    ("rules", "score", "expected"),
    [
        ("method: rice", "{rice: {reach: 10, impact: 3, confidence: 50%, effort: 0.3}}", 50),
        ("method: rice", "{rice: {reach: 0, impact: 3, confidence: 50%, effort: 1}}", 0),
        ("method: rice", "{rice: {reach: {low: 1, likely: 4, high: 9}, impact: 1, confidence: 100%, effort: 1}}", 4),
        ("method: ice", "{ice: {impact: 8, confidence: 6, ease: 3, combine: mean}}", Fraction(17, 3)),
        ("method: wsjf", "{wsjf: {value: 8, urgency: 5, risk: 8, size: 13}}", Fraction(21, 13)),
        ("method: cd3", "{cd3: {cost_of_delay: 30, duration: 4}}", Fraction(15, 2)),
        ("method: weighted, weights: {a: 0.7, b: 0.3}", "{weighted: {a: 1, b: 2}}", Fraction(13, 10)),
        ("method: opportunity", "{opportunity: {importance: 9, satisfaction: 3}}", 15),
        ("method: opportunity", "{opportunity: {importance: 2.4, satisfaction: 3.2}}", Fraction(12, 5)),
        ("method: value_effort", "{value_effort: {value: 3, effort: 2}}", Fraction(3, 2)),
        ("method: manual", "{manual: {order: 3}}", 3),
    ],
)
def test_value(rules: str, score: str, expected: Fraction) -> None:
    assert value(rules, score) == expected


def test_effort_of_rice_defaults_to_the_feature_and_ties_are_exact() -> None:
    rice = "score: {rice: {reach: 1, impact: 1, confidence: 80%"
    found = ranked("method: rice", f"effort: 0.1d, {rice}}}}}", f"{rice}, effort: 0.005}}}}")
    assert [(r.rank, r.value) for r in found.ranked.values()] == [(1, 160), (1, 160)]


def test_ties_share_a_rank_and_stand_in_id_order() -> None:
    found = ranked("method: manual", *(f"score: {{manual: {{order: {n}}}}}" for n in (2, 1, 3, 2)))
    assert found.order == ("b", "a", "d", "c")
    assert [found.ranked[name].rank for name in found.order] == [1, 2, 2, 4]


def test_finished_and_dropped_work_has_no_rank_and_the_unranked_stand_below() -> None:
    score = "score: {manual: {order: 1}}"
    found = ranked(
        "method: manual", "due: 2026", f"status: done, {score}", score, f"status: dropped, {score}", "tags: []"
    )
    assert found.order == ("c", "a", "e")
    assert set(found.ranked) == {"a", "c", "e"}


def test_without_a_method_features_stand_as_written() -> None:
    found = plan("features: [{id: b, title: B}, {id: a, title: A}]").ranking
    assert (found.method, found.order, found.ranked) == (None, ("b", "a"), {})


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("moscow", ["must", "should", "could", "wont"]),
        ("kano", ["must_be", "one_dimensional", "attractive", "indifferent", "reverse", "questionable"]),
    ],
)
def test_words_have_an_order(method: str, words: list[str]) -> None:
    found = ranked(f"method: {method}", *(f"score: {{{method}: {word}}}" for word in reversed(words)))
    assert found.order == tuple(chr(97 + len(words) - 1 - i) for i in range(len(words)))


def test_answers_of_a_kano_survey_decide_ties_in_its_order() -> None:
    counts = "score: {kano: {attractive: 5, indifferent: 5}}"
    found = ranked("method: kano", "score: {kano: attractive}", counts, "score: {kano: {indifferent: 1}}")
    assert [r.rank for r in found.ranked.values()] == [1, 1, 3]


@pytest.mark.parametrize(
    ("rules", "more", "says"),
    [
        ("method: rice", "due: 2026", "no RICE score"),
        ("method: rice", "score: {rice: {reach: 1, impact: 1, confidence: 80%}}", "no effort"),
        ("method: rice", "score: {rice: {reach: 1, impact: 1, confidence: 80%, effort: 0}}", "effort is 0"),
        ("method: wsjf", "score: {wsjf: {value: 1, urgency: 1, risk: 1, size: 0}}", "size is 0"),
        ("method: cd3", "score: {cd3: {cost_of_delay: 1, duration: -1}}", "duration is below 0"),
        ("method: weighted, weights: {a: 0.5, b: 0.5}", "score: {weighted: {a: 1}}", "no “b”"),
        ("method: kano", "score: {kano: {attractive: 0}}", "no answers"),
    ],
)
def test_gap_says_what_is_missing(rules: str, more: str, says: str) -> None:
    assert says in gap(rules, more)


def test_a_divisor_of_zero_is_a_warning() -> None:
    text = """\
project: {name: T, ranking: {method: cd3}}
features:
  - id: a
    title: A
    score: {cd3: {cost_of_delay: 1, duration: 0}}
"""
    assert problems(text) == [("zero-divisor", 5)]


def test_weights_have_to_sum_to_one() -> None:
    text = """\
project:
  name: T
  ranking:
    method: weighted
    weights: {reach: 0.5, fit: 0.4}
features:
  - {id: a, title: A, score: {weighted: {reach: 1, fit: 2, ftt: 3}}}
"""
    assert problems(text) == [("weights-sum", 5), ("unknown-criterion", 7)]
    _, found = plans({"plan.yml": text})
    assert "0.9" in found[0].diagnostic.message
    assert found[1].diagnostic.hint == "did you mean “fit”?"


@pytest.mark.parametrize(
    ("cut", "after"),
    [("10d", None), ("9d", "c"), ("8d", "b"), ("2d", "a"), ("1d", "")],
)
def test_cut_by_effort(cut: str, after: str | None) -> None:
    efforts = ("2d", "6d", "1d", "1d")
    features = [f"effort: {e}, score: {{manual: {{order: {i}}}}}" for i, e in enumerate(efforts)]
    found = ranked(f"method: manual, cut: {{effort: {cut}}}", *features, "effort: 1d")
    assert found.cut_after == after
    above = {"a": 1, "b": 2, "c": 3, "": 0}
    expected = [None] * 5 if after is None else [i < above[after] for i in range(5)]
    assert [found.ranked[name].above_cut for name in "abcde"] == expected


def test_cut_by_money_counts_the_lines_of_the_feature() -> None:
    text = """
project: {name: T, currency: EUR, ranking: {method: manual, cut: {budget: 100}}}
features:
  - {id: a, title: A, score: {manual: {order: 1}}}
  - {id: b, title: B, score: {manual: {order: 2}}}
  - {id: c, title: C, score: {manual: {order: 3}}}
budget:
  - {id: x, title: X, feature: a, planned: {2025: 60}}
  - {id: y, title: Y, feature: a, planned: {2025: 40}}
  - {id: z, title: Z, feature: c, planned: {2025: 1}}
"""
    assert plan(text).ranking.cut_after == "b"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-3, 3) | st.none(), min_size=1, max_size=12), st.randoms())
def test_ranks_count_who_stands_before_and_the_order_written_never_matters(
    orders: list[int | None], random: object
) -> None:
    rows = [
        f"  - {{id: f{i:02}, title: T{'' if n is None else f', score: {{manual: {{order: {n}}}}}'}}}"
        for i, n in enumerate(orders)
    ]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    text = "project: {name: T, ranking: {method: manual}}\nfeatures:\n"
    one, other = (plan(text + "\n".join(lines)).ranking for lines in (rows, shuffled))
    given_orders = [n for n in orders if n is not None]
    for i, n in enumerate(orders):
        rank = None if n is None else 1 + sum(1 for before in given_orders if before < n)
        assert one.ranked[f"f{i:02}"].rank == rank
    assert one.ranked == other.ranked
    assert sorted(one.order) == sorted(f"f{i:02}" for i in range(len(orders)))
    assert one.order[: len(given_orders)] == other.order[: len(given_orders)]
