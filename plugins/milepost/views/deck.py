"""The deck: the views of a project in the order in which they are presented as slides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.views import VIEWS
from milepost.views.item import Target


@dataclass(frozen=True, slots=True)
class Deck:
    """What slides tell beside the views: the project's `name`, the as-of date, and the page and title of each view."""

    name: str
    as_of: date
    views: tuple[tuple[Target, Phrase], ...]


def deck(plan: Plan, wanted: Collection[str]) -> Deck:
    """The deck of a plan, of those views that have pages."""
    views = tuple((Target("page", name), kind.title) for name, kind in VIEWS.items() if name in wanted)
    return Deck(plan.records.project.name, plan.as_of, views)
