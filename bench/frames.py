"""The time of a frame of the timeline in Chromium, while it scrolls and zooms, at 100, 1,000 and 10,000 items.

A frame is all that the main thread does from the change to the commit of its picture: scripts, style, layout and paint,
summed from Chromium's own trace as time of the processor, so that waiting for the next tick of the screen, or for other
work of the machine, doesn't count. Each zoom is to another scale than the one before. Each round has a browser of its
own: one and the same code differs by half from browser to browser, and a second page of one is faster than its first.
usage: frames.py [ITEMS...]    default 100 1000 10000
"""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import chromium, served  # noqa: E402

FRAMES = 60
ROUNDS = 5
_WORK = {"FunctionCall", "FireAnimationFrame", "UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"}
_NEXT = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SCROLL = """(down) => new Promise((done) => {
    const region = document.querySelector(".mp-tl-region");
    let left = FRAMES;
    const step = () => {
        performance.mark("mp-frame");
        if (down) region.scrollTop += 97; else region.scrollLeft += 61;
        if (--left) requestAnimationFrame(step); else done();
    };
    requestAnimationFrame(step);
})""".replace("FRAMES", str(FRAMES))
ZOOM = """() => new Promise((done) => {
    const buttons = [...document.querySelectorAll("[data-zoom]")];
    let left = FRAMES / 2;
    const step = () => {
        performance.mark("mp-frame");
        buttons[left % buttons.length].click();
        if (--left) requestAnimationFrame(step); else done();
    };
    requestAnimationFrame(step);
})""".replace("FRAMES", str(FRAMES))

MOVES = ((SCROLL, True), (SCROLL, False), (ZOOM, None))


def main() -> None:
    """Build a plan of each size, open its timeline, and print the table."""
    sizes = [int(size) for size in sys.argv[1:]] or [100, 1000, 10_000]
    print(f"timeline, milliseconds of a frame: median (95 of 100), {ROUNDS} × {FRAMES} frames each; page gzipped")
    print(f"  {'items':>7} {'page':>9} {'shown after':>12} {'scroll down':>15} {'scroll along':>15} {'zoom':>15}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            row(Path(folder, str(size)), size)


def row(folder: Path, size: int) -> None:
    """One line of the table."""
    page_file = site(folder, size)
    weight = len(gzip.compress(page_file.read_bytes(), 9)) / 1000
    shown: list[float] = []
    found: list[list[float]] = [[], [], []]
    with served(folder / "site") as address:
        for _ in range(ROUNDS):
            with chromium() as browser:
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.goto(address, wait_until="load")
                page.locator(".mp-tl-tools:not([hidden])").wait_for(timeout=120_000)
                shown.append(page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                page.get_by_role("button", name="Month", exact=True).click()
                for times, (script, argument) in zip(found, MOVES, strict=True):
                    page.evaluate(_NEXT)
                    times += frames(browser, page, script, argument)
    print(
        f"  {size:7,} {weight:6.0f} kB {statistics.median(shown):9.0f} ms "
        + " ".join(f"{told(times):>15}" for times in found),
        flush=True,
    )


def site(folder: Path, size: int) -> Path:
    """A site whose one page is the timeline of a plan of so many features; the path of that page."""
    generator = ROOT.parent / "shared" / "tools" / "gen_plan.py"
    if not generator.exists():
        sys.exit(f"bench: the plan generator is not at {generator}")
    subprocess.run([sys.executable, generator, str(size), folder / "content" / "plan"], check=True)
    (folder / "pages").mkdir()
    (folder / "pages" / "index.md").write_text("# Bench\n\n<!-- milepost: timeline -->\n")
    settings = {
        "site_name": "Bench",
        "docs_dir": "pages",
        "theme": {"name": "material", "font": False},
        "plugins": [{"milepost": {"pages": []}}],
    }
    (folder / "mkdocs.yml").write_text(json.dumps(settings))
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True)
    return folder / "site" / "index.html"


def frames(browser: Browser, page: Page, script: str, argument: Any) -> list[float]:
    """The work of each frame between two marks of `script`, in milliseconds."""
    browser.start_tracing(page=page, categories=["devtools.timeline", "blink.user_timing"])
    page.evaluate(script, argument)
    page.evaluate(_NEXT)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    marks = sorted((e["ts"], e["pid"], e["tid"]) for e in events if e.get("name") == "mp-frame")
    assert marks, "the trace has none of the marks"
    process, thread = marks[0][1:]
    done = [e for e in events if (e["pid"], e["tid"]) == (process, thread) and e.get("ph") == "X"]
    work = _outermost(e for e in done if e["name"] in _WORK)
    starts = [at for at, *_ in marks]
    ends = [*starts[1:], starts[-1] + 1_000_000]
    return [
        sum(length for at, length in work if start - 5_000 <= at < end - 5_000) / 1000
        for start, end in zip(starts, ends, strict=True)
    ]


def _outermost(events: Iterable[dict[str, Any]]) -> list[tuple[int, int]]:
    """Start of the events that lie in no other, and the time the processor was at them, in microseconds."""
    found: list[tuple[int, int]] = []
    until = 0
    for event in sorted(events, key=lambda e: (e["ts"], -e.get("dur", 0))):
        if event["ts"] >= until:
            found.append((event["ts"], event.get("tdur", event.get("dur", 0))))
            until = event["ts"] + event.get("dur", 0)
    return found


def told(times: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(times):.1f} ({statistics.quantiles(times, n=20)[-1]:.1f})"


if __name__ == "__main__":
    main()
