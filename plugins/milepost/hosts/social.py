"""The pictures that stand for pages where these are linked: one a view and one an item."""

from collections.abc import Iterable, Iterator

from milepost.build import Built
from milepost.hosts.pages import GeneratedPage, prefix
from milepost.render.social import png, social_svg
from milepost.views.item import Target
from milepost.views.social import social


def pictures(
    built: Built, pages: Iterable[GeneratedPage], folder: str, language: str
) -> Iterator[tuple[tuple[str, Target], str, bytes]]:
    """Project and target of each page that has a picture, the picture's path in the site, and the picture."""
    plans = {plan.records.id: plan for plan in built.plans}
    for page in pages:
        if page.place is None and not page.is_listed:
            continue
        plan, target = plans[page.project], page.target
        view = social(plan, target.id if page.place else "")
        path = f"{folder}/social/{prefix(plan)}{target.kind}-{target.id}.png"
        yield (page.project, target), path, png(social_svg(view, page.title, language))
