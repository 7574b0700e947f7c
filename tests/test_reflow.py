"""Layouts hold at 320 px and at 400 % zoom, and serve a reader with a keyboard, a screen reader, or dizziness."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import served
from layout import faults
from sites import COMPONENTS, ITEMS, VIEWS

SIZES = {
    "wide": (1440, 900),
    "tablet": (768, 1024),
    "phone": (360, 800),
    "narrow": (320, 800),
    "400 % zoom of 1280 × 1024": (320, 256),
}


KINDS = ("sideways", "cut", "overlaps", "broken", "focus", "headings", "regions", "order", "motion")


def unfold(page: Page, *, is_open: bool) -> None:
    """Open or close what folds away in the flow of the page."""
    page.evaluate(
        "(open) => document.querySelectorAll('.mp details:not([class*=menu])').forEach((d) => { d.open = open; })",
        is_open,
    )


def menus(page: Page) -> list[str]:
    """What sticks out when a menu is opened."""
    found = []
    for menu in page.locator(".mp details[class*=menu] > summary").all():
        menu.click()
        found += faults(page, "sideways")
        menu.click()
    return found


@pytest.mark.browser
@pytest.mark.parametrize("view", [*VIEWS, *ITEMS, COMPONENTS])
def test_a_view_holds_at_every_width(browser: Browser, demo: Path, view: str) -> None:
    found = []
    page = browser.new_page(reduced_motion="reduce")
    with served(demo) as address:
        page.goto(f"{address}/{view}/")
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            unfold(page, is_open=False)
            here = faults(page, "sideways", "cut", "overlaps", "broken", "focus") + menus(page)
            unfold(page, is_open=True)
            here += faults(page, "sideways", "overlaps")
            found += [f"{size}: {fault}" for fault in dict.fromkeys(here)]
        found += faults(page, "headings", "regions", "order", "motion")
    page.close()
    assert not found, "\n".join(found)


SHIFTS = """() => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries())).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done([]), 200); // there were none
}).then((all) => all.reduce((sum, shift) => sum + shift.value, 0))"""


@pytest.mark.browser
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_nothing_moves_when_the_scripts_come(browser: Browser, demo: Path, size: str) -> None:
    """Cumulative layout shift: 0.1 and less is called good; without a place for the filters it would be 0.06 to 0.3."""
    width, height = SIZES[size]
    with served(demo) as address, browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        # Scripts come late, so that a first picture stands before them.
        page.route("**/milepost/*.js", lambda route: (page.wait_for_timeout(150), route.continue_()))
        moved = {}
        for view in ("status", "roadmap", "timeline", "features"):
            page.goto(f"{address}/{view}/", wait_until="networkidle")
            moved[view] = page.evaluate(SHIFTS)
    assert {view: sum_ for view, sum_ in moved.items() if sum_ > 0.02} == {}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p style='inline-size: 900px'>x</p>", "sideways"),
        ("<p style='position: fixed; left: 600px; width: 80px'>x</p>", "sideways"),
        ("<p style='inline-size: 3em; overflow: hidden; white-space: nowrap'>much more than that</p>", "cut"),
        ("<p>one</p><p style='margin-block-start: -1.9em'>two</p>", "overlaps"),
        ("<p style='inline-size: 3em; overflow-wrap: anywhere'>incomprehensible</p>", "broken"),
        (
            "<style>td { display: flex } td::before { content: attr(data-label); inline-size: 1em }</style>"
            "<table><tr><td data-label=Effort>1</table>",
            "broken",
        ),
        ("<h2>x</h2><h4>y</h4>", "headings"),
        ("<nav><a href='#'>x</a></nav>", "regions"),
        ("<nav aria-label=x></nav><nav aria-label=x></nav>", "regions"),
        ("<div style='display: flex; flex-direction: row-reverse'>x</div>", "order"),
        ("<a href='#' style='outline: none'>x</a>", "focus"),
        ("<i style='transition: opacity 1s'>x</i>", "motion"),
    ],
)
def test_each_fault_is_found(browser: Browser, html: str, kind: str) -> None:
    page = browser.new_page(viewport={"width": 640, "height": 400})
    page.set_content(f"<div class=md-content><h1>x</h1><div class=mp>{html}</div></div>")
    found = {fault.split(":")[0] for fault in faults(page, *KINDS)}
    page.close()
    assert found == {kind}


@pytest.mark.browser
def test_the_drawer_by_keyboard(browser: Browser, demo: Path) -> None:
    """A window at 400 % zoom is as small as a phone: other pages are reached by the theme's drawer, or not at all."""
    with served(demo) as address, browser.new_context(viewport={"width": 320, "height": 256}) as context:
        page = context.new_page()
        page.goto(f"{address}/status/")
        button = page.get_by_role("button", name="Navigation")
        toggle, nav = page.locator("#__drawer"), page.locator(".md-nav--primary")
        button.wait_for()
        page.keyboard.press("Tab")
        expect(button).to_be_focused()
        for _ in range(10):  # nothing in a closed drawer can be reached
            page.keyboard.press("Tab")
            expect(nav.locator(":focus")).to_have_count(0)

        for key in ("Enter", "Space"):
            button.press(key)
            expect(toggle).to_be_checked()
            expect(nav).to_be_focused()
            page.keyboard.press("Escape")
            expect(toggle).not_to_be_checked()
            expect(button).to_be_focused()

        button.press("Enter")
        nav.locator("a:visible").last.focus()
        expect(toggle).to_be_checked()
        page.keyboard.press("Tab")  # out of it: it doesn't cover what has the focus now
        expect(toggle).not_to_be_checked()


@pytest.mark.browser
def test_the_drawer_without_javascript_keeps_its_links(browser: Browser, demo: Path) -> None:
    with (
        served(demo) as address,
        browser.new_context(viewport={"width": 320, "height": 256}, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/status/")
        drawer = page.locator(".md-sidebar--primary")
        assert drawer.evaluate("e => getComputedStyle(e).contentVisibility") == "visible"
        page.locator(".md-header [for=__drawer]").click()
        page.get_by_role("link", name="Roadmap").first.click()
        page.wait_for_url("**/roadmap/")
