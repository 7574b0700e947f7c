"""What a reader does with the features: sorts, filters, shares the address, tries weights, and goes back."""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import served
from milepost.plan.ranking import Ranking
from plans import plan
from sites import site

pytestmark = pytest.mark.browser

CRITERIA = ("speed", "trust", "own words & <b>", "status")
SHAPES: dict[str, dict[str, tuple[str, ...]]] = {
    "rice": {"reach": ("10", "20", "40"), "impact": ("0.5", "1", "2"), "confidence": ("50%", "80%", "100%")},
    "ice": {"impact": ("1", "2", "4"), "confidence": ("1", "2", "4"), "ease": ("0", "1", "2")},
    "wsjf": {"value": ("1", "2", "3"), "urgency": ("1", "2"), "risk": ("1", "-2"), "size": ("1", "2", "4")},
    "cd3": {"cost_of_delay": ("-5", "0", "10", "20"), "duration": ("1", "2", "0.5")},
    "opportunity": {"importance": ("1", "5", "9"), "satisfaction": ("2", "5", "8")},
    "value_effort": {"value": ("1", "2", "3"), "effort": ("1", "2", "3")},
    "weighted": dict.fromkeys(CRITERIA, ("1", "2", "3", "{low: 0, likely: 2, high: 9}")),
}
WEIGHTS = {"speed": 40, "trust": 30, "own words & <b>": 20, "status": 10}  # percent


def _features(method: str) -> str:
    """Thirty features with small numbers, so that many tie; every ninth has no score."""
    draw = random.Random(method)
    rows = []
    for i in range(30):
        shape = {name: draw.choice(values) for name, values in SHAPES[method].items()}
        if method == "ice":
            shape["combine"] = draw.choice(("product", "mean", "sum"))
        inputs = ", ".join(f"'{name}': {value}" for name, value in shape.items())
        score = f", score: {{{method}: {{{inputs}}}}}" if i % 9 else ""
        rows.append(f"  - {{id: f{(i * 7) % 30}, title: Feature {i}, effort: {draw.choice((1, 2, 3))}d{score}}}\n")
    return "features:\n" + "".join(rows)


def _project(method: str, weights: dict[str, int] | None = None, cut: int = 23) -> str:
    written = ", ".join(f"'{name}': {share / 100}" for name, share in (weights or WEIGHTS).items())
    more = f", weights: {{{written}}}" if method == "weighted" else ""
    rules = f"method: {method}, cut: {{effort: {cut}d}}{more}"
    return f"project: {{name: {method}, start: 2026-01-05, today: 2026-01-05, ranking: {{{rules}}}}}\n"


