"""What a page weighs on its way to a reader, and that nothing comes from another host than the site's own."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from browser import chromium, served
from large import large
from milepost.render.assets import FOLDER, STYLES, scripts, style_sheets
from sites import COMPONENTS, ITEMS, VIEWS, site, untouched


def packed(*files: Path) -> int:
    """Bytes of files as a server sends them, each compressed by itself."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def ours(built: Path) -> list[Path]:
    """All style sheets and scripts of Milepost in a built site."""
    found = [file for file in (built / "assets" / "milepost").iterdir() if file.suffix in (".css", ".js")]
    assert {".css", ".js"} == {file.suffix for file in found}
    return found


@pytest.mark.browser
def test_a_status_adds_at_most_30_kb_to_an_untouched_page(demo: Path, tmp_path: Path) -> None:
    """With every style and script that a reader of it loads. Modules of other views come when those are opened."""
    plain = untouched(tmp_path) / "status" / "index.html"
    assert "<h1" in plain.read_text("utf-8")
    loaded = set()
    with served(demo) as address, chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: loaded.add(urlsplit(request.url).path.lstrip("/")))
        page.goto(f"{address}/status/", wait_until="networkidle")
    files = [file for file in ours(demo) if file.relative_to(demo).as_posix() in loaded]
    assert {file.suffix for file in files} == {".css", ".js"}
    html, with_it = packed(demo / "status" / "index.html") - packed(plain), packed(*files)
    names = ", ".join(sorted(file.name for file in files))
    print(f"Status adds {html + with_it:,} B to a page of {packed(plain):,} B: {html:,} B of HTML, {names}")
    assert html + with_it <= 30_000


def test_all_styles_and_scripts_have_at_most_35_5_kb(demo: Path) -> None:
    """What a reader who opens every view has loaded."""
    sizes = {file.name: packed(file) for file in ours(demo)}
    print(f"{sum(sizes.values()):,} B: {sizes}")
    assert sum(sizes.values()) <= 35_500


def test_a_timeline_of_1000_items_has_at_most_150_kb(tmp_path: Path) -> None:
    made = site(tmp_path, large(1000)).configure(
        plugins=["search", {"milepost": {"pages": ["timeline", "features", "milestones"]}}],
        extra={"generator": False},
    )
    done = made.command("mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr
    page, assets = tmp_path / "site" / "timeline" / "index.html", packed(*ours(tmp_path / "site"))
    assert page.read_text("utf-8").count("features/f") >= 1000
    print(f"A timeline of 1,000 items: {packed(page):,} B of HTML, {assets:,} B of styles and scripts")
    assert packed(page) + assets <= 150_000


@pytest.mark.browser
def test_no_request_leaves_the_host(demo: Path) -> None:
    asked = set()
    with served(demo) as address, chromium() as browser:
        context = browser.new_context()
        context.on("request", lambda request: asked.add(urlsplit(request.url)))
        for view in ("", *(f"{view}/" for view in (*VIEWS, *ITEMS, COMPONENTS, "guide"))):
            context.new_page().goto(f"{address}/{view}")
        for page in context.pages:
            page.wait_for_load_state("networkidle")
    assert len(asked) > 20
    hosts = {url.netloc for url in asked if url.scheme not in ("data", "blob")}
    assert hosts == {urlsplit(address).netloc}


def test_styles_and_scripts_go_without_what_only_their_authors_need() -> None:
    for name, script in scripts().items():
        assert not re.search(r"^\s|^//|// |/\*", script, re.MULTILINE), name
    sheet = "".join(style_sheets().values())
    assert "/*" not in sheet
    assert "  " not in sheet


@pytest.mark.browser
def test_a_style_sheet_is_read_as_it_is_written() -> None:
    """But for the spaces in the values of custom properties, which a browser keeps."""
    read = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
        return [...sheet.cssRules].map((rule) => rule.cssText.replace(/(?<=[,:]) /g, "")) }"""
    with chromium() as browser:
        page = browser.new_page()
        for name, sheet in style_sheets().items():
            of = STYLES[:-1] if name == "milepost.css" else [name]
            written = "".join((FOLDER / file).read_text("utf-8") for file in of)
            rules = page.evaluate(read, written)
            assert len(rules) > 10
            assert page.evaluate(read, sheet) == rules
