"""The budget as a table: every line with its totals, no text that a spreadsheet would run."""

import csv
from datetime import date
from pathlib import Path

import pytest

from milepost.publish.budget_csv import budget_csv
from plans import plan, plans
from sites import PLAN, site

TEXT = """
project: {name: T, currency: EUR, rates: {USD: 0.5}}
milestones: [{id: beta, title: Beta}]
budget:
  - id: a
    title: "Design, first"
    category: Work
    milestone: beta
    planned: 1000
    spent: [{on: 2026-01-02, amount: 200 USD}]
  - {id: b, title: "=cmd|' /C calc'!A0", category: "@SUM(1)", planned: 12.5, forecast: 20}
"""


def test_every_line_with_its_totals() -> None:
    table = budget_csv(plan(TEXT))
    assert table
    assert list(csv.reader(table.splitlines())) == [
        [
            *("id", "line", "category", "milestone", "feature", "currency"),
            *("planned", "committed", "spent", "remaining", "forecast", "variance", "pays_for", "reason"),
        ],
        [
            *("a", "Design, first", "Work", "beta", "", "EUR"),
            *("1000.00", "0.00", "100.00", "900.00", "1000.00", "0.00", "Beta", ""),
        ],
        [
            *("b", "'=cmd|' /C calc'!A0", "'@SUM(1)", "", "", "EUR"),
            *("12.50", "0.00", "0.00", "12.50", "20.00", "-7.50", "", "its author's estimate"),
        ],
    ]


def test_a_reason_is_no_formula_and_not_told_in_public() -> None:
    text = TEXT.replace("200 USD", "9000 USD, note: =SUM(A1)").replace("{name", "{publish: {budget: full}, name")
    full = list(csv.reader((budget_csv(plan(text)) or "").splitlines()))
    public = list(csv.reader((budget_csv(plans({"p.yml": text}, date(2026, 1, 5), "public")[0][0]) or "").splitlines()))
    assert (full[1][-1], public[1][-1]) == ("'=SUM(A1)", "")


@pytest.mark.parametrize("rule", ["full", "totals", "share", "none"])
def test_the_public_edition_tells_what_it_may(rule: str) -> None:
    text = TEXT.replace("project: {", f"project: {{publish: {{budget: {rule}}}, ")
    table = budget_csv(plans({"p.yml": text}, date(2026, 1, 5), "public")[0][0])
    told = [row[0] for row in csv.reader((table or "").splitlines())][1:]
    assert told == {"full": ["a", "b"], "none": []}.get(rule, ["total", "total-beta"])
    assert ("Design" in (table or "")) == (rule == "full")


def test_the_budget_page_leads_to_it(tmp_path: Path) -> None:
    made = site(tmp_path, {**PLAN, "sub/project.yml": "project: {name: Sub}"}).configure().build()
    assert 'href="../budget.csv" download' in made.html("budget/index.html")
    assert "budget.csv" not in made.html("sub/budget/index.html")
    assert made.html("budget.csv").startswith("id,line,")
