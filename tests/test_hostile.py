"""Text of a plan is text wherever it comes out: every hostile string in every field, under plain and hostile stacks.

Each site is built twice, once with the hostile strings and once with harmless words in their places. Page by page, both
must consist of the same elements with the same attributes; and each string must be found again as it was written.
"""

import json
import re
import socket
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from browser import chromium, served
from full_plan import Route, as_yaml, base_records, full_project, full_record, text_routes
from hostile import HARMLESS, HOSTILE, SECRET, TOUCHED
from milepost.hosts.cli import milepost
from milepost.records.records import SECTIONS
from sites import VIEWS, Site

PAGES = {
    "pages/index.md": "# Home\n\n<!-- milepost: roadmap -->\n\n- a list\n\n    <!-- milepost: features -->\n",
    "pages/secret.txt": SECRET,
}
SNIPPETS = {"pymdownx.snippets": {"base_path": ["pages"], "check_paths": True, "url_download": False}}
EXTENSIONS = (
    *("attr_list", "md_in_html", "admonition", "abbr", "footnotes", "def_list", "meta", "tables", "toc", "smarty"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.emoji", "pymdownx.critic", "pymdownx.caret"),
    *("pymdownx.keys", "pymdownx.mark", "pymdownx.tilde", "pymdownx.magiclink", "pymdownx.inlinehilite"),
    {"pymdownx.tabbed": {"alternate_style": True}},
    SNIPPETS,
)
STACKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {"plugins": ["search", "milepost"]},
    "macros first": {"plugins": ["search", "macros", "milepost"], "markdown_extensions": EXTENSIONS},
    "macros last": {"plugins": ["search", "milepost", "macros"], "markdown_extensions": EXTENSIONS},
    "mkdocs theme": {"plugins": ["search", "milepost", "macros"], "theme": {"name": "mkdocs"}},
}


def record(section: str, i: int, text: str, rich: str) -> dict[str, Any]:
    """A full record with `text` in every field of one line and `rich` in every field of rich text."""

    def fill(route: Route) -> str:
        return rich if route in RICH_ROUTES else text

    return full_record(section, f"{section}-{i}", fill, fill)


def plan(texts: Sequence[str], rich: Sequence[str]) -> dict[str, str]:
    """A plan of as many full records a section as there are texts, the n-th with the n-th text in all its fields."""
    records = base_records()
    for section in SECTIONS:
        records[section] += [record(section, i, text, rich[i]) for i, text in enumerate(texts)]
    files = {f"plan/{name} {{{{ 7*7 }}}} $(x) '\"&.yml": as_yaml({name: rows}) for name, rows in records.items()}
    project = full_project(lambda route: rich[0] if route in RICH_ROUTES else " ".join(texts[:4]))
    weights = dict.fromkeys(texts, "0")
    weights[texts[0]] = "1"
    project["ranking"]["weights"] = weights
    files["plan/project.yml"] = as_yaml({"project": project})
    for i in range(3):
        own = full_project(lambda route, i=i: rich[i] if route in RICH_ROUTES else texts[i])  # type: ignore[misc]
        one = full_record("features", "one", lambda route: "One")
        for key in ("milestone", "goal", "owner", "assigned", "depends_on", "inputs"):
            del one[key]
        one["score"]["weighted"] = {texts[i]: 2}
        files[f"plan/sub-{i}/project.yml"] = as_yaml({"project": own, "features": [one]})
    return files


RICH_ROUTES = frozenset(text_routes("rich text"))


@dataclass
class Seen(HTMLParser):
    """What a browser finds in a page: elements with their attributes, texts, and addresses."""

    elements: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    values: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    hidden: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag, tuple(sorted(name for name, _ in attrs))] += 1
        self.values += [value for _, value in attrs if value]
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "action", "srcset", "data")}
        self.hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False
        self.texts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)

    def said(self) -> str:
        """All that can be read or stands in an attribute, in one line; of x- keys, shown as JSON, the text."""
        text = re.sub(r"\s+", " ", "".join(self.texts))
        own = [json.loads(found)["deep"][0] for found in re.findall(r'\{"deep": \["(?:[^"\\]|\\.)*"\]\}', text)]
        return " ".join([re.sub(r'\{"deep": \["(?:[^"\\]|\\.)*"\]\}', "", text), *own, *self.values])


