"""The style sheet, joined from one file a concern, and the scripts, one module a view.

A reader loads neither comments nor indentation: they are a seventh of what would be sent.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
STYLES = (
    "milepost.css",
    "explain.css",
    "filters.css",
    "status.css",
    "roadmap.css",
    "timeline.css",
    "features.css",
    "budget.css",
    "item.css",
    "present.css",
)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_SPACE = re.compile(r'("[^"]*")|\s*([{};,>])\s*|(?<=:)()\s+|\s+')  # quoted, around a sign, before a value, any other
_LINES_OF_COMMENT = re.compile(r"^\s*(?://[^\n]*|/\*.*?\*/)\s*\n", re.DOTALL | re.MULTILINE)
_END_OF_LINE = re.compile(r"(?<=[;,{}()]) +// .*$", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


@cache
def style_sheet() -> str:
    """All styles in one file, which a page loads in one request: the shared ones first, so that a view's own win."""
    written = "".join(_COMMENT.sub("", (FOLDER / name).read_text("utf-8")) for name in STYLES)
    return _SPACE.sub(_narrow, written).replace(";}", "}")


def _narrow(found: re.Match[str]) -> str:
    quoted, sign, before_value = found.groups()
    return quoted or sign or (" " if before_value is None else "")


@cache
def scripts() -> dict[str, str]:
    """The modules by their names; `milepost.js` is what a page loads, and it loads the others where they are needed."""
    return {file.name: _stripped(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.js"))}


def _stripped(script: str) -> str:
    """A script without its comments and indentation. Ours have no text over several lines, and none with “ // ”."""
    return _INDENT.sub("", _END_OF_LINE.sub("", _LINES_OF_COMMENT.sub("", script)))
