"""Where a number comes from, as a reader asks for it: a click on the figure opens its explanation."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser import chromium, served
from sites import site

WORK = """\
features:
  - {id: sso, title: Sign-on, effort: 10d, score: {rice: {reach: 100, impact: 2, confidence: 50%}}}
  - {id: base, title: Foundation, score: {rice: {reach: 10, impact: 1, confidence: 50%, effort: 1}}}
"""


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_figure_opens_its_explanation(tmp_path: Path, script: bool) -> None:
    plan = {"project.yml": "project: {name: T, today: 2026-01-05, ranking: {method: rice}}\n", "work.yml": WORK}
    site(tmp_path, plan).configure().build()
    with served(tmp_path / "site") as address, chromium() as browser:
        page = browser.new_context(java_script_enabled=script).new_page()
        page.goto(f"{address}/features/sso/")
        said = page.get_by_text("= 100 × 2 × 50% ÷ 0.5 = 200")
        expect(said).to_be_hidden()
        page.get_by_role("link", name="Rank").click()
        expect(page.get_by_text("rank = 1 + features with a higher score")).to_be_visible()
        page.locator("#why-rank").get_by_role("link", name="score").click()
        expect(said).to_be_visible()
        expect(page.locator("#why-score").get_by_role("row", name="reach")).to_have_text("reach100work.yml:2")
