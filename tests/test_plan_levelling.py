"""The levelled schedule: nobody works above capacity, nothing begins before it may, and facts stay facts."""

import random
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.plan.capacity import Capacity
from milepost.plan.placement import Task, place
from milepost.plan.plan import Plan
from plans import plan, plans

PEOPLE = "people:\n  - {id: ann, name: Ann}\n  - {id: bob, name: Bob, capacity: 50%}\n"


def levelled(features: str, people: str = PEOPLE) -> dict[str, tuple[float, float]]:
    """Start and finish of every item, in working days."""
    found = plan(f"{people}milestones: [{{id: m, title: M}}]\nfeatures:\n{features}").levelling.items
    return {name: (item.es, item.ef) for name, item in found.items()}


def work(name: str, days: str, assigned: str, more: str = "") -> str:
    return f"  - {{id: {name}, title: {name}, milestone: m, duration: {days}, assigned: [{assigned}]{more}}}\n"


ANN = "{person: ann}"
HALF = "{person: ann, share: 50%}"


def test_two_tasks_of_one_person_follow_each_other() -> None:
    found = levelled(work("a", "3d", ANN) + work("b", "2d", ANN))
    assert sorted((found["a"], found["b"])) in ([(0, 2), (2, 5)], [(0, 3), (3, 5)])
    assert found["m"] == (5, 5)


def test_halves_of_a_person_go_side_by_side() -> None:
    found = levelled(work("a", "3d", HALF) + work("b", "2d", HALF) + work("c", "2d", HALF))
    assert found["m"] == (4, 4)  # 3.5 days would need b or c to be interrupted


def test_half_days_fit_into_a_day() -> None:
    found = levelled(work("a", "4h", ANN) + work("b", "4h", ANN))
    assert sorted((found["a"], found["b"])) == [(0, 0.5), (0.5, 1)]


def test_thirds_do_not_break_on_rounding() -> None:
    third = "{person: ann, share: 33.3%}"
    found = levelled("".join(work(f"t{i}", "1d", third) for i in range(3)))
    assert found["m"] == (1, 1)


def test_what_needs_no_one_is_not_moved() -> None:
    found = plan(f"{PEOPLE}milestones: [{{id: m, title: M}}]\nfeatures: [{{id: a, title: A, duration: 3d}}]")
    assert found.levelling.items == {}


def test_a_person_who_is_away_begins_after_it_or_ends_before() -> None:
    away = "people: [{id: ann, name: Ann, away: [{from: 2026-01-07, to: 2026-01-08}]}]\n"
    found = levelled(work("a", "2d", ANN) + work("b", "3d", ANN), away)
    assert (found["a"], found["b"]) == ((0, 2), (4, 7))


def test_a_share_above_the_capacity_takes_what_there_is_and_is_told() -> None:
    rows = work("a", "2d", "{person: bob, share: 80%}") + work("b", "1d", "{person: bob, share: 10%}")
    made, problems = plans(
        {"plan.yml": f"project: {{name: L}}\n{PEOPLE}milestones: [{{id: m, title: M}}]\nfeatures:\n{rows}"}
    )
    (told,) = problems
    assert (told.diagnostic.code, told.spot.line, told.diagnostic.is_error) == ("over-assigned", 7, False)
    assert "takes 80% of “bob”, who has 50%" in told.diagnostic.message
    assert made[0].levelling.items["m"].ef == 3


def test_what_has_begun_keeps_its_start_and_goes_first() -> None:
    begun = ", started: 2026-01-02"
    text = f"project: {{name: L, start: 2026-01-01, today: 2026-01-05}}\n{PEOPLE}milestones: [{{id: m, title: M}}]\n"
    found = plan(text + "features:\n" + work("a", "1d", ANN) + work("b", "3d", ANN, begun)).levelling.items
    assert found["b"].start == date(2026, 1, 2)
    assert (found["b"].finish, found["a"].start) == (date(2026, 1, 7), date(2026, 1, 8))


def test_done_work_takes_nothing_and_stays() -> None:
    text = f"project: {{name: L, start: 2026-01-01, today: 2026-01-05}}\n{PEOPLE}milestones: [{{id: m, title: M}}]\n"
    found = plan(
        text + "features:\n" + work("a", "1d", ANN) + work("b", "9d", ANN, ", done: 2026-01-02")
    ).levelling.items
    assert (found["b"].finish, found["a"].finish) == (date(2026, 1, 2), date(2026, 1, 5))


def test_weeks_in_which_too_much_is_asked() -> None:
    rows = work("a", "5d", ANN) + work("b", "3d", ANN) + work("c", "5d", "{person: bob, share: 50%}")
    (found,) = plan(f"{PEOPLE}milestones: [{{id: m, title: M}}]\nfeatures:\n{rows}").levelling.overloads
    assert (found.person, found.week, found.load, found.capacity) == ("ann", date(2026, 1, 5), 8, 5)


def test_days_away_that_overlap_count_once() -> None:
    away = "away: [{from: 2026-01-05, to: 2026-01-06}, {from: 2026-01-06, to: 2026-01-07}]"
    people = f"people: [{{id: ann, name: Ann, {away}}}]\nmilestones: [{{id: m, title: M}}]\n"
    (found,) = plan(f"{people}features:\n{work('a', '5d', ANN)}").levelling.overloads
    assert (found.load, found.capacity) == (5, 2)


