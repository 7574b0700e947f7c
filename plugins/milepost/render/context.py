"""What a page gives the views on it."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from milepost.diagnostics import Place
from milepost.views.item import Target


@dataclass(frozen=True, slots=True)
class Context:
    """What a page gives its views.

    `link` turns a target into an address relative to the page, None where the site has no such page; `source` turns a
    place in the plan into the address of its line in the repository, None where none is known. `overrides` is the
    folder of an author's own templates. `spot` looks up the line of a key, None where it is not to be told; without it
    a place is that of its record. `propose` is the address at which a reader writes a new feature, None without one.
    `edit` turns a place into the address at which its line is edited, None where there is none.
    """

    language: str
    link: Callable[[Target], str | None]
    source: Callable[[Place], str | None]
    overrides: Path | None = None
    spot: Callable[[Place], Place | None] = lambda place: place
    propose: str | None = None
    edit: Callable[[Place], str | None] = lambda place: None


current: ContextVar[Context] = ContextVar("current")
"""The page that is being rendered. Macros ask it for links, so that Jinja can keep what holds them for all pages."""
