"""The picture of a page where it is linked: drawn by a template as SVG, made into a PNG by resvg, an extra."""

from functools import cache, lru_cache
from unicodedata import east_asian_width

from milepost.render.environment import environment
from milepost.render.formats import formats
from milepost.views.social import Social

SIZE = (1200, 630)  # what Open Graph's readers cut nothing from
_WIDTH, _LINES = 26.0, 3  # of the title, in letters of middling width
_LONGEST = 46.0  # of other lines
_NARROW, _BROAD = frozenset("iIjlt.,:;'|!()[] "), frozenset("mwMW@%—…")


def social_svg(view: Social, title: str, language: str) -> str:
    """The drawing; `title` is that of the page, which stands for the project's where the page is no item's."""
    when = formats(language).phrase(view.dates) if view.dates else ""
    return (
        environment(language)
        .get_template("social.svg")
        .render(
            view=view,
            over=broken(view.project, _LONGEST, 1)[0],
            lines=broken(view.title or title, _WIDTH, _LINES),
            when=broken(when, _LONGEST, 1)[0] if when else "",
        )
    )


def broken(text: str, width: float, most: int) -> list[str]:
    """A text in at most so many lines, each about as wide; what is left is cut with an ellipsis."""
    lines, line = [], ""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)  # what is not seen has no width
    for word in shown.split() or [""]:
        joined = f"{line} {word}" if line else word
        if _width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while _width(line) > width:
            cut = next((i for i in range(len(line) - 1, 0, -1) if _width(line[:i]) <= width), 1)
            lines.append(line[:cut])
            line = line[cut:]
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _width(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _width(text: str) -> float:
    return sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.8
    if letter in _NARROW:
        return 0.55
    return 1.55 if letter in _BROAD else 1.25 if letter.isupper() else 1.0


@lru_cache(maxsize=1_000)  # a preview makes only those anew whose page changed
def png(svg: str) -> bytes:
    """The drawing as a picture, with the fonts of the system; the plan's own text can name no file to load."""
    import resvg_py  # an extra that few need

    return resvg_py.svg_to_bytes(svg_string=svg)


@cache
def why_not() -> str:
    """Why no pictures can be made here, "" if they can."""
    try:
        import resvg_py  # noqa: F401
    except ImportError:
        return "resvg-py is not installed: pip install 'mkdocs-milepost[social]'"
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-size="30">{}</text></svg>'
    return "" if png(drawn.format("M")) != png(drawn.format("")) else "no font is found on this system"