OTHER = """\
project: {name: Other, start: 2026-01-05, today: 2026-01-05, ranking: {method: moscow, cut: {effort: 3d}}}
people: [{id: ann, name: Ann Lee, team: Web}]
features:
  - {id: a, title: Alpha, effort: 2d, score: {moscow: could}, tags: [x], progress: 5%}
  - {id: b, title: Beta 10, effort: 2d, score: {moscow: must}, progress: 40%}
  - {id: c, title: Beta 9, effort: 2d, score: {moscow: should}, status: idea, owner: ann}
  - {id: d, title: Without}
  - {id: e, title: Ended, done: 2026-01-05, tags: [x]}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files = {f"{method}/plan.yml": _project(method) + _features(method) for method in SHAPES}
    made = site(tmp_path_factory.mktemp("features"), {**files, "other/plan.yml": OTHER})
    made.configure(plugins=["milepost"]).build()
    with served(made.folder / "site") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = context.new_page()
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    yield found
    context.close()
    assert not errors


Shown = list[tuple[str, int, float]]
READ = """() => [...document.querySelectorAll(".mp-ranking tbody tr[data-mp-item]")].map((row) => {
    const rank = row.querySelector(".mp-instead:not([hidden]) strong") ?? row.querySelector(".mp-rank > span");
    return [row.dataset.mpItem, Number(rank.textContent), Number(row.querySelector(".mp-score").dataset.v)]; })"""
CUT = """() => [...document.querySelectorAll(".mp-ranking tbody tr:not([hidden])")]
    .findIndex((row) => row.matches(".mp-cut"))"""


def _shown(page: Page) -> Shown:
    return [(str(name), int(rank), float(value)) for name, rank, value in page.evaluate(READ)]


def _built(ranking: Ranking) -> Shown:
    found = [(name, ranking.ranked[name]) for name in ranking.order]
    return [(name, one.rank, float(one.value or 0)) for name, one in found if one.rank is not None]


def _is_same(shown: Shown, expected: Shown) -> bool:
    places = [(name, rank) for name, rank, _ in shown] == [(name, rank) for name, rank, _ in expected]
    return places and [v for *_, v in shown] == pytest.approx([v for *_, v in expected], rel=1e-12, abs=1e-12)


def _products(
    row: dict[str, Fraction], tenths: dict[str, int], above: tuple[str, ...], below: str
) -> tuple[Fraction, float]:
    """The tenth power of a weighted product, which is a fraction, and the product."""
    power, value = Fraction(1), 1.0
    for name in (*above, *([below] if below else ())):
        sign = -1 if name == below else 1
        if tenths[name]:
            negative = -1 if row[name] < 0 else 1
            power *= negative * abs(row[name]) ** (sign * tenths[name])
            value *= negative * float(abs(row[name])) ** (sign * tenths[name] / 10)
    return power, value


def _sums(row: dict[str, Fraction], tenths: dict[str, int], method: str, combine: str) -> tuple[Fraction, float]:
    w = {name: Fraction(tenth, 10) for name, tenth in tenths.items()}
    if method == "wsjf":
        found = (w["value"] * row["value"] + w["urgency"] * row["urgency"] + w["risk"] * row["risk"]) / row["size"]
    elif method == "opportunity":
        unmet = max(Fraction(0), row["importance"] - row["satisfaction"])
        found = w["importance"] * row["importance"] + w["unmet"] * unmet
    else:
        found = w["impact"] * row["impact"] + w["confidence"] * row["confidence"] + w["ease"] * row["ease"]
        found = found / 3 if combine == "mean" else found
    return found * abs(found) ** 9, float(found)


PRODUCTS = {
    "rice": (("reach", "impact", "confidence"), "effort"),
    "cd3": (("cost_of_delay",), "duration"),
    "value_effort": (("value",), "effort"),
    "ice": (("impact", "confidence", "ease"), ""),
}
LEVERS = {"wsjf": ("value", "urgency", "risk"), "opportunity": ("importance", "unmet")}


def _expected(method: str, tenths: dict[str, int]) -> tuple[Shown, int]:
    """Ranks by weights in tenths, and how many features stand above the cut line, worked out anew."""
    made = plan(_project(method) + _features(method))
    found: dict[str, tuple[Fraction, float]] = {}
    for feature in made.records.features:
        one = made.ranking.ranked[feature.id]
        if one.rank is None:
            continue
        row = {name: three[1] for name, three in one.inputs.items()}
        combine = feature.score.ice.combine if feature.score and feature.score.ice else "product"
        is_product = method in PRODUCTS and combine == "product"
        found[feature.id] = (
            _products(row, tenths, *PRODUCTS[method]) if is_product else _sums(row, tenths, method, combine)
        )
    order = sorted(found, key=lambda name: (-found[name][0], name))
    shown = [(name, 1 + sum(other > found[name][0] for other, _ in found.values()), found[name][1]) for name in order]
    days = {f.id: f.effort.expected(5) for f in made.records.features if f.effort}
    running = [sum(days[name] for name in order[: i + 1]) for i in range(len(order))]
    return shown, sum(day <= 23 for day in running)


def _levers(method: str) -> tuple[str, ...]:
    above, below = PRODUCTS.get(method, ((), ""))
    return LEVERS.get(method) or (*above, *([below] if below else ()))


def _try(page: Page, weights: Mapping[str, float]) -> None:
    """Put the sliders there, as a hand would, and wait until the table has followed."""
    page.evaluate(
        """(weights) => { for (const slider of document.querySelectorAll(".mp-try input")) {
            slider.value = weights[slider.name];
            slider.dispatchEvent(new Event("input", { bubbles: true })); }
            return new Promise((done) => setTimeout(done, 50)); }""",
        weights,
    )


def _as_planned(page: Page, weights: list[str]) -> Shown:
    """What the script's own arithmetic gives for the weights as planned."""
    found = page.evaluate(
        """async (weights) => {
            const { ranked, fraction } = await import("/assets/milepost/ranking.js");
            const rows = document.querySelector("mp-features").rows;
            return ranked(rows, weights.map(fraction)).map(({ id, rank, value }) => [id, rank, value]); }""",
        weights,
    )
    return [(name, rank, value) for name, rank, value in found]


