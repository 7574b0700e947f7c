"""axe-core finds nothing against WCAG 2.2 AA in what Milepost puts on a page; what it finds in the theme is told."""

from collections import Counter
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from browser import served
from sites import COMPONENTS, ITEMS, VIEWS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 800}

RUN = """
async ({ tags, rules }) => {
  const found = await axe.run({ runOnly: tags, rules, resultTypes: ["violations"], preload: false });
  const isOurs = ({ target }) => document.querySelector(target.flat().at(-1))?.closest(".mp, [class*='mp-']");
  return found.violations.flatMap((violation) =>
    violation.nodes.map((node) => [Boolean(isOurs(node)), `${violation.id}: ${node.html.slice(0, 160)}`]));
}
"""


def violations(page: Page, *, with_contrast: bool = True) -> list[tuple[bool, str]]:
    """Whether each violation on a page is in our own markup, and what it is."""
    rules = {} if with_contrast else {"color-contrast": {"enabled": False}}
    found: list[tuple[bool, str]] = page.evaluate(RUN, {"tags": TAGS, "rules": rules})
    return found


@pytest.mark.browser
@pytest.mark.parametrize("view", [*VIEWS, *ITEMS, COMPONENTS])
def test_no_view_violates_wcag(browser: Browser, demo: Path, view: str) -> None:
    """Contrast takes most of axe's time, so it looks at it once in each scheme; test_contrast does so everywhere."""
    ours, theirs = set(), Counter[str]()
    page = browser.new_page(reduced_motion="reduce")
    with served(demo) as address:
        page.goto(f"{address}/{view}/")
        page.evaluate("document.querySelectorAll('.mp details').forEach((fold) => { fold.open = true; })")
        page.evaluate(AXE)
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for scheme in ("default", "slate"):
                page.evaluate("(scheme) => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
                is_new = (size, scheme) in ((WIDE, "default"), (PHONE, "slate"))
                for is_ours, what in violations(page, with_contrast=is_new):
                    if is_ours:
                        ours.add(f"{size['width']} px, {scheme}: {what}")
                    else:
                        theirs[what.split(":")[0]] += 1
    page.close()
    print(f"{view}: {len(ours)} of our own, {theirs.total()} of the theme {dict(theirs) or ''}")
    assert not ours, "\n".join(sorted(ours))


@pytest.mark.browser
def test_a_violation_is_found_and_told_from_those_of_the_theme(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>x</title><div class=mp><img src=x><p style='color: #999'>pale</p></div><img>"
    )
    page.evaluate(AXE)
    assert sorted((is_ours, what.split(":")[0]) for is_ours, what in violations(page)) == [
        (False, "image-alt"),
        (True, "color-contrast"),
        (True, "image-alt"),
    ]
    page.close()
