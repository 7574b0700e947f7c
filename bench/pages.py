"""What pages weigh and when they first show something, at 100, 1,000 and 10,000 features, beside an untouched page.

The time is the first contentful paint with an empty cache, the median of a few loads in turn with the untouched page's.
usage: pages.py [RUNS] [FEATURES …]
"""

import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from browser import chromium
from host import hosted
from large import large
from sites import site, untouched

VIEWS = ("status", "roadmap", "timeline", "features")
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Print a table, a row for each view and size."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sizes = [int(size) for size in sys.argv[2:]] or [100, 1000, 10_000]
    print(f"pages, first paint with an empty cache, medians of {runs}")
    print(f"  {'':10} {'features':>8} {'HTML':>12} {'gzipped':>10} {'first paint':>12}   × untouched")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        plain = Path(folder, "plain")
        plain.mkdir()
        with hosted(untouched(plain)) as theirs:
            for features in sizes:
                built = _built(Path(folder, str(features)), features)
                with hosted(built) as ours:
                    for view in VIEWS:
                        found = [
                            [_paint(browser, f"{address}/{view}/") for address in (ours, theirs)] for _ in range(runs)
                        ]
                        _row(view, features, built / view / "index.html", found)


def _built(folder: Path, features: int) -> Path:
    made = site(folder, large(features)).configure(
        theme={"name": "material", "font": False, "features": ["navigation.tabs"]},
        plugins=["search", {"milepost": {"pages": [*VIEWS, "milestones"]}}],
    )
    made.command("mkdocs", "build", "-q").check_returncode()
    return folder / "site"


def _paint(browser: Browser, address: str) -> float:
    """Milliseconds until a new reader sees something of the page."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address, wait_until="load")
    page.wait_for_function(f"{PAINT} > 0")
    found: float = page.evaluate(PAINT)
    page.close()
    return found


def _row(view: str, features: int, file: Path, found: list[list[float]]) -> None:
    html = file.read_bytes()
    ours = statistics.median(mine for mine, _ in found)
    ratio = statistics.median(mine / other for mine, other in found)
    print(
        f"  {view:10} {features:8,} {len(html):10,} B {len(gzip.compress(html, 9)):8,} B {ours:9.0f} ms   {ratio:5.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
