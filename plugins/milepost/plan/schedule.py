"""The schedule: the critical path method over working days, with facts, four kinds of dependency and lags.

Forward and backward pass as in Kelley and Walker, “Critical-Path Planning and Scheduling” (1959); precedence relations
with lags as in the PMI's Practice Standard for Scheduling.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from milepost.plan.activities import Activity, Need
from milepost.plan.calendar import Calendar
from milepost.plan.forward import NUMBERS, Forward, in_order
from milepost.plan.links import Node

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
    nodes: Mapping[Node, Activity], calendars: Mapping[str, Calendar], as_of: date
) -> dict[str, dict[str, Schedule]]:
    """The schedule of every project by the ids of its items; an item without one is not in it.

    All projects make one network. Across projects a dependency is a day before which nothing happens, since each
    counts in its own calendar; floats are taken inside a project.
    """
    network = _Network(nodes, calendars, as_of)
    network.backward()
    return {project: network.result(project) for project in calendars}


class _Network:
    def __init__(self, nodes: Mapping[Node, Activity], calendars: Mapping[str, Calendar], as_of: date) -> None:
        self.nodes = nodes
        self.calendars = calendars
        self.as_of = as_of
        self.order = in_order(nodes)
        forward = Forward(nodes, calendars, as_of, lambda _, activity: activity.duration or 0.0, NUMBERS)
        self.span = dict(forward.walk(self.order))
        self.now = forward.now
        self.late: dict[Node, tuple[float, float]] = {}
        self.free: dict[Node, float] = {}

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
