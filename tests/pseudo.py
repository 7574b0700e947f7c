"""A language for tests, in which every message stands in ⟦brackets⟧, and a plan without a word of its own.

What else is said on a page in it comes from no catalogue.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message

import messages as collected

LANGUAGE = "qps"
DEMO = Path(__file__).parents[1] / "content" / "plan"
_TEXTS = """title name note summary done next help because context for against decision consequences vision role why
    source segment quote response blocked category unit team tags release x-ticket"""
_TEXT_KEYS = frozenset(_TEXTS.split())
_SHOWN = ("title", "aria-label", "alt", "placeholder", "data-label", "data-words")
_MEANT = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|January|February|March|April|June|July|August|September"
    r"|October|November|December|Q[1-4]|H[12]|W\d\d|EUR|USD|[A-Z]{2,4}|SPI\(t\)|SV\(t\)|EAC\(t\)|Kano|MoSCoW|max|P\d\d"
    r"|\d+(?:\.\d+)?[hdw]|[\w/-]+\.yml:\d+|https?://[\w./-]+|ticket|pert)\b"
)
"""Dates, currencies, symbols of textbooks, keys of the format and the demo, places in the plan, addresses."""


def without_words(value: Any, key: str = "") -> Any:
    """A plan whose own texts hold no letter: each is a number of its own, the same for the same text."""
    if isinstance(value, dict):
        return {name: without_words(inside, str(name)) for name, inside in value.items()}
    if isinstance(value, list):
        return [without_words(inside, key) for inside in value]
    if isinstance(value, str) and key in _TEXT_KEYS and not re.match(r"[\d-]+$", value):
        return f"¤{sum(map(ord, value))}"
    return value


def leaves(value: Any) -> Iterator[str]:
    """The texts in a value of JSON."""
    if isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from leaves(inside)
    else:
        yield str(value)


class Said(HTMLParser):
    """Every text that a reader sees or hears; keys are called as they are on the keyboard."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tag = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        for name, value in attrs:
            if name == "data-words" and value and value[0] in "{[":
                self.found += leaves(json.loads(value))
            elif name in _SHOWN and value:
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag != "kbd":
            self.found.append(data)


def unsaid(html: str) -> list[str]:
    """The texts of a page, as far as they are words that come from no catalogue."""
    whole = "\x00".join(Said(html).found)
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", " ", whole)) != whole:
        whole = inner
    left = [" ".join(text.split()) for text in whole.split("\x00")]
    return sorted({text for text in left if re.search(r"[^\W\d_]{2}", _MEANT.sub("", text))})


def texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A message and its translation, each with all its forms."""
    said = message.id if isinstance(message.id, tuple | list) else (message.id,)
    told = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(said), tuple(told)


def write_catalogue(locale: Path) -> Path:
    """The catalogue of the language, in a folder of catalogues."""
    found = Catalog(locale="en")
    for message in collected.messages():
        if message.id:
            said = texts(message)[0]
            found.add(message.id, tuple(f"⟦{one}⟧" for one in said) if len(said) > 1 else f"⟦{said[0]}⟧")
    path = locale / LANGUAGE / "LC_MESSAGES" / "milepost.po"
    path.parent.mkdir(parents=True)
    path.write_text(collected.written(found), "utf-8")
    return path


def write_plan(folder: Path) -> Path:
    """The demo's plan without words, below a folder."""
    for path in DEMO.rglob("*.yml"):
        plan = without_words(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
        to = folder / path.relative_to(DEMO)
        to.parent.mkdir(exist_ok=True, parents=True)
        to.write_text(json.dumps(plan), "utf-8")
    return folder
