"""The roadmap: features as cards, in columns of time and lanes of purpose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.periods import Period
from milepost.records.work import Status
from milepost.views.columns import HORIZONS, Column, ColumnRule, Group, Place, by_horizon, column_rule, milestone_day
from milepost.views.facets import Facets, FacetValues, facet_values, facets
from milepost.views.item import Target, target_of
from milepost.views.lanes import LaneKind, Work, lane_rule

_MOST_CARDS = 12  # more in one cell are listed by title, so that a plan of hundreds stays readable
_MOST_LANED = 6


@dataclass(frozen=True, slots=True)
class RoadmapOptions:
    """How to arrange the cards, and which to show: only features of a `status`, only those that carry a `tag`."""

    group: Group = "horizon"
    lanes: LaneKind | Literal["none"] = "none"
    status: tuple[Status, ...] = ()
    tag: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A feature. `late` is in working days, 0 if it is not; `rank` None if it has none; `due` as written."""

    target: Target
    title: str
    status: Status
    progress: Decimal
    owner: str | None
    team: str | None
    milestone: str | None
    due: Period | None
    done: date | None
    rank: int | None
    above_cut: bool | None
    blocked: str | None
    late: int
    critical: bool
    found_by: FacetValues


@dataclass(frozen=True, slots=True)
class Cell:
    """The cards where a column and a lane meet: shown in full, then `more` by title, then those that are done."""

    column: Column
    cards: tuple[Card, ...]
    more: tuple[Card, ...]
    done: tuple[Card, ...]

    @property
    def count(self) -> int:
        """How many are still open."""
        return len(self.cards) + len(self.more)


@dataclass(frozen=True, slots=True)
class RoadmapLane:
    """A row of cells; `title` None where there is one lane only, "" for the cards that belong to none."""

    title: str | None
    cells: tuple[Cell, ...]

    @property
    def count(self) -> int:
        """How many of its features are still open."""
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """The roadmap. `done` are finished features whose column holds nothing open, newest first.

    `total` counts all features shown; `method` tells whether ranks have a meaning.
    """

    group: Group
    lane_kind: LaneKind | Literal["none"]
    columns: tuple[Column, ...]
    lanes: tuple[RoadmapLane, ...]
    done: tuple[Card, ...]
    total: int
    ranked: bool
    facets: Facets


def roadmap(plan: Plan, options: RoadmapOptions) -> RoadmapView:
    """The roadmap of a plan."""
    context = _Context(
        plan,
        {m.id: m for m in plan.records.milestones},
        {person.id: person.name for person in plan.records.people},
        facet_values(plan),
    )
    features = sorted((f for f in plan.records.features if _wanted(f, options)), key=_order(plan))
    column_of = column_rule(plan, context.milestones, options.group)
    columns = dict(column_of(f) for f in features if f.status != "done")
    if options.group == "horizon":
        columns |= dict(by_horizon(name) for name in HORIZONS)
    here: list[Feature] = []
    apart: list[Feature] = []
    for feature in features:
        stays = feature.status != "done" or (options.group != "horizon" and column_of(feature)[0] in columns)
        (here if stays else apart).append(feature)
    return RoadmapView(
        group=options.group,
        lane_kind=options.lanes,
        columns=tuple(column for _, column in sorted(columns.items(), key=lambda pair: pair[0])),
        lanes=_lanes(here, columns, column_of, context, options.lanes),
        done=tuple(context.card(f) for f in _newest_first(apart, context.milestones)),
        total=len(features),
        ranked=plan.ranking.method is not None,
        facets=facets(plan, map(context.found_by, features)),
    )


def _newest_first(features: Sequence[Feature], milestones: Mapping[str, Milestone]) -> list[Feature]:
    return sorted(features, key=lambda f: f.done or milestone_day(f, milestones) or date.min, reverse=True)


def _lanes(
    features: Sequence[Feature],
    columns: Mapping[Place, Column],
    column_of: ColumnRule,
    context: "_Context",
    kind: LaneKind | Literal["none"],
) -> tuple[RoadmapLane, ...]:
    """The features in their lanes and columns; one lane without a title where no lanes are asked for."""
    rule = None if kind == "none" else lane_rule(context.plan, kind)
    cells: dict[tuple[str, Place], list[Feature]] = {}
    for feature in features:
        cells.setdefault((rule.of(feature) if rule else "", column_of(feature)[0]), []).append(feature)
    order = rule.order(lane for lane, _ in cells) if rule else [""]
    most = _MOST_LANED if rule else _MOST_CARDS
    return tuple(
        RoadmapLane(
            rule.title(lane) if rule else None,
            tuple(_cell(columns[place], cells.get((lane, place), ()), context, most) for place in sorted(columns)),
        )
        for lane in order
    )


def _wanted(feature: Feature, options: RoadmapOptions) -> bool:
    by_status = feature.status in options.status if options.status else feature.status != "dropped"
    return by_status and (not options.tag or any(tag in options.tag for tag in feature.tags))


def _order(plan: Plan) -> Callable[[Feature], tuple[float, int, int]]:
    """Ranked ones by rank, then work in progress, then what is planned, then ideas; else as written."""
    stages: Sequence[Status] = ("active", "planned", "idea", "done", "dropped")
    written = {feature.id: i for i, feature in enumerate(plan.records.features)}

    def key(feature: Feature) -> tuple[float, int, int]:
        ranked = plan.ranking.ranked.get(feature.id)
        rank = ranked.rank if ranked and ranked.rank is not None else float("inf")
        return rank, stages.index(feature.status), written[feature.id]

    return key


def _cell(column: Column, features: Sequence[Feature], context: "_Context", most: int) -> Cell:
    cards = [context.card(f) for f in features]
    still = [card for card in cards if card.status != "done"]
    if len(still) <= most + 2:  # a fold that hides two cards saves nothing
        most = len(still)
    done = tuple(card for card in cards if card.status == "done")
    return Cell(column, tuple(still[:most]), tuple(still[most:]), done)


@dataclass(frozen=True, slots=True)
class _Context:
    """What cards are made from: the plan, its milestones and the names of its people by id, what items are found by."""

    plan: Plan
    milestones: Mapping[str, Milestone]
    names: Mapping[str, str]
    found_by: Callable[[Work], FacetValues]

    def card(self, feature: Feature) -> Card:
        """The card of a feature."""
        schedule = self.plan.schedule.get(feature.id)
        ranked = self.plan.ranking.ranked.get(feature.id)
        milestone = self.milestones.get(feature.milestone or "")
        is_open = feature.status != "done"
        margin = schedule.margin if schedule and is_open else None
        return Card(
            target=target_of(feature),
            title=feature.title,
            status=feature.status,
            progress=self.plan.progress.get(feature.id, Decimal(0)),
            owner=self.names.get(feature.owner or ""),
            team=feature.team,
            milestone=milestone.title if milestone else None,
            due=feature.due,
            done=feature.done,
            rank=ranked.rank if ranked else None,
            above_cut=ranked.above_cut if ranked else None,
            blocked=feature.blocked if is_open else None,
            late=-margin if margin is not None and margin < 0 else 0,
            critical=bool(schedule and schedule.critical),
            found_by=self.found_by(feature),
        )
