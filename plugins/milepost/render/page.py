"""A view-model → the HTML that stands on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from milepost.diagnostics import Place
from milepost.render.environment import environment
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


def render(name: str, view: object, context: Context) -> str:
    """The HTML of a view by the template of its name."""
    template = environment(context.language, context.overrides).get_template(f"{name}.html")
    return template.render(
        view=view,
        link=context.link,
        source=context.source,
        spot=context.spot,
        propose=context.propose,
        edit=context.edit,
    )
