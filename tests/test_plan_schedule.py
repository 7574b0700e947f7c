"""The schedule on small plans: dependencies with lag, facts, the as-of rule, milestones, projects beside each other."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.plan.plan import Plan
from plans import plan, plans

MONDAY = date(2026, 1, 5)


def spans(made: Plan) -> dict[str, tuple[float, float]]:
    """Earliest start and finish by id."""
    return {name: (found.es, found.ef) for name, found in made.schedule.items()}


@pytest.mark.parametrize(
    ("dependency", "expected"),
    [
        ("a", (4, 7)),
        ("{id: a, lag: 2d}", (6, 9)),
        ("{id: a, lag: -1d}", (3, 6)),
        ("{id: a, type: SS, lag: 1d}", (1, 4)),
        ("{id: a, type: FF}", (1, 4)),
        ("{id: a, type: FF, lag: 4h}", (1.5, 4.5)),
        ("{id: a, type: SF, lag: 5d}", (2, 5)),
    ],
)
def test_dependencies_with_lag(dependency: str, expected: tuple[float, float]) -> None:
    made = plan(f"""
        features:
          - {{id: a, title: A, duration: 4d}}
          - {{id: b, title: B, duration: 3d, depends_on: [{dependency}]}}
        """)
    assert spans(made)["b"] == expected


@pytest.mark.parametrize(
    ("feature", "today", "expected"),
    [
        ("duration: 4d", "2026-01-05", (0, 4)),
        ("duration: 4d", "2026-01-14", (7, 11)),  # what has not begun can't begin before today
        ("duration: 4d, start: 2026-01-07", "2026-01-05", (2, 6)),
        ("duration: 4d, started: 2026-01-06", "2026-01-07", (1, 6)),  # all of it is still to be done
        ("duration: 4d, started: 2026-01-06, progress: 75%", "2026-01-07", (1, 5)),
        ("duration: 4d, started: 2026-01-06, done: 2026-01-07", "2026-01-14", (1, 3)),
        ("effort: 6d", "2026-01-05", (0, 6)),
        ("effort: 6d, assigned: [{person: p}, {person: q, share: 50%}]", "2026-01-05", (0, 4)),
        ("start: 2026-01-06, due: 2026-01-09", "2026-01-05", (1, 5)),
        ("duration: 2w", "2026-01-05", (0, 10)),
        ("duration: {low: 1d, likely: 2d, high: 9d}", "2026-01-05", (0, 3)),
        ("done: 2026-01-07", "2026-01-14", (3, 3)),
        ("due: 2026-01-09", "2026-01-05", None),  # only a promise
        ("status: done", "2026-01-05", None),
        ("status: dropped, duration: 4d", "2026-01-05", None),
        ("status: idea, effort: 4d", "2026-01-05", None),  # no commitment yet
        ("status: idea, effort: 4d, started: 2026-01-06", "2026-01-06", (1, 5)),  # but somebody began
    ],
)
def test_facts_and_the_as_of_rule(feature: str, today: str, expected: tuple[float, float] | None) -> None:
    made = plan(f"""
        project: {{name: Test, start: 2026-01-05, today: {today}}}
        people: [{{id: p, name: P}}, {{id: q, name: Q}}]
        features: [{{id: a, title: A, {feature}}}]
        """)
    assert spans(made).get("a") == expected


def test_a_milestone_falls_on_the_day_its_last_predecessor_finishes() -> None:
    made = plan("""
        milestones:
          - {id: beta, title: Beta, due: 2026-01-09}
          - {id: later, title: Later, due: 2026-Q1, depends_on: [beta]}
          - {id: promise, title: Promise, due: 2026-Q2}
        features:
          - {id: a, title: A, duration: 3d, milestone: beta}
          - {id: b, title: B, duration: 6d, milestone: beta}
        """)
    assert (made.schedule["beta"].start, made.schedule["beta"].finish) == (date(2026, 1, 12), date(2026, 1, 12))
    assert made.schedule["beta"].margin == -1
    assert made.schedule["later"].finish == date(2026, 1, 12)
    assert made.schedule["later"].margin == 56
    assert "promise" not in made.schedule
    assert (made.schedule["a"].total_float, made.schedule["a"].free_float) == (3, 3)
    assert [name for name, found in made.schedule.items() if found.critical] == ["beta", "later", "b"]


def test_what_has_begun_asks_nothing_more_of_what_it_depends_on() -> None:
    made = plan("""
        project: {name: Test, start: 2026-01-05, today: 2026-01-07}
        features:
          - {id: a, title: A, duration: 5d}
          - {id: b, title: B, duration: 4d, started: 2026-01-06, depends_on: [a]}
        """)
    assert made.schedule["a"].total_float == 0
    assert made.schedule["b"].es == 1


@pytest.mark.parametrize(
    ("done", "finish", "margin"),
    [("2025-12-23", "2025-12-23", 8), ("2026-01-02", "2026-01-02", 0), ("2026-01-05", "2026-01-05", -1)],
)
def test_work_done_before_the_project_started_keeps_its_day(done: str, finish: str, margin: int) -> None:
    made = plan(f"features: [{{id: a, title: A, duration: 1d, done: {done}, due: 2026-01-02}}]")
    found = made.schedule["a"]
    assert (found.start.isoformat(), found.finish.isoformat(), found.margin) == (finish, finish, margin)


def test_a_late_fact_leaves_a_critical_path_in_what_is_still_open() -> None:
    made = plan("""
        project: {name: Test, start: 2026-01-05, today: 2026-01-14}
        features:
          - {id: a, title: A, done: 2026-01-14}
          - {id: b, title: B, duration: 2d, started: 2026-01-12, progress: 100%}
        """)
    assert (made.schedule["a"].ef, made.schedule["b"].ef) == (8, 7)
    assert (made.schedule["b"].total_float, made.schedule["b"].critical) == (0, True)


@pytest.mark.parametrize(
    ("dependency", "total", "free"),
    [("a", 0, 0), ("{id: a, type: SS}", 0, 0), ("{id: a, type: FF}", 6, 6), ("{id: a, type: SF, lag: 7d}", 1, 1)],
)
def test_floats_by_kind_of_dependency(dependency: str, total: float, free: float) -> None:
    made = plan(f"""
        features:
          - {{id: a, title: A, duration: 2d}}
          - {{id: b, title: B, duration: 8d, depends_on: [{dependency}]}}
        """).schedule
    assert (made["a"].total_float, made["a"].free_float) == (total, free)


def test_a_dependency_on_another_project_is_a_day() -> None:
    made, problems = plans(
        {
            "app/project.yml": "project: {name: App, start: 2026-01-05, calendar: {workdays: [mon, wed, fri]}}\n",
            "app/features.yml": "features: [{id: login, title: Login, duration: 3d}]\n",
            "web/project.yml": "project: {name: Web, start: 2026-01-05}\n",
            "web/features.yml": "features: [{id: shop, title: Shop, duration: 2d, depends_on: [app/login]}]\n",
        }
    )
    assert not problems
    by_id = {found.records.id: found for found in made}
    assert by_id["app"].schedule["login"].finish == date(2026, 1, 9)
    assert by_id["web"].schedule["shop"].start == date(2026, 1, 12)


durations = st.lists(st.integers(0, 9), min_size=2, max_size=12)
links = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20)


def network(lengths: list[int], pairs: list[tuple[int, int]], order: list[int] | None = None) -> Plan:
    """A plan of features f0, f1, …; a pair makes the larger wait for the smaller, so there are no circles."""
    needs = {i: sorted({a for a, b in map(sorted, pairs) if b == i and a < i}) for i in range(len(lengths))}
    rows = [
        f"  - {{id: f{i}, title: F, duration: {lengths[i]}d, depends_on: [{', '.join(f'f{n}' for n in needs[i])}]}}\n"
        for i in order or range(len(lengths))
    ]
    return plan(f"project: {{name: Net, start: {MONDAY}, today: {MONDAY}}}\nfeatures:\n{''.join(rows)}")


@settings(max_examples=60, deadline=None)
@given(durations, links, st.randoms())
def test_the_order_of_records_never_matters(lengths: list[int], pairs: list[tuple[int, int]], random: Random) -> None:
    order = list(range(len(lengths)))
    random.shuffle(order)
    assert network(lengths, pairs).schedule == network(lengths, pairs, order).schedule


@settings(max_examples=60, deadline=None)
@given(durations, links, st.tuples(st.integers(0, 11), st.integers(0, 11)))
def test_a_dependency_more_never_makes_anything_earlier(
    lengths: list[int], pairs: list[tuple[int, int]], pair: tuple[int, int]
) -> None:
    before, after = network(lengths, pairs).schedule, network(lengths, [*pairs, pair]).schedule
    assert all(after[name].es >= found.es for name, found in before.items())


@settings(max_examples=60, deadline=None)
@given(durations, links)
def test_floats_and_order_hold(lengths: list[int], pairs: list[tuple[int, int]]) -> None:
    made = network(lengths, pairs)
    for feature in made.records.features:
        found = made.schedule[feature.id]
        assert found.total_float is not None
        assert found.free_float is not None
        assert found.total_float >= found.free_float >= 0
        assert all(made.schedule[need.id].ef <= found.es for need in feature.depends_on)
    assert any(found.critical for found in made.schedule.values())


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_large_network_is_as_long_as_its_longest_path(random: Random) -> None:
    """120 activities, against the longest path by dynamic programming over numbers alone."""
    lengths = [random.randrange(1, 15) for _ in range(120)]
    pairs = [(random.randrange(0, i), i) for i in range(1, 120) for _ in range(random.randrange(0, 4))]
    ends: list[int] = []
    for i, length in enumerate(lengths):
        ends.append(length + max((ends[a] for a, b in pairs if b == i), default=0))
    found = network(lengths, pairs).schedule
    assert [found[f"f{i}"].ef for i in range(120)] == ends
    assert max(s.lf or 0 for s in found.values()) == max(ends)
