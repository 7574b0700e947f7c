"""The style sheets and the scripts, one a view, each joined from one file a concern.

A reader loads neither comments nor indentation: they are a sixth of what would be sent.
"""

import re
from functools import cache
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

FOLDER = Path(__file__).parent
_AT_ONCE = (
    "milepost.css",
    "explain.css",
    "filters.css",
    "status.css",
    "roadmap.css",
    "timeline.css",
    "features.css",
    "budget.css",
    "item.css",
)
_LATER = ("present.css",)  # what few readers need, its script loads
STYLES = (*_AT_ONCE, *_LATER)
_PART = re.compile(r'^import \{.*\} from "\./(\w+_\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@cache
def style_sheets() -> dict[str, str]:
    """By their names; `milepost.css` is what a page loads: the shared ones first, so that a view's own win."""
    return {"milepost.css": _sheet(_AT_ONCE)} | {name: _sheet((name,)) for name in _LATER}


def _sheet(names: tuple[str, ...]) -> str:
    return str(cssmin("".join((FOLDER / name).read_text("utf-8") for name in names)))


@cache
def scripts() -> dict[str, str]:
    """The modules by their names; `milepost.js` is what a page loads, and it loads the others where they are needed.

    The parts of a module, as `timeline_head.js` is one of `timeline.js`, are in one file with it: by themselves they
    would weigh a quarter more, and each is needed whenever the module is. So no two parts may give the same name.
    """
    whole = [file for file in sorted(FOLDER.glob("*.js")) if "_" not in file.stem]
    return {file.name: str(jsmin(_joined(file.stem, set()))) for file in whole}


def _joined(name: str, seen: set[str]) -> str:
    """A module after the parts it imports, each once."""
    seen.add(name)
    script = (FOLDER / f"{name}.js").read_text("utf-8")
    parts = [_EXPORT.sub("", _joined(part, seen)) for part in _PART.findall(script) if part not in seen]
    return "".join([*parts, _PART.sub("", script)])
