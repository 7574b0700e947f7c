"""The Markdown extension: a marker in a page becomes a view.

    <!-- milepost: roadmap {group: quarter} -->

It is all that MkDocs, ProperDocs, MaterialX and Zensical have in common. The MkDocs plugin adds it by itself; elsewhere
it is listed among the Markdown extensions and reads the plan on its own (see `standalone`).
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from milepost.diagnostics import Diagnostic, Located, Spot
from milepost.hosts.edition import chosen_edition
from milepost.hosts.standalone import standalone
from milepost.source.yaml import read_document

MARKER = re.compile(r"^ {0,3}<!--\s*milepost:(?P<asked>.*?)-->\s*$")
_ASKED = re.compile(r"\s*(?P<name>[\w-]*)\s*(?P<options>.*?)\s*", re.DOTALL)
_AFTER_FENCES = 22  # fenced code is put aside at 25, raw HTML (as which a marker would pass) at 20
_AFTER_CODE = 75  # indented code is recognised at 80, lists and admonitions before it, headings and paragraphs after

Renderer = Callable[[str, dict[str, Any] | None, str], str]
"""Renders a marker: the view's name, its options (None where they are no mapping), the marker's line → HTML."""


class MilepostExtension(Extension):
    """Replaces markers by views. The plugin sets `renderer`; without it the plan is read from the folder `plan`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "plan": ["content/plan", "The folder of the plan, relative to the current one."],
            "language": ["en", "What views speak, and how they write numbers, money and days."],
            "edition": ["", "full or public; default the environment variable MILEPOST_EDITION, else full."],
            "renderer": ["", "Renders a marker: (view, options or None, the marker's line) → HTML."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the steps that replace markers: at the left margin, and inside lists, admonitions and tabs."""
        renderer: Renderer = self.getConfig("renderer") or standalone(
            Path(self.getConfig("plan")), self.getConfig("language"), chosen_edition(self.getConfig("edition"))
        )
        md.preprocessors.register(_Markers(md, renderer), "milepost", _AFTER_FENCES)
        md.parser.blockprocessors.register(_NestedMarkers(md, renderer), "milepost", _AFTER_CODE)


class _Markers(Preprocessor):
    """Markers at the left margin, taken before Markdown takes them for HTML comments."""

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
            else:
                found += ["", _put_aside(self.md, self.renderer, marker, line), ""]
        return found


class _NestedMarkers(BlockProcessor):
    """Markers in a list item, an admonition or a tab: before these are parsed, indented code looks the same."""

    def __init__(self, md: Markdown, renderer: Renderer) -> None:
        super().__init__(md.parser)
        self.md = md
        self.renderer = renderer

    def test(self, parent: Element, block: str) -> bool:
        """Whether a block is a marker and nothing else."""
        return MARKER.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Put the HTML aside and a paragraph in its place, which Markdown takes away again."""
        block = blocks.pop(0)
        marker = MARKER.match(block)
        assert marker is not None
        SubElement(parent, "p").text = _put_aside(self.md, self.renderer, marker, block)


def _put_aside(md: Markdown, renderer: Renderer, marker: re.Match[str], line: str) -> str:
    """Render a marker; what stands for its HTML until Markdown is done."""
    name, options = read_marker(marker["asked"])
    return md.htmlStash.store(renderer(name, options, line).strip())


def located(problem: Diagnostic, file: str, text: str, line: str) -> Located:
    """A problem of the marker `line`, at its place in a page's file."""
    number = next((i for i, found in enumerate(text.splitlines(), start=1) if found.strip() == line.strip()), 0)
    return Located(problem, Spot(file, number, 1, max(2, len(line) + 1), line))


def read_marker(asked: str) -> tuple[str, dict[str, Any] | None]:
    """The view that a marker names and its options, None where those are no mapping."""
    parts = _ASKED.fullmatch(asked)
    name, written = (parts["name"], parts["options"]) if parts else ("", "")
    if not written:
        return name, {}
    document, problems = read_document("marker", written)
    return name, document.value if isinstance(document.value, dict) and not problems else None


def makeExtension(**options: Any) -> MilepostExtension:
    """What Python-Markdown calls to load the extension by the name of its module."""
    return MilepostExtension(**options)
