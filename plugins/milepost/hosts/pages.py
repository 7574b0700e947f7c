"""The pages a plan brings with it: one a view, in the navigation, and one an item, out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from json import dumps

from milepost.build import Built
from milepost.diagnostics import Place
from milepost.plan.plan import Plan
from milepost.render.formats import formats
from milepost.views import VIEWS
from milepost.views.arrangement import TITLES, offered
from milepost.views.item import Target

_INDEX_NAMES = ("index", "readme")  # MkDocs would put these at the place of the section's own page
_ITEMS = (("milestones", "milestone"), ("features", "feature"))


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page to generate: its `path` (of the Markdown file it pretends to be), plain-text `title` and marker.

    `place` is where an item is written, None for the page of a view; `target` is what links to it name. `is_listed`
    tells whether it belongs in the navigation.
    """

    path: str
    title: str
    marker: str
    project: str
    target: Target
    place: Place | None = None
    is_listed: bool = False


def generated_pages(built: Built, wanted: Sequence[str], language: str) -> Iterator[GeneratedPage]:
    """The pages of all projects: those of the plan folder's own at the top, a sub-project's below its id.

    The titles of views are in the `language` of the site, and so in its navigation and search.
    """
    for plan in built.plans:
        yield from _views(plan, wanted, language)
        for section, kind in _ITEMS:
            if section in wanted:
                yield from _items(plan, section, kind)


def prefix(plan: Plan) -> str:
    """The folder of a project's pages."""
    return f"{plan.records.id}/" if plan.records.folder else ""


def _views(plan: Plan, wanted: Sequence[str], language: str) -> Iterator[GeneratedPage]:
    project = plan.records.id
    options = f" {{project: {dumps(project)}}}" if plan.records.folder else ""
    for name in VIEWS:
        if name in wanted:
            marker = f"<!-- milepost: {name}{options} -->"
            path, title = f"{prefix(plan)}{name}.md", formats(language).phrase(VIEWS[name].title)
            yield GeneratedPage(path, title, marker, project, Target("page", name), is_listed=True)
    if "roadmap" in wanted and plan.records.features:
        yield from _roadmaps(plan, language)


def _roadmaps(plan: Plan, language: str) -> Iterator[GeneratedPage]:
    """The roadmap arranged in other ways, for readers without scripts: its controls lead here."""
    groups, lanes = offered(plan)
    project = plan.records.id
    by_group = (("group", group) for group in groups if group in TITLES)
    by_lanes = (("lanes", kind) for kind in lanes if kind in TITLES)
    for option, value in chain(by_group, by_lanes):
        name, title = f"roadmap/by-{value}", formats(language).phrase(TITLES[value])
        options = f"{option}: {value}" + (f", project: {dumps(project)}" if plan.records.folder else "")
        marker = f"<!-- milepost: roadmap {{{options}}} -->"
        yield GeneratedPage(f"{prefix(plan)}{name}.md", title, marker, project, Target("page", name))


def _items(plan: Plan, section: str, kind: str) -> Iterator[GeneratedPage]:
    """One page for each item. Ids are safe in paths and markers by their pattern."""
    project = plan.records.id
    for item in plan.records.milestones if section == "milestones" else plan.records.features:
        marker = f'<!-- milepost: {kind} {{id: "{item.id}", project: {dumps(project)}}} -->'
        target = Target("milestone" if section == "milestones" else "feature", item.id)
        name = f"{item.id}/index" if item.id in _INDEX_NAMES else item.id
        path = f"{prefix(plan)}{section}/{name}.md"
        yield GeneratedPage(path, item.title, marker, project, target, plan.records.places[item.id])
