"""What every view says of a milestone or feature it names."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from milepost.plan.health import Health
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.periods import Period
from milepost.records.work import Status

Kind = Literal["milestone", "feature", "page"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: the page of a milestone or feature by `id`, or the page of a view by its name."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class ItemRef:
    """A milestone or feature in a list: enough to tell how it stands without opening it.

    `margin` is in working days, negative is late; `finish` is computed, None where it has no schedule.
    """

    target: Target
    title: str
    status: Status
    progress: Decimal
    due: Period | None
    finish: date | None
    margin: int | None
    owner: str | None
    health: Health | None


def target_of(item: Milestone | Feature) -> Target:
    """The page of an item."""
    return Target("feature" if isinstance(item, Feature) else "milestone", item.id)


def item_ref(plan: Plan, item: Milestone | Feature) -> ItemRef:
    """An item as lists show it."""
    schedule = plan.schedule.get(item.id)
    return ItemRef(
        target=target_of(item),
        title=item.title,
        status=item.status,
        progress=plan.progress[item.id],
        due=item.due,
        finish=schedule.finish if schedule else item.done,
        margin=schedule.margin if schedule else None,
        owner=person_name(plan, item.owner),
        health=plan.health.get(item.id),
    )


def named(plan: Plan, identity: str) -> ItemRef | None:
    """The item with an id, None if it is something else or of another project."""
    found = plan.links.by_id.get(identity)
    return item_ref(plan, found[1]) if found and isinstance(found[1], Milestone | Feature) else None


def person_name(plan: Plan, identity: str | None) -> str | None:
    """The name of a person; in an edition without names, the role."""
    found = plan.links.by_id.get(identity or "")
    return getattr(found[1], "name", None) if found else None


def initials(name: str) -> str:
    """The initials of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words if len(words) < 3 else (words[0], words[-1]))).upper()
