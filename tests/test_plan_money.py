"""Budget totals, planned value by time, and amounts in other currencies."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.plan.money import MoneyBook, Totals
from plans import plan, plans, problems

EUR = """\
project: {name: T, start: 2026-01-05, end: 2026-06-30, currency: EUR, rates: {USD: {2026-01-01: 0.5, 2026-03-01: 0.75}}}
"""
WORK = """
milestones:
  - {id: beta, title: Beta, start: 2026-01-05, due: 2026-01-16}
features:
  - {id: sso, title: SSO, milestone: beta, progress: 50%}
  - {id: old, title: Old, status: dropped}
"""


def book(budget: str, today: date = date(2026, 6, 30)) -> MoneyBook:
    """The money of budget lines in a project with a milestone, a feature of it and a dropped feature."""
    return plan(f"{EUR}{WORK}\nbudget:\n{budget}", today).money


def totals(*values: int | str) -> Totals:
    return Totals(*(Decimal(value) for value in values))


@pytest.mark.parametrize(
    ("line", "planned_committed_spent_remaining_forecast_variance"),
    [
        ("planned: 100", (100, 0, 0, 100, 100, 0)),
        ("planned: 100, committed: 30, spent: [{on: 2026-01-10, amount: 50}]", (100, 30, 50, 50, 100, 0)),
        ("planned: 100, committed: 70, spent: [{on: 2026-01-10, amount: 50}]", (100, 70, 50, 50, 120, -20)),
        ("planned: 100, committed: 70, forecast: 90", (100, 70, 0, 100, 90, 10)),
        ("planned: {2026-Q1: 40, 2026-Q2: 60.50}", ("100.50", 0, 0, "100.50", "100.50", 0)),
        (
            "planned: 100, spent: [{on: 2026-01-10, amount: 50}, {on: 2026-02-10, amount: -20}]",
            (100, 0, 30, 70, 100, 0),
        ),
        ("planned: 100 USD", ("75", 0, 0, "75", "75", 0)),  # no day of its own: the rate of the as-of date
        ("planned: {2026-Q1: 100 USD}", ("50", 0, 0, "50", "50", 0)),  # a period: the rate of its first day
        ("planned: 0, spent: [{on: 2025-12-01, amount: 10 USD}]", (0, 0, 5, -5, 5, -5)),  # before the first rate
        ("planned: 100, feature: old", (100, 0, 0, 100, 100, 0)),  # money for dropped work is money
    ],
)
def test_totals_of_a_line(line: str, planned_committed_spent_remaining_forecast_variance: tuple[int, ...]) -> None:
    assert book(f"  - {{id: a, title: A, {line}}}").lines["a"] == totals(
        *planned_committed_spent_remaining_forecast_variance
    )


def test_a_milestone_has_its_own_lines_and_those_of_its_features() -> None:
    found = book("""
  - {id: a, title: A, milestone: beta, category: People, planned: 100}
  - {id: b, title: B, feature: sso, category: People, planned: 20}
  - {id: c, title: C, planned: 3}
""")
    assert found.milestones["beta"].planned == 120
    assert found.features["sso"].planned == 20
    assert {name: sums.planned for name, sums in found.categories.items()} == {"People": 120, "": 3}
    assert found.project.planned == 123


@pytest.mark.parametrize(
    ("line", "day", "pv"),
    [
        ("milestone: beta, planned: 100", date(2026, 1, 4), "0"),
        ("milestone: beta, planned: 100", date(2026, 1, 5), "10"),  # the first of ten working days
        ("milestone: beta, planned: 100", date(2026, 1, 11), "50"),  # a weekend adds nothing
        ("milestone: beta, planned: 100", date(2026, 2, 1), "100"),
        ("planned: {2026-01-12: 7, 2026-W04: 50}", date(2026, 1, 20), "27"),  # two of five days of the week
        ("planned: {2026-01-10: 7}", date(2026, 1, 10), "7"),  # a period without a working day
        ("feature: sso, planned: 125", date(2026, 6, 30), "125"),  # no date of its own: the project's
    ],
)
def test_planned_value(line: str, day: date, pv: str) -> None:
    assert book(f"  - {{id: a, title: A, {line}}}", day).earned[""].pv == Decimal(pv)


def test_without_any_end_planned_value_is_a_gap() -> None:
    made = plan("""
project: {name: T, currency: EUR}
budget:
  - {id: a, title: A, planned: 100}
  - {id: b, title: B, planned: {2025: 10}}
""")
    assert made.money.unplanned == ("a",)
    assert made.money.earned[""].pv == 10


def test_earned_value_is_planned_times_progress() -> None:
    found = book("""
  - {id: a, title: A, feature: sso, planned: 100}
  - {id: b, title: B, planned: {2026-Q1: 30}}
""")
    assert found.earned["sso"].ev == 50
    assert found.earned["beta"].ev == 50
    assert found.earned[""].ev == 80  # the project's own line earns as planned


def test_months_add_up_to_the_totals() -> None:
    found = book(
        """
  - {id: a, title: A, milestone: beta, planned: 100, spent: [{on: 2026-01-10, amount: 30}, {on: 2026-03-02, amount: 5}]}
  - {id: b, title: B, planned: {2026-02: 50}}