def test_other_weights_rank_as_a_build_with_them_would(page: Page, address: str) -> None:
    page.goto(f"{address}/weighted/features/")
    expect(page.locator(".mp-try")).to_be_visible()
    built = _built(plan(_project("weighted") + _features("weighted")).ranking)
    assert _is_same(_shown(page), built)
    assert _is_same(_as_planned(page, [str(Fraction(share, 100)) for share in WEIGHTS.values()]), built)
    for seed in range(8):
        marks = sorted(random.Random(seed).sample(range(1, 100), 3)) if seed else [25, 50, 75]
        shares = [b - a for a, b in zip([0, *marks], [*marks, 100], strict=True)]
        weights = dict(zip(CRITERIA, shares, strict=True))
        ranking = plan(_project("weighted", weights) + _features("weighted")).ranking
        _try(page, {name: share / 100 for name, share in weights.items()})
        expected = _built(ranking)
        assert _is_same(_shown(page), expected), weights
        assert len({rank for _, rank, _ in expected}) < len(expected), "no tie is tested"
        assert page.evaluate(CUT) == [name for name, *_ in expected].index(ranking.cut_after or "") + 1
    _try(page, dict.fromkeys(CRITERIA, 0.5))  # they are divided by their sum
    assert page.locator(".mp-levers input + span").all_text_contents() == ["0.25"] * 4
    ranking = plan(_project("weighted", dict.fromkeys(CRITERIA, 25)) + _features("weighted")).ranking
    assert _is_same(_shown(page), _built(ranking))


@pytest.mark.parametrize("method", ["rice", "ice", "wsjf", "cd3", "opportunity", "value_effort"])
def test_powers_and_multiples_rank_as_worked_out_apart(page: Page, address: str, method: str) -> None:
    draw = random.Random(method)
    page.goto(f"{address}/{method}/features/")
    expect(page.locator(".mp-try")).to_be_visible()
    built = _built(plan(_project(method) + _features(method)).ranking)
    assert _is_same(_shown(page), built)
    assert _is_same(_as_planned(page, ["1"] * len(_levers(method))), built)
    for turn in range(5):
        tenths = {name: (turn * 5 if turn in (1, 3) else draw.randrange(0, 21)) for name in _levers(method)}
        _try(page, {name: tenth / 10 for name, tenth in tenths.items()})
        shown, above = _expected(method, tenths)
        assert _is_same(_shown(page), shown), tenths
        assert page.evaluate(CUT) in (above, -1 if above == len(shown) else above)


def test_a_column_sorts_by_keyboard_and_the_address_holds_it(page: Page, address: str) -> None:
    page.goto(f"{address}/other/features/?q=&keep=1")
    page.get_by_role("button", name="Feature").press("Enter")
    expect(page.get_by_role("columnheader", name="Feature", exact=True).first).to_have_attribute(
        "aria-sort", "ascending"
    )
    titles = page.locator(".mp-ranking tbody th")
    expect(titles).to_have_text(["Alpha", "Beta 9", "Beta 10"])  # by number, not by sign
    expect(page.locator(".mp-cut")).to_be_hidden()  # it would lie; so each row tells its side
    expect(page.locator(".mp-side")).to_have_text(["below the line", "below the line", "above the line"])
    page.get_by_role("button", name="Progress").press("Space")
    expect(titles).to_have_text(["Beta 10", "Alpha", "Beta 9"])
    assert "keep=1" in page.url
    page.reload()
    expect(page.get_by_role("columnheader", name="Progress")).to_have_attribute("aria-sort", "descending")
    expect(titles).to_have_text(["Beta 10", "Alpha", "Beta 9"])
    page.get_by_role("button", name="Progress").press("Enter")
    expect(titles).to_have_text(["Beta 9", "Alpha", "Beta 10"])
    page.get_by_role("button", name="Progress").press("Enter")  # back to ranks
    expect(titles).to_have_text(["Beta 10", "Beta 9", "Alpha"])
    expect(page.locator(".mp-cut")).to_be_visible()
    assert "sort" not in page.url
    expect(page.locator(".mp-try")).to_have_count(0)  # MoSCoW has no weights
    page.evaluate(
        "const found = document.querySelector('mp-features'), { parentNode } = found; parentNode.append(found)"
    )
    page.get_by_role("button", name="Feature").click()  # put in anew, as by instant navigation, it sorts once a click
    expect(titles).to_have_text(["Alpha", "Beta 9", "Beta 10"])


