"""The timeline: when what is done, and what waits for what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from milepost.plan.plan import Plan
from milepost.records.milestone import Milestone
from milepost.records.periods import Period
from milepost.views.axis import Axis, Free, Scale, free_days, make_axis
from milepost.views.bars import Mark, Row, Work, dates_of, row_of
from milepost.views.by_period import Section, by_period
from milepost.views.dependency_lines import Lines, dependency_lines
from milepost.views.facets import Facets, FacetValues, facet_values, facets
from milepost.views.item import Target, target_of
from milepost.views.lanes import LaneKind, lane_rule
from milepost.views.leaves import Lane, Leaf, leaves
from milepost.views.milestone_lane import MilestoneLane, milestone_lane

Lanes = LaneKind | Literal["milestone", "none"]
_DRAWN = 960.0  # pixels, the width that lines are drawn for: between a tablet's and a desktop's
_MOST_ABOVE = 15  # rows of done work that may stand above the first open one


@dataclass(frozen=True, slots=True)
class TimelineOptions:
    """What to show.

    Without a `scale` it is chosen from the span; without `from_` and `to` everything is shown.
    """

    scale: Scale | None = None
    lanes: Lanes = "milestone"
    from_: Period | None = None
    to: Period | None = None
    items: Literal["milestones", "features", "both"] = "both"


@dataclass(frozen=True, slots=True)
class Undated:
    """An item with no date, written or computed."""

    target: Target
    title: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The timeline. `today` is in days from the start of the axis, None where it lies outside.

    `lanes` hold the rows, `leaves` the same cut into pieces, `sections` have them by time. `undated` have no date at
    all; `outside` counts the items that lie before or after the axis. Without any dated item `axis` is None. `found_by`
    has the values of each item for the filters, by its id.
    """

    as_of: date
    axis: Axis | None
    free: Free
    today: float | None
    milestones: MilestoneLane
    lanes: tuple[Lane, ...]
    leaves: tuple[Leaf, ...]
    lines: Lines
    sections: tuple[Section, ...]
    facets: Facets
    found_by: Mapping[str, FacetValues]
    undated: tuple[Undated, ...]
    outside: int
    lane_kind: Lanes

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, from top to bottom."""
        return tuple(row for lane in self.lanes for row in lane.rows)

    @property
    def is_nested(self) -> bool:
        """Whether features stand below their milestone."""
        return any(row.depth for row in self.rows)

    @property
    def divisions(self) -> tuple[float, ...]:
        """Where the divisions of the axis begin, in pixels of the drawing of the lines."""
        return tuple(tick.at * self.lines.day for tick in self.axis.ticks if tick.at) if self.axis else ()

    @property
    def past(self) -> int:
        """How many rows are over and done, section after section."""
        return sum(len(section.rows) for section in self.sections if section.is_past)

    @property
    def opens_at(self) -> int:
        """The row to begin with, in rows from the top: the first open one if many done ones stand above it."""
        above = 0
        for lane in self.lanes:
            above += lane.title is not None
            for row in lane.rows:
                if row.status != "done":
                    return above if above > _MOST_ABOVE else 0
                above += 1
        return 0

    @property
    def marks(self) -> frozenset[Mark]:
        """The kinds of mark in use, for the legend."""
        return frozenset(mark for row in self.rows for mark in row.marks)


def timeline(plan: Plan, options: TimelineOptions) -> TimelineView:
    """The timeline of a plan."""
    items = _items(plan, options)
    undated = tuple(Undated(target_of(item), item.title) for item in items if not _days(item, plan))
    dated = [item for item in items if _days(item, plan)]
    axis = _axis(dated, plan, options)
    if axis is None:
        return _nothing(plan, undated, items, options.lanes)
    placed = [(item, row) for item in dated if (row := row_of(item, plan, axis))]
    lanes = tuple(_lanes(placed, plan, options))
    today = axis.at(plan.as_of) + 0.5 if axis.first <= plan.as_of <= axis.last else None
    values = facet_values(plan)
    on_page = {row.target.id for _, row in placed} | {item.target.id for item in undated}
    shown = {item.id: values(item) for item in items if item.id in on_page}
    cut = leaves(lanes)
    width = max(axis.days * axis.pixels, _DRAWN)
    rows = tuple(row for lane in lanes for row in lane.rows)
    return TimelineView(
        as_of=plan.as_of,
        axis=axis,
        free=free_days(axis, plan.calendar),
        today=today,
        milestones=milestone_lane(rows if options.items == "both" else (), axis),
        lanes=lanes,
        leaves=cut,
        lines=dependency_lines(cut, plan.links.needs, plan.schedule, plan.calendar, axis.days, width),
        sections=by_period(rows, axis, plan.as_of),
        facets=facets(plan, shown.values()),
        found_by=shown,
        undated=undated,
        outside=len(dated) - len(placed),
        lane_kind=options.lanes,
    )


def _nothing(plan: Plan, undated: Sequence[Undated], items: Sequence[Work], lane_kind: Lanes) -> TimelineView:
    """The timeline of a plan in which nothing has a date."""
    values = facet_values(plan)
    shown = {item.id: values(item) for item in items}
    return TimelineView(
        as_of=plan.as_of,
        axis=None,
        free=Free((), ()),
        today=None,
        milestones=MilestoneLane((), 0),
        lanes=(),
        leaves=(),
        lines=Lines((), 0, 0, 0, {}, 0, 0),
        sections=(),
        facets=facets(plan, shown.values()),
        found_by=shown,
        undated=tuple(undated),
        outside=0,
        lane_kind=lane_kind,
    )


def _items(plan: Plan, options: TimelineOptions) -> list[Work]:
    """Milestones and features as asked for, in the order written, without dropped ones."""
    items: list[Work] = []
    if options.items != "features":
        items += plan.records.milestones
    if options.items != "milestones":
        items += plan.records.features
    return [item for item in items if item.status != "dropped"]


def _days(item: Work, plan: Plan) -> tuple[date, ...]:
    return dates_of(item, plan.schedule.get(item.id), plan.forecast.get(item.id)).days


def _axis(items: Sequence[Work], plan: Plan, options: TimelineOptions) -> Axis | None:
    """From the earliest to the latest day of any item, and today as long as something is open."""
    days = [day for item in items for day in _days(item, plan)]
    if not days:
        return None
    if any(item.status != "done" for item in items):
        days.append(plan.as_of)
    first = options.from_.first if options.from_ else min(days)
    last = options.to.last if options.to else max(max(days), first)
    return make_axis(first, last, options.scale)


def _lanes(placed: Sequence[tuple[Work, Row]], plan: Plan, options: TimelineOptions) -> Iterable[Lane]:
    """The rows in lanes; inside a lane by start, then end."""
    if options.lanes == "none" or (options.lanes == "milestone" and options.items == "milestones"):
        yield Lane(None, _sorted(row for _, row in placed))
    elif options.lanes == "milestone":
        yield from _by_milestone(placed, plan)
    else:
        rule = lane_rule(plan, options.lanes)
        groups: dict[str, list[Row]] = {}
        for item, row in placed:
            groups.setdefault(rule.of(item), []).append(row)
        for lane in rule.order(groups):
            yield Lane(rule.title(lane) if len(groups) > 1 or lane else None, _sorted(groups[lane]))


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (*row.ends, row.title)))


def _by_milestone(placed: Sequence[tuple[Work, Row]], plan: Plan) -> Iterable[Lane]:
    """Each milestone in time order with its features below it; features of none come last, under an empty title."""
    members: dict[str, list[Row]] = {}
    heads: dict[str, Row] = {}
    for item, row in placed:
        if isinstance(item, Milestone):
            heads[item.id] = row
        else:
            members.setdefault(item.milestone or "", []).append(row)
    titles = {milestone.id: milestone.title for milestone in plan.records.milestones}
    order = sorted(
        (m for m in {*heads, *members} if m in titles), key=lambda m: _time(heads.get(m), members.get(m, ()))
    )
    for identity in order:
        below = tuple(replace(row, depth=1) for row in _sorted(members.get(identity, ())))
        head = heads.get(identity)
        yield Lane(None, (head, *below)) if head else Lane(titles[identity], below)
    rest = [row for identity, rows in members.items() if identity not in titles for row in rows]
    if rest:
        yield Lane("" if order else None, _sorted(rest))


def _time(head: Row | None, below: Sequence[Row]) -> tuple[float, str]:
    if head:
        return head.ends[1], head.title
    return max(row.ends[1] for row in below), below[0].title
