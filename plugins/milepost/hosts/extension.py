"""The Markdown extension: a marker in a page becomes a view.

    <!-- milepost: roadmap {group: quarter} -->

It is all that MkDocs, ProperDocs, MaterialX and Zensical have in common. The MkDocs plugin adds it by itself; elsewhere
it is listed among the Markdown extensions and reads the plan on its own.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from milepost.build import Caches, build, show
from milepost.diagnostics import Place
from milepost.hosts import clock
from milepost.render.page import Context
from milepost.source.yaml import read_document

MARKER = re.compile(r"^ {0,3}<!--\s*milepost:(?P<asked>.*?)-->\s*$")
_ASKED = re.compile(r"\s*(?P<name>[\w-]*)\s*(?P<options>.*?)\s*", re.DOTALL)
_AFTER_FENCES = 22  # fenced code is put aside at 25, raw HTML (as which a marker would pass) at 20

Renderer = Callable[[str, dict[str, Any] | None, str], str]


class MilepostExtension(Extension):
    """Replaces markers by views. Options: `plan`, the folder; `language`; `renderer`, which the MkDocs plugin sets."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "plan": ["content/plan", "The folder of the plan."],
            "language": ["en", "How numbers, money and days are written."],
            "renderer": ["", "Renders a marker: (view, options or None, the marker's line) → HTML."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the step that replaces markers."""
        renderer = self.getConfig("renderer") or _standalone(Path(self.getConfig("plan")), self.getConfig("language"))
        md.preprocessors.register(_Markers(md, renderer), "milepost", _AFTER_FENCES)


class _Markers(Preprocessor):
    def __init__(self, md: Markdown, renderer: Renderer) -> None:
        super().__init__(md)
        self.renderer = renderer

    def run(self, lines: list[str]) -> list[str]:
        """Put the HTML of each marker aside, where no other step of Markdown touches it."""
        found: list[str] = []
        for line in lines:
            marker = MARKER.match(line)
            if marker is None:
                found.append(line)
                continue
            name, options = read_marker(marker["asked"])
            html = self.renderer(name, options, line)
            found += ["", self.md.htmlStash.store(html.strip()), ""]
        return found


def read_marker(asked: str) -> tuple[str, dict[str, Any] | None]:
    """The view that a marker names and its options, None where those are no mapping."""
    parts = _ASKED.fullmatch(asked)
    name, written = (parts["name"], parts["options"]) if parts else ("", "")
    if not written:
        return name, {}
    document, problems = read_document("marker", written)
    return name, document.value if isinstance(document.value, dict) and not problems else None


def _standalone(folder: Path, language: str) -> Renderer:
    """Renders from the plan in `folder`, read anew for each page but only as far as its files changed."""
    caches = _caches.setdefault(folder.resolve(), Caches())

    def renderer(name: str, options: dict[str, Any] | None, line: str) -> str:
        built = build(folder, now=clock.now(), caches=caches)
        context = Context(language, link=lambda target: None, source=lambda place: None)
        return show(built, name, options or {}, Place("page"), lambda project: context).html

    return renderer


_caches: dict[Path, Caches] = {}


def makeExtension(**options: Any) -> MilepostExtension:
    """What Python-Markdown calls to load the extension."""
    return MilepostExtension(**options)
