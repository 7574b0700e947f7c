"""The roadmap as a reader uses it: filter it, share it, leave it and come back, with keyboard and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import served
from milepost.views.arrangement import GROUPS, LANES
from sites import site

pytestmark = pytest.mark.browser

PLAN = {
    "project.yml": "project: {name: Test, start: 2026-01-05, today: 2026-01-07, ranking: {method: manual}}\n",
    "work.yml": """\
people: [{id: ann, name: "Ann & Lee, Ltd", team: Web}, {id: bo, name: Bo, team: Core}]
goals: [{id: grow, title: Grow}, {id: keep, title: Keep}]
milestones:
  - {id: beta, title: Beta, due: 2026-Q1, goal: grow}
  - {id: launch, title: Launch, due: 2026-Q3, goal: keep}
  - {id: past, title: Past, done: 2025-11-20}
features:
  - {id: sso, title: Einfache Anmeldung für Ämter, milestone: beta, owner: ann, progress: 40%, tags: ["a, b"]}
  - {id: base, title: Foundation, milestone: beta, owner: bo, tags: [core]}
  - {id: pay, title: Payment, milestone: launch, due: 2026-05-01, score: {manual: {order: 1}}}
  - {id: late, title: Late, due: 2025-11-03, owner: bo, status: active}
  - {id: idea, title: Idea, status: idea}
  - {id: old, title: Old, milestone: past, done: 2025-11-20, owner: ann}
  - {id: new, title: New, milestone: beta, done: 2026-01-02}
  - {id: no, title: Dropped, status: dropped}
