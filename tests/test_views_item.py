"""The pages of features and milestones: dates and their slip, evidence, scores, dependencies, money, what happened."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from playwright.sync_api import Browser, Page

from browser import served
from milepost.plan.plan import Plan
from milepost.plan.score import METHODS
from milepost.render.context import Context
from milepost.render.page import render
from milepost.views import score_bars
from milepost.views.around import around
from milepost.views.feature import feature
from milepost.views.history import Event, newest_first
from milepost.views.milestone import milestone
from milepost.views.slip import Shift, Slip, slip
from plans import plan, plans
from sites import site

CONTEXT = Context("en", lambda target: f"../{target.kind}/{target.id}/", lambda place: None)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(made: Plan, identity: str) -> str:
    section, item = made.links.by_id[identity]
    if section == "features":
        return render("feature", feature(made, item), CONTEXT)  # type: ignore[arg-type]
    return render("milestone", milestone(made, item), CONTEXT)  # type: ignore[arg-type]


def slip_of(text: str) -> Slip:
    made = plan(text)
    return slip(made, made.records.work[0])


def test_a_promise_that_moved_tells_by_how_much() -> None:
    """From a Friday to a Wednesday, nineteen days later; the work would be done on the Monday before."""
    text = """
        project: {name: P, start: 2026-11-02, today: 2026-11-23}
        milestones: [{id: m, title: M, due: 2026-12-16, baseline: 2026-11-27}]
        features: [{id: f, title: F, milestone: m, duration: 16d}]
    """
    found = slip_of(text)
    assert (found.moved, found.margin, found.reached) == (Shift(13, 19), Shift(-2, -2), date(2026, 12, 14))
    assert "First agreed Nov 27, 2026 Promised Dec 16, 2026 13 working days later 19 days in the calendar" in words(
        page(plan(text), "m")
    )


@pytest.mark.parametrize(
    ("dates", "moved", "margin"),
    [
        ("due: 2026-01-30", None, None),
        ("due: 2026-01-30, baseline: 2026-02-06", Shift(-5, -7), None),
        ("baseline: 2026-01-30, done: 2026-01-02", None, Shift(-20, -28)),
        ("due: 2026-01-02, done: 2026-01-05", None, Shift(1, 3)),
        ("due: 2026-Q1, baseline: 2026-03", Shift(0, 0), None),
        ("", None, None),
    ],
)
def test_only_dates_that_are_there_are_compared(dates: str, moved: Shift | None, margin: Shift | None) -> None:
    found = slip_of(f"project: {{name: P, start: 2025-12-01}}\nmilestones: [{{id: m, title: M, {dates}}}]")
    assert (found.moved, found.margin) == (moved, margin)


STORY = """
    project: {name: P, start: 2025-11-03, currency: EUR, publish: {budget: totals, inputs: counts}}
    people: [{id: mia, name: Mia}]
    milestones: [{id: m, title: Beta, done: 2025-12-20}]
    features:
      - {id: f, title: Search, milestone: m, started: 2025-11-10, done: 2025-12-05}
      - {id: g, title: Sort, milestone: m, status: dropped}
    decisions: [{id: d, title: Buy it, on: 2025-11-20, by: [mia], affects: [f, m]}, {id: e, title: Later, affects: [f]}]
    inputs: [{id: i, title: Find bread, on: 2025-11-03, features: [f], audience: public}]
    updates: [{on: 2025-12-01, about: f, by: mia, summary: "**Half** of it."}, {on: 2026-03-01, about: f, summary: X}]
    budget:
      - {id: b, title: Licence, feature: f, planned: 50, spent: [{on: 2025-11-21, amount: 60, note: Two seats}]}
      - {id: c, title: Party, milestone: m, planned: 50, spent: [{on: 2025-12-21, amount: 10}]}
