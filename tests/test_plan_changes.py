"""What changed lately, and which way the key figures go: from days that are written."""

from datetime import date
from decimal import Decimal

import pytest

from milepost.plan.changes import Change, changes, joined
from milepost.plan.plan import Plan
from milepost.plan.rates import rates_of
from milepost.plan.trends import months_past, pace, runway_then, slip
from milepost.views.trend import sparkline, trend
from plans import plan

FACTS = """
project: {name: F, currency: EUR, start: 2026-01-01, today: 2026-06-15, rates: {USD: 2}}
milestones: [{id: m, title: M, done: 2026-06-10}]
features:
  - {id: both, title: B, started: 2026-06-03, done: 2026-06-10}
  - {id: begun, title: S, started: 2026-06-02}
  - {id: early, title: E, started: 2026-06-01}
  - {id: gone, title: G, started: 2026-06-05, status: dropped}
  - {id: unknown, title: U, status: done}
decisions:
  - {id: yes, title: Y, on: 2026-06-10}
  - {id: no, title: N, on: 2026-06-15, status: rejected}
  - {id: open, title: O, on: 2026-06-11, status: proposed}
updates: [{on: 2026-06-14, summary: Fine.}, {on: 2026-06-16, summary: To come.}]
inputs: [{id: said, title: More!, on: 2026-06-12}]
risks: [{id: r, title: R, probability: 1, impact: 1, status: happened, review: 2026-06-11}]
budget:
  - id: l
    title: L
    planned: 9
    spent: [{on: 2026-06-03, amount: 10}, {on: 2026-06-09, amount: 1 USD}, {on: 2026-05-01, amount: 7}]
funding: [{id: f, title: F, on: 2026-06-08, amount: 50}, {id: g, title: G, on: 2026-06-09, amount: 5}]
"""


def lately(made: Plan, with_money: bool = True) -> tuple[Change, ...]:
    return changes(made.records, rates_of(made.records.project), made.as_of, with_money)


def test_facts_of_two_weeks_newest_first() -> None:
    found = [(c.on.day, c.kind, c.record.id if c.record else None, c.amount, c.count) for c in lately(plan(FACTS))]
    assert found == [
        (15, "rejected", "no", None, 1),
        (14, "reported", "2026-06-14", None, 1),
        (12, "said", "said", None, 1),
        (10, "done", "both", None, 1),
        (10, "done", "m", None, 1),
        (10, "decided", "yes", None, 1),
        (9, "received", None, 55, 2),
        (9, "spent", "l", 12, 2),
        (2, "started", "begun", None, 1),
    ]


def test_payments_that_are_merged_by_month_tell_nothing_of_two_weeks() -> None:
    assert {change.kind for change in lately(plan(FACTS), with_money=False)}.isdisjoint({"spent", "received"})


def test_nothing_changed() -> None:
    assert lately(plan("project: {name: P}\n")) == ()


def test_another_source_of_changes_joins_by_day() -> None:
    more = [Change(date(2026, 6, 14), "done", None), Change(date(2026, 6, 1), "said", None)]
    assert [c.on.day for c in joined(lately(plan(FACTS))[:3], more)] == [15, 14, 14, 12, 1]


@pytest.mark.parametrize(
    ("start", "done", "expected"),
    [
        ("2026-01-01", ("2026-06-15", "2026-05-19", "2026-05-18", "2026-04-21", "2026-04-20"), (2, 2)),
        ("2026-01-01", ("2026-03-01",), (0, 0)),
        ("2026-05-01", ("2026-06-01",), (1, None)),  # there were no four weeks before these
        ("2026-01-01", (), None),
    ],
)
def test_pace_of_four_weeks_against_the_four_before(
    start: str, done: tuple[str, ...], expected: tuple[int, int | None] | None
) -> None:
    features = "".join(f"  - {{id: f{i}, title: F, done: {day}}}\n" for i, day in enumerate(done))
    features += "  - {id: u, title: U, status: done}\n"
    made = plan(f"project: {{name: P, start: {start}, today: 2026-06-15}}\nfeatures:\n{features}")
    found = pace(made.records, made.calendar.start, made.as_of)
    assert (found and (found.done, found.before)) == expected


def test_months_that_are_over_with_what_was_spent_and_finished_in_them() -> None:
    made = plan(
        """
        project: {name: M, currency: EUR, start: 2026-01-01, today: 2026-04-30}
        features: [{id: a, title: A, done: 2026-02-10}, {id: b, title: B, progress: 50%}]
        budget:
          - {id: x, title: X, feature: a, planned: {2026-01: 100}, spent: [{on: 2026-02-01, amount: 60}]}
          - {id: y, title: Y, feature: b, planned: {2026-04: 100}, spent: [{on: 2026-03-05, amount: 5}]}
        """
    )
    months = [(m.first.month, m.spent, m.finished, m.spent_so_far) for m in months_past(made.money.months, made.as_of)]
    assert months == [(2, 60, 100, 60), (3, 5, 0, 65)]  # in January nothing was spent; April is not over


def test_runway_four_weeks_ago() -> None:
    spent = ", ".join(f"{{on: 2026-0{month}-15, amount: {100 * month}}}" for month in range(1, 5))
    made = plan(
        f"""
        project: {{name: R, currency: EUR, start: 2026-01-01, today: 2026-04-30}}
        budget: [{{id: a, title: A, planned: 1, spent: [{spent}]}}]
        funding: [{{id: s, title: S, on: 2026-01-01, amount: 3000}}]
        """
    )
    found = runway_then(made.records, made.money, made.as_of)
    assert found is not None
    assert made.money.runway is not None
    assert (found.on, found.then.in_hand, found.then.net_burn) == (date(2026, 4, 2), 2400, 200)
    assert (made.money.runway.net_burn, made.money.runway.day) == (300, date(2026, 11, 19))
    assert (found.then.day, found.days) == (date(2027, 4, 2), -134)


def test_without_funding_then_there_is_no_runway_to_compare() -> None:
    made = plan("project: {name: R, currency: EUR, today: 2026-04-30}\nbudget: [{id: a, title: A, planned: 1}]\n")
    assert runway_then(made.records, made.money, made.as_of) is None


@pytest.mark.parametrize(
    ("agreed", "promised", "days"),
    [
        ("2026-01-09", "2026-01-16", 5),
        ("2026-Q1", "2026-02", -22),
        ("2026-02", "2026-02-28", 0),
        (None, "2026-02", None),
    ],
)
def test_slip_in_working_days_from_the_end_of_what_was_agreed(
    agreed: str | None, promised: str, days: int | None
) -> None:
    baseline = f", baseline: {agreed}" if agreed else ""
    made = plan(f"milestones: [{{id: m, title: M, due: {promised}{baseline}}}]\n")
    milestone = made.records.milestones[0]
    assert slip(made.calendar, milestone.baseline, milestone.due) == days


def test_a_trend_and_its_picture() -> None:
    assert [(t.direction, t.is_good) for t in map(trend, (3, -1, 0))] == [("up", True), ("down", False), ("flat", None)]
    one, two = [Decimal(v) for v in (0, 5, 10)], [Decimal(v) for v in (10, 0, 5)]
    drawn = sparkline(one, two)
    assert drawn is not None
    assert (drawn.main, drawn.other) == (((0, 100), (50, 50), (100, 0)), ((0, 0), (50, 100), (100, 50)))
    assert sparkline(one[:2], two[:2]) is None
    assert sparkline([Decimal(1)] * 3, [Decimal(1)] * 3) is None
