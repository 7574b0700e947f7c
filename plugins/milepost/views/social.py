"""What the picture of a page shows where the page is only linked: how an item, or the project, stands."""

from dataclasses import dataclass
from decimal import Decimal

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.work import HealthState, Status
from milepost.views.description import dates


@dataclass(frozen=True, slots=True)
class Social:
    """`title` is that of the item, "" for the project. `health` is None where it says no more than `status`.

    `dates` tells when it is due and expected; of the project, when the next milestone is. `progress` is a fraction.
    """

    project: str
    title: str
    status: Status | None
    health: HealthState | None
    dates: Phrase | None
    progress: Decimal


def social(plan: Plan, identity: str) -> Social:
    """The picture of an item, or with "" of the project."""
    _, item = plan.links.by_id.get(identity, ("", None))
    health = plan.health.get(identity)
    found = item if isinstance(item, Feature | Milestone) else None
    return Social(
        project=plan.records.project.name,
        title=found.title if found else "",
        status=found.status if found else None,
        health=health.is_ if health and not (found and found.status in ("done", "dropped")) else None,
        dates=dates(plan, found) if found else _next(plan),
        progress=plan.progress.get(identity, Decimal(0)),
    )


def _next(plan: Plan) -> Phrase | None:
    """The open milestone that is promised next."""
    promised = [m for m in plan.records.milestones if m.due and m.status not in ("done", "dropped")]
    found = min(promised, key=lambda m: m.due.last if m.due else plan.as_of, default=None)
    return Phrase("Next: {milestone}, {due}", {"milestone": found.title, "due": found.due}) if found else None
