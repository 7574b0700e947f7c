"""The roadmap: features as cards, in columns of time and lanes of purpose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.periods import Period
from milepost.records.work import Status
from milepost.views.arrangement import Grouping, Lanes, Laning, groupings, lanings
from milepost.views.columns import Column, Group, milestone_day
from milepost.views.facets import Facets, FacetValues, facet_values, facets
from milepost.views.item import Target, target_of
from milepost.views.lanes import Work

MOST_CARDS = 12  # more in one cell are listed by title, so that a plan of hundreds stays readable
MOST_LANED = 6
_MOST_FULL = (
    1_000  # cards written in full; the rest of a huge plan by title and trouble alone, so that a page stays light
)


@dataclass(frozen=True, slots=True)
class RoadmapOptions:
    """How to arrange the cards, and which to show: only features of a `status`, only those that carry a `tag`."""

    group: Group = "horizon"
    lanes: Lanes = "none"
    status: tuple[Status, ...] = ()
    tag: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A feature. `late` is in working days, 0 if it is not; `rank` None if it has none; `due` as written.

    `at` is its number in the order of all cards, then that of its column in each grouping (-1 = it stands apart), then
    that of its lane of each kind: with them a card finds its place however the roadmap is arranged.
    """

    target: Target
    title: str
    status: Status
    progress: Decimal
    owner: str | None
    milestone: str | None
    due: Period | None
    done: date | None
    rank: int | None
    blocked: str | None
    late: int
    found_by: FacetValues
    at: tuple[int, ...]
    is_full: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """The cards where a column and a lane meet: shown in full, then `more` by title, then those that are done."""

    column: Column
    cards: tuple[Card, ...] = ()
    more: tuple[Card, ...] = ()
    done: tuple[Card, ...] = ()

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
    """The roadmap as it is arranged, and what it takes to arrange it in all other ways.

    `done` are finished features whose column holds nothing open, newest first, `dropped` those given up. `total` counts
    all features; `is_part` tells that the options leave some out.
    """

    as_of: date
    group: Group
    lane_kind: Lanes
    groupings: tuple[Grouping, ...]
    lanings: tuple[Laning, ...]
    lanes: tuple[RoadmapLane, ...]
    done: tuple[Card, ...]
    dropped: tuple[Card, ...]
    total: int
    is_part: bool
    facets: Facets

    @property
    def most(self) -> tuple[int, int]:
        """How many cards of a cell are shown in full: without lanes, and with them."""
        return MOST_CARDS, MOST_LANED

    @property
    def is_closed(self) -> bool:
        """Whether nothing is open, so that what is folded is all there is."""
        return not any(lane.count for lane in self.lanes)


def roadmap(plan: Plan, options: RoadmapOptions) -> RoadmapView:
    """The roadmap of a plan."""
    milestones = {milestone.id: milestone for milestone in plan.records.milestones}
    features = _in_order((f for f in plan.records.features if _wanted(f, options)), plan, milestones)
    grouped = groupings(plan, milestones, features, options.group)
    laned = lanings(plan, features, options.lanes)
    names = {person.id: person.name for person in plan.records.people}
    context = _Context(plan, milestones, names, facet_values(plan), grouped, laned)
    cards = [context.card(feature, order) for order, feature in enumerate(features)]
    grouping = next(it for it in grouped if it.group == options.group)
    laning = next(it for it in laned if it.kind == options.lanes)
    apart = [card for card in cards if card.target.id not in grouping.of]
    return RoadmapView(
        as_of=plan.as_of,
        group=options.group,
        lane_kind=options.lanes,
        groupings=grouped,
        lanings=laned,
        lanes=_lanes(cards, grouping, laning),
        done=tuple(card for card in apart if card.status != "dropped"),
        dropped=tuple(card for card in apart if card.status == "dropped"),
        total=len(features),
        is_part=bool(options.status or options.tag),
        facets=facets(plan, [card.found_by for card in cards]),
    )


def _wanted(feature: Feature, options: RoadmapOptions) -> bool:
    by_status = not options.status or feature.status in options.status
    return by_status and (not options.tag or any(tag in options.tag for tag in feature.tags))


def _in_order(features: Iterable[Feature], plan: Plan, milestones: Mapping[str, Milestone]) -> list[Feature]:
    """Open ones by rank, then in work, planned, ideas, else as written; then done, newest first; then dropped."""
    stages: Sequence[Status] = ("active", "planned", "idea", "done", "dropped")

    def key(feature: Feature) -> tuple[bool, bool, float, int]:
        stage = stages.index(feature.status)
        if feature.status == "done":
            day = feature.done or milestone_day(feature, milestones) or date.min
            return True, False, -day.toordinal(), 0
        ranked = plan.ranking.ranked.get(feature.id)
        rank = ranked.rank if ranked and ranked.rank is not None else float("inf")
        is_dropped = feature.status == "dropped"
        return is_dropped, is_dropped, rank, stage

    return sorted(features, key=key)


def _lanes(cards: Iterable[Card], grouping: Grouping, laning: Laning) -> tuple[RoadmapLane, ...]:
    """The cards in their lanes and columns; a lane in which nothing stands is left out, unless all are empty."""
    cells: dict[tuple[int, int], list[Card]] = {}
    for card in cards:
        column = grouping.of.get(card.target.id)
        if column is not None:
            cells.setdefault((laning.of[card.target.id], column), []).append(card)
    is_laned = laning.kind != "none"
    most = MOST_LANED if is_laned else MOST_CARDS
    return tuple(
        RoadmapLane(
            laning.titles[lane] if is_laned else None,
            tuple(_cell(column, cells.get((lane, i), ()), most) for i, column in enumerate(grouping.columns)),
        )
        for lane in sorted({lane for lane, _ in cells}) or [0]
    )


def _cell(column: Column, cards: Sequence[Card], most: int) -> Cell:
    still = [card for card in cards if card.status != "done"]
    if len(still) <= most + 2:  # a fold that hides two cards saves nothing
        most = len(still)
    done = tuple(card for card in cards if card.status == "done")
    return Cell(column, tuple(still[:most]), tuple(still[most:]), done)


@dataclass(frozen=True, slots=True)
class _Context:
    """What cards are made from: the plan, milestones and names of people by id, what items are found by, all places."""

    plan: Plan
    milestones: Mapping[str, Milestone]
    names: Mapping[str, str]
    found_by: Callable[[Work], FacetValues]
    groupings: Sequence[Grouping]
    lanings: Sequence[Laning]

    def card(self, feature: Feature, order: int) -> Card:
        """The card of a feature, `order` its number among all."""
        schedule = self.plan.schedule.get(feature.id)
        ranked = self.plan.ranking.ranked.get(feature.id)
        milestone = self.milestones.get(feature.milestone or "")
        is_open = feature.status not in ("done", "dropped")
        margin = schedule.margin if schedule and is_open else None
        columns = (grouping.of.get(feature.id, -1) for grouping in self.groupings)
        lanes = (laning.of[feature.id] for laning in self.lanings if laning.kind != "none")
        return Card(
            target=target_of(feature),
            title=feature.title,
            status=feature.status,
            progress=self.plan.progress.get(feature.id, Decimal(0)),
            owner=self.names.get(feature.owner or ""),
            milestone=milestone.title if milestone else None,
            due=feature.due,
            done=feature.done,
            rank=ranked.rank if ranked else None,
            blocked=feature.blocked if is_open else None,
            late=-margin if margin is not None and margin < 0 else 0,
            found_by=self.found_by(feature),
            at=(order, *columns, *lanes),
            is_full=is_open and order < _MOST_FULL,
        )
