"""Every text of every view can be told from what is behind it: 4.5 to 1, large text 3 to 1 (WCAG 2.2, 1.4.3)."""

from pathlib import Path

import pytest

from browser import chromium, served
from sites import COMPONENTS, ITEMS, VIEWS

MEASURE = (Path(__file__).parent / "contrast.js").read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_told_from_its_ground(demo: Path, scheme: str) -> None:
    measured = {}
    with served(demo) as address, chromium() as browser:
        page = browser.new_context(color_scheme=scheme, reduced_motion="reduce").new_page()  # type: ignore[arg-type]
        for view in (*VIEWS, *ITEMS, COMPONENTS):
            page.goto(f"{address}/{view}/")
            wanted = "slate" if scheme == "dark" else "default"
            assert page.locator("body").get_attribute("data-md-color-scheme") == wanted
            page.evaluate("document.querySelectorAll('.mp details').forEach(d => d.open = true)")
            for name, share in page.evaluate(MEASURE).items():
                measured[f"{view}: {name}"] = share
    assert len(measured) > 100
    print(f"{scheme}: {len(measured)} kinds of text, the least {4.5 * min(measured.values()):.2f} to 1")
    assert {name: round(share, 2) for name, share in measured.items() if share < 1} == {}


@pytest.mark.browser
def test_a_pale_text_is_found() -> None:
    """Grey on a half transparent blue on white, once too pale and once not."""
    html = "<div class=mp style='background: rgba(0, 0, 255, .5)'><p class=a style='color: {}'>x</p></div>"
    with chromium() as browser:
        page = browser.new_page()
        ratios = []
        for colour in ("#999", "#fff", "#000"):
            page.set_content(html.format(colour))
            ratios.append(4.5 * page.evaluate(MEASURE)["p.a"])
    assert ratios == pytest.approx([1.15, 3.27, 6.41], abs=0.05)
