"""The roadmap: features as cards, in columns of time and lanes of purpose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.periods import Period, read_period
from milepost.records.work import Status
from milepost.views.item import Target, target_of

Group = Literal["horizon", "quarter", "milestone"]
LaneKind = Literal["goal", "team", "owner", "none"]
_MOST_CARDS = 12  # more in one cell are listed by title, so that a plan of hundreds stays readable
_MOST_LANED = 6
_HORIZONS = {"now": "Now", "next": "Next", "later": "Later"}


@dataclass(frozen=True, slots=True)
class RoadmapOptions:
    """How to arrange the cards, and which to show: only features of a `status`, only those that carry a `tag`."""

    group: Group = "horizon"
    lanes: LaneKind = "none"
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


@dataclass(frozen=True, slots=True)
class Column:
    """What a column stands for: a `horizon`, a `period`, or a `milestone` with its title, promise and state.

    All three are None for the features that belong nowhere.
    """

    horizon: Literal["now", "next", "later"] | None = None
    period: Period | None = None
    milestone: Target | None = None
    title: str | None = None
    due: Period | None = None
    done: bool = False


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
    lane_kind: LaneKind
    columns: tuple[Column, ...]
    lanes: tuple[RoadmapLane, ...]
    done: tuple[Card, ...]
    total: int
    ranked: bool


_Key = tuple[int, int, str]  # order of a column: its kind, its place, its id


def roadmap(plan: Plan, options: RoadmapOptions) -> RoadmapView:
    """The roadmap of a plan."""
    names = {person.id: person.name for person in plan.records.people}
    milestones = {milestone.id: milestone for milestone in plan.records.milestones}
    features = sorted((f for f in plan.records.features if _wanted(f, options)), key=_order(plan))
    column_of = _columns(plan, milestones, options.group)
    lane_of, lane_titles = _lanes(plan, milestones, options.lanes)
    columns = {key: column for f in features if f.status != "done" for key, column in [column_of(f)]}
    if options.group == "horizon":
        columns |= {(0, i, name): Column(horizon=name) for i, name in enumerate(("now", "next", "later"))}
    cells: dict[tuple[str | None, _Key], list[Feature]] = {}
    apart = []
    for feature in features:
        key = column_of(feature)[0]
        if feature.status == "done" and (options.group == "horizon" or key not in columns):
            apart.append(feature)
        else:
            cells.setdefault((lane_of(feature), key), []).append(feature)
    most = _MOST_CARDS if options.lanes == "none" else _MOST_LANED
    order = sorted(columns)
    lanes = []
    for identity in _lane_order(lane_titles, {lane for lane, _ in cells}):
        row = (_cell(columns[key], cells.get((identity, key), ()), plan, names, milestones, most) for key in order)
        alone = options.lanes == "none"
        lanes.append(RoadmapLane(None if alone else lane_titles.get(identity or "", identity or ""), tuple(row)))
    apart.sort(key=lambda f: f.done or _milestone_day(f, milestones) or date.min, reverse=True)
    return RoadmapView(
        group=options.group,
        lane_kind=options.lanes,
        columns=tuple(columns[key] for key in order),
        lanes=tuple(lanes),
        done=tuple(_card(f, plan, names, milestones) for f in apart),
        total=len(features),
        ranked=plan.ranking.method is not None,
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


def _columns(
    plan: Plan, milestones: Mapping[str, Milestone], group: Group
) -> Callable[[Feature], tuple[_Key, Column]]:
    """What gives the column of a feature, with the key it is ordered by."""
    if group == "horizon":
        places = {name: i for i, name in enumerate(_HORIZONS)}
        return lambda f: _by_horizon(plan.horizon.get(f.id, "later"), places)
    if group == "milestone":
        order = sorted(milestones.values(), key=lambda m: _promised(m, plan) or date.max)
        positions = {milestone.id: i for i, milestone in enumerate(order)}
        return lambda f: _by_milestone(milestones.get(f.milestone or ""), positions)
    return lambda f: _by_quarter(_quarter_day(f, plan, milestones))


def _by_horizon(name: Literal["now", "next", "later"], places: Mapping[str, int]) -> tuple[_Key, Column]:
    return (0, places[name], name), Column(horizon=name)


def _by_milestone(milestone: Milestone | None, positions: Mapping[str, int]) -> tuple[_Key, Column]:
    if milestone is None:
        return (1, 0, ""), Column()
    column = Column(
        milestone=target_of(milestone), title=milestone.title, due=milestone.due, done=milestone.status == "done"
    )
    return (0, positions[milestone.id], milestone.id), column


def _by_quarter(day: date | None) -> tuple[_Key, Column]:
    if day is None:
        return (1, 0, ""), Column()
    quarter = (day.month - 1) // 3 + 1
    text = f"{day.year:04}-Q{quarter}"
    period = read_period(text)
    return (0, day.year * 4 + quarter, text), Column(period=period if isinstance(period, Period) else None)


def _quarter_day(feature: Feature, plan: Plan, milestones: Mapping[str, Milestone]) -> date | None:
    """The day that decides the quarter: done, else promised, else expected, else its milestone's promise."""
    if feature.done:
        return feature.done
    if feature.due:
        return feature.due.last
    if schedule := plan.schedule.get(feature.id):
        return schedule.finish
    return _milestone_day(feature, milestones)


