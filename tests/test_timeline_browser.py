"""The timeline as a reader uses it: zoom, follow a dependency, filter, read it on a phone and without JavaScript."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser import served
from plans import SHARED
from sites import Site, site

ROOT = Path(__file__).parents[1]
WORK = """
project: {name: Test, start: 2026-01-05, today: 2026-02-18, calendar: {holidays: [2026-04-03, 2026-04-06]}}
people: [{id: ann, name: Ann Ash, team: Web}]
milestones:
  - {id: beta, title: Beta, due: 2026-03-02, baseline: 2026-02-20}
  - {id: sale, title: Sale, due: 2026-Q3}
features:
  - {id: design, title: Design, milestone: beta, started: 2026-01-05, done: 2026-01-16, owner: ann}
  - {id: build, title: Build, milestone: beta, started: 2026-01-19, duration: 30d, progress: 60%, depends_on: [design]}
  - {id: test, title: Test, milestone: beta, duration: 10d, due: 2026-03-02, depends_on: [build]}
  - {id: manual, title: Manual, milestone: beta, duration: 3d, depends_on: [build]}
  - {id: ship, title: Ship, milestone: sale, duration: 5d, owner: ann, depends_on: [test, manual]}
  - {id: idea, title: Some day}
"""
SHARED_ONLY = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared plans are not here")
PLANS = ["demo", pytest.param("kubernetes", marks=SHARED_ONLY)]
BOXES = """() => [...document.querySelectorAll(".mp-tl-mark:not(.mp-bare) > b, .mp-tl-mark > i")].map((b) => {
    const {left, right, top, bottom} = b.getBoundingClientRect();
    return {left, right, top, bottom, text: b.textContent, mark: b.parentElement.dataset.mpItem};
}).filter((b) => b.right > b.left)"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the plan above, on which a page is replaced without being loaded."""
    made = site(tmp_path_factory.mktemp("timeline"), {"plan.yml": WORK})
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    with served(made.folder / "site") as address:
        made.configure(site_url=f"{address}/", theme=theme).build()
        yield address


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The timelines of the demo and, where it is, of Kubernetes on pages of their own, without those of their items."""
    folder = tmp_path_factory.mktemp("large")
    found = {}
    plans = {"demo": ROOT / "content" / "plan", "kubernetes": SHARED / "plans" / "kubernetes"}
    for name, plan in plans.items():
        if not plan.is_dir():
            continue
        made = Site(folder / name)
        made.write({"pages/index.md": "# T\n\n<!-- milepost: timeline -->\n"})
        made.configure(plugins=[{"milepost": {"plan": str(plan), "pages": []}}]).build()
        found[name] = made.folder
    with served(folder) as address:
        yield {name: f"{address}/{name}/site/" for name in found}


@pytest.fixture(scope="module")
def window(browser: Browser) -> tuple[Page, list[str]]:
    """One page for all tests, since each opens an address anew, and the errors on it."""
    errors: list[str] = []
    found = browser.new_page()
    found.on("pageerror", lambda error: errors.append(str(error)))
    return found, errors


@pytest.fixture
def page(window: tuple[Page, list[str]]) -> Iterator[Page]:
    """A page of 1440 × 900, on which no error may occur."""
    found, errors = window
    errors.clear()
    found.set_viewport_size({"width": 1440, "height": 900})
    found.mouse.move(0, 0)
    yield found
    assert errors == []


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Page:
    """A page without JavaScript."""
    return browser.new_page(java_script_enabled=False)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".mp-tl-tools:not([hidden])").wait_for()


def _of(page: Page, script: str) -> Any:
    return page.evaluate(script)


@pytest.mark.browser
def test_a_zoom_names_its_divisions_shades_days_off_and_stands_in_the_address(page: Page, small: str) -> None:
    _open(page, f"{small}/timeline/?status=active&status=planned&status=done")
    page.get_by_role("button", name="Week").click()
    assert page.get_by_role("button", name="Week").get_attribute("aria-pressed") == "true"
    page.wait_for_url("**/?status=active&status=planned&status=done&zoom=week")
    assert "Feb 16" in page.locator(".mp-tl-minor").inner_text()
    assert "February 2026" in page.locator(".mp-tl-major").inner_text()
    assert page.locator(".mp-tl-holiday").first.is_visible()
    page.reload()
    page.locator(".mp-tl-tools:not([hidden])").wait_for()
    assert page.get_by_role("button", name="Week").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Year").click()
    assert page.locator(".mp-tl-minor").inner_text().split() == ["2026"]
    assert not page.locator(".mp-tl-holiday").first.is_visible()


@pytest.mark.browser
def test_weekends_are_shaded_where_they_are(page: Page, small: str) -> None:
    """February 21st, 2026 is a Saturday: 51 days after the first of January."""
    _open(page, f"{small}/timeline/?zoom=week")
    style = "getComputedStyle(document.querySelector('.mp-tl-free'))"
    start, wide, day = _of(
        page,
        f"""() => [{style}.getPropertyValue("--s"), {style}.getPropertyValue("--w"),
            document.querySelector(".mp-tl-behind").clientWidth / 273]""",
    )
    assert ((51 - int(start)) % 7, int(wide)) == (0, 2)
    assert _of(page, f"() => {style}.backgroundSize").split(" ")[0] == "2.5641%"  # seven of 273 days
    assert day == pytest.approx(22, abs=0.01)


@pytest.mark.browser
def test_zooming_keeps_today_in_place_and_a_button_leads_to_it(page: Page, small: str) -> None:
    _open(page, f"{small}/timeline/?zoom=month")
    today = "() => document.querySelector('.mp-tl-behind > .mp-tl-today').getBoundingClientRect().left"
    before = _of(page, today)
    page.locator(".mp-tl-name").first.focus()
    page.keyboard.press("+")
    page.wait_for_url("**zoom=week")
    assert _of(page, today) == pytest.approx(before, abs=2)
    page.evaluate("() => { document.querySelector('.mp-tl-region').scrollLeft = 0 }")
    page.get_by_role("button", name="Today").click()
    assert 400 < _of(page, today) < 1100


@pytest.mark.browser
@pytest.mark.parametrize("plan", PLANS)
def test_it_opens_with_the_first_open_row_in_full_below_the_header(
    page: Page, plain: Page, large: dict[str, str], plan: str
) -> None:
    """After the script has placed the labels of milestones anew, too, which makes the header higher or lower."""
    plain.set_viewport_size({"width": 1440, "height": 900})
    plain.goto(large[plan])
    assert _first_seen(plain)
    for zoom in ("", "?zoom=fit"):
        _open(page, f"{large[plan]}{zoom}")
        assert _first_seen(page), zoom


@pytest.mark.browser
@SHARED_ONLY
def test_so_it_does_in_a_browser_that_knows_no_target_of_a_first_scroll(
    browser: Browser, large: dict[str, str]
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.route(
        "**/milepost.css",
        lambda route: route.fulfill(
            response=(found := route.fetch()), body=found.text().replace("-initial-target", "")
        ),
    )
    _open(page, large["kubernetes"])
    assert _first_seen(page)
    assert _of(page, "() => document.querySelector('.mp-tl-region').scrollTop") > 100
    page.close()


def _first_seen(page: Page) -> bool:
    """Whether the open row comes first below the header, or is seen where the chart has come to its end."""
    return _of(
        page,
        """() => {
            const region = document.querySelector(".mp-tl-region");
            const rows = [...document.querySelectorAll(".mp-tl-rows > li, .mp-tl-lane")];
            const open = Number(document.querySelector(".mp-tl-opens").style.getPropertyValue("--y"));
            const head = document.querySelector(".mp-tl-head").getBoundingClientRect();
            const row = rows[open].getBoundingClientRect();
            const isAtEnd = region.scrollTop + region.clientHeight >= region.scrollHeight - 1;
            return isAtEnd ? row.top >= head.bottom - 1 : Math.abs(row.top - head.bottom) < 1;
        }""",
    )


@pytest.mark.browser
def test_header_and_labels_stay_while_the_chart_scrolls(page: Page, large: dict[str, str]) -> None:
    _open(page, f"{large['demo']}?zoom=week")
    corner = """() => ["region", "head", "names"].map((part) => {
        const {left, top} = document.querySelector(`.mp-tl-${part}`).getBoundingClientRect();
        return [Math.round(left), Math.round(top)];
    })"""
    page.evaluate("() => document.querySelector('.mp-tl-region').scrollTo(3000, 400)")
    region, head, name = _of(page, corner)
    assert (head[1] - region[1], name[0] - region[0]) == (1, 1)
    assert page.locator(".mp-tl-minor span").count() > 5


@pytest.mark.browser
def test_a_dependency_is_followed_by_keyboard(page: Page, small: str) -> None:
    _open(page, f"{small}/timeline/")
    focused = "() => document.activeElement.firstElementChild.textContent"
    page.locator(".mp-tl-region").focus()
    page.keyboard.press("Tab")
    assert _of(page, focused) == "Beta"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert _of(page, focused) == "Build"
    panel = page.locator(".mp-tl-panel")
    assert panel.locator("strong").inner_text() == "Build"
    described = page.locator(".mp-tl-name:focus").get_attribute("aria-describedby")
    assert panel.get_attribute("id") == described
    lines = panel.inner_text().split("\n")
    assert "Feature · Active" in lines
    assert lines[lines.index("Waits for") + 1 :] == ["Design", "Holds up", "Manual", "Test"]
    assert page.locator("li:is(.mp-self, .mp-near) .mp-tl-name > span:first-child").all_inner_texts() == [
        "Design",
        "Build",
        "Manual",
        "Test",
    ]
    assert page.locator("li.mp-far .mp-tl-name > span:first-child").all_inner_texts() == ["Ship"]
    page.keyboard.press("]")
    assert _of(page, focused) == "Manual"
    page.keyboard.press("[")
    page.keyboard.press("ArrowRight")
    assert _of(page, focused) == "Test"  # the second time the other one
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.locator(".mp-lit").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/features/test/")
    page.go_back()
    page.locator(".mp-tl-tools:not([hidden])").wait_for()


@pytest.mark.browser
def test_pointing_at_a_row_shows_its_details_until_the_pointer_leaves(page: Page, small: str) -> None:
    _open(page, f"{small}/timeline/")
    page.locator(".mp-tl-rows > [data-mp-item=test] .mp-tl-name").hover()
    panel = page.locator(".mp-tl-panel")
    panel.wait_for(state="visible")
    assert page.locator(".mp-tl-over path").count() >= 2
    panel.hover()
    page.wait_for_timeout(300)
    assert panel.is_visible()
    page.mouse.move(5, 5)
    panel.wait_for(state="hidden")


@pytest.mark.browser
def test_filters_hide_rows_milestones_and_lines_and_close_the_gaps(page: Page, small: str) -> None:
    _open(page, f"{small}/timeline/")
    paths = "() => [...document.querySelectorAll('.mp-tl-leaf path:not(.mp-tl-ticks)')].length"
    assert _of(page, paths) > 0
    _open(page, f"{small}/timeline/?owner=Ann+Ash")
    names = page.locator(".mp-tl-rows > li:visible .mp-tl-name > span:first-child")
    assert names.all_inner_texts() == ["Design", "Ship"]
    assert page.locator(".mp-tl-mark:visible").count() == 0
    assert _of(page, paths) == 0
    tops = _of(page, "() => [...document.querySelectorAll('.mp-tl-rows > li:not([hidden])')].map((li) => li.offsetTop)")
    assert len(set(tops)) == 2
    height = _of(page, "() => document.querySelector('.mp-tl-body').clientHeight")
    assert height == pytest.approx(2 * page.locator(".mp-tl-rows > li:visible").first.bounding_box()["height"], abs=1)  # type: ignore[index]


@pytest.mark.browser
def test_a_phone_prints_the_rows_that_filters_left(page: Page, small: str) -> None:
    """The chart has had no place there, so it is printed as built, less what is hidden and the lines between it."""
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (f"{small}/timeline/?owner=Ann+Ash", f"{small}/timeline/"):
        page.goto(address, wait_until="networkidle")
        if "?" not in address:
            page.locator("summary", has_text="Owner").click()
            page.get_by_role("checkbox", name="Ann Ash").check()
        assert page.locator(".mp-tl-tools").is_hidden()
        page.emulate_media(media="print")
        assert page.locator(".mp-tl-rows > li:visible").all_inner_texts() == ["Design", "Ship"]
        assert page.locator(".mp-tl-track:visible").count() == 2
        assert page.locator(".mp-tl-leaf path:not(.mp-tl-ticks)").count() == 0
        row = page.locator(".mp-tl-rows > li:visible").first.bounding_box()
        leaf = page.locator(".mp-tl-leaf:visible").bounding_box()
        assert row
        assert leaf
        assert leaf["height"] == pytest.approx(2 * row["height"], abs=2)
        page.emulate_media(media="screen")


@pytest.mark.browser
@pytest.mark.parametrize("plan", PLANS)
def test_no_label_of_a_milestone_lies_on_another_or_on_a_mark(page: Page, large: dict[str, str], plan: str) -> None:
    _open(page, large[plan])
    for zoom in ("", "Week", "Month", "Quarter", "Year", "Fit"):
        if zoom:
            page.get_by_role("button", name=zoom, exact=True).click()
        assert _overlaps(_of(page, BOXES)) == [], zoom
        assert page.locator(".mp-tl-mark:not(.mp-bare)").count() >= 5


@pytest.mark.browser
@pytest.mark.parametrize("plan", PLANS)
def test_nor_without_javascript(plain: Page, large: dict[str, str], plan: str) -> None:
    plain.goto(large[plan])
    for width in (760, 1440):
        plain.set_viewport_size({"width": width, "height": 900})
        boxes = _of(plain, BOXES)
        assert len([box for box in boxes if box["text"]]) > 5
        assert _overlaps(boxes) == [], width


def _overlaps(boxes: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of a label and another label or the mark of another milestone that cover each other."""
    return [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if (a["text"] or b["text"])
        and a["mark"] != b["mark"]
        and a["left"] < b["right"] - 0.5
        and b["left"] < a["right"] - 0.5
        and a["top"] < b["bottom"] - 3
        and b["top"] < a["bottom"] - 3
    ]