""",
}
MARKER = "# All\n\n<!-- milepost: roadmap {{group: {}, lanes: {}}} -->\n"
# Enough for one column to be folded, with lanes and without.
PLAN["work.yml"] += "\n".join(f"  - {{id: w{i}, title: Work {i}, milestone: beta, owner: bo}}" for i in range(20))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("roadmap")
    made = site(folder, PLAN, {f"all/{g}-{lanes}.md": MARKER.format(g, lanes) for g in GROUPS for lanes in LANES})
    (folder / "site").mkdir()
    with served(folder / "site") as address:  # instant navigation works at the address of the site only
        theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
        made.configure(site_url=f"{address}/", theme=theme).build()
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def opened(page: Page, address: str) -> None:
    """Go to a roadmap and wait until its script is there: until then its controls are plain links."""
    page.goto(address)
    page.wait_for_function("['mp-roadmap', 'mp-filters'].every((name) => customElements.get(name))")


def shown(page: Page) -> list[str]:
    """The ids of the items to be seen, folded or not."""
    found = page.locator("[data-mp-item]:not([hidden])").evaluate_all("all => all.map(it => it.dataset.mpItem)")
    return [str(item) for item in found]


def test_what_is_filtered_is_shared_by_its_address(page: Page, browser: Browser, address: str) -> None:
    opened(page, f"{address}/roadmap/?kept=1")
    page.locator("summary", has_text="Tag").click()
    page.get_by_role("checkbox", name="a, b").check()
    page.get_by_role("checkbox", name="core").check()
    expect(page.get_by_role("status").filter(has_text="2 of")).to_be_visible()
    page.get_by_label("Search in titles").fill("amter")  # case and accents don't count
    assert shown(page) == ["sso"]
    page.wait_for_url("**/roadmap/?kept=1&text=amter&tag=a%2C+b&tag=core")

    other = browser.new_context().new_page()
    opened(other, page.url)
    expect(other.locator("mp-filters [role=status]")).to_contain_text("1 of")
    assert shown(other) == ["sso"]
    other.get_by_role("button", name="Clear filters").click()
    expect(other.get_by_label("Search in titles")).to_be_focused()
    other.wait_for_url("**/roadmap/?kept=1")
    assert len(shown(other)) > 5
    other.context.close()


def test_filters_outlive_going_away_and_coming_back(page: Page, address: str) -> None:
    opened(page, f"{address}/roadmap/?goal=keep")
    expect(page.locator("mp-filters [role=status]")).to_contain_text("1 of")
    page.evaluate("window.same = true")
    page.locator("a[href$='budget/']").first.click()
    page.wait_for_url("**/budget/")
    page.go_back()
    expect(page.locator("mp-filters [role=status]")).to_contain_text("1 of")
    assert page.evaluate("window.same"), "this was no instant navigation"
    assert sorted(shown(page)) == ["pay"]


def test_a_menu_by_keyboard(page: Page, address: str) -> None:
    opened(page, f"{address}/roadmap/")
    page.get_by_label("Search in titles").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Active")).to_be_checked()
    assert sorted(shown(page)) == ["late", "sso"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="Active")).to_be_hidden()
    expect(page.locator("mp-filters summary").first).to_be_focused()


def test_without_a_script_links_lead_to_the_other_arrangements(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/roadmap/?status=idea")
    expect(page.locator("mp-filters")).to_be_hidden()
    assert len(shown(page)) > 5
    for name in ("Quarter", "Milestone", "Goal", "Team", "Owner"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Roadmap by {name.lower()}")
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Horizon").click()
    expect(page).to_have_url(f"{address}/roadmap/")
    page.context.close()


def test_an_arrangement_outlives_going_away_and_coming_back(page: Page, address: str) -> None:
    opened(page, f"{address}/roadmap/?goal=grow")
    page.get_by_role("link", name="Quarter", exact=True).click()
    page.get_by_role("link", name="Owner", exact=True).click()
    expect(page).to_have_url(f"{address}/roadmap/?goal=grow&group=quarter&lanes=owner")
    expect(page.get_by_role("heading", name="Ann & Lee, Ltd")).to_contain_text("Open: 1")
    expect(page.get_by_role("heading", name="Before 2026-Q1").first).to_contain_text("Open: 0")
    page.get_by_role("link", name="Einfache Anmeldung").click()
    page.wait_for_url("**/features/sso/")
    page.go_back()
    expect(page.get_by_role("link", name="Quarter", exact=True)).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("heading", name="Ann & Lee, Ltd")).to_contain_text("Open: 1")


def test_a_filter_brings_up_what_was_folded_and_says_what_is_empty(page: Page, address: str) -> None:
    opened(page, f"{address}/roadmap/")
    expect(page.get_by_role("link", name="Work 19")).to_be_hidden()
    page.get_by_label("Search in titles").fill("19")
    expect(page.get_by_role("link", name="Work 19")).to_be_visible()
    expect(page.get_by_text("Nothing here fits the filters")).to_have_count(2)
    expect(page.get_by_role("heading", name="Now")).to_contain_text("Open: 1")
    page.wait_for_url("**/roadmap/?text=19")
    team = page.get_by_role("link", name="Team", exact=True)
    team.focus()  # to be opened beside, or copied
    expect(team).to_have_attribute("href", f"{address}/roadmap/?text=19&lanes=team")


def test_arrow_keys_lead_from_card_to_card(page: Page, address: str) -> None:
    opened(page, f"{address}/roadmap/")
    first = page.locator(".mp-rm-cell").first.get_by_role("link")
    first.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(first.nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Payment")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/features/pay/")


@pytest.mark.parametrize("way", ["", "?group=milestone", "?group=quarter&lanes=owner"])
def test_on_a_narrow_screen_nothing_is_beside_the_page(browser: Browser, address: str, way: str) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    opened(page, f"{address}/roadmap/{way}")
    expect(page.locator("mp-filters")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("(it => it.scrollWidth - it.clientWidth)(document.querySelector('.mp-rm-region'))") == 0
    last = page.get_by_role("navigation", name="Jump to").get_by_role("link").last
    last.click()
    title = page.locator(".mp-rm-what", has_text=last.inner_text()).last
    expect(title).to_be_in_viewport()
    page.context.close()


READ = """async (url) => {
    const page = url ? new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html") : document;
    const text = (it) => it.textContent.replace(/\\s+/g, " ").trim();
    const ids = (list) => [...list.children].map((it) => it.dataset.mpItem);
    return {
        lanes: [...page.querySelectorAll(".mp-rm-lane")].map((lane) => [
            lane.id,
            lane.querySelector(".mp-rm-lane-title") && text(lane.querySelector(".mp-rm-lane-title")),
            [...lane.querySelectorAll(".mp-rm-cell")].map((cell) => [
                cell.id, cell.className, cell.firstElementChild.tagName, text(cell.firstElementChild),
                ...[...cell.children].slice(1).map((part) => [part.hidden, part.querySelector("li") ? "" : text(part)]),
                ...[...cell.querySelectorAll("ul")].map(ids),
            ]),
        ]),
        apart: [...page.querySelectorAll(".mp-rm-apart")].map((it) => [
            it.hidden, text(it.firstElementChild), ids(it.lastElementChild),
        ]),
        jump: [...page.querySelectorAll(".mp-rm-jump a")].map((it) => [it.hash, text(it)]),
        chosen: [...page.querySelectorAll(".mp-rm-arrange [aria-current=true]")].map(text),
    };
}"""


def test_the_script_arranges_as_the_build_does(page: Page, address: str) -> None:
    """Every grouping with every kind of lanes, once as built and once as made by the script."""
    opened(page, f"{address}/roadmap/?kept=1")
    arrange = page.get_by_role("navigation", name="Arrange")
    for group in GROUPS:
        arrange.get_by_role("link", name=group.title()).click()
        for lanes in LANES:
            arrange.get_by_role("link", name=lanes.title()).click()
            made, built = page.evaluate(READ), page.evaluate(READ, f"{address}/all/{group}-{lanes}/")
            assert made == built, (group, lanes)
            assert [group.title(), lanes.title()] == made["chosen"]
    expect(page).to_have_url(f"{address}/roadmap/?kept=1&group=milestone&lanes=owner")


def test_the_drawer_of_a_page_that_instant_navigation_put_in(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    opened(page, f"{address}/roadmap/")
    page.evaluate("window.same = true")
    button, nav = page.get_by_role("button", name="Navigation"), page.locator(".md-nav--primary")
    button.press("Enter")
    nav.get_by_role("link", name="Budget").press("Enter")
    page.wait_for_url("**/budget/")
    expect(page.locator("#__drawer")).not_to_be_checked()
    button.press("Enter")
    expect(nav).to_be_focused()
    assert page.evaluate("window.same"), "this was no instant navigation"
