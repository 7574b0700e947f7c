"""Status colours can be read, told apart by every reader, and are never alone; graphics keep with any palette."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser import chromium, served
from colour import BLINDNESS, Rgb, contrast, difference, lab
from sites import COMPONENTS, ITEMS, VIEWS

STATUS = ("on-track", "at-risk", "off-track", "done", "quiet")
SCHEMES = ("default", "slate")
APART = 10.0
"""The least CIEDE2000 between two status colours: ten times what can just be noticed side by side."""

SEEN = """
(written) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const probe = document.querySelector(".mp").appendChild(document.createElement("i"));
  const rgb = written.map((value) => {
    probe.style.color = value;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  });
  probe.remove();
  return rgb;
}
"""

DRAWN = """
() => [...document.querySelectorAll(".mp-pill")].filter((pill) => pill.checkVisibility()).map((pill) => {
  const { clipPath, borderRadius, borderStyle, backgroundImage, height } = getComputedStyle(pill, "::before");
  return [pill.textContent, [clipPath, borderRadius, borderStyle, backgroundImage].join(" "), parseFloat(height)];
})
"""


@pytest.fixture(scope="module")
def page(demo: Path) -> Iterator[Page]:
    with served(demo) as address, chromium() as browser:
        started: Browser = browser
        made = started.new_page(reduced_motion="reduce")
        made.goto(f"{address}/status/")
        yield made


def seen(page: Page, *names: str) -> list[Rgb]:
    """Tokens as the browser computes them: some are mixed of others."""
    return [tuple(rgb) for rgb in page.evaluate(SEEN, [f"var(--{name})" for name in names])]  # type: ignore[misc]


def palettes(demo: Path) -> list[str]:
    """The primary colours that Material knows."""
    (sheet,) = demo.glob("assets/stylesheets/palette.*.css")
    return sorted(set(re.findall(r"data-md-color-primary=([a-z-]+)", sheet.read_text("utf-8"))))


def choose(page: Page, scheme: str, primary: str) -> None:
    """Give the page a palette, as Material does. Its accent is for what is hovered over, and nothing of ours is."""
    page.evaluate(
        "([scheme, primary]) => { document.body.dataset.mdColorScheme = scheme;"
        " document.body.dataset.mdColorPrimary = primary; }",
        [scheme, primary],
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
def test_status_colours_can_be_read_and_told_apart(page: Page, scheme: str) -> None:
    choose(page, scheme, "indigo")
    grounds = seen(page, "mp-bg", "mp-surface", "mp-raised")
    colours = dict(zip(STATUS, seen(page, *(f"mp-{name}" for name in STATUS)), strict=True))
    ratios = {name: min(contrast(colour, ground) for ground in grounds) for name, colour in colours.items()}
    assert {name: round(ratio, 2) for name, ratio in ratios.items() if ratio < 4.5} == {}
    apart = {
        (one, other, blindness): difference(lab(colours[one], blindness), lab(colours[other], blindness))
        for one, other in combinations(STATUS, 2)
        for blindness in BLINDNESS
    }
    least = min(apart, key=lambda pair: apart[pair])
    print(f"{scheme}: least contrast {min(ratios.values()):.2f}; nearest {least} at {apart[least]:.1f}")
    assert {pair: round(distance, 1) for pair, distance in apart.items() if distance < APART} == {}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
def test_graphics_and_links_keep_with_every_palette(page: Page, demo: Path, scheme: str) -> None:
    """A meter can be told from its ground and its track at 3 to 1, and a link be read at 4.5 to 1."""
    least = {}
    for primary in palettes(demo):
        choose(page, scheme, primary)
        drawn, track, *grounds = seen(page, "mp-accent", "mp-track", "mp-bg", "mp-surface", "mp-raised")
        least[primary] = min(*(contrast(drawn, ground) / 4.5 for ground in grounds), contrast(drawn, track) / 3)
    choose(page, scheme, "indigo")
    print(f"{scheme}: {len(least)} palettes, the least has {min(least.values()):.2f} of what it needs")
    assert len(set(least.values())) > 10, "the page doesn't follow its palette"
    assert {name: round(share, 2) for name, share in least.items() if share < 1} == {}


@pytest.mark.browser
def test_a_state_has_a_word_and_a_shape(page: Page, demo: Path) -> None:
    """Whoever sees no colours at all still knows: each word has a shape of its own, as high as its letters at least."""
    shapes: dict[str, set[str]] = {}
    with served(demo) as address:
        for view in (*VIEWS, *ITEMS, COMPONENTS):
            page.goto(f"{address}/{view}/")
            for word, shape, height in page.evaluate(DRAWN):
                shapes.setdefault(word, set()).add(shape)
                assert height > 5, (view, word)
    assert len(shapes) >= 8
    assert all(word and len(found) == 1 for word, found in shapes.items()), shapes
    assert len(set().union(*shapes.values())) == len(shapes), shapes


@pytest.mark.browser
@pytest.mark.parametrize(
    "drawn",
    [".mp-pill::before", ".mp-rm-mark::before", ".mp-meter::before", ".mp-fold > summary::before", "summary::after"],
)
def test_what_is_drawn_is_seen_where_the_device_sets_the_colours(page: Page, demo: Path, drawn: str) -> None:
    page.emulate_media(forced_colors="active")
    with served(demo) as address:
        page.goto(f"{address}/roadmap/")
        around = page.locator(f".mp {drawn.partition(':')[0]}:visible").first
        before = around.screenshot()
        page.add_style_tag(content=f".mp {drawn} {{ visibility: hidden !important; }}")
        assert around.screenshot() != before
    page.emulate_media(forced_colors="none")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ],
)
def test_differences_are_those_published(one: tuple[float, ...], other: tuple[float, ...], apart: float) -> None:
    """Sharma, Wu, Dalal 2005, table 1."""
    assert difference(one, other) == pytest.approx(apart, abs=1e-4)
