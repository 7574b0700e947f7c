"""Runway and earned schedule: months, days, and the reason where there is none."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.plan.earned_schedule import add_months, months_between
from milepost.plan.runway import Runway, full_months
from plans import plan

TEXT = """
project: {{name: R, currency: EUR, start: 2026-01-01, today: {today}, rates: {{USD: 2}}}}
budget:
  - {{id: a, title: A, planned: {{2026: 1200}}, spent: [{spent}]}}
funding:
{funding}
"""
SEED = "  - {id: seed, title: S, on: 2026-01-01, amount: 1000}\n"
HUNDRED = ", ".join(f"{{on: 2026-0{month}-15, amount: 100}}" for month in range(1, 5))


def runway(spent: str = HUNDRED, funding: str = SEED, today: str = "2026-04-30") -> Runway | None:
    return plan(TEXT.format(spent=spent, funding=funding, today=today)).money.runway


def test_money_in_hand_over_what_the_last_three_months_burnt() -> None:
    found = runway()
    assert found is not None
    assert (found.in_hand, found.net_burn, found.months, found.day) == (600, 100, 6, date(2026, 10, 30))
    assert found.over == (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))


def test_a_month_that_is_not_over_does_not_count() -> None:
    found = runway(today="2026-04-29")
    assert found is not None
    assert found.over == (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))


def test_income_slows_the_burn_and_a_broken_month_is_told_in_days() -> None:
    income = "".join(f"  - {{id: i{m}, title: I, on: 2026-0{m}-10, amount: 20, kind: income}}\n" for m in (2, 3, 4))
    found = runway(funding=SEED + income)
    assert found is not None
    assert (found.net_burn, found.in_hand, found.months) == (80, 660, Decimal("8.25"))
    assert found.day == date(2027, 1, 6)  # eight months to 30 December, a quarter of the 31 days to 30 January


def test_expected_funding_is_a_second_figure_weighted_by_its_certainty() -> None:
    found = runway(funding=SEED + "  - {id: b, title: B, on: 2026-06-01, amount: 200 USD, certain: 50%}\n")
    assert found is not None
    assert (found.in_hand, found.expected_in_hand, found.months, found.expected_months) == (600, 800, 6, 8)


def test_money_paid_back_is_gone() -> None:
    found = runway(funding=SEED + "  - {id: back, title: B, on: 2026-03-01, amount: -300}\n")
    assert found is not None
    assert (found.in_hand, found.months) == (300, 3)


def test_what_is_overdrawn_lasts_no_longer() -> None:
    found = runway(funding="  - {id: seed, title: S, on: 2026-01-01, amount: 100}\n")
    assert found is not None
    assert (found.in_hand, found.months, found.day) == (-300, 0, date(2026, 4, 30))


@pytest.mark.parametrize(
    ("spent", "today", "gap"),
    [
        ("", "2026-04-30", "no more goes out than comes in, so there is no limit"),
        ("{on: 2026-01-02, amount: 5}", "2026-01-20", "no full month has passed since the first money moved"),
    ],
)
def test_without_a_limit_it_says_why(spent: str, today: str, gap: str) -> None:
    found = runway(spent, today=today)
    assert found is not None
    assert (found.months, found.day, str(found.gap)) == (None, None, gap)


def test_without_funding_there_is_none() -> None:
    assert plan(TEXT.format(spent=HUNDRED, funding="  []\n", today="2026-04-30")).money.runway is None


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("planned: {2027: 5}", "its time has not begun"),
        ("planned: 5", "nothing is planned over time"),
        ("planned: {2026: 5}, milestone: m", "nothing is earned yet"),
    ],
)
def test_earned_schedule_says_why_it_is_undefined(text: str, gap: str) -> None:
    start = 2027 if "2027" in text else 2026
    made = plan(
        f"project: {{name: E, currency: EUR, start: {start}-01-01, today: 2026-06-30}}\n"
        f"milestones: [{{id: m, title: M}}]\nbudget: [{{id: b, title: B, {text}}}]\n"
    )
    assert str(made.money.earned_schedule[""].gap) == gap
    assert made.money.earned_schedule[""].eac_t is None


def test_earned_schedule_of_half_the_work() -> None:
    """Half of a year's plan is earned at the end of March: six months are earned in three."""
    made = plan(
        """
        project: {name: E, currency: EUR, start: 2026-01-01, today: 2026-03-31}
        milestones: [{id: m, title: M, progress: 50%}]
        budget: [{id: b, title: B, milestone: m, planned: {2026-H1: 600, 2026-H2: 600}}]
        """
    )
    for name in ("", "m"):
        found = made.money.earned_schedule[name]
        assert (found.es, found.at, found.sv_t, found.spi_t, found.eac_t, found.eac_t_plan) == (6, 3, 3, 2, 6, 9)


def test_what_was_earned_month_by_month() -> None:
    made = plan(
        """
        project: {name: E, currency: EUR, start: 2026-01-01, today: 2026-03-15}
        features:
          - {id: a, title: A, done: 2026-01-20}
          - {id: b, title: B, started: 2026-03-01, progress: 50%}
        budget:
          - {id: x, title: X, feature: a, planned: {2026-01: 100}}
          - {id: y, title: Y, feature: b, planned: {2026-03: 100}}
        """
    )
    assert [month.cumulative_earned for month in made.money.months] == [100, 100, 150]


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_months_between_counts_what_was_added(start: date, months: int) -> None:
    if start.day <= 28:
        assert months_between(start, add_months(start, months)) == months


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_full_months_lie_before_the_as_of_date(as_of: date) -> None:
    months = full_months(date(1900, 1, 1), as_of)
    assert len(months) == 3
    assert add_months(months[-1], 1) <= date.fromordinal(as_of.toordinal() + 1) < add_months(months[-1], 2)
