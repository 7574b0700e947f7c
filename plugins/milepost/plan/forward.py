"""The forward pass: the earliest start and finish of every activity, in numbers or in arrays of one number a run."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from milepost.plan.activities import Activity, Need
from milepost.plan.calendar import Calendar
from milepost.plan.circles import order
from milepost.plan.links import Node

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Runs = NDArray[np.float64]

T = TypeVar("T", float, "Runs")


@dataclass(frozen=True, slots=True)
class Arithmetic(Generic[T]):
    """What numbers and arrays do differently: the greater and the lesser of two, and a moment in another calendar."""

    most: Callable[[T, T], T]
    least: Callable[[T, T], T]
    elsewhere: Callable[[Calendar, Calendar, T, bool], T]


def other_calendar(theirs: Calendar, ours: Calendar, offset: float, is_finish: bool) -> float:
    """The same moment in another calendar: the evening of the day of a finish, the morning of the day of a start."""
    if is_finish:
        return float(ours.end_offset(theirs.day_of_finish(offset)))
    return float(ours.offset(theirs.day_of_start(offset)))


NUMBERS: Arithmetic[float] = Arithmetic(max, min, other_calendar)


def in_order(nodes: Mapping[Node, Activity]) -> list[Node]:
    """The activities, each after what it needs."""
    return order(nodes, {node: [need.node for need in activity.needs] for node, activity in nodes.items()})[0]


class Forward(Generic[T]):
    """One forward pass. `span` holds earliest start and finish of what has a place in time so far."""

    def __init__(
        self,
        nodes: Mapping[Node, Activity],
        calendars: Mapping[str, Calendar],
        as_of: date,
        duration: Callable[[Node, Activity], T],
        arithmetic: Arithmetic[T],
    ) -> None:
        self.nodes = nodes
        self.calendars = calendars
        self.now = {project: float(calendar.offset(as_of)) for project, calendar in calendars.items()}
        self.duration: Callable[[Node, Activity], T] = duration
        self.by: Arithmetic[T] = arithmetic
        self.span: dict[Node, tuple[T, T]] = {}

    def walk(self, nodes: list[Node]) -> Iterator[tuple[Node, tuple[T, T]]]:
        """Every activity that has a place in time, with it; in `nodes` each stands after what it needs."""
        for node in nodes:
            activity = self.nodes[node]
            needs = [need for need in activity.needs if need.node in self.span]
            if needs or activity.may_stand_alone:
                self.span[node] = self._early(node, activity, needs)
                yield node, self.span[node]

    def _early(self, node: Node, activity: Activity, needs: list[Need]) -> tuple[T, T]:
        """Facts win; what has not begun can't begin before the as-of date; active work has its rest still to do."""
        duration, now, most, least = self.duration(node, activity), self.now[node[0]], self.by.most, self.by.least
        zero = duration * 0.0
        if activity.ended is not None:
            begun = activity.ended - duration if activity.begun is None else activity.begun + zero
            return least(begun, activity.ended + zero), activity.ended + zero
        rest = now + activity.left * duration
        if activity.begun is not None:
            return activity.begun + zero, most(activity.begun + duration, rest)
        es = max(0.0, activity.earliest) + zero
        for need in needs:
            es = most(es, self._need(node, need, duration))
        if activity.active:
            es = most(least(es, now + zero), zero)
            return es, most(es + duration, rest)
        es = most(es, now + zero)
        return es, es + duration

    def _need(self, node: Node, need: Need, duration: T) -> T:
        """The earliest start that one dependency allows."""
        from_finish = need.type in ("FS", "FF")
        bound = self.span[need.node][1 if from_finish else 0]
        if need.node[0] != node[0]:
            bound = self.by.elsewhere(self.calendars[need.node[0]], self.calendars[node[0]], bound, from_finish)
        return bound + need.lag if need.type in ("FS", "SS") else bound + need.lag - duration
