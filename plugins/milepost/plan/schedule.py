"""The schedule: the critical path method over working days, with facts, four kinds of dependency and lags.

Forward and backward pass as in Kelley and Walker, “Critical-Path Planning and Scheduling” (1959); precedence relations
with lags as in the PMI's Practice Standard for Scheduling.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.plan.activities import Activity, Need, activities
from milepost.plan.calendar import Calendar
from milepost.plan.circles import order
from milepost.plan.links import Links, Node
from milepost.records.records import Records

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an item happens. Offsets and floats are working days; an offset counts from the project's start.

    `es` and `ef` are earliest start and finish, `ls` and `lf` the latest ones that move no other date; those and the
    floats are None for what is done. `margin` is the number of working days from `finish` to the last day of `due`,
    negative where it is late, None where nothing is promised.
    """

    es: float
    ef: float
    ls: float | None
    lf: float | None
    total_float: float | None
    free_float: float | None
    critical: bool
    start: date
    finish: date
    margin: int | None

    @property
    def duration(self) -> float:
        """Working days from earliest start to earliest finish."""
        return self.ef - self.es


def schedule(
    portfolio: tuple[Records, ...],
    links: tuple[Links, ...],
    calendars: tuple[Calendar, ...],
    progress: tuple[Mapping[str, Decimal], ...],
    as_of: date,
) -> tuple[dict[str, Schedule], ...]:
    """The schedule of every project, by id; an item without one is not in it.

    All projects make one network. Across projects a dependency is a day before which nothing happens, since each
    counts in its own calendar; floats are taken inside a project.
    """
    nodes: dict[Node, Activity] = {}
    for parts in zip(portfolio, links, calendars, progress, strict=True):
        nodes.update(activities(*parts))
    by_project = {records.id: calendar for records, calendar in zip(portfolio, calendars, strict=True)}
    network = _Network(nodes, by_project, as_of)
    network.forward()
    network.backward()
    return tuple(network.result(records.id) for records in portfolio)


class _Network:
    def __init__(self, nodes: Mapping[Node, Activity], calendars: Mapping[str, Calendar], as_of: date) -> None:
        self.nodes = nodes
        self.calendars = calendars
        self.as_of = as_of
        self.now = {project: float(calendar.offset(as_of)) for project, calendar in calendars.items()}
        self.order, _ = order(nodes, {node: [need.node for need in a.needs] for node, a in nodes.items()})
        self.span: dict[Node, tuple[float, float]] = {}
        self.late: dict[Node, tuple[float, float]] = {}
        self.free: dict[Node, float] = {}

    def forward(self) -> None:
        """Earliest start and finish of every item that has a place in time."""
        for node in self.order:
            activity = self.nodes[node]
            needs = [need for need in activity.needs if need.node in self.span]
            if needs or activity.may_stand_alone:
                self.span[node] = self._early(node, activity, needs)

    def _early(self, node: Node, activity: Activity, needs: list[Need]) -> tuple[float, float]:
        duration, now = activity.duration or 0.0, self.now[node[0]]
        if activity.ended is not None:
            begun = activity.begun if activity.begun is not None else activity.ended - duration
            return min(begun, activity.ended), activity.ended
        if activity.begun is not None:
            return activity.begun, max(activity.begun + duration, now + activity.remaining)
        es = max([0.0, activity.earliest, *(self._need(node, need, duration) for need in needs)])
        if activity.active:
            es = max(min(es, now), 0.0)
            return es, max(es + duration, now + activity.remaining)
        es = max(es, now)
        return es, es + duration

    def _need(self, node: Node, need: Need, duration: float) -> float:
        """The earliest start that one dependency allows."""
        es, ef = self.span[need.node]
        if need.node[0] != node[0]:
            theirs, ours = self.calendars[need.node[0]], self.calendars[node[0]]
            es = float(ours.offset(theirs.day_of_start(es)))
            ef = float(ours.end_offset(theirs.day_of_finish(ef)))
        if need.type == "FS":
            return ef + need.lag
        if need.type == "SS":
            return es + need.lag
        return (ef if need.type == "FF" else es) + need.lag - duration

    def backward(self) -> None:
        """Latest start and finish, and free float, of all that is not done.

        They count back from the latest finish of what is not done. What has begun is fixed by that fact, so it asks
        nothing more of its predecessors.
        """
        ends: dict[str, float] = defaultdict(float)
        for node, (_, ef) in self.span.items():
            if self.nodes[node].ended is None:
                ends[node[0]] = max(ends[node[0]], ef)
        latest: dict[Node, float] = {node: ends[node[0]] for node in self.span}
        slack: dict[Node, float] = {node: ends[node[0]] - self.span[node][1] for node in self.span}
        for node in reversed(self.order):
            if node not in self.span:
                continue
            es, ef = self.span[node]
            activity, lf = self.nodes[node], latest[node]
            ls = lf - (ef - es)
            self.late[node], self.free[node] = (ls, lf), slack[node]
            if activity.ended is not None or activity.begun is not None or activity.active:
                continue
            for need in activity.needs:
                if need.node in self.span and need.node[0] == node[0]:
                    there = self.span[need.node]
                    allowed, free = _back(need, there, (es, ef), (ls, lf))
                    latest[need.node] = min(latest[need.node], allowed)
                    slack[need.node] = min(slack[need.node], free)

    def result(self, project: str) -> dict[str, Schedule]:
        """The schedules of one project."""
        calendar = self.calendars[project]
        return {
            node[1]: self._schedule(node, activity, calendar)
            for node, activity in self.nodes.items()
            if node[0] == project and node in self.span
        }

    def _schedule(self, node: Node, activity: Activity, calendar: Calendar) -> Schedule:
        (es, ef), (ls, lf) = self.span[node], self.late[node]
        done = activity.ended is not None
        # The evening of the last day before the start and the morning of the start are one offset: a fact tells which
        finish = calendar.day_of_finish(ef) if activity.ended is None else calendar.day_of_start(activity.ended - 1)
        if not done and finish < self.as_of:
            finish = calendar.day_of_start(self.now[node[0]])  # what is not done can't have finished before today
        start = min(calendar.day_of_start(es), finish)
        due = activity.item.due
        return Schedule(
            es=_round(es),
            ef=_round(ef),
            ls=None if done else _round(ls),
            lf=None if done else _round(lf),
            total_float=None if done else _round(ls - es),
            free_float=None if done else _round(self.free[node]),
            critical=not done and abs(ls - es) < _TOLERANCE,
            start=start,
            finish=finish,
            margin=calendar.end_offset(due.last) - calendar.end_offset(finish) if due else None,
        )


def _back(
    need: Need, there: tuple[float, float], here: tuple[float, float], late: tuple[float, float]
) -> tuple[float, float]:
    """What a successor allows its predecessor: the latest finish, and how far its finish may move freely.

    `there` and `here` are earliest start and finish of predecessor and successor, `late` the latest of the successor.
    """
    duration = there[1] - there[0]
    wanted, latest = (here[0], late[0]) if need.type in ("FS", "SS") else (here[1], late[1])
    from_finish = need.type in ("FS", "FF")
    free = wanted - need.lag - (there[1] if from_finish else there[0])
    return latest - need.lag + (0.0 if from_finish else duration), free


def _round(offset: float) -> float:
    """Nine places: enough for any calendar, and free of binary dust."""
    return round(offset, 9) + 0.0