@pytest.mark.browser
def test_a_phone_shows_a_list_by_period(plain: Page, small: str) -> None:
    plain.set_viewport_size({"width": 320, "height": 800})
    plain.goto(f"{small}/timeline/")
    listed = plain.locator(".mp-tl-list")
    assert not plain.locator(".mp-tl-region").is_visible()
    assert listed.get_by_role("heading").all_inner_texts() == ["March 2026"]  # of January, folded, only the summary
    assert listed.locator("section:visible li").first.inner_text().split("\n") == [
        "Build",
        "Active, Jan 19, 2026 – Mar 5, 2026",
    ]
    assert listed.locator("summary").inner_text() == "Done before: 1"
    assert _of(plain, "() => document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_a_phone_that_is_turned_shows_the_chart_as_it_was_asked_for(page: Page, small: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{small}/timeline/?zoom=fit")
    page.locator(".mp-tl-list:visible").wait_for()
    page.set_viewport_size({"width": 900, "height": 500})
    page.locator(".mp-tl-region:visible").wait_for()
    page.locator("[data-zoom=fit][aria-pressed=true]").wait_for()
    assert page.locator(".mp-tl-minor").inner_text().split()[:3] == ["Jan", "Feb", "Mar"]


@pytest.mark.browser
@pytest.mark.parametrize("way", ["turned", "filtered"])
def test_a_phone_loads_the_script_of_the_chart_where_it_is_of_use(page: Page, small: str, way: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{small}/timeline/", wait_until="networkidle")
    assert [url for url in asked if url.endswith("/filters.js")]
    assert not [url for url in asked if url.endswith("/timeline.js")]
    with page.expect_request("**/timeline.js"):
        if way == "turned":
            page.set_viewport_size({"width": 900, "height": 500})
        else:
            page.get_by_role("searchbox").fill("build")


@pytest.mark.browser
def test_without_javascript_the_picture_is_complete(plain: Page, small: str) -> None:
    plain.set_viewport_size({"width": 1280, "height": 900})
    plain.goto(f"{small}/timeline/")
    assert plain.locator(".mp-tl-bar:visible").count() >= 5
    assert plain.locator(".mp-tl-leaf path.mp-head").count() >= 1
    assert not plain.locator(".mp-tl-tools").is_visible()
    assert plain.get_by_text("The same as a table").is_visible()


@pytest.mark.browser
def test_a_short_period_at_the_end_of_the_axis_is_not_cut(plain: Page, tmp_path: Path) -> None:
    """It is drawn wider than it is, to be seen, but not over the edge."""
    marks = "[{id: a, title: A, due: 2019-03-01}, {id: z, title: Z, due: 2026-12}]"
    made = site(tmp_path, {"plan.yml": f"project: {{name: P, today: 2026-02-02}}\nmilestones: {marks}\n"})
    made.configure(theme={"name": "material", "font": False}).build()
    with served(tmp_path / "site") as address:
        plain.goto(f"{address}/timeline/")
        found = "document.querySelector('.mp-tl-body .mp-tl-promise.mp-in')"
        (width, end), (_, edge) = plain.evaluate(
            f"[{found}, {found}.parentElement].map((e) => e.getBoundingClientRect()).map((b) => [b.width, b.right])"
        )
    assert width >= 16
    assert end <= edge + 0.1


@pytest.mark.browser
def test_the_timeline_comes_back_to_life_after_instant_navigation(page: Page, small: str) -> None:
    _open(page, f"{small}/timeline/?zoom=week")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Status", exact=True).first.click()
    page.wait_for_url("**/status/")
    page.go_back()
    page.locator(".mp-tl-tools:not([hidden])").wait_for()
    assert page.get_by_role("button", name="Week").get_attribute("aria-pressed") == "true"
    page.locator(".mp-tl-rows > [data-mp-item=test] .mp-tl-name").hover()
    page.locator(".mp-tl-panel").wait_for(state="visible")
    assert _of(page, "() => window.stayed"), "the page was loaded anew: instant navigation did not work"


@pytest.mark.browser
def test_a_zoom_right_before_leaving_is_not_written_to_the_next_page(page: Page, small: str) -> None:
    _open(page, f"{small}/timeline/?zoom=week")
    year = "document.querySelector('[data-zoom=year]')"
    link = "[...document.links].find((link) => link.pathname === '/status/')"
    page.evaluate(f"() => {{ {year}.click(); {link}.click(); }}")
    page.wait_for_url("**/status/")
    page.wait_for_timeout(400)
    assert page.url == f"{small}/status/"


@pytest.mark.browser
def test_from_right_to_left_the_axis_runs_the_other_way(page: Page, tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "language": "ar", "direction": "rtl"}
    made = site(tmp_path, {"plan.yml": WORK})
    made.configure(theme=theme, plugins=[{"milepost": {"pages": ["timeline"]}}]).build()
    with served(made.folder / "site") as address:
        _open(page, f"{address}/timeline/?zoom=month")
        lefts = json.loads(
            _of(
                page,
                """() => JSON.stringify([...document.querySelectorAll(".mp-tl-bar")].slice(0, 3).map(
                    (bar) => bar.getBoundingClientRect().left))""",
            )
        )
        assert lefts == sorted(lefts, reverse=True)
        today = _of(page, "() => document.querySelector('.mp-tl-behind > .mp-tl-today').getBoundingClientRect().left")
        assert 200 < today < 1100
