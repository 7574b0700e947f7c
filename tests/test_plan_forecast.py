"""Forecasts: what chance plays a part in, what it says of a promise, and that the same plan always says the same."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.plan.throughput import weekly_counts, weeks_until
from plans import plan, plans

MONDAY = date(2026, 1, 5)
WORK = """
project: {{name: F, start: 2026-01-05, today: 2026-01-05{rules}}}
milestones:
  - {{id: beta, title: Beta{due}}}
features:
{features}
"""


def forecast(features: str, due: str = "", rules: str = "") -> dict[str, tuple[str | None, ...]]:
    """The three days of every item, as texts, and the chance as text."""
    found = plan(WORK.format(features=features, due=due, rules=rules)).forecast
    return {
        name: tuple(None if value is None else str(value) for value in (f.p50, f.p80, f.p95, f.chance))
        for name, f in found.items()
    }


def test_a_milestone_waits_for_the_latest_of_its_features() -> None:
    rows = "  - {id: sure, title: S, milestone: beta, duration: 9d}\n"
    rows += "  - {id: open, title: O, milestone: beta, duration: {low: 1d, likely: 2d, high: 3d}}\n"
    found = forecast(rows, ", due: 2026-01-15")
    assert found["beta"] == ("2026-01-15", "2026-01-15", "2026-01-15", "1.0")
    assert found["open"][:3] == ("2026-01-06", "2026-01-07", "2026-01-07")
    assert found["sure"] == (None,) * 4


def test_the_chance_of_a_promise_is_the_share_of_runs_that_keep_it() -> None:
    """Triangular(1, 2, 3): half of it lies below 2, an eighth below 1.5."""
    row = "  - {id: a, title: A, milestone: beta, duration: {low: 1d, likely: 2d, high: 3d}}\n"
    triangular = ", forecast: {distribution: triangular}"
    for day, chance in (("2026-01-05", 0), ("2026-01-06", 0.5), ("2026-01-07", 1)):
        found = plan(WORK.format(features=row, due=f", due: {day}", rules=triangular)).forecast["beta"]
        assert found.chance == pytest.approx(chance, abs=0.02)


def test_a_promise_that_is_past_has_no_chance() -> None:
    row = "  - {id: a, title: A, milestone: beta, started: 2026-01-02, duration: {low: 1d, likely: 2d, high: 3d}}\n"
    assert forecast(row, ", due: 2026-01-02")["beta"][3] == "0.0"


@pytest.mark.parametrize(
    ("row", "gap"),
    [
        ("done: 2026-01-02, duration: {low: 1d, likely: 2d, high: 3d}", "it is done"),
        ("duration: 3d", "no estimate before it is a range, so nothing is left to chance"),
        ("title: B", "it has no schedule"),
    ],
)
def test_where_no_chance_plays_a_part_it_says_so(row: str, gap: str) -> None:
    row = row if "title" in row else f"title: A, {row}"
    found = plan(WORK.format(features=f"  - {{id: a, {row}}}\n", due="", rules="")).forecast["a"]
    assert (found.p50, found.chance, str(found.gap)) == (None, None, gap)


def test_begun_work_is_not_made_uncertain_by_what_it_waited_for() -> None:
    rows = "  - {id: a, title: A, duration: {low: 1d, likely: 2d, high: 9d}}\n"
    rows += "  - {id: b, title: B, started: 2026-01-02, duration: 5d, depends_on: [a]}\n"
    assert forecast(rows)["b"][0] is None


def test_seed_runs_and_distribution_are_as_written() -> None:
    row = "  - {id: a, title: A, milestone: beta, duration: {low: 1d, likely: 3d, high: 30d}}\n"
    ways = ("", ", forecast: {seed: 2}", ", forecast: {distribution: triangular}", ", forecast: {runs: 50}")
    found = [plan(WORK.format(features=row, due=", due: 2026-01-12", rules=way)).forecast["beta"] for way in ways]
    assert [f.runs for f in found] == [10_000, 10_000, 10_000, 50]
    assert len({f.chance for f in found}) == 4


RANGE = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(sorted)


def network(estimates: list[list[int]], links: list[tuple[int, int]], order: list[int]) -> str:
    """Features with three points and dependencies on earlier ones, written in an order."""
    needs = {i: sorted({a for a, b in links if b == i and a < b}) for i in range(len(estimates))}
    rows = [
        f"  - {{id: f{i}, title: F, milestone: beta, duration: {{low: {low}d, likely: {middle}d, high: {high}d}},"
        f" depends_on: [{', '.join(f'f{need}' for need in needs[i])}]}}\n"
        for i, (low, middle, high) in enumerate(estimates)
    ]
    return "".join(rows[i] for i in order)


@settings(max_examples=25, deadline=None)
@given(st.lists(RANGE, min_size=1, max_size=5), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4))), st.randoms())
def test_the_order_of_records_never_matters(
    estimates: list[list[int]], links: list[tuple[int, int]], shuffled: random.Random
) -> None:
    links = [(a, b) for a, b in links if max(a, b) < len(estimates)]
    order = list(range(len(estimates)))
    first = forecast(network(estimates, links, order), ", due: 2026-01-16", ", forecast: {runs: 200}")
    shuffled.shuffle(order)
    assert forecast(network(estimates, links, order), ", due: 2026-01-16", ", forecast: {runs: 200}") == first


@settings(max_examples=25, deadline=None)
@given(st.lists(RANGE, min_size=2, max_size=5), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_a_dependency_never_makes_anything_earlier(estimates: list[list[int]], links: list[tuple[int, int]]) -> None:
    links = [(a, b) for a, b in links if max(a, b) < len(estimates)]
    order, runs = list(range(len(estimates))), ", forecast: {runs: 200}"
    few = forecast(network(estimates, links, order), "", runs)
    more = forecast(network(estimates, [*links, (0, len(estimates) - 1)], order), "", runs)
    for name, days in few.items():
        for before, after in zip(days[:3], more[name][:3], strict=True):
            assert before is None or (after is not None and after >= before)


def test_across_projects_in_calendars_of_their_own() -> None:
    """Login is finished on one of three Mondays; what waits for it begins on the Tuesday after."""
    made, found = plans(
        {
            "app/project.yml": "project: {name: A, start: 2026-01-05, calendar: {workdays: [mon]}}\n",
            "app/work.yml": "features: [{id: login, title: L, duration: {low: 1d, likely: 2d, high: 3d}}]\n",
            "web/project.yml": "project: {name: W, start: 2026-01-05}\n",
            "web/work.yml": "features: [{id: shop, title: S, duration: 1d, depends_on: [app/login]}]\n",
        }
    )
    assert not found
    login, shop = (made[i].forecast[name] for i, name in ((0, "login"), (1, "shop")))
    assert (login.p50, login.p95) == (date(2026, 1, 12), date(2026, 1, 19))
    assert (shop.p50, shop.p95) == (date(2026, 1, 13), date(2026, 1, 20))


def test_weeks_are_counted_from_the_first_to_the_last_that_is_over() -> None:
    done = [MONDAY + timedelta(days=d) for d in (0, 4, 14, 15, 16, 21)]
    assert weekly_counts(done, MONDAY + timedelta(days=21)) == (2, 0, 3)  # the fourth week has just begun
    assert weekly_counts(done, MONDAY + timedelta(days=27)) == (2, 0, 3, 1)  # Sunday: it is over
    assert weekly_counts([], MONDAY) == ()


def test_a_steady_pace_is_sure() -> None:
    assert weeks_until([2, 2, 2], 7) == (4, 4, 4)
    assert weeks_until([0, 0, 0, 0, 1], 1000) is None


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8).filter(any), st.integers(1, 12))
def test_more_work_never_takes_fewer_weeks(weekly: list[int], items: int) -> None:
    less, more = weeks_until(weekly, items), weeks_until(weekly, items + 1)
    assert less is not None
    assert more is None or all(a <= b for a, b in zip(less, more, strict=True))


@pytest.mark.parametrize(
    ("weeks", "open_", "gap"),
    [
        (3, 2, "too little was finished to tell: 6 in 3 full weeks, and it takes 5 in 5"),
        (6, 0, "it has no open feature"),
        (6, 2, None),
    ],
)
def test_too_few_data_are_told(weeks: int, open_: int, gap: str | None) -> None:
    rows = [f"done: {MONDAY + timedelta(weeks=week, days=i)}" for week in range(weeks) for i in range(2)]
    rows += ["milestone: m"] * open_
    features = "".join(f"  - {{id: f{i}, title: F, {row}}}\n" for i, row in enumerate(rows))
    today = MONDAY + timedelta(weeks=weeks)
    text = f"project: {{name: T, today: {today}}}\nmilestones: [{{id: m, title: M}}]\nfeatures:\n{features}"
    found = plan(text).throughput["m"]
    assert (str(found.gap) if found.gap else None, found.p50 is None) == (gap, gap is not None)
