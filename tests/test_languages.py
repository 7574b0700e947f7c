"""Sites in other languages than English: the theme decides, and the views follow, from right to left, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser import served
from milepost.render import words as catalogues
from milepost.render.environment import environment
from milepost.render.formats import formats
from pseudo import LANGUAGE, unsaid, write_catalogue, write_plan
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
def arabic(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[tuple[Page, str]]:
    """The demo's plan on an Arabic site, in a browser."""
    made = site(tmp_path_factory.mktemp("arabic"), PLAN)
    plan = {"milepost": {"plan": str(ROOT / "content" / "plan")}}
    theme = {"name": "material", "language": "ar", "font": False}
    made.configure(theme=theme, plugins=["search", plan]).build()
    with served(made.folder / "site") as address:
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


@pytest.mark.browser
def test_scripts_say_nothing_but_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser, request: pytest.FixtureRequest
) -> None:
    """What scripts add to the pages is said by the catalogues, too."""
    for made in (catalogues.words, formats, environment):
        request.addfinalizer(made.cache_clear)
    monkeypatch.setattr(catalogues, "LOCALE", write_catalogue(tmp_path / "locale").parents[2])
    settings = {"plan": str(write_plan(tmp_path / "plan")), "language": LANGUAGE}
    made = site(tmp_path / "site").configure(site_name="1", plugins=["search", {"milepost": settings}]).build()
    left: dict[str, list[str]] = {}
    size = {"width": 1440, "height": 900}
    with served(made.folder / "site") as address, browser.new_context(viewport=size) as context:  # type: ignore[arg-type]
        for view in (*VIEWS, *ITEMS):
            context.new_page().goto(f"{address}/{view}/")
        for view, page in zip((*VIEWS, *ITEMS), context.pages, strict=True):
            page.wait_for_load_state("networkidle")
            html = page.evaluate("[...document.querySelectorAll('.mp, h1, title')].map((e) => e.outerHTML).join('')")
            about = page.get_attribute("meta[property='og:description']", "content")
            left[view] = unsaid(f"{html}<p>{about}</p>")
    assert {view: texts for view, texts in left.items() if texts} == {}
