"""The order of generated pages in a navigation that MkDocs makes by itself: by file name, which means nothing here."""

from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from milepost.hosts.pages import GeneratedPage
from milepost.views import VIEWS

_ORDER = list(VIEWS)


def arrange(nav: Navigation, generated: Mapping[str, GeneratedPage], names: Mapping[str, str]) -> None:
    """Put the views after the home page, in their order, and name a sub-project's section by its name in `names`.

    `generated` is by source path, `names` by project id. A section that holds pages of the author's, too, keeps the
    name of its folder. Themes print titles as they are, so names are escaped.
    """
    nav.items = _in_order(nav.items, generated)
    for section in nav.items:
        if not isinstance(section, Section):
            continue
        pages = [_generated(child, generated) for child in section.children]
        projects = {page.project if page else "" for page in pages}
        name = names.get(projects.pop()) if len(projects) == 1 else None
        if name:
            section.title = escape(name)
            section.children = _in_order(section.children, generated)
    nav.pages = list(_pages(nav.items))
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for before, after in pairwise(nav.pages):
        before.next_page, after.previous_page = after, before


def _in_order(items: list[StructureItem], generated: Mapping[str, GeneratedPage]) -> list[StructureItem]:
    def place(item: StructureItem) -> int:
        if isinstance(item, Page) and item.is_homepage:
            return -1
        page = _generated(item, generated)
        return _ORDER.index(page.target.id) if page else len(_ORDER)

    return sorted(items, key=place)


def _generated(item: StructureItem, generated: Mapping[str, GeneratedPage]) -> GeneratedPage | None:
    """The generated page of a view that an item of the navigation is, if it is one."""
    page = generated.get(item.file.src_uri) if isinstance(item, Page) else None
    return page if page and page.target.kind == "page" else None


def _pages(items: list[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)
