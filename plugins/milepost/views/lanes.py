"""The lanes that milestones and features fall into: by goal, team or owner."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone

LaneKind = Literal["goal", "team", "owner"]
Work = Milestone | Feature


@dataclass(frozen=True, slots=True)
class LaneRule:
    """Which lane an item falls into (`of`, "" = none), and the `titles` of known lanes in their order."""

    of: Callable[[Work], str]
    titles: Mapping[str, str]

    def title(self, lane: str) -> str:
        """What a lane is called; "" for the items that fall into none."""
        return self.titles.get(lane, lane)

    def order(self, used: Iterable[str]) -> list[str]:
        """The lanes in use: known ones in their order, then others by name, then the items that fall into none."""
        found = set(used)
        known = [lane for lane in self.titles if lane in found]
        return known + sorted(found - {*known, ""}) + [""] * ("" in found)


def lane_rule(plan: Plan, kind: LaneKind) -> LaneRule:
    """How a plan's items fall into lanes. The goal defaults to the milestone's, the team to the owner's."""
    records = plan.records
    if kind == "goal":
        goals = {milestone.id: milestone.goal for milestone in records.milestones}
        return LaneRule(
            lambda item: item.goal or goals.get(milestone_id(item)) or "",
            {goal.id: goal.title for goal in records.goals},
        )
    if kind == "owner":
        return LaneRule(lambda item: item.owner or "", {person.id: person.name for person in records.people})
    teams = {person.id: person.team or "" for person in records.people}
    known = {team: team for team in teams.values() if team}
    return LaneRule(
        lambda item: (item.team if isinstance(item, Feature) else "") or teams.get(item.owner or "", ""), known
    )


def milestone_id(item: Work) -> str:
    """The milestone a feature belongs to, "" if none."""
    return (item.milestone or "") if isinstance(item, Feature) else ""
