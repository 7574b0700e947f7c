"""On paper: a status is one page, a timeline lies across, and what is folded away takes no room."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser import served
from sites import Site, site

ROOT = Path(__file__).parents[1]
MEASURE = (Path(__file__).parent / "contrast.js").read_text("utf-8")
_PAGE = re.compile(rb"/Type\s*/Page[^s]")
_BOX = re.compile(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")

LONG = "Forty words of a title that nobody shortened since nobody reads what they write before they send it off"
MUCH = f"""\
project: {{name: {LONG}, start: 2026-01-05, today: 2026-03-02, currency: EUR}}
people: [{{id: p, name: {LONG}}}]
milestones: [{", ".join(f"{{id: m{i}, title: {LONG!r}, due: 2026-01-30, owner: p}}" for i in range(9))}]
features: [{", ".join(f"{{id: f{i}, title: {LONG!r}, duration: 9d, milestone: m{i % 9}, blocked: {LONG!r}, started: 2026-02-25}}" for i in range(99))}]
risks: [{", ".join(f"{{id: r{i}, title: {LONG!r}, probability: 3, impact: 3, response: {LONG!r}}}" for i in range(6))}]
decisions: [{", ".join(f"{{id: d{i}, title: {LONG!r}, needed_by: 2026-02-20, by: [p], affects: [f1]}}" for i in range(9))}]
updates: [{{on: 2026-03-01, by: p, summary: {LONG!r}, help: {LONG!r}, done: [{LONG!r}, {LONG!r}]}}]
budget: [{{id: b, title: B, planned: 123456789, spent: [{{on: 2026-01-10, amount: 98765432}}]}}]
funding: [{{id: f, title: F, on: 2026-01-05, amount: 999999999}}]
"""  # noqa: E501


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("print")
    done = Site(ROOT).command("mkdocs", "build", "--strict", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def pdfs(demo: str, browser: Browser) -> dict[tuple[str, str], bytes]:
    """Views of the demo as PDF, by their name and the size of the paper."""
    found = {}
    page = browser.new_page()
    for view in ("status", "timeline", "milestones", "budget", "features", "roadmap", "features/vienna-open"):
        page.goto(f"{demo}/{view}/")
        for paper in ("A4", "Letter") if view in ("status", "timeline") else ("A4",):
            found[view, paper] = page.pdf(format=paper, prefer_css_page_size=True)
    page.close()
    return found


@pytest.mark.browser
def test_views_take_as_many_pages_as_they_need(pdfs: dict[tuple[str, str], bytes]) -> None:
    pages = {name: len(_PAGE.findall(pdf)) for name, pdf in pdfs.items()}
    for paper in ("A4", "Letter"):
        assert pages["status", paper] == 1
        assert pages["timeline", paper] <= 2
    assert pages["features/vienna-open", "A4"] == 1
    most = {"milestones": 2, "features": 3, "roadmap": 3, "budget": 4}
    assert {view: pages[view, "A4"] for view, at_most in most.items() if pages[view, "A4"] > at_most} == {}


@pytest.mark.browser
def test_a_timeline_lies_across(pdfs: dict[tuple[str, str], bytes]) -> None:
    across = {view: all(float(w) > float(h) for w, h in _BOX.findall(pdf)) for (view, _), pdf in pdfs.items()}
    assert [view for view, is_wide in across.items() if is_wide] == ["timeline"]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "plan"), [("much", MUCH), ("empty", "project: {name: Empty}\n")])
def test_a_status_is_one_page_whatever_the_plan(tmp_path: Path, browser: Browser, name: str, plan: str) -> None:
    site(tmp_path, {"plan.yml": plan}).configure(
        plugins=[{"milepost": {"pages": ["status"]}}], theme={"name": "material", "font": False}
    ).build()
    page = browser.new_page()
    with served(tmp_path / "site") as address:
        page.goto(f"{address}/status/")
        for paper in ("A4", "Letter"):
            assert len(_PAGE.findall(page.pdf(format=paper, prefer_css_page_size=True))) == 1, (name, paper)
    page.close()


@pytest.mark.browser
def test_a_printed_status_tells_its_day_and_what_shapes_mean_and_can_be_read_without_colours(
    demo: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 1000}, color_scheme="dark")
    page.goto(f"{demo}/status/")
    page.locator("#mp-numbers ~ .mp-whys summary").first.click()  # a reader looked something up before printing
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.locator(".mp-status").inner_text()
    assert "as of Nov 23, 2026" in shown
    legend = page.locator(".mp-legend > .mp-on-track")
    assert legend.inner_text() == "On track"
    drawn = legend.evaluate(
        "(e) => (({ content, printColorAdjust }) => [content, printColorAdjust])(getComputedStyle(e, '::before'))"
    )
    assert drawn == ['""', "exact"]
    for gone in (".mp-whys", "#mp-numbers", ".mp-present-link", ".md-header"):
        assert not page.locator(gone).first.is_visible(), gone
    grey = page.evaluate(MEASURE)  # contrasts are of lightness alone, which is what is left without colours
    assert {name: round(share, 2) for name, share in grey.items() if share < 1} == {}
    page.close()


@pytest.mark.browser
def test_a_printed_milestone_has_all_its_features_and_no_sign_that_something_opens(
    tmp_path: Path, browser: Browser
) -> None:
    features = ", ".join(f"{{id: f{i}, title: Feature {i}, milestone: m}}" for i in range(40))
    site(
        tmp_path, {"plan.yml": f"project: {{name: P}}\nmilestones: [{{id: m, title: M}}]\nfeatures: [{features}]\n"}
    ).configure(theme={"name": "material", "font": False}).build()
    page = browser.new_context(java_script_enabled=False).new_page()
    with served(tmp_path / "site") as address:
        page.goto(f"{address}/milestones/m/")
        last = page.get_by_role("link", name="Feature 39", exact=True)
        assert not last.is_visible()
        page.emulate_media(media="print")
        assert last.is_visible()
        sign = "getComputedStyle(document.querySelector('.mp-fold > summary'), '::before').content"
        assert page.evaluate(sign) == "none"
    page.context.close()


@pytest.mark.browser
def test_other_views_tell_project_and_day_on_paper(demo: str, browser: Browser) -> None:
    page = browser.new_page()
    for view in ("budget", "features", "roadmap", "timeline"):
        page.goto(f"{demo}/{view}/")
        assert not page.locator(".mp-deck").is_visible()
        page.emulate_media(media="print")
        assert page.locator(".mp-deck").is_visible()
        said = page.locator(".mp-deck").evaluate("e => getComputedStyle(e, '::before').content")
        assert said == '"Krume, as of Nov 23, 2026"'
        assert page.locator(".mp:not(.mp-deck)").first.inner_text().count("As of") == 0  # said once
        page.emulate_media(media="screen")
    page.close()


@pytest.mark.browser
def test_names_of_columns_are_drawn_on_each_page(tmp_path: Path, browser: Browser) -> None:
    """Chromium doesn't draw a button again in a table's head on the next page: the names must leave theirs."""
    rows = "".join(f"  - {{id: f{i}, title: Feature {i}, status: planned}}\n" for i in range(90))
    made = site(tmp_path, {"plan.yml": f"project: {{name: P}}\nfeatures:\n{rows}"})
    made.configure(theme={"name": "material", "font": False}).build()
    page = browser.new_page()
    with served(tmp_path / "site") as address:
        page.goto(f"{address}/features/")
        expect(page.get_by_role("button", name="Status")).to_be_visible()
        page.emulate_media(media="print")
        heads = "[...document.querySelectorAll('.mp-table thead button')].map((e) => getComputedStyle(e).display)"
        assert set(page.evaluate(heads)) == {"contents"}
        assert len(_PAGE.findall(page.pdf(format="A4"))) > 1
    page.close()
