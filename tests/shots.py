"""Screenshots of every view of three plans as readers meet them: wide, on a phone, dark and on paper.

    shots.py                   the gallery: shots/index.html, to look at before a release
    shots.py --pictures        the guide's own pictures in content/pages/images

Options of the gallery: --plans demo,kubernetes,empty --views status,roadmap --forms wide,phone,dark,print --out FOLDER,
and --sheets, which lays the pictures of each plan and form out on one sheet.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from browser import chromium, served
from gallery import Picture, Shown, contact_sheet, write_gallery
from plans import SHARED
from sites import COMPONENTS, ITEMS, VIEWS, site

ROOT = Path(__file__).parents[1]
PLANS = ("demo", "kubernetes", "empty")
FORMS = {
    "wide": (1440, 900, "light"),
    "phone": (360, 800, "light"),
    "dark": (1440, 900, "dark"),
    "print": (0, 0, "light"),
}
TALLEST = 6000
"""Pixels of a page that a picture shows: 651 features are a long page, and its end looks as its middle does."""

PICTURES = {
    **{view: f"{view}/" for view in VIEWS},
    "feature": "features/order-proposal/",
    "milestone": "milestones/krume-1/",
    "why": "features/order-approval/#why-score",
}
PICTURE_FORMS = {"wide": (1440, 900, "light"), "phone": (390, 844, "light"), "dark": (1440, 900, "dark")}


def main() -> None:
    """Take the pictures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pictures", action="store_true")
    options.add_argument("--sheets", action="store_true")
    options.add_argument("--out", type=Path)
    for name, values in (("plans", PLANS), ("views", None), ("forms", tuple(FORMS))):
        options.add_argument(f"--{name}", type=lambda text: text.split(","), default=values)
    chosen = options.parse_args()
    if chosen.pictures:
        _pictures(chosen.out or ROOT / "content" / "pages" / "images")
    else:
        _gallery(chosen.out or ROOT / "shots", chosen.plans, chosen.views, chosen.forms, with_sheets=chosen.sheets)


def _pictures(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with _built("demo") as folder, served(folder) as address, chromium() as browser:
        for form, (width, height, scheme) in PICTURE_FORMS.items():
            page = _page(browser, width, height, scheme)
            for name, path in PICTURES.items():
                page.goto(f"{address}/{path}", wait_until="networkidle")
                page.wait_for_timeout(400 if "#" in path else 0)  # the fold opens, the page scrolls
                page.screenshot(path=out / f"{name}-{form}.png")
    print(f"{len(PICTURES) * len(PICTURE_FORMS)} pictures in {out}")


def _gallery(out: Path, plans: Iterable[str], views: list[str] | None, forms: list[str], *, with_sheets: bool) -> None:
    shown = []
    with chromium() as browser:
        for plan in plans:
            if plan == "kubernetes" and not (SHARED / "plans" / plan).exists():
                print(f"without the plan of Kubernetes: it is not at {SHARED / 'plans' / plan}")
                continue
            shutil.rmtree(out / plan, ignore_errors=True)
            (out / plan).mkdir(parents=True)
            with _built(plan) as folder, served(folder) as address:
                for view in _pages(folder, plan, views):
                    pictures = [
                        found for form in forms for found in _take(browser, f"{address}/{view}/", out / plan, form)
                    ]
                    shown.append(Shown(plan, view, pictures))
                    print(f"{plan}: {view}")
        if with_sheets:
            for plan in {one.plan for one in shown}:
                for form in forms:
                    contact_sheet(browser, out, plan, form, [one for one in shown if one.plan == plan])
    write_gallery(out, shown)
    print(f"{sum(len(one.pictures) for one in shown)} pictures: {out / 'index.html'}")


@contextmanager
def _built(plan: str) -> Iterator[Path]:
    """The site of a plan."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        if plan == "demo":
            subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", folder], cwd=ROOT, check=True)
            yield at
            return
        made = site(at, {"project.yml": "project: {name: Empty}\n"} if plan == "empty" else {})
        where = {} if plan == "empty" else {"plan": str(SHARED / "plans" / plan)}
        media = {"default": "(prefers-color-scheme: light)", "slate": "(prefers-color-scheme: dark)"}
        palette = [{"media": query, "scheme": scheme, "primary": "indigo"} for scheme, query in media.items()]
        theme = {"name": "material", "font": False, "palette": palette, "features": ["navigation.tabs"]}
        made.configure(site_name=plan.capitalize(), theme=theme, plugins=["search", {"milepost": where}])
        made.command("mkdocs", "build", "-q").check_returncode()
        yield at / "site"


def _pages(folder: Path, plan: str, views: list[str] | None) -> list[str]:
    """Views, and of items those with the most to show."""
    if plan == "demo":
        items: tuple[str, ...] = (*ITEMS, COMPONENTS)
    else:
        found = {kind: sorted(folder.glob(f"{kind}/*/index.html"), key=_size) for kind in ("milestones", "features")}
        items = tuple(f"{kind}/{pages[-1].parent.name}" for kind, pages in found.items() if pages)
    return [view for view in (*VIEWS, *items) if not views or view in views]


def _size(file: Path) -> int:
    return file.stat().st_size


def _page(browser: Browser, width: int, height: int, scheme: str) -> Page:
    size = {"width": width, "height": height}
    return browser.new_context(viewport=size, color_scheme=scheme).new_page()  # type: ignore[arg-type]


def _take(browser: Browser, address: str, out: Path, form: str) -> list[Picture]:
    """The pictures of one page in one form; on paper there is one for each sheet."""
    width, height, scheme = FORMS[form]
    name = "-".join([*address.strip("/").split("/")[3:], form])
    page = _page(browser, width or 1024, height or 900, scheme)
    page.goto(address, wait_until="networkidle")
    if form == "print":
        found = _print(page, out / f"{name}.pdf")
    else:
        tall = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
        page.screenshot(path=out / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
        found = [Picture(form, out / f"{name}.png", f"cut, {tall:,} px tall" if tall > TALLEST else "")]
    page.context.close()
    return found


def _print(page: Page, pdf: Path) -> list[Picture]:
    """The sheets of paper as pictures, if poppler is there; else the page as it is laid out for paper."""
    if not shutil.which("pdftoppm"):
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 720, "height": 1000})
        page.screenshot(path=pdf.with_suffix(".png"), full_page=True)
        return [Picture("print", pdf.with_suffix(".png"), "no pdftoppm: laid out for paper, without its sheets")]
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True, print_background=False)
    subprocess.run(["pdftoppm", "-png", "-r", "80", "-l", "12", pdf, pdf.with_suffix("")], check=True)
    return [Picture("print", file, "") for file in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


if __name__ == "__main__":
    main()
