"""The features: columns and cells, intervals, the cut line, and the chart on which nothing overlaps."""

import json
import random
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.render.context import Context
from milepost.render.page import render
from milepost.views.features import FeaturesOptions, FeaturesView, features
from milepost.views.quadrants import ValueEffort
from milepost.views.spread import HEIGHT, WIDTH, Circle, spread
from plans import plan

RICE = """
project: {name: Test, start: 2026-01-05, ranking: {method: rice, cut: {effort: 10d}}}
milestones: [{id: m, title: First}]
features:
  - id: a
    title: A
    milestone: m
    effort: 5d
    score: {rice: {reach: {low: 5, likely: 10, high: 40}, impact: 2, confidence: 50%}}
  - {id: b, title: B, effort: 10d, score: {rice: {reach: 16, impact: 1, confidence: 100%}}, tags: [x]}
  - {id: c, title: C, tags: [x]}
  - {id: d, title: D, done: 2026-01-05}
  - {id: e, title: E, status: dropped}
"""


def view(text: str, **options: Any) -> FeaturesView:
    return features(plan(text), FeaturesOptions(**options))


def page(text: str, **options: Any) -> str:
    context = Context("en", lambda target: f"{target.kind}s/{target.id}/", lambda place: None)
    return render("features", view(text, **options), context)


def test_rows_stand_by_rank_and_apart_what_has_none() -> None:
    found = view(RICE)
    names = [[row.item.target.id for row in rows] for rows in (found.ranked, found.unranked, found.done, found.dropped)]
    assert names == [["a", "b"], ["c"], ["d"], ["e"]]
    assert [row.cut_after for row in found.ranked] == [True, False]
    assert (found.cut_days, found.cut_money, found.cut_first) == (10, None, False)
    assert [choice.value for choice in found.facets.tag] == ["x", ""]


def test_cells_are_shares_of_the_largest_that_a_column_may_hold() -> None:
    found = view(RICE)
    assert [column.key for column in found.columns] == ["reach", "impact", "confidence", "effort"]
    reach = [row.cells[0] for row in found.ranked]
    assert [(cell.share, cell.spread) for cell in reach if cell] == [(0.25, (0.125, 1.0)), (0.4, ())]
    effort = found.ranked[0].cells[3]
    assert effort
    assert (effort.input.number, effort.share) == (pytest.approx(0.25), 0.5)  # months, from five days


def test_the_range_of_a_feature_s_effort_is_shown_too() -> None:
    found = view(RICE.replace("effort: 5d", "effort: {low: 2d, likely: 5d, high: 20d}"))
    effort = found.ranked[1].cells[3]
    assert effort
    assert (effort.input.low, effort.input.high) == (Decimal("0.1"), Decimal(1))


def test_an_interval_lies_between_the_first_rank_and_the_last() -> None:
    found = view(RICE)
    assert (found.with_interval, found.with_chance) == (True, True)
    a, b = (row.interval for row in found.ranked)
    assert a
    assert b
    assert (a.best, a.worst, a.start, a.at, a.end) == (1, 2, 0, 0, 1)
    assert (b.best, b.worst, b.at) == (1, 2, 1)


def test_criteria_bear_their_author_s_words_and_weights_and_no_name_of_another_column() -> None:
    criteria = ", ".join(f"c{i}: 0.1" for i in range(8))
    numbers = ", ".join(f"c{i}: {i}" for i in range(8))
    found = view(
        f"project: {{name: T, ranking: {{method: weighted, weights: {{status: 0.2, {criteria}}}}}}}\n"
        f"features: [{{id: a, title: A, score: {{weighted: {{status: 3, {numbers}}}}}}}]\n"
    )
    assert found.columns[0].key == "score.status"
    assert [str(column.weight) for column in found.columns] == ["0.2", *["0.1"] * 8]


def test_a_word_that_all_share_has_no_column() -> None:
    rows = "".join(
        f"  - {{id: f{i}, title: F, score: {{ice: {{impact: 1, confidence: 1, ease: 1, combine: {word}}}}}}}\n"
        for i, word in enumerate(("sum", "sum"))
    )
    head = "project: {name: T, ranking: {method: ice}}\nfeatures:\n"
    assert [column.name for column in view(head + rows).columns] == ["impact", "confidence", "ease"]
    mixed = head + rows.replace("sum", "mean", 1)
    assert [column.name for column in view(mixed).columns] == ["impact", "confidence", "ease", "combine"]


