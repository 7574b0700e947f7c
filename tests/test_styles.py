"""Style sheets: every class is in use, colours are tokens that hold their contrast, and no side is left or right."""

import re

import pytest

from milepost.render.assets import FOLDER, STYLES

MILEPOST = FOLDER.parents[1]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIDES = re.compile(r"(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right)\s*[:;}]")
_THEME = re.compile(r"var\(--(?:md|bs)-[\w-]+")
_SCALE = re.compile(r"var\(--mp-text-(?:xs|s|m|l|xl)\)|1em|inherit|[\d.]+pt")
_DRAWN = {  # drawings are laid out in their own unit, and the heading of the page stands before the view
    "milepost.css": {"1.5em"},
    "features.css": {".8rem", ".65em"},
    "timeline.css": {".8em", ".9em", ".85em", ".75em"},
}


def rules(name: str) -> str:
    return _COMMENT.sub("", (FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("name", STYLES)
def test_every_class_is_in_use(name: str) -> None:
    """A style for what nothing has any longer is weight for every reader."""
    made = [*MILEPOST.glob("render/**/*.html"), *MILEPOST.glob("**/*.py"), *FOLDER.glob("*.js")]
    words = set(re.findall(r"mp-[\w-]*", "\n".join(file.read_text("utf-8") for file in made)))
    beginnings = tuple(word for word in words if word.endswith("-") and word != "mp-")  # as in "mp-tl-{{ zoom }}"
    health, status, trends = "on-track|at-risk|off-track|done", "active|planned|idea|dropped", "up|down|flat"
    states = re.compile(f"mp-(?:{health}|{status}|{trends}|warning|error)$")
    classes = set(re.findall(r"\.(mp-[\w-]+)", rules(name)))
    idle = {c for c in classes - words if not c.startswith(beginnings) and not states.match(c)}
    assert sorted(idle) == []


@pytest.mark.parametrize("name", STYLES)
def test_layout_turns_with_the_direction_of_the_writing(name: str) -> None:
    """Only a rule for one direction may name a side."""
    assert _SIDES.findall(re.sub(r"^.*\[dir=.*$", "", rules(name), flags=re.MULTILINE)) == []


@pytest.mark.parametrize("name", [name for name in STYLES if name != "present.css"])
def test_text_has_a_size_of_the_type_scale(name: str) -> None:
    """Each size more is a font more to load before the first paint; slides are of one size, in pixels."""
    sizes = {size.strip() for size in re.findall(r"font-size:([^;}]+)", rules(name))}
    assert {size for size in sizes if not _SCALE.fullmatch(size)} == _DRAWN.get(name, set())


@pytest.mark.parametrize("name", [name for name in STYLES if name != "milepost.css"])
def test_views_take_their_colours_from_the_tokens(name: str) -> None:
    """A theme's own may be too pale to draw with; see test_colours."""
    assert sorted(set(_THEME.findall(rules(name)))) == []
