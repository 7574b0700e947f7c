"""Where each feature stands on the roadmap, however it is arranged: its column in a grouping, its lane of a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.columns import HORIZONS, Column, Group, by_horizon, column_rule
from milepost.views.lanes import LaneKind, lane_rule

Lanes = LaneKind | Literal["none"]
GROUPS: tuple[Group, ...] = ("horizon", "quarter", "milestone")
LANES: tuple[Lanes, ...] = ("none", "goal", "team", "owner")
TITLES: Mapping[str, Phrase] = {
    "quarter": Phrase("Roadmap by quarter"),
    "milestone": Phrase("Roadmap by milestone"),
    "goal": Phrase("Roadmap by goal"),
    "team": Phrase("Roadmap by team"),
    "owner": Phrase("Roadmap by owner"),
}
"""What the roadmap in another arrangement than the usual one is called."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The columns of a grouping, and the number of each feature's column, by its id.

    A feature without a number stands apart: dropped ones, and done ones whose column holds nothing open.
    """

    group: Group
    columns: tuple[Column, ...]
    of: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Laning:
    """The titles of lanes, "" for those that belong to none, and the number of each feature's lane, by its id."""

    kind: Lanes
    titles: tuple[str, ...]
    of: Mapping[str, int]


def groupings(
    plan: Plan, milestones: Mapping[str, Milestone], features: Sequence[Feature], asked: Group = "horizon"
) -> tuple[Grouping, ...]:
    """The groupings that tell features apart, the one `asked` for, and always by horizon."""
    found = (_grouping(plan, milestones, features, group) for group in GROUPS)
    always = ("horizon", asked)
    return tuple(it for it in found if it.group in always or any(column != Column() for column in it.columns))


def lanings(plan: Plan, features: Sequence[Feature], asked: Lanes = "none") -> tuple[Laning, ...]:
    """The kinds of lanes that tell features apart, the one `asked` for, and always no lanes."""
    found = (_laning(plan, features, kind) for kind in LANES)
    return tuple(it for it in found if it.kind in ("none", asked) or any(it.titles))


def offered(plan: Plan) -> tuple[tuple[Group, ...], tuple[Lanes, ...]]:
    """The groupings and the kinds of lanes of a roadmap of the whole plan."""
    milestones = {milestone.id: milestone for milestone in plan.records.milestones}
    features = plan.records.features
    groups = tuple(it.group for it in groupings(plan, milestones, features))
    return groups, tuple(it.kind for it in lanings(plan, features))


def _laning(plan: Plan, features: Sequence[Feature], kind: Lanes) -> Laning:
    if kind == "none":
        return Laning(kind, ("",), {feature.id: 0 for feature in features})
    rule = lane_rule(plan, kind)
    lane_of = {feature.id: rule.of(feature) for feature in features}
    order = rule.order(lane_of.values())
    numbers = {lane: i for i, lane in enumerate(order)}
    return Laning(kind, tuple(map(rule.title, order)), {it: numbers[lane] for it, lane in lane_of.items()})


def _grouping(plan: Plan, milestones: Mapping[str, Milestone], features: Sequence[Feature], group: Group) -> Grouping:
    column_of = column_rule(plan, milestones, group)
    placed = {feature.id: column_of(feature) for feature in features if feature.status != "dropped"}
    columns = dict(placed[feature.id] for feature in features if feature.status not in ("done", "dropped"))
    if group == "horizon":
        columns |= dict(by_horizon(name) for name in HORIZONS)
    order = sorted(columns)
    numbers = {place: i for i, place in enumerate(order)}
    apart = {feature.id for feature in features if feature.status == "done" and group == "horizon"}
    of = {
        identity: numbers[place]
        for identity, (place, _) in placed.items()
        if identity not in apart and place in numbers
    }
    return Grouping(group, tuple(columns[place] for place in order), of)
