"""The budget: sums, words, the curve, and what is said where a figure is undefined."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milepost.plan.currencies import SHARE
from milepost.plan.money import Month
from milepost.render.context import Context
from milepost.render.formats import formats
from milepost.render.page import render
from milepost.views.budget import BudgetOptions, BudgetView, budget
from milepost.views.curve import curve
from milepost.views.money_groups import Bar
from plans import plan, plans

WORK = """
    project: {name: Test, start: 2026-01-05, end: 2026-03-31, currency: EUR, rates: {USD: 0.5}}
    milestones: [{id: m, title: Beta, due: 2026-03-31}]
    features: [{id: f, title: Search, milestone: m}]
    budget:
      - {id: people, title: People, category: Staff, milestone: m, planned: {2026-01: 1000, 2026-02: 1000}}
      - id: tool
        title: Tool
        category: Tools
        feature: f
        planned: 500
        forecast: 700
        spent:
          - {on: 2026-01-07, amount: 300, note: Deposit}
          - {on: 2026-01-20, amount: 200 USD}
          - {on: 2026-09-01, amount: 9}
      - {id: office, title: Office, planned: 300}
"""


def _view(text: str = WORK, today: date = date(2026, 1, 31)) -> BudgetView:
    return budget(plan(text, today), BudgetOptions())


def test_rows_add_up_to_the_totals() -> None:
    view = _view()
    milestones, categories = view.by_milestone.rows, view.by_category.rows
    assert [(row.title, row.totals.planned) for row in milestones] == [("Beta", 2500), ("", 300)]
    assert [(row.title, row.totals.planned) for row in categories] == [("Staff", 2000), ("Tools", 500), ("", 300)]
    for rows in (milestones, categories):
        assert sum(row.totals.spent for row in rows) == view.totals.spent == 400


def test_the_verdict_is_in_words() -> None:
    view = _view()
    assert str(view.verdict) == "The forecast is 200.00 EUR (7%) over the plan."
    assert view.used == Decimal(1) / 7


def test_payments_keep_their_currency_and_none_of_the_future_is_shown() -> None:
    tool = next(line for line in _view().lines if line.title == "Tool")
    assert [(str(spent.amount), spent.note) for spent in tool.spent] == [
        ("200.00 USD", None),
        ("300.00 EUR", "Deposit"),
    ]
    assert tool.pays_for == "Search"


def test_earned_value_says_why_a_figure_is_undefined() -> None:
    figures = {str(figure.short): figure for figure in _view().earned}
    assert figures["BAC"].is_amount
    assert (str(figures["CPI"].verdict), figures["CPI"].good) == ("costs more than planned", False)
    early = {str(figure.short): figure for figure in _view(WORK, date(2026, 1, 5)).earned}
    assert early["CPI"].value is None
    assert str(early["CPI"].reason) == "nothing is spent yet"


def _months(*sums: tuple[int, int | None]) -> list[Month]:
    return [
        Month(date(2026, i + 1, 1), Decimal(0), None, Decimal(planned), None if spent is None else Decimal(spent))
        for i, (planned, spent) in enumerate(sums)
    ]


def test_the_curve_stands_on_rounded_amounts() -> None:
    """90 days; spent is known to the evening of the 14th of February, half-way."""
    found = curve(_months((1000, 400), (3000, 1500), (4600, None)), date(2026, 2, 14))
    assert found
    assert [int(tick.amount) for tick in found.y_ticks] == [0, 1000, 2000, 3000, 4000, 5000]
    assert found.planned == ((0, 0), (31 / 90, 0.2), (59 / 90, 0.6), (1, 0.92))
    assert found.spent == ((0, 0), (31 / 90, 0.08), (0.5, 0.3))
    assert (found.planned_end, found.spent_end) == (4600, 1500)


@pytest.mark.parametrize(
    ("highest", "top"), [(1, 1), (7, 8), (99, 100), (12_300, 12_500), (260_000, 300_000), (459_772, 500_000)]
)
def test_the_highest_tick_is_just_above_the_highest_amount(highest: int, top: int) -> None:
    found = curve(_months((highest, None)), date(2025, 1, 1))
    assert found
    assert found.y_ticks[-1].amount == top
    assert len(found.y_ticks) <= 6


def test_years_of_months_have_few_ticks() -> None:
    months = [Month(date(2020 + i // 12, i % 12 + 1, 1), Decimal(1), None, Decimal(i + 1), None) for i in range(60)]
    found = curve(months, date(2025, 1, 1))
    assert found
    assert [tick.month.text for tick in found.x_ticks] == ["2020-01", "2021-01", "2022-01", "2023-01", "2024-01"]


def test_nothing_to_draw() -> None:
    assert curve([], date(2026, 1, 1)) is None
    assert curve(_months((0, 0)), date(2026, 1, 1)) is None


def test_a_plan_without_amounts_says_so_in_a_sentence() -> None:
    view = _view("milestones: [{id: m, title: M}]")
    assert view.currency is None
    assert "This plan holds no amounts." in _html(view)


def test_the_page_shows_money_in_the_language_and_the_curve_as_an_image_with_a_text() -> None:
    html = _html(_view())
    assert "The forecast is €200 (7%) over the plan." in html
    assert ">Planned, earned and spent, added up over time</strong>" in html
    assert "€2,800 is planned by the end. €97 was earned and €400 spent by Jan 31, 2026." in html
    assert '<th scope="row">January 2026</th>' in html
    assert "2.800" in _html(_view(), "de")


def _html(view: BudgetView, language: str = "en") -> str:
    return render("budget", view, Context(language, lambda target: f"{target.id}/", lambda place: None))


def test_a_difference_is_told_with_the_lines_it_comes_from() -> None:
    view = budget(
        plan(
            """
            project: {name: T, currency: EUR}
            budget:
              - {id: a, title: Design, planned: 1000, forecast: 1800}
              - {id: b, title: "{line} and {x}", planned: 1000, spent: [{on: 2026-01-02, amount: 2500}]}
              - {id: c, title: Travel, planned: 500, forecast: 100}
              - {id: d, title: As planned, planned: 500}
              - {id: e, title: Small, planned: 10, forecast: 20}
              - {id: f, title: Smaller, planned: 10, forecast: 15}
              - {id: g, title: Saved, planned: 10, forecast: 5}
            """
        ),
        BudgetOptions(),
    )
    assert [(cause.title, str(cause.said)) for cause in view.causes] == [
        ("{line} and {x}", "1500.00 EUR over: spent already"),
        ("Design", "800.00 EUR over: its author's estimate"),
        ("Small", "10.00 EUR over: its author's estimate"),
        ("Travel", "400.00 EUR under: its author's estimate"),
    ]


@pytest.mark.parametrize("line", ["planned: 5", "planned: 5, forecast: 9"])
def test_nothing_is_told_of_one_line_or_of_no_difference(line: str) -> None:
    text = f"project: {{name: T, currency: EUR}}\nbudget: [{{id: a, title: A, {line}}}]\n"
    assert budget(plan(text), BudgetOptions()).causes == ()


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("forecast: 150", "50.00 EUR over: its author's estimate"),
        ("forecast: 60", "40.00 EUR under: its author's estimate"),
        ("committed: 130", "30.00 EUR over: with what is ordered"),
        ("spent: [{on: 2026-01-02, amount: 130}]", "30.00 EUR over: spent already"),
        # The payment that passes the plan and those after it; not what was paid before, refunds, or what is to come.
        (
            "spent: [{on: 2026-01-02, amount: 90, note: First}, {on: 2026-01-03, amount: 20, note: Two more weeks.},"
            " {on: 2026-01-04, amount: -5, note: Refund}, {on: 2026-01-04, amount: 5, note: Lock},"
            " {on: 2026-01-05, amount: 5, note: Lock}, {on: 2026-02-01, amount: 9, note: To come}]",
            "15.00 EUR over: Two more weeks; Lock",
        ),
        ("spent: [{on: 2026-01-02, amount: 120, note: Over}], forecast: 190", "90.00 EUR over: Over"),
        ("spent: [{on: 2026-01-02, amount: 120, note: Over}, {on: 2026-01-03, amount: -30}]", None),
    ],
)
def test_a_line_tells_why_it_is_not_as_planned(rest: str, said: str | None) -> None:
    text = f"project: {{name: T, currency: EUR}}\nbudget: [{{id: a, title: A, planned: 100, {rest}}}]\n"
    view = budget(plan(text), BudgetOptions())
    assert view.lines[0].said == view.by_milestone.rows[0].said
    assert (None if said is None else str(view.lines[0].said)) == said


def test_the_public_edition_tells_no_reason() -> None:
    text = """
        project: {name: T, currency: EUR, publish: {budget: full}}
        budget: [{id: a, title: A, planned: 9, spent: [{on: 2026-01-02, amount: 10, note: Secret}]}]
    """
    view = budget(plans({"p.yml": text}, edition="public")[0][0], BudgetOptions())
    assert str(view.lines[0].said) == "1.00 EUR over"
    assert "Secret" not in _html(view)


def test_a_group_names_its_line_where_one_makes_the_difference() -> None:
    beta = _view().by_milestone.rows[0]
    assert (str(beta.said), beta.causes) == ("200.00 EUR over: Tool, its author's estimate", ())
    assert str(_view().by_milestone.summary) == "1 of 2 is over its plan: Beta, by 200.00 EUR."


def test_bars_stand_on_one_scale_and_none_is_negative() -> None:
    text = """
        project: {name: T, currency: EUR}
        budget:
          - {id: a, title: A, category: X, planned: 100, committed: 50, spent: [{on: 2026-01-02, amount: 150}]}
          - {id: b, title: B, category: Y, planned: 40, spent: [{on: 2026-01-02, amount: -10}]}
    """
    bars = [row.bar for row in _view(text).by_category.rows]
    assert bars == [Bar(0.5, 0.75, 0.25, 1.0), Bar(0.2, 0, 0, 0.2)]


_HEIGHT = st.integers(0, 10**9)


@example([(1000, 990, 980)], 1000, 31)  # on the last day all lines end together
@given(st.lists(st.tuples(_HEIGHT, _HEIGHT, _HEIGHT), min_size=1, max_size=6), _HEIGHT, st.integers(1, 31))
def test_no_label_of_the_curve_lies_on_another(sums: list[tuple[int, int, int]], forecast: int, day: int) -> None:
    months = [
        Month(date(2026, i + 1, 1), Decimal(0), None, *(Decimal(amount) for amount in found))
        for i, found in enumerate(sums)
    ]
    found = curve(months, date(2026, len(months), 1) + timedelta(day - 1), Decimal(forecast), (Decimal(forecast) * 3,))
    assert found or not any(map(any, sums))
    for at in {label.at for label in found.labels} if found else ():
        heights = sorted(label.height for label in found.labels if label.at == at)
        assert 0.0499 < heights[0] <= heights[-1] < 0.9501
        assert all(b - a > 0.0999 for a, b in pairwise(heights))


@pytest.mark.parametrize(
    ("language", "amount", "currency", "written"),
    [
        ("en", "1250000", "EUR", "€1.25M"),
        ("en", "0.5", "EUR", "€0.5"),
        ("de", "200000", "EUR", "200.000 €"),
        ("ja", "460000000000", "JPY", "￥4600億"),
        ("en", "40", "%", "40%"),
    ],
)
def test_amounts_of_the_scale_are_short(language: str, amount: str, currency: str, written: str) -> None:
    code = SHARE if currency == "%" else currency
    assert formats(language).compact(Decimal(amount), code).replace("\xa0", " ") == written