"""


def test_what_happened_stands_newest_first_and_nothing_of_the_future() -> None:
    made = plan(STORY)
    told = words(page(made, "f")).partition("History")[2]
    assert (
        "Dec 5, 2025 Finished Dec 1, 2025 Reported by Mia Half of it. Nov 21, 2025 €60 paid: Licence Two seats "
        "Nov 20, 2025 Decided by Mia: Buy it Nov 10, 2025 Work began Nov 3, 2025 Somebody asked: Find bread"
    ) in told
    told = words(page(made, "m")).partition("History")[2]
    assert "Dec 21, 2025 €10 paid: Party Dec 20, 2025 Reached Dec 5, 2025 Search was finished Nov 20, 2025" in told


def test_events_of_another_source_join_in_order() -> None:
    own, other = Event(date(2026, 1, 2), "done"), Event(date(2026, 1, 3), "update", text="x")
    assert newest_first((own, other)) == (other, own)


def test_the_public_edition_tells_no_payment_no_note_and_no_day_of_an_input() -> None:
    (made,), _ = plans({"p.yml": STORY}, edition="public")
    for identity in ("f", "m"):
        html = page(made, identity)
        assert not re.search("Licence|Two seats|paid:|Find bread|Jan 1, 1", html)
    assert "1 input asks for it." in page(made, "f")


def test_open_work_comes_first_among_what_is_waited_for() -> None:
    made = plan("""
        features:
          - {id: f, title: F, duration: 1d, depends_on: [old, soon, {id: late, type: SS, lag: 2d}, gone]}
          - {id: old, title: Old, done: 2026-01-02}
          - {id: soon, title: Soon, duration: 1d}
          - {id: late, title: Late, duration: 9d}
          - {id: gone, title: Gone, status: dropped}
          - {id: after, title: After, duration: 9d, depends_on: [f]}
          - {id: first, title: First, duration: 1d, depends_on: [f]}
    """)
    found = around(made, made.records.features[0])
    assert [row.reference for row in found.depends_on] == ["late", "soon", "old", "gone"]
    assert [row.reference for row in found.waiting] == ["first", "after"]
    assert "Late Planned · expected Jan 15, 2026 it starts when that starts · lag 2d" in words(page(made, "f"))


def test_more_than_six_neighbours_fold() -> None:
    waits = "".join(f"\n  - {{id: s{i}, title: S, depends_on: [f]}}" for i in range(9))
    html = page(plan(f"features:\n  - {{id: f, title: F}}{waits}\n"), "f")
    shown, folded = html.split("<summary>3 more</summary>")
    assert (shown.count('<li><svg class="mp-arrow"'), folded.count('<li><div class="mp-node">')) == (6, 3)
    assert "nothing" in words(html)


def test_scores_are_bars_against_the_largest_of_all_features() -> None:
    made = plan("""
        features:
          - {id: f, title: F, score: {ice: {impact: 2, confidence: 3, ease: 4}}}
          - {id: g, title: G, score: {ice: {impact: 8, confidence: 3, ease: 2}, moscow: must}}
          - {id: h, title: H, status: dropped, score: {ice: {impact: 80, confidence: 3, ease: 2}}}
    """)
    (ice,) = feature(made, made.records.features[0]).scores
    assert [(bar.input.name, bar.share) for bar in ice.bars][:3] == [("impact", 0.25), ("confidence", 1), ("ease", 1)]
    other = feature(made, made.records.features[1]).scores
    assert [bar.share for table in other for bar in table.bars if bar.input.word == "must"] == [None]


def test_the_largest_of_all_features_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many methods are scored: once a page and method, 1,000 features would take a million looks."""
    looked = []
    look = score_bars.score_inputs
    monkeypatch.setattr(score_bars, "score_inputs", lambda *of: looked.append(of) or look(*of))
    scores = "{moscow: must, manual: {order: 1}, ice: {impact: 1, confidence: 1, ease: 1}}"
    made = plan("features:\n" + "".join(f"  - {{id: f{i}, title: F, score: {scores}}}\n" for i in range(40)))
    for one in made.records.features:
        assert len(feature(made, one).scores) == 3
    assert len(looked) == 2 * 40 * len(METHODS)


def test_evidence_is_added_up() -> None:
    made = plan("""
        project: {name: P, currency: EUR, rates: {USD: 0.5}}
        features: [{id: f, title: F}]
        inputs:
          - {id: i, title: I, on: 2026-01-02, votes: 11, revenue: 1000 USD, features: [f]}
          - {id: j, title: J, on: 2026-01-03, votes: 1, revenue: 70, features: [f]}
    """)
    assert "2 inputs · 12 votes · €570 revenue" in words(page(made, "f"))


def test_a_milestone_tells_how_many_of_its_features_are_done_and_what_they_wait_for() -> None:
    made = plan("""
        milestones: [{id: m, title: M}, {id: n, title: N}]
        features:
          - {id: a, title: A, milestone: m, done: 2026-01-02}
          - {id: b, title: B, milestone: m, duration: 1d, depends_on: [a, x, z]}
          - {id: c, title: C, milestone: m, status: dropped}
          - {id: x, title: Outside, duration: 3d}
          - {id: z, title: Over, done: 2026-01-02}
    """)
    view = milestone(made, made.records.milestones[0])
    assert (view.done, [(row.reference, title) for row, title in view.outside]) == (1, [("x", "B")])
    assert "Features 1 of 2 done" in words(page(made, "m"))


def test_titles_are_text_wherever_they_stand() -> None:
    bad = "<img src=x onerror=alert(1)>{{7*7}}%(x)s%"
    made = plan(f"""
        project: {{name: P, currency: EUR}}
        milestones: [{{id: m, title: "{bad}", due: 2026-02}}]
        features: [{{id: f, title: "{bad}", milestone: m, depends_on: [g], blocked: "{bad}", release: "{bad}"}},
          {{id: g, title: "{bad}", done: 2026-01-02}}]
        decisions: [{{id: d, title: "{bad}", on: 2026-01-01, affects: [f]}}]
        budget: [{{id: b, title: "{bad}", category: "{bad}", feature: f, planned: 5,
          spent: [{{on: 2026-01-02, amount: 9, note: "{bad}"}}]}}]
    """)
    for identity in ("f", "m"):
        html = page(made, identity)
        assert "<img" not in html
        assert "{{7*7}}%(x)s%" in words(html)
        assert "49%" not in html


