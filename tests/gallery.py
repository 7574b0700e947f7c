"""Pictures of pages, laid out on one page to look at."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Milepost, as readers meet it</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-inline-size: 100rem; padding: 1rem 2rem 4rem; }
h1, h2, h3 { font-weight: 600; letter-spacing: -0.01em; line-height: 1.2; }
h2 { border-block-end: 1px solid #8885; margin-block: 3rem 1rem; text-transform: capitalize; }
h3 { margin-block: 2rem 0.6rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; }
.row { align-items: flex-start; display: flex; flex-wrap: wrap; gap: 1.2rem; }
figure { margin: 0; }
figure a { background: #8882; border: 1px solid #8885; border-radius: 6px; display: block; overflow: hidden; }
figure a:is(:hover, :focus-visible) { outline: 2px solid #3f51b5; }
img { block-size: 19rem; display: block; max-inline-size: 30rem; object-fit: cover; object-position: top; }
figcaption { color: #777; font-size: 0.85rem; font-variant-numeric: tabular-nums; max-inline-size: 30rem; }
figcaption b { color: CanvasText; }
</style>
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a page."""

    form: str
    file: Path
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a plan's site and its pictures."""

    plan: str
    view: str
    pictures: list[Picture]


def write_gallery(out: Path, shown: list[Shown]) -> None:
    """Write `index.html`: a row for each page, its pictures small, each a link to itself."""
    parts = [_PAGE, "<h1>Milepost, as readers meet it</h1>\n<nav>"]
    parts += [f'<a href="#{_id(one)}">{escape(one.plan)}: {escape(one.view)}</a>' for one in shown]
    parts.append("</nav>\n")
    plan = ""
    for one in shown:
        if one.plan != plan:
            plan = one.plan
            parts.append(f"<h2>{escape(plan)}</h2>\n")
        figures = "".join(_figure(out, one.view, picture) for picture in one.pictures)
        parts.append(f'<h3 id="{_id(one)}">{escape(one.view)}</h3>\n<div class="row">{figures}</div>\n')
    (out / "index.html").write_text("".join(parts), "utf-8")


def contact_sheet(browser: Browser, out: Path, plan: str, form: str, shown: Iterable[Shown]) -> None:
    """All pictures of a plan in one form on one sheet, as a picture in `sheets/`."""
    (out / "sheets").mkdir(exist_ok=True)
    figures = "".join(
        _figure(out, one.view, picture) for one in shown for picture in one.pictures if picture.form == form
    )
    sheet = out / "sheet.html"
    wide = "img { block-size: auto; inline-size: %s; max-block-size: 62rem; max-inline-size: none; }" % (
        "17rem" if form == "phone" else "31rem"
    )
    sheet.write_text(
        f'{_PAGE}<style>{wide}</style><div class="row">{figures}</div>'.replace(' loading="lazy"', ""), "utf-8"
    )
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.goto(sheet.as_uri(), wait_until="load")
    page.screenshot(path=out / "sheets" / f"{plan}-{form}.png", full_page=True)
    page.close()
    sheet.unlink()


def _id(one: Shown) -> str:
    return f"{one.plan}-{one.view.replace('/', '-')}"


def _figure(out: Path, view: str, picture: Picture) -> str:
    width, height = struct.unpack(">II", picture.file.read_bytes()[16:24])  # the header of a PNG
    source = escape(picture.file.relative_to(out).as_posix())
    size = f"{width:,} × {height:,} px, {picture.file.stat().st_size / 1000:,.0f} kB"
    note = f"<br>{escape(picture.note)}" if picture.note else ""
    return (
        f'<figure><a href="{source}"><img src="{source}" alt="{escape(view)}, {picture.form}" loading="lazy"></a>'
        f"<figcaption><b>{escape(picture.form)}</b> {escape(view)}<br>{size}{note}</figcaption></figure>"
    )
