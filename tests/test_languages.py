"""Sites in other languages than English: the theme decides, and the views follow, from right to left, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser import chromium, served
from sites import ITEMS, PLAN, VIEWS, site

ROOT = Path(__file__).parents[1]


def test_dates_and_money_follow_the_theme(tmp_path: Path) -> None:
    made = site(tmp_path).configure(theme={"name": "material", "language": "ja", "font": False}).build()
    page = made.html("status/index.html")
    assert '<html lang="ja"' in page
    assert "2026年1月7日" in page
    assert "1,200" in made.html("budget/index.html")


def test_the_option_wins_over_the_theme(tmp_path: Path) -> None:
    settings = {
        "theme": {"name": "material", "language": "ar"},
        "plugins": ["search", {"milepost": {"language": "de"}}],
    }
    page = site(tmp_path).configure(**settings).build().html("status/index.html")
    assert "7. Jan. 2026" in page.replace("\xa0", " ")


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """The demo's plan on an Arabic site, in a browser."""
    made = site(tmp_path_factory.mktemp("arabic"), PLAN)
    plan = {"milepost": {"plan": str(ROOT / "content" / "plan")}}
    theme = {"name": "material", "language": "ar", "font": False}
    made.configure(theme=theme, plugins=["search", plan]).build()
    with served(made.folder / "site") as address, chromium() as browser:
        yield browser.new_page(), address


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1440])
def test_no_page_scrolls_sideways_from_right_to_left(arabic: tuple[Page, str], width: int) -> None:
    page, address = arabic
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for path in (*VIEWS, *ITEMS):
        page.goto(f"{address}/{path}/")
        assert page.evaluate("getComputedStyle(document.querySelector('.mp')).direction") == "rtl"
        if page.evaluate("document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"):
            wide.append(path)
    assert wide == []
