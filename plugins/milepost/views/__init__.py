"""Step 4: a plan becomes frozen view-models, one module a view, without a word of HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.views.budget import BudgetOptions, budget
from milepost.views.features import FeaturesOptions, features
from milepost.views.milestones import MilestonesOptions, milestones
from milepost.views.problems import ProblemsOptions
from milepost.views.roadmap import RoadmapOptions, roadmap
from milepost.views.status import StatusOptions, status
from milepost.views.timeline import TimelineOptions, timeline


@dataclass(frozen=True, slots=True)
class ViewKind:
    """A view a marker can name: its `title`, its `options`, and the function that makes its view-model."""

    title: Phrase
    options: type
    make: Callable[[Plan, Any], object]


VIEWS: Mapping[str, ViewKind] = {
    "status": ViewKind(Phrase("Status"), StatusOptions, status),
    "roadmap": ViewKind(Phrase("Roadmap"), RoadmapOptions, roadmap),
    "timeline": ViewKind(Phrase("Timeline"), TimelineOptions, timeline),
    "milestones": ViewKind(Phrase("Milestones"), MilestonesOptions, milestones),
    "features": ViewKind(Phrase("Features"), FeaturesOptions, features),
    "budget": ViewKind(Phrase("Budget"), BudgetOptions, budget),
}

__all__ = ["VIEWS", "ProblemsOptions", "ViewKind"]
