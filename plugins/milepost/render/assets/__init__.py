"""The style sheet, joined from one file a concern, and the scripts, one module a view."""

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
)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


@cache
def style_sheet() -> str:
    """All styles in one file, which a page loads in one request: the shared ones first, so that a view's own win."""
    return "".join(_COMMENT.sub("", (FOLDER / name).read_text("utf-8")) for name in STYLES)


def scripts() -> tuple[Path, ...]:
    """The modules; `milepost.js` is what a page loads, and it loads the others where they are needed."""
    return tuple(sorted(FOLDER.glob("*.js")))