def test_seen_on_a_day_off_nothing_open_finishes_on_it() -> None:
    """What is worked off on Friday and still open on Saturday finishes on Monday, as in the first schedule."""
    worked_off = ", started: 2026-01-05, progress: 100%"
    text = f"project: {{name: L, start: 2026-01-05, today: 2026-01-10}}\n{PEOPLE}milestones: [{{id: m, title: M}}]\n"
    made = plan(text + "features:\n" + work("a", "2d", ANN, worked_off))
    assert made.levelling.items["a"].finish == made.schedule["a"].finish == date(2026, 1, 12)


TYPES = ("FS", "SS", "FF", "SF")
ROWS = st.lists(
    st.tuples(
        st.integers(1, 12),  # half days
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from((25, 50, 100))), max_size=2, unique_by=lambda a: a[0]),
        st.lists(st.tuples(st.integers(0, 9), st.sampled_from(TYPES), st.integers(-2, 3)), max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)
TEAM = """
people:
  - {id: p0, name: P}
  - {id: p1, name: Q, away: [{from: 2026-01-08, to: 2026-01-09}]}
  - {id: p2, name: R, capacity: 200%}
milestones: [{id: m, title: M}]
"""


def rows_of(rows: list, order: list[int]) -> str:  # type: ignore[type-arg]
    written = []
    for i, (halves, assigned, needs, begun) in enumerate(rows):
        people = ", ".join(f"{{person: p{who}, share: {share}%}}" for who, share in assigned)
        listed = {n: f"{{id: f{n}, type: {kind}, lag: {lag}d}}" for n, kind, lag in needs if n < i}
        started = ", started: 2026-01-05" if begun and not listed else ""
        written.append(
            f"  - {{id: f{i}, title: F, milestone: m, duration: {halves * 4}h, assigned: [{people}],"
            f" depends_on: [{', '.join(listed.values())}]{started}}}\n"
        )
    return TEAM + "features:\n" + "".join(written[i] for i in order)


def assert_holds(made: Plan) -> None:
    """Capacity at every moment and every dependency, by other means than the code uses."""
    found, capacity = made.levelling.items, {"p0": Decimal(1), "p1": Decimal(1), "p2": Decimal(2)}
    features = {f.id: f for f in made.records.features}
    moments = sorted({item.es for item in found.values()} | {3.0, 4.0})
    for moment in moments:
        for person, there in capacity.items():
            gone = person == "p1" and 3 <= moment < 5  # Thursday and Friday of the first week
            taken = sum(
                a.share
                for name, feature in features.items()
                for a in feature.assigned
                if a.person == person and found[name].es - 1e-9 <= moment < found[name].ef - 1e-9
            )
            if not any(features[n].started for n in features if person in {a.person for a in features[n].assigned}):
                assert taken <= (0 if gone else there), (person, moment)
    for name, feature in features.items():
        here = found[name]
        assert found["m"].ef >= here.ef - 1e-9
        assert here.ef >= made.schedule[name].ef - 1e-9
        for need in feature.depends_on:
            there_ = found[need.id]
            moved = (there_.ef if need.type in ("FS", "FF") else there_.es) + need.lag.days(5)
            assert (here.es if need.type in ("FS", "SS") else here.ef) >= moved - 1e-6


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_capacity_and_dependencies_hold(rows: list) -> None:  # type: ignore[type-arg]
    made = plan(rows_of(rows, list(range(len(rows)))))
    if made.levelling.items:
        assert_holds(made)
        assert made.levelling.items["m"].ef >= made.schedule["m"].ef - 1e-9


@settings(max_examples=15, deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_records_never_matters(rows: list, shuffled: random.Random) -> None:  # type: ignore[type-arg]
    order = list(range(len(rows)))
    first = plan(rows_of(rows, order)).levelling
    shuffled.shuffle(order)
    assert plan(rows_of(rows, order)).levelling == first


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), st.sets(st.integers(0, 4), max_size=2)), max_size=5))
def test_the_best_of_all_orders_is_found_for_a_handful(rows: list[tuple[int, int, set[int]]]) -> None:
    """With one resource and few tasks, no order of placing them ends earlier (serial schedules hold an optimum)."""
    tasks = [
        Task(float(days), needs=tuple((n, float(rows[n][0])) for n in sorted(needs) if n < i), demands=((0, units),))
        for i, (days, units, needs) in enumerate(rows)
    ]

    def end(starts: list[float]) -> float:
        return max((start + task.duration for start, task in zip(starts, tasks, strict=True)), default=0.0)

    def in_order(order: tuple[int, ...]) -> float:
        capacity, starts = Capacity(3), [0.0] * len(tasks)
        for i in order:
            ready = max((starts[n] + lag for n, lag in tasks[i].needs), default=0.0)
            starts[i] = capacity.earliest(ready, tasks[i].duration, tasks[i].demands[0][1])
            capacity.take(starts[i], tasks[i].duration, tasks[i].demands[0][1])
        return end(starts)

    orders = (
        o for o in permutations(range(len(tasks))) if all(o.index(n) < o.index(i) for i in o for n, _ in tasks[i].needs)
    )
    assert end(place(tasks, [Capacity(3)])) == min(map(in_order, orders))


@pytest.mark.parametrize(
    ("start", "duration", "units", "found"), [(0, 1, 2, 0), (0, 3, 2, 4), (2, 1, 1, 4), (0, 9, 1, 4)]
)
def test_the_first_time_that_is_free(start: float, duration: float, units: int, found: float) -> None:
    capacity = Capacity(2, [(2, 4)])
    assert capacity.earliest(start, duration, units) == found