def test_filters_narrow_all_tables_down_and_can_be_shared(page: Page, address: str) -> None:
    page.goto(f"{address}/other/features/?tag=x")
    expect(page.locator(".mp-ranking tbody th:visible")).to_have_text(["Alpha"])
    expect(page.get_by_text("Done: 1")).to_be_visible()
    expect(page.get_by_role("heading", name="Not ranked")).to_be_hidden()
    page.get_by_role("searchbox", name="Search in titles").fill("beta")
    expect(page.locator(".mp-ranking")).to_be_hidden()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".mp-ranking tbody th:visible")).to_have_count(3)
    expect(page.get_by_role("heading", name="Not ranked")).to_be_visible()


def test_weights_move_by_keyboard_are_told_shared_and_reset(page: Page, address: str) -> None:
    page.goto(f"{address}/rice/features/")
    before = _shown(page)
    page.get_by_text("What if the weights were others?").click()
    slider = page.get_by_role("slider", name="Reach")
    for _ in range(7):
        slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "0.3")
    said = page.locator(".mp-try [role=status]")
    expect(said).to_contain_text("Ranks that change:")
    expect(page.locator(".mp-rank .mp-instead").filter(has_text="was")).not_to_have_count(0)
    page.wait_for_url("**/?w.reach=0.3")
    after, words = _shown(page), said.inner_text()
    assert after != before
    page.reload()
    expect(said).to_have_text(words)
    assert _shown(page) == after
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("button", name="Reset")).to_be_hidden()
    expect(slider).to_be_focused()
    page.wait_for_url("**/rice/features/")
    assert _shown(page) == before
    expect(page.locator(".mp-instead:visible")).to_have_count(0)


def test_nonsense_in_the_address_changes_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/rice/features/?w.reach=x&w.impact=&w.effort=1.0&w.other=2&sort=constructor")
    expect(page.locator(".mp-try")).to_be_visible()
    expect(page.locator("mp-features")).not_to_have_class("mp-tried")
    expect(page.locator("[aria-sort]")).to_have_text("Rank")
    page.goto(f"{address}/rice/features/?w.reach=1e9")  # no more than the slider allows
    expect(page.get_by_role("slider", name="Reach", include_hidden=True)).to_have_value("2")


def test_without_javascript_all_is_there_to_read(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/other/features/")
    assert page.locator(".mp-ranking tbody th").all_inner_texts() == ["Beta 10", "Beta 9", "Alpha"]
    expect(page.get_by_text("Cut line: what follows no longer fits into 3 working days")).to_be_visible()
    expect(page.locator(".mp button:visible, .mp input:visible, .mp select:visible")).to_have_count(0)
    page.context.close()


def test_on_a_small_screen_rows_are_entries_and_the_names_of_columns_stand_above_to_sort_them(
    page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for method in ("rice", "weighted", "other"):
        page.goto(f"{address}/{method}/features/")
        expect(page.get_by_role("button", name="Progress")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, method
        assert page.locator(".mp-ranking td.mp-none:visible").count() == 0  # a line without a name
    page.get_by_role("button", name="Progress").dblclick()
    expect(page.locator(".mp-ranking tbody th")).to_have_text(["Beta 9", "Alpha", "Beta 10"])
    assert "sort=progress" in page.url
