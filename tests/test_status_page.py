"""The status page: what matters in one screen, in a clear order on a phone, and with every figure leading to why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser import served
from sites import Site, site

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("status")
    done = Site(ROOT).command("mkdocs", "build", "--strict", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    with served(folder) as address:
        yield address


@pytest.mark.browser
def test_all_that_matters_ends_on_the_first_screen(demo: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{demo}/status/")
    glance = page.locator(".mp-glance")
    assert glance.count() == 4
    ends = [box["y"] + box["height"] for i in range(4) if (box := glance.nth(i).bounding_box())]
    assert max(ends) <= 900, ends
    page.close()


@pytest.mark.browser
def test_order_on_a_phone(demo: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{demo}/status/")
    marks = [".mp-verdict", "dt:text('Next milestone')", "dt:text('Money')", "#mp-changed", "#mp-decisions-needed"]
    marks += ["#mp-next-milestones", "#mp-blocked-or-late", "#mp-in-work", "#mp-open-risks", "#mp-latest-update"]
    tops = [box["y"] for mark in marks if (box := page.locator(f".mp-status {mark}").bounding_box())]
    assert len(tops) == len(marks)
    assert tops == sorted(tops)
    assert tops[1] < 800  # the verdict, and the next date below it, without scrolling
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.browser
def test_every_key_figure_leads_to_why(demo: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{demo}/status/")
    page.locator(".mp-why-health").click()
    expect(page.locator("#why-health")).to_be_visible()
    figures = page.locator(".mp-status .mp-figures > div")
    assert figures.count() == 4
    for i in range(4):
        href = figures.nth(i).locator("a[href*='#why-']").first.evaluate("a => a.href")
        found = browser.new_page()
        found.goto(href)
        expect(found.locator(f"[id='{href.partition('#')[2]}']")).to_be_visible()
        found.close()
    page.close()


def test_an_empty_plan_says_what_is_missing(tmp_path: Path) -> None:
    html = site(tmp_path, {"project.yml": "project: {name: Empty}\n"}).build().html("status/index.html")
    for said in (
        "this plan has no milestone and no feature",
        "no milestone lies ahead",
        "no work is written yet",
        "no budget is written",
        "Nothing that bears a day",
        "No decision is waited for.",
    ):
        assert said in html
    assert "On track" not in html.partition('class="mp mp-status"')[2].partition('class="mp-legend"')[0]


@pytest.mark.browser
def test_all_that_matters_is_one_slide(demo: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{demo}/status/?present")
    expect(page.locator(".mp-stage > footer span")).not_to_be_empty()
    frame, boxes = page.locator(".mp-pages").bounding_box(), page.locator(".mp-pages .mp-glance")
    assert frame is not None
    assert boxes.count() == 4
    for i in range(4):
        box = boxes.nth(i).bounding_box()
        assert box is not None
        assert box["x"] < frame["x"] + frame["width"]
        assert box["y"] + box["height"] <= frame["y"] + frame["height"]
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("scripted", "search"), [(True, 1), (False, 0)])
def test_the_head_is_complete_before_the_script_of_the_theme_comes(
    demo: str, browser: Browser, scripted: bool, search: int
) -> None:
    """Where a browser runs scripts the search is there from the first paint on, and nowhere else."""
    page = browser.new_context(java_script_enabled=scripted).new_page()
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(f"{demo}/status/")
    expect(page.locator(".md-search").filter(visible=True)).to_have_count(search)
    page.context.close()


@pytest.mark.browser
def test_the_script_of_the_theme_finds_the_classes_of_the_page_set(demo: str, browser: Browser) -> None:
    """Each that it adds would have the whole page styled again."""
    found = []
    for comes in (False, True):
        page = browser.new_page()
        page.route("**/bundle.*.js", lambda route, comes=comes: route.continue_() if comes else route.abort())
        page.goto(f"{demo}/status/", wait_until="networkidle")
        found.append(set(page.evaluate("() => [...document.documentElement.classList]")))
        page.close()
    assert found[0] == found[1]
    assert "js" in found[0]
