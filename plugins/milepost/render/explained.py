"""Where figures come from, as HTML: one fold a figure; an anchor inside the fold opens it, without a script.

Written in Python where all else is a template: a page holds some two hundred values of this kind, and a template takes
four times as long over them as over the rest of the page.
"""

from collections.abc import Callable, Collection, Iterable
from html import escape

from markupsafe import Markup

from milepost.diagnostics import Place
from milepost.plan.phrase import Phrase
from milepost.render.formats import Formats
from milepost.views.explanation import Explanation, Given, Value
from milepost.views.item import Target

_TITLE = Phrase("Where these numbers come from")
ASK = Phrase("Where this number comes from")
"""What a link to an explanation says of itself."""


def ask(hint: str, name: str, anchor: str, anchors: Collection[str]) -> str | Markup:
    """The name of a figure; it leads to where the figure comes from if that is on the page, and `hint` says so."""
    if anchor not in anchors:
        return name
    return Markup('<a class="mp-ask" href="#why-{}" title="{}">{}</a>').format(anchor, hint, name)


def asked(hint: str, name: str, anchor: str, anchors: Collection[str]) -> Markup:
    """The same in a list of figures."""
    return Markup("<dt>{}</dt>").format(ask(hint, name, anchor, anchors))


def asked_at(hint: str, shown: str, page: str | None, anchor: str) -> str | Markup:
    """A figure that leads to where it comes from, on another page; without that page the figure alone."""
    if page is None:
        return shown
    return Markup('<a class="mp-ask" href="{}#why-{}" title="{}">{}</a>').format(page, anchor, hint, shown)


class Explained:
    """Writes the explanations of a page. `link`, `source` and `spot` are those of the page's `Context`."""

    def __init__(
        self,
        formats: Formats,
        link: Callable[[Target], str | None],
        source: Callable[[Place], str | None],
        spot: Callable[[Place], Place | None],
    ) -> None:
        self.formats = formats
        self.link = link
        self.source = source
        self.spot = spot

    def section(self, found: Iterable[Explanation]) -> Markup:
        """All figures under a heading; nothing where there are none."""
        shown = tuple(found)
        if not shown:
            return Markup()
        anchors = {one.anchor for one in shown}
        folds = "".join(self._figure(one, anchors) for one in shown)
        title = escape(self.formats.phrase(_TITLE))
        whole = f'<h2 id="mp-numbers">{title}</h2>\n<div class="mp-whys" data-search-exclude>{folds}</div>\n'
        return Markup(whole)  # noqa: S704 (every value in it went through `escape`)

    def _figure(self, found: Explanation, anchors: Collection[str]) -> str:
        parts = [
            f'<details class="mp-why"><summary><span>{escape(self.formats.phrase(found.label))}</span>'
            f' <b>{self._value(found.value)}</b></summary><div id="why-{found.anchor}">'
        ]
        if found.reason and found.value is None:
            parts.append(f"<p>{escape(self.formats.phrase(found.reason))}</p>")
        if found.formula:
            parts.append(f"<p>{escape(self.formats.phrase(found.formula))}{self._filled(found)}</p>")
        if found.because:
            parts.append(f"<p>{escape(self.formats.in_a_row(found.because))}</p>")
        if found.inputs:
            rows = "".join(self._row(given, anchors) for given in found.inputs)
            parts.append(f'<table class="mp-given">{rows}</table>')
        parts.append("</div></details>")
        return "".join(parts)

    def _filled(self, found: Explanation) -> str:
        filled = found.filled(self.formats.told(found.formula)) if found.formula else ()
        if not filled:
            return ""
        return "<br>= " + "".join(escape(part) if isinstance(part, str) else self._value(part) for part in filled)

    def _row(self, given: Given, anchors: Collection[str]) -> str:
        """One input: what it is called, its value, and where it is written."""
        label = escape(self.formats.value(given.label))
        to = self.link(given.target) if given.target else None
        if to:
            label = f'<a href="{escape(to)}">{label}</a>'
        elif given.field and given.anchor in anchors:
            label = f'<a href="#why-{given.anchor}">{label}</a>'
        note = f"<small>{escape(self.formats.phrase(given.note))}</small>" if given.note else ""
        return f'<tr><th scope="row">{label}<td>{self._value(given.value)}{note}<td>{self._place(given.place)}'

    def _place(self, place: Place | None) -> str:
        at = self.spot(place) if place else None
        if at is None:
            return ""
        said = escape(f"{at.file}:{at.mark[0] + 1}" if at.mark else at.file)
        href = self.source(at)
        return f'<a href="{escape(href)}">{said}</a>' if href else said

    def _value(self, value: Value | None) -> str:
        return escape(self.formats.explained(value))
