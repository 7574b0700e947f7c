"""Whole sites, as a reader meets them: every link inside leads somewhere, whatever way the site is built."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from plans import SHARED
from sites import VIEWS, Site, site

DEMO = Path(__file__).parents[1]
HOST = "https://plan.example"


@dataclass(slots=True)
class Page:
    """What a page leads to and what on it can be led to."""

    links: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.page = Page()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src", "xlink:href", "data-src") and value is not None:
                self.page.links.add(value)
            elif name == "srcset" and value:
                self.page.links.update(part.split()[0] for part in value.split(","))
            elif name == "id" or (name == "name" and tag == "a"):
                self.page.anchors.add(value or "")


def broken(folder: Path, base: str = "/") -> list[str]:
    """The links inside a built site that lead nowhere, as “page → link”; `base` is the path it is served at."""
    pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    read = {name: _Reader(path.read_text("utf-8")).page for name, path in pages.items()}
    return [
        f"{name} → {link}"
        for name, page in read.items()
        for link in sorted(page.links)
        if _is_broken(link, name, base, folder, read)
    ]


def _is_broken(link: str, name: str, base: str, folder: Path, read: dict[str, Page]) -> bool:
    address = urlsplit(urljoin(f"{HOST}{base}{name}", link))
    if address.scheme not in ("http", "https") or f"{address.scheme}://{address.netloc}" != HOST:
        return False
    if not address.path.startswith(base):
        return True
    file = unquote(address.path.removeprefix(base))
    file = f"{file}index.html" if file.endswith("/") or not file else file
    if not (folder / file).is_file():
        return True
    return bool(address.fragment and file in read and unquote(address.fragment) not in read[file].anchors)


def links_within(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.html"):
        yield from _Reader(path.read_text("utf-8")).page.links


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("a/index.html", "../b/"),
        ("a/index.html", "#gone"),
        ("a/index.html", "../index.html#gone"),
        ("a/index.html", "/style.css"),
        ("a/index.html", "/elsewhere/"),
    ],
)
def test_the_crawler_finds_what_is_broken(tmp_path: Path, page: str, link: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text('<p id="top"><a href="a/#here">a</a><a href="mailto:x@y.z"></a>')
    (tmp_path / page).write_text('<p id="here"><a href="..#top"></a>')
    assert broken(tmp_path) == []
    (tmp_path / page).write_text(f'<p id="here"><a href="{link}"></a>')
    assert broken(tmp_path) == [f"{page} → {link}"]


@pytest.mark.parametrize("words", [[], ["--no-directory-urls"]], ids=["directory addresses", "file addresses"])
@pytest.mark.parametrize("base", ["/", "/team/plan/"])
def test_the_demo(tmp_path: Path, words: list[str], base: str) -> None:
    done = Site(DEMO).command("mkdocs", "build", "--strict", "-d", str(tmp_path), *words, SITE_URL=f"{HOST}{base}")
    assert done.returncode == 0, done.stderr
    assert broken(tmp_path, base) == []
    assert_complete(tmp_path, directory_urls=not words)


def test_the_demo_under_properdocs(tmp_path: Path) -> None:
    command = ["properdocs", "build", "--strict", "-f", "mkdocs.yml", "-d", str(tmp_path)]
    done = Site(DEMO).command(*command, SITE_URL=f"{HOST}/")
    assert done.returncode == 0, done.stderr
    assert broken(tmp_path) == []
    assert_complete(tmp_path)


@pytest.mark.parametrize("name", ["kubernetes", "cpython"])
def test_plans_that_nobody_here_wrote(tmp_path: Path, name: str) -> None:
    plan = SHARED / "plans" / name
    if not plan.is_dir():
        pytest.skip(f"the plan of {name} is not on this machine")
    made = site(tmp_path, {}).configure(plugins=["search", {"milepost": {"plan": str(plan)}}], site_url=f"{HOST}/")
    done = made.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert broken(tmp_path / "site") == []
    assert_complete(tmp_path / "site")


def assert_complete(built: Path, directory_urls: bool = True) -> None:
    """Every view and every item of plan.json has its page, and search knows the items."""
    plan = json.loads((built / "plan.json").read_text("utf-8"))
    wanted = [*VIEWS, *(f"{section}/{item['id']}" for section in ("milestones", "features") for item in plan[section])]
    ending = "/index.html" if directory_urls else ".html"
    assert [path for path in wanted if not (built / f"{path}{ending}").is_file()] == []
    entries = json.loads((built / "search" / "search_index.json").read_text("utf-8"))["docs"]
    found = {entry["location"].rstrip("/").removesuffix(".html") for entry in entries}
    assert {path for path in wanted if "/" in path} <= found


def test_nothing_is_fetched_from_another_host(tmp_path: Path) -> None:
    made = site(tmp_path).configure(site_url=f"{HOST}/").build()
    sources = [
        link for link in links_within(tmp_path / "site") if urlsplit(link).netloc and not link.startswith(f"{HOST}/")
    ]
    assert {urlsplit(link).netloc for link in sources} <= {"squidfunk.github.io"}  # the link “made with” of the theme
    assert made.has("index.html")


def test_the_start_of_a_stranger(tmp_path: Path) -> None:
    """The smallest plan there is, in MkDocs' own default theme, without a page."""
    made = site(tmp_path, {"plan.yml": "project: {name: Mine}\nmilestones: [{id: beta, title: Beta}]\n"})
    shutil.rmtree(tmp_path / "pages")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\nplugins: [search, milepost]\n")
    done = made.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert broken(tmp_path / "site") == []
    assert_complete(tmp_path / "site")


def test_the_plan_is_read_from_where_mkdocs_yml_is(tmp_path: Path) -> None:
    site(tmp_path / "inner")
    done = Site(tmp_path).command("mkdocs", "build", "--strict", "-f", "inner/mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "inner" / "site" / "features" / "sso" / "index.html").is_file()