def _milestone_day(feature: Feature, milestones: Mapping[str, Milestone]) -> date | None:
    milestone = milestones.get(feature.milestone or "")
    return (milestone.done or (milestone.due.last if milestone.due else None)) if milestone else None


def _promised(milestone: Milestone, plan: Plan) -> date | None:
    if milestone.done or milestone.due:
        return milestone.done or (milestone.due.last if milestone.due else None)
    schedule = plan.schedule.get(milestone.id)
    return schedule.finish if schedule else None


def _lanes(
    plan: Plan, milestones: Mapping[str, Milestone], kind: LaneKind
) -> tuple[Callable[[Feature], str | None], Mapping[str, str]]:
    """What gives the lane of a feature, and the titles of lanes in their order."""
    people = {person.id: person for person in plan.records.people}
    if kind == "none":
        return lambda f: None, {}
    if kind == "goal":
        titles = {goal.id: goal.title for goal in plan.records.goals}
        return lambda f: _goal(f, milestones), titles
    if kind == "owner":
        return lambda f: f.owner or "", {person.id: person.name for person in people.values()}
    teams = {person.id: person.team for person in people.values()}
    return lambda f: f.team or teams.get(f.owner or "") or "", {t: t for t in teams.values() if t}


def _goal(feature: Feature, milestones: Mapping[str, Milestone]) -> str:
    milestone = milestones.get(feature.milestone or "")
    return feature.goal or (milestone.goal if milestone else None) or ""


def _lane_order(titles: Mapping[str, str], used: set[str | None]) -> Iterable[str | None]:
    """The lanes in use: those with a record in its order, then others by name, then the rest."""
    yield from (identity for identity in titles if identity in used)
    yield from sorted(identity for identity in used if identity and identity not in titles)
    yield from (identity for identity in ("", None) if identity in used)


def _cell(
    column: Column,
    features: Sequence[Feature],
    plan: Plan,
    names: Mapping[str, str],
    milestones: Mapping[str, Milestone],
    most: int,
) -> Cell:
    cards = [_card(f, plan, names, milestones) for f in features]
    still = [card for card in cards if card.status != "done"]
    if len(still) <= most + 2:  # a fold that hides two cards saves nothing
        most = len(still)
    done = tuple(card for card in cards if card.status == "done")
    return Cell(column, tuple(still[:most]), tuple(still[most:]), done)


def _card(feature: Feature, plan: Plan, names: Mapping[str, str], milestones: Mapping[str, Milestone]) -> Card:
    schedule = plan.schedule.get(feature.id)
    ranked = plan.ranking.ranked.get(feature.id)
    milestone = milestones.get(feature.milestone or "")
    is_open = feature.status != "done"
    margin = schedule.margin if schedule and is_open else None
    return Card(
        target=target_of(feature),
        title=feature.title,
        status=feature.status,
        progress=plan.progress.get(feature.id, Decimal(0)),
        owner=names.get(feature.owner or ""),
        team=feature.team,
        milestone=milestone.title if milestone else None,
        due=feature.due,
        done=feature.done,
        rank=ranked.rank if ranked else None,
        above_cut=ranked.above_cut if ranked else None,
        blocked=feature.blocked if is_open else None,
        late=-margin if margin is not None and margin < 0 else 0,
        critical=bool(schedule and schedule.critical),
    )
