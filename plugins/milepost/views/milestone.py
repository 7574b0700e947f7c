"""The page of a milestone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from milepost.plan.earned_value import EarnedValue
from milepost.plan.forecast import Forecast
from milepost.plan.levelling import Levelled
from milepost.plan.plan import Plan
from milepost.plan.schedule import Schedule
from milepost.plan.throughput import Throughput
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.around import Around, DependencyRow, around, depends, judge
from milepost.views.explain import anchors, explain, shown
from milepost.views.explanation import Explanation
from milepost.views.item import ItemRef, item_ref


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """All that is known of a milestone; `members` are its features, open ones first; of `counted`, which are not
    dropped, `done` are finished.

    `outside` is the open work beyond it that one of its features waits for, with the title of the first that does.
    `health_by` judged its health.
    """

    item: ItemRef
    milestone: Milestone
    goal: str | None
    health_by: str | None
    schedule: Schedule | None
    levelled: Levelled | None
    forecast: Forecast | None
    throughput: Throughput | None
    earned: EarnedValue | None
    members: tuple[ItemRef, ...]
    counted: int
    done: int
    outside: tuple[tuple[DependencyRow, str], ...]
    around: Around
    why: tuple[Explanation, ...]
    as_of: date

    @property
    def anchors(self) -> frozenset[str]:
        """The figures of this page that are explained on it."""
        return anchors(self.why)


def milestone(plan: Plan, found: Milestone) -> MilestoneView:
    """The page of one milestone."""
    stages = ("active", "planned", "idea", "done", "dropped")
    members = sorted(plan.links.members.get(found.id, ()), key=lambda f: stages.index(f.status))
    return MilestoneView(
        item=item_ref(plan, found),
        milestone=found,
        goal=next((goal.title for goal in plan.records.goals if goal.id == found.goal), None),
        health_by=judge(plan, found),
        schedule=plan.schedule.get(found.id),
        levelled=plan.levelling.items.get(found.id),
        forecast=plan.forecast.get(found.id),
        throughput=plan.throughput.get(found.id),
        earned=plan.money.earned.get(found.id),
        members=tuple(item_ref(plan, f) for f in members),
        counted=sum(f.status != "dropped" for f in members),
        done=sum(f.status == "done" for f in members),
        outside=_outside(plan, members),
        around=around(plan, found),
        why=shown(explain(plan, found.id)),
        as_of=plan.as_of,
    )


def _outside(plan: Plan, members: Sequence[Feature]) -> tuple[tuple[DependencyRow, str], ...]:
    own = {feature.id for feature in members}
    found: dict[str, tuple[DependencyRow, str]] = {}
    for feature in members:
        if feature.status in ("done", "dropped"):
            continue
        for need in plan.links.needs.get(feature.id, ()):
            if need.id not in own and need.id not in found:
                found[need.id] = depends(plan, need), feature.title
    return tuple(pair for pair in found.values() if not (pair[0].item and pair[0].item.status == "done"))