LONG = "W" * 200
SHAPES = {
    "usual": "project: {name: A, start: 2026-01-05, end: 2026-12-18, today: 2026-05-25, currency: EUR}\n"
    "features: [{id: f, title: F, progress: 30%, duration: 60d}]\n"
    "budget: [{id: a, title: A, feature: f, planned: 9000, spent: [{on: 2026-03-02, amount: 3000}]}]\n",
    "month": "project: {name: B, start: 2026-05-05, end: 2026-05-29, today: 2026-05-25, currency: EUR}\n"
    "budget: [{id: a, title: A, planned: 900, spent: [{on: 2026-05-06, amount: 300}]}]\n",
    "over": "project: {name: G, start: 2026-01-05, end: 2026-04-30, today: 2026-05-25, currency: EUR}\n"
    "budget: [{id: a, title: A, planned: 900, spent: [{on: 2026-05-06, amount: 890}]}]\n",
    "beyond": "project: {name: C, start: 2026-01-05, end: 2026-06-30, today: 2026-05-25, currency: EUR}\n"
    "features: [{id: f, title: F, progress: 10%, duration: 60d}]\n"
    "budget: [{id: a, title: A, feature: f, planned: 1000, spent: [{on: 2026-02-08, amount: 30000, note: All}]}]\n",
    "yen": "project: {name: D, start: 2024-01-05, end: 2030-06-28, today: 2026-05-25, currency: JPY}\n"
    "budget: [{id: a, title: A, category: B, planned: 459772000000, spent: [{on: 2024-02-08, amount: 130000000000}]},\n"
    "  {id: b, title: C, planned: 5}]\n",
    "long": f"""
project: {{name: E, start: 2026-01-05, end: 2026-12-18, today: 2026-05-25, currency: EUR}}
people: [{{id: p, name: {LONG}}}]
milestones: [{{id: m, title: {LONG}, due: 2026-11-01, baseline: 2026-07, owner: p}}]
features:
  - {{id: f, title: {LONG}, milestone: m, duration: 60d, due: 2026-08-01, owner: p, depends_on: [g], blocked: {LONG},
      why: {LONG}, release: {LONG}, score: {{ice: {{impact: 3, confidence: 4, ease: 5}}}}, tags: [{LONG[:60].lower()}]}}
  - {{id: g, title: {LONG}, duration: 3d}}
inputs: [{{id: x, title: {LONG}, on: 2026-02-02, quote: {LONG}, features: [f]}}]
budget:
  - {{id: a, title: {LONG}, category: {LONG}, feature: f, planned: 9,
      spent: [{{on: 2026-02-08, amount: 30, note: {LONG}}}]}}
  - {{id: b, title: {LONG}, milestone: m, planned: 100, committed: 150}}
""",
}
_CROSSED = """() => {
  const boxes = [...document.querySelectorAll(".mp-bu-plot em, .mp-bu-plot span")]
    .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, b]) => b.width);
  return boxes.flatMap(([s, a], i) => boxes.slice(i + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
                       Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
    .map(([t]) => `${s} × ${t}`));
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with one project a shape."""
    made = site(tmp_path_factory.mktemp("items"), {f"{name}/project.yml": text for name, text in SHAPES.items()})
    with served(made.build().folder / "site") as found:
        yield found


def _opened(browser: Browser, width: int, script: bool = True) -> Page:
    return browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script).new_page()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_no_letters_of_the_curve_lie_on_others(address: str, browser: Browser, width: int) -> None:
    opened = _opened(browser, width)
    for name in ("usual", "month", "over", "beyond", "yen"):
        opened.goto(f"{address}/{name}/budget/")
        assert opened.evaluate(_CROSSED) == [], name
    opened.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["budget", "features/f", "milestones/m"])
def test_the_longest_titles_fit_a_narrow_page(address: str, browser: Browser, path: str) -> None:
    opened = _opened(browser, 320)
    opened.goto(f"{address}/long/{path}/")
    assert opened.evaluate("document.documentElement.scrollWidth") == 320
    opened.context.close()


@pytest.mark.browser
def test_the_graph_is_two_lists_and_needs_no_script(address: str, browser: Browser) -> None:
    opened = _opened(browser, 1280, script=False)
    opened.goto(f"{address}/long/features/f/")
    before = opened.get_by_role("heading", name="Depends on").locator("xpath=following-sibling::*[1]")
    assert before.evaluate_all("all => all.map(e => e.tagName)") == ["UL"]
    left, middle = (opened.locator(found).bounding_box() for found in (".mp-graph-list .mp-node", ".mp-is-this"))
    assert left
    assert middle
    assert left["x"] + left["width"] < middle["x"]
    before.get_by_role("link").click()
    assert opened.url == f"{address}/long/features/g/"
    opened.context.close()