@dataclass(frozen=True)
class Built:
    """A built site: its pages by path, and all its files."""

    folder: Path
    pages: Mapping[str, Seen]

    def file(self, path: str) -> str:
        return (self.folder / "site" / path).read_text("utf-8")


def built(folder: Path, stack: str, texts: Sequence[str], rich: Sequence[str]) -> Built:
    settings = {"theme": {"name": "material", "font": False}, "edit_uri": "edit/main/pages/", **STACKS[stack]}
    settings["repo_url"] = "https://github.com/o/r"
    settings["plugins"] = [{"milepost": {"plan": "plan"}} if p == "milepost" else p for p in settings["plugins"]]
    site = Site(folder).write({**PAGES, **plan(texts, rich)}).configure(**settings).build(strict=False)
    seen = {}
    for path in sorted((site.folder / "site").rglob("*.html")):
        page = Seen()
        page.feed(path.read_text("utf-8"))
        seen[path.relative_to(site.folder / "site").as_posix()] = page
    return Built(folder, seen)


RICH = tuple(f"rich{i}" for i in range(len(HOSTILE)))
RICH_MAY = {"a", "blockquote", "br", "code", "em", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "ul"}
RICH_MAY |= {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("stack", STACKS)
def test_hostile_texts_come_out_as_texts(stack: str, tmp_path: Path) -> None:
    hostile = built(tmp_path / "hostile", stack, HOSTILE, RICH)
    harmless = built(tmp_path / "harmless", stack, HARMLESS, RICH)
    assert set(hostile.pages) == set(harmless.pages)
    assert len(hostile.pages) > 2 * len(HOSTILE)
    nothing_is_injected(hostile, harmless)
    every_text_is_found_again(hostile, harmless)
    data_holds_the_texts(hostile, harmless)
    search_finds_the_texts(hostile, harmless)
    nothing_is_run_and_no_file_is_read(hostile)


def nothing_is_injected(hostile: Built, harmless: Built) -> None:
    """Page by page, both sites have the same elements with the same attributes."""
    for path, page in hostile.pages.items():
        assert page.elements == harmless.pages[path].elements, path


def every_text_is_found_again(hostile: Built, harmless: Built) -> None:
    """Where a harmless word stands in one site, its hostile fellow stands in the other, letter for letter."""
    found = 0
    for path, page in hostile.pages.items():
        said, other = page.said(), harmless.pages[path].said()
        for i, word in enumerate(HARMLESS):
            if times := len(re.findall(rf"{word}\b", other)):
                assert said.count(HOSTILE[i]) >= times, (path, HOSTILE[i])
                found += times
    fields = len(list(text_routes("text")))
    print(f"{len(HOSTILE)} strings × {fields} fields: found {found} times in {len(hostile.pages)} pages")
    assert found > 20 * len(HOSTILE)


def data_holds_the_texts(hostile: Built, harmless: Built) -> None:
    data = json.loads(hostile.file("plan.json"))
    for section in SECTIONS:
        for i, text in enumerate(HOSTILE):
            written, told = record(section, i, text, RICH[i]), data[section][i + 1]
            same = {key: value for key, value in written.items() if value in (text, RICH[i])}
            assert {key: told[key] for key in same} == same
            assert (told["tags"], told["x-own"]) == ([text], {"deep": [text]})
    assert shape(data) == shape(json.loads(harmless.file("plan.json")))


def search_finds_the_texts(hostile: Built, harmless: Built) -> None:
    index, other = (json.loads(site.file("search/search_index.json")) for site in (hostile, harmless))
    assert [entry["location"] for entry in index["docs"]] == [entry["location"] for entry in other["docs"]]
    for entry, harmless_entry in zip(index["docs"], other["docs"], strict=True):
        for i, word in enumerate(HARMLESS):
            said = re.sub(r"\s+", " ", unescape(entry["title"]) + entry["text"] + unescape(entry["text"]))
            assert not re.search(rf"{word}\b", harmless_entry["title"]) or HOSTILE[i] in said
        if (
            "lang" in index["config"] and "fields" in index["config"]
        ):  # Material's index is HTML, that of MkDocs is text
            assert elements(entry["title"] + entry["text"]) == elements(
                harmless_entry["title"] + harmless_entry["text"]
            )


def elements(html: str) -> Counter[tuple[str, tuple[str, ...]]]:
    page = Seen()
    page.feed(html)
    return page.elements


def shape(value: Any) -> Any:
    """A value with its texts left out."""
    if isinstance(value, dict):
        return [shape(inner) for inner in value.values()]
    return [shape(inner) for inner in value] if isinstance(value, list) else type(value)


def nothing_is_run_and_no_file_is_read(site: Built) -> None:
    assert not [found for name in TOUCHED for found in (*site.folder.rglob(name), *Path().glob(name))]
    for path in (site.folder / "site").rglob("*"):
        if path.is_file() and path.name != "secret.txt":
            assert SECRET.encode() not in path.read_bytes(), path


def test_rich_text_holds_nothing_but_what_it_may(tmp_path: Path) -> None:
    """Under the stack that would do most with it."""
    rich = built(tmp_path / "rich", "macros last", HARMLESS, HOSTILE)
    harmless = built(tmp_path / "harmless", "macros last", HARMLESS, RICH)
    for path, page in rich.pages.items():
        more = page.elements - harmless.pages[path].elements
        assert {tag for tag, _ in more} <= RICH_MAY, path
        assert {name for _, names in more for name in names} <= {"href", "title", "rel"}, path
        assert set(harmless.pages[path].elements - page.elements) <= {("p", ())}, path
        new = page.addresses - harmless.pages[path].addresses
        assert all(re.match(r"https?:|mailto:|[^:]*$", address) for address in new), new
    nothing_is_run_and_no_file_is_read(rich)


@pytest.mark.browser
def test_no_script_runs_in_a_browser_and_no_other_host_is_asked(tmp_path: Path) -> None:
    texts = HOSTILE[:14]
    site = built(tmp_path, "macros last", texts, texts)
    asked: list[str] = []
    with served(tmp_path / "site") as address, chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
        for path in (*(f"{view}/" for view in VIEWS), *(f"features/features-{i}/" for i in range(len(texts)))):
            page.goto(f"{address}/{path}")
            page.mouse.move(300, 300)
            page.keyboard.press("Tab")
            assert page.evaluate("window.hit") is None, path
        page.get_by_role("textbox", name="Search").click()
        page.keyboard.type("onerror")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert page.evaluate("window.hit") is None
    mine = (address, "data:", "https://api.github.com/repos/o/r")  # Material asks for the stars of the repository
    assert [url for url in asked if not url.startswith(mine)] == []
    assert len(site.pages) > 2 * len(texts)


def test_a_build_asks_no_other_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a build opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert built(tmp_path, "plain", HOSTILE[:3], HOSTILE[:3]).pages


COMMANDS = [
    *(("check", "plan", "--format", form) for form in ("text", "github", "json", "sarif")),
    ("export", "plan"),
    ("explain", "--path", "plan", "project"),
    ("explain", "--path", "plan", "features-0"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_is_printed_steers_no_terminal_and_no_runner(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = plan(HOSTILE, HOSTILE)
    wrong = [{"id": text, "title": text, "status": text, text: text, "due": text, "owner": text} for text in HOSTILE]
    files["plan/wrong ::error::.yml"] = as_yaml({"milestones": wrong})
    Site(tmp_path).write(files)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(milepost, command).output
    assert said
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", said)
    commands = [line for line in said.splitlines() if line.lstrip().startswith(("::", "##["))]
    if "github" not in command:
        assert not commands
    known = re.compile(r"::(error|warning) file=plan/[^:,]*(,\w+=[^:,]*)*,title=[\w-]+::[^\r]*$")
    assert all(known.match(one) for one in commands)
    assert len(commands) >= ("github" in command) * 5 * len(HOSTILE)
    assert not [name for name in TOUCHED if (tmp_path / name).exists()]