def test_chosen_features_keep_their_ranks_and_their_side_of_the_line() -> None:
    found = view(RICE, tag=("x",))
    assert [(row.item.target.id, row.rank, row.above_cut) for row in found.ranked] == [("b", 2, False)]
    assert (found.chart, found.what_if, found.swings) == (None, None, ())
    html = page(RICE, tag=("x",))
    assert [text in html for text in ("mp-unordered", "below the line", "mp-cut")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("project: {name: T}", "No feature is written yet."),
        ("features: [{id: a, title: A, status: done}]", "No feature is open."),
        ("features: [{id: a, title: A}]", "Open features, in the order written"),
        (RICE, "Cut line: what follows no longer fits into 10 working days"),
        (RICE.replace("cut: {effort: 10d}", "cut: {effort: 1d}"), '<tbody>\n<tr class="mp-cut"><td'),
        (RICE.replace("cut: {effort: 10d}", "cut: {effort: 99d}"), '<tr class="mp-cut" hidden>'),
        (RICE.replace("rice, cut", "moscow, cut"), "no MoSCoW score is written"),
    ],
)
def test_what_a_page_says(text: str, said: str) -> None:
    assert said in page(text)


def test_words_for_the_script_are_data() -> None:
    html = page(RICE)
    found = html.partition('data-words="')[2].partition('"')[0].replace("&#34;", '"')
    assert json.loads(found)["up"] == "▲ up {places}, was {rank}"
    assert 'data-kind="product" data-terms="10 2 1/2 4" data-size="5"' in html


def chart(count: int, value: Any, effort: Any) -> ValueEffort:
    rows = "".join(
        f"  - {{id: f{i}, title: Feature {i}, score: {{value_effort: {{value: {value(i)}, effort: {effort(i)}}}}}}}\n"
        for i in range(count)
    )
    found = view(f"project: {{name: T, ranking: {{method: value_effort}}}}\nfeatures:\n{rows}").chart
    assert found is not None
    return found


DRAW = random.Random(5)
CHARTS = {
    "two": chart(2, lambda i: i, lambda i: 1),
    "all the same": chart(40, lambda i: 3, lambda i: 3),
    "few values": chart(60, lambda i: i % 3 + 1, lambda i: i % 2 + 1),
    "far apart": chart(50, lambda i: 10 ** (i % 7), lambda i: 2 ** (i % 9)),
    "below zero": chart(10, lambda i: i - 5, lambda i: i + 1),
    "a thousand": chart(1000, lambda i: DRAW.randrange(1, 22), lambda i: DRAW.choice((1, 2, 3, 5, 8, 13))),
}


@pytest.mark.parametrize("name", list(CHARTS))
def test_no_spot_covers_another_or_is_cut(name: str) -> None:
    found = CHARTS[name]
    circles = [(s.x * WIDTH, s.y * HEIGHT, 13) for s in found.spots]
    circles += [(k.x * WIDTH, k.y * HEIGHT, 9) for k in found.clusters]
    assert all(max(abs(a[0] - b[0]), abs(a[1] - b[1])) >= a[2] + b[2] for a, b in combinations(circles, 2))
    assert all(r <= x <= WIDTH - r and r + 20 <= y <= HEIGHT - r - 20 for x, y, r in circles)
    assert len(found.spots) + sum(len(k.spots) for k in found.clusters) == len(found.rows) == sum(found.counts.values())
    ends = [tick.at for axis in (found.x, found.y) for tick in axis.ticks]
    assert all(0 <= at <= 1 for at in ends)
    assert 2 <= len(ends) <= 16


def test_spots_stay_in_their_quarter_and_where_numbers_lie_far_apart_the_axis_is_logarithmic() -> None:
    assert [CHARTS[name].y.is_log for name in ("far apart", "few values", "below zero")] == [True, False, False]
    for name in ("few values", "far apart", "below zero"):
        found = CHARTS[name]
        for spot in found.spots:
            is_left, is_high = spot.x <= found.x.mid + 1e-6, spot.y >= found.y.mid - 1e-6
            assert is_left == (spot.quadrant in ("quick win", "fill-in"))
            assert is_high == (spot.quadrant in ("quick win", "big bet"))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(30, 600), st.integers(45, 330)), max_size=25))
def test_circles_are_spread_and_the_first_stays_where_it_is(places: list[tuple[int, int]]) -> None:
    wanted = [Circle(x, y, 13) for x, y in places]
    placed = spread(wanted, lambda i, at: True)
    assert placed[:1] == wanted[:1]
    assert not any(a.touches(b) for a, b in combinations(placed, 2))
