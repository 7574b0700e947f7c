"""Sites in other languages than English: the theme decides, and the views follow, from right to left, too."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import served
from layout import faults
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


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "fr", "es", "ja", "ar"])
def test_all_views_hold_in_every_language(tmp_path: Path, browser: Browser, language: str) -> None:
    """Words have other lengths, and Arabic goes from right to left. Japanese has no words to keep whole."""
    plan = {"milepost": {"plan": str(ROOT / "content" / "plan")}}
    theme = {"name": "material", "language": language, "font": False}
    made = site(tmp_path, PLAN).configure(theme=theme, plugins=["search", plan]).build()
    kinds = ("sideways", "cut", "overlaps", *(() if language == "ja" else ("broken",)))
    found = []
    page = browser.new_page()
    with served(made.folder / "site") as address:
        for view in (*VIEWS, *ITEMS):
            page.goto(f"{address}/{view}/")
            direction = page.evaluate("getComputedStyle(document.querySelector('.mp')).direction")
            assert direction == ("rtl" if language == "ar" else "ltr")
            for width in (320, 1440):
                page.set_viewport_size({"width": width, "height": 800})
                found += [f"{view}, {width} px: {fault}" for fault in faults(page, *kinds)]
    page.close()
    assert not found, "\n".join(found)


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