""",
        date(2026, 3, 10),
    )
    rows = [(m.first.isoformat(), m.planned, m.spent, m.cumulative_planned, m.cumulative_spent) for m in found.months]
    assert rows == [
        ("2026-01-01", 100, 30, 100, 30),
        ("2026-02-01", 50, 0, 150, 30),
        ("2026-03-01", 0, 5, 150, 35),
    ]


def test_months_after_the_as_of_date_have_no_spending_and_the_chart_ends() -> None:
    found = book("  - {id: a, title: A, planned: {2026: 240, 2999: 1}}", date(2026, 2, 1))
    assert [month.spent for month in found.months[:3]] == [0, 0, None]
    assert len(found.months) == 240


def test_amounts_without_a_currency_are_one_error_and_no_money() -> None:
    text = """\
project: {name: T}
people:
  - {id: maya, name: Maya, rate: 500}
budget:
  - {id: a, title: A, planned: 100}
  - {id: b, title: B, planned: 100}
"""
    assert [code for code, _ in problems(text)] == ["no-currency"]
    (made,), _ = plans({"plan.yml": text})
    assert made.money.currency is None
    assert (made.money.lines, made.money.project) == ({}, Totals())


def test_an_amount_without_a_rate_is_told_where_it_stands_and_its_line_left_out() -> None:
    text = f"""{EUR}budget:
  - {{id: a, title: A, planned: 100}}
  - id: b
    title: B
    planned: 100
    spent:
      - {{on: 2026-01-02, amount: 1}}
      - on: 2026-01-03
        amount: 7 CHF
risks:
  - {{id: r, title: R, probability: 1, impact: 1, cost: 9 GBP}}
"""
    assert problems(text) == [("no-rate", 10), ("no-rate", 12)]
    (made,), _ = plans({"plan.yml": text})
    assert (list(made.money.lines), made.money.project.planned) == (["a"], 100)


def test_spending_after_the_as_of_date_does_not_count_yet() -> None:
    spent = "[{on: 2026-01-05, amount: 1}, {on: 2026-01-06, amount: 2}]"
    text = f"{EUR}budget:\n  - {{id: a, title: A, planned: 9, spent: {spent}}}\n"
    assert problems(text, date(2026, 1, 5)) == [("future-day", 3)]
    assert plan(text, date(2026, 1, 5)).money.project.spent == 1


def test_a_line_for_work_of_another_project_counts_in_its_own() -> None:
    made, found = plans(
        {
            "project.yml": "project: {name: A, currency: EUR}",
            "budget.yml": "budget:\n  - {id: a, title: A, planned: {2025: 100}, feature: sub/f}\n",
            "sub/project.yml": "project: {name: B}\nfeatures:\n  - {id: f, title: F}\n",
        }
    )
    assert not found
    assert (made[0].money.project.planned, made[0].money.features, made[0].money.earned[""].ev) == (100, {}, 100)


AMOUNT = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda amount: f"{amount:f}")
PURPOSE = st.sampled_from(["milestone: beta", "feature: sso", "feature: old", "category: Travel", "category: People"])
LINES = st.lists(st.tuples(AMOUNT, AMOUNT, AMOUNT, PURPOSE), min_size=1, max_size=6)


def lines(rows: list[tuple[str, str, str, str]], factor: int = 1) -> str:
    return "\n".join(
        f"  - {{id: l{i}, title: L, planned: {Decimal(p) * factor}, committed: {Decimal(c) * factor}, {purpose},"
        f" spent: [{{on: 2026-01-0{i + 1}, amount: {Decimal(s) * factor}}}]}}"
        for i, (p, c, s, purpose) in enumerate(rows)
    )


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_parts_add_up_to_the_whole(rows: list[tuple[str, str, str, str]]) -> None:
    found = book(lines(rows))
    own = [f"l{i}" for i, row in enumerate(rows) if row[3] not in ("milestone: beta", "feature: sso")]
    whole = found.project
    assert sum(found.categories.values(), Totals()) == whole
    assert sum((found.lines[name] for name in own), found.milestones.get("beta", Totals())) == whole
    assert whole.remaining == whole.planned - whole.spent
    assert whole.variance == whole.planned - whole.forecast


@settings(max_examples=30, deadline=None)
@given(LINES, st.integers(2, 50))
def test_amounts_times_a_factor_give_totals_times_the_factor(
    rows: list[tuple[str, str, str, str]], factor: int
) -> None:
    once, more = book(lines(rows)).project, book(lines(rows, factor)).project
    assert more == totals(*(getattr(once, name) * factor for name in Totals.__dataclass_fields__))


@settings(max_examples=30, deadline=None)
@given(LINES, st.randoms())
def test_the_order_of_lines_never_matters(rows: list[tuple[str, str, str, str]], random: object) -> None:
    text = lines(rows).split("\n")
    shuffled = list(text)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = book("\n".join(text)), book("\n".join(shuffled))
    assert (one.project, one.categories, one.months, one.earned) == (
        other.project,
        other.categories,
        other.months,
        other.earned,
    )
