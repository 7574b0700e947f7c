"""`?present` shows the views as slides: by keys, swipes and links, with plain pages and instant navigation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import served
from sites import PLAN, site

FEATURES = "features:\n" + "".join(f"  - {{id: f{i}, title: Feature {i}, duration: 2d}}\n" for i in range(60))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("present")
    made = site(folder, {**PLAN, "more.yml": FEATURES})
    made.configure(
        site_url="http://127.0.0.1/", theme={"name": "material", "font": False, "features": ["navigation.instant"]}
    )
    made.build()
    with served(folder / "site") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1600, "height": 900}, has_touch=True)
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    yield made
    context.close()
    assert errors == []


def number(page: Page) -> tuple[int, int]:
    """The slide shown, and how many there are."""
    shown = page.locator(".mp-stage > footer span")
    expect(shown).to_have_text(re.compile(r"\d+ of \d+"))
    slide, _, whole = shown.inner_text().partition(" of ")
    return int(slide), int(whole)


@pytest.mark.browser
def test_keys_lead_through_all_views(address: str, page: Page) -> None:
    page.goto(f"{address}/status/?present")
    slide, whole = number(page)
    assert slide == 1
    title = page.locator(".mp-slide > header strong")
    expect(title).to_have_text("Status")
    expect(page.locator(".mp-slide > header span")).to_have_text("Test, as of Jan 7, 2026")
    seen = []
    for _ in range(whole):
        seen.append(title.inner_text())
        page.keyboard.press("ArrowRight")
    assert list(dict.fromkeys(seen)) == ["Status", "Roadmap", "Timeline", "Milestones", "Features", "Budget"]
    assert seen.count("Features") > 2  # sixty are too many for one slide
    assert number(page) == (whole, whole)  # and after the last comes none
    for key, at in [
        ("Home", 1),
        ("PageDown", 2),
        (" ", 3),
        ("PageUp", 2),
        ("ArrowLeft", 1),
        ("ArrowLeft", 1),
        ("End", whole),
    ]:
        page.keyboard.press(key)
        assert number(page) == (at, whole), key
    assert page.url.endswith(f"/status/?present={whole}")
    page.get_by_role("button", name="Previous slide").click()
    assert number(page)[0] == whole - 1
    page.reload()
    assert number(page) == (whole - 1, whole)


@pytest.mark.browser
def test_a_slide_fills_the_screen_and_cuts_no_row(address: str, page: Page) -> None:
    page.goto(f"{address}/features/?present")
    number(page)
    expect(page.locator(".mp-slide > header strong")).to_have_text("Features")
    box = page.locator(".mp-slide").bounding_box()
    assert box is not None
    assert (round(box["x"]), round(box["y"]), round(box["width"]), round(box["height"])) == (0, 0, 1600, 900)
    cut = """() => {
      const frame = document.querySelector(".mp-pages").getBoundingClientRect();
      const rows = [...document.querySelectorAll(".mp-pages tbody tr")].map((row) => row.getBoundingClientRect());
      const shown = rows.filter((row) => row.left >= frame.left - 1 && row.right <= frame.right + 1);
      return [shown.length, shown.filter((row) => row.bottom > frame.bottom + 1 || row.top < frame.top - 1).length];
    }"""
    shown, split = page.evaluate(cut)
    assert shown > 5
    assert split == 0
    page.set_viewport_size({"width": 400, "height": 800})  # a phone held upright: the slide is whole, if small
    box = page.locator(".mp-slide").bounding_box()
    assert box is not None
    assert (round(box["x"]), round(box["width"])) == (0, 400)


@pytest.mark.browser
def test_escape_leaves_to_the_view_that_was_shown(address: str, page: Page) -> None:
    page.goto(f"{address}/status/")
    page.get_by_role("link", name="Present", exact=True).click()
    number(page)
    page.keyboard.press("Escape")
    expect(page.locator(".mp-stage")).to_have_count(0)
    expect(page).to_have_url(f"{address}/status/")
    expect(page.locator(".mp-status")).to_be_visible()
    page.goto(f"{address}/status/?present")
    number(page)
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{address}/budget/")


@pytest.mark.browser
def test_a_link_on_a_slide_leads_out_and_back_leads_in(address: str, page: Page) -> None:
    page.goto(f"{address}/features/?present")
    number(page)
    page.locator(".mp-pages").get_by_role("link", name="Foundation").first.click()
    expect(page.locator(".mp-stage")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Foundation")
    page.go_back()
    number(page)
    expect(page.locator(".mp-slide > header strong")).to_have_text("Features")


@pytest.mark.browser
def test_a_swipe_and_full_screen(address: str, page: Page) -> None:
    page.goto(f"{address}/status/?present")
    number(page)
    swipe = """([from, to]) => {
      const stage = document.querySelector(".mp-stage");
      const touch = (x) => new Touch({ identifier: 1, target: stage, clientX: x, clientY: 300 });
      stage.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: [touch(from)] }));
      stage.dispatchEvent(new TouchEvent("touchend", { bubbles: true, changedTouches: [touch(to)] }));
    }"""
    page.evaluate(swipe, [800, 300])
    assert number(page)[0] == 2
    page.evaluate(swipe, [300, 800])
    page.evaluate(swipe, [300, 310])  # a tap
    assert number(page)[0] == 1
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")


@pytest.mark.browser
def test_a_page_that_is_no_view_shows_no_slides(address: str, page: Page) -> None:
    page.goto(f"{address}/?present")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".mp-stage")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("view", "at", "name"),
    [("roadmap", (30, 15), "Now"), ("timeline", (600, 10), "2026")],
    ids=["a column", "the scale"],
)
def test_what_goes_on_bears_its_name_on_each_slide(
    browser: Browser, tmp_path: Path, view: str, at: tuple[int, int], name: str
) -> None:
    cards = "".join(f"  - {{id: f{i}, title: Card {i}, started: 2026-01-05, duration: 200d}}\n" for i in range(30))
    marks = "".join(f"  - {{id: m{i}, title: A mark of many {i}, due: 2026-05-29}}\n" for i in range(9))
    plan = f"project: {{name: P, start: 2026-01-05, today: 2026-01-05}}\nfeatures:\n{cards}milestones:\n{marks}"
    plugins = ["search", {"milepost": {"pages": [view]}}]
    theme = {"name": "material", "font": False}
    made = site(tmp_path, {"plan.yml": plan}).configure(theme=theme, plugins=plugins).build()
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    found = """([x, y]) => {
      const { left, top } = document.querySelector(".mp-pages").getBoundingClientRect();
      return document.elementsFromPoint(left + x, top + y)[0].textContent;
    }"""
    with served(made.folder / "site") as address:
        page.goto(f"{address}/{view}/?present=1")
        number(page)
        first = page.evaluate(found, at)
        page.keyboard.press("ArrowRight")
        number(page)
        assert page.locator(".mp-slide > header strong").inner_text().lower() == view
        assert (first, page.evaluate(found, at)) == (name, name)
    page.close()
