"""Screenshots of every view of the demo for the guide: wide, phone and dark.

usage: shots.py [OUT]    default content/pages/images
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from browser import chromium, served

ROOT = Path(__file__).parents[1]
PAGES = {
    "status": "status/",
    "roadmap": "roadmap/",
    "timeline": "timeline/",
    "milestones": "milestones/",
    "features": "features/",
    "budget": "budget/",
    "feature": "features/order-proposal/",
    "milestone": "milestones/krume-1/",
    "why": "features/order-approval/#why-score",
}
FORMS = {"wide": (1440, 900, "light"), "phone": (390, 844, "light"), "dark": (1440, 900, "dark")}


def main() -> None:
    """Build the demo and take the pictures."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content" / "pages" / "images"
    full = len(sys.argv) > 2
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site:
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", site], cwd=ROOT, check=True)
        with served(Path(site)) as address, chromium() as browser:
            for form, (width, height, scheme) in FORMS.items():
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(f"{address}/{path}", wait_until="networkidle")
                    page.wait_for_timeout(400 if "#" in path else 0)  # the fold opens, the page scrolls
                    page.screenshot(path=out / f"{name}-{form}.png", full_page=full)
                context.close()
    print(f"{len(PAGES) * len(FORMS)} pictures in {out}")


if __name__ == "__main__":
    main()
