"""The theme's page rendered once for many pages of a kind, and then only filled in.

A theme takes some milliseconds for a page, and a thousand item pages differ in a handful of values. So the theme is
asked once with marks in their place, and the result is cut at the marks. Two pages are rendered both ways and compared
to the last character: a theme or plugin that does more with a page is noticed, and renders every page itself.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Template

# Each mark holds something that escaping, stripping or encoding would change, so that a filter on the value shows.
_MARKS = {
    "title": "mp0title&lt;0&gt;",
    "content": "<h1>mp0content</h1>",
    "canonical_url": "https://mp0canonical.invalid/?a=1&amp;b",
    "edit_url": "https://mp0edit.invalid/?a=1&amp;b",
}
_CUT = re.compile("|".join(f"(?P<{name}>{re.escape(mark)})" for name, mark in _MARKS.items()))
_CORE = re.compile(r"mp0(?:title|content|canonical|edit)")
_PROOFS = 2

Values = Mapping[str, str]


class Shell(Template):
    """Stands for the theme's template `main` on pages that differ in title, content and two addresses alone."""

    def __new__(cls, main: Template) -> "Shell":
        """Made from a template, not from source."""
        return object.__new__(cls)

    def __init__(self, main: Template) -> None:
        self.main = main
        self.parts: tuple[str, ...] = ()
        self.proofs = 0

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page of MkDocs' context, filled in if that was proven to be the same as rendering it."""
        context = dict(*args, **kwargs)
        values = _values(context["page"])
        if self.proofs >= _PROOFS:
            return self._fill(values)
        rendered = self.main.render(context)
        if self.proofs >= 0:
            self.parts = self.parts or self._learn(context, values)
            self.proofs = self.proofs + 1 if self._fill(values) == rendered else -1
        return rendered

    def _learn(self, context: Mapping[str, Any], values: Values) -> tuple[str, ...]:
        """Text and names of values in turn; nothing where a mark did not come through as it is."""
        page = context["page"]
        _set(page, {name: mark if values[name] else "" for name, mark in _MARKS.items()})
        try:
            marked = self.main.render(context)
        finally:
            _set(page, values)
        found = [match.lastgroup or "" for match in _CUT.finditer(marked)]
        if len(found) != len(_CORE.findall(marked)):
            return ()
        texts = re.split("|".join(re.escape(mark) for mark in _MARKS.values()), marked)
        return tuple(part for pair in zip(texts, [*found, ""], strict=True) for part in pair)

    def _fill(self, values: Values) -> str:
        return "".join(values.get(part, "") if i % 2 else part for i, part in enumerate(self.parts))


def _values(page: Any) -> Values:
    return {
        "title": page.meta.get("title") or "",
        "content": page.content or "",
        "canonical_url": page.canonical_url or "",
        "edit_url": page.edit_url or "",
    }


def _set(page: Any, values: Values) -> None:
    page.meta["title"] = values["title"]
    page.content = values["content"]
    page.canonical_url = values["canonical_url"] or None
    page.edit_url = values["edit_url"] or None


def use_shells(main: Template, pages: Iterable[Any]) -> None:
    """Let MkDocs render `pages` by shells of the theme's template `main`, one for each folder they lie in.

    Addresses in the theme are relative to a page's folder, so pages of one folder share them all.
    """
    shells: dict[str, Shell] = {}
    for page in pages:
        folder = page.url.rstrip("/").rpartition("/")[0]
        page.meta["template"] = shells.setdefault(folder, Shell(main))
