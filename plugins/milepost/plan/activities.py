"""Milestones and features as the activities of a network: how long they take, what fixes them, what they wait for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from milepost.plan.calendar import Calendar
from milepost.plan.links import Links, Node, node_of
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.records import Records
from milepost.records.work import DependencyType


@dataclass(frozen=True, slots=True)
class Need:
    """A dependency on the activity `node`; `lag` in working days."""

    node: Node
    type: DependencyType
    lag: float


@dataclass(frozen=True, slots=True)
class Activity:
    """One item of the network. Offsets and durations are working days of its project's calendar.

    `duration` is the expected one, None where nothing says how long it takes; `points` are low, likely and high of its
    estimate, all zero without one. `begun` and `ended` are facts; work may be `active`
    since an unknown day. `left` is the fraction of the duration that is still to be worked.
    """

    item: Milestone | Feature
    duration: float | None
    points: tuple[float, float, float]
    earliest: float
    begun: float | None
    ended: float | None
    active: bool
    left: float
    needs: tuple[Need, ...]

    @property
    def is_running(self) -> bool:
        """Whether it has begun and is not done."""
        return self.ended is None and (self.begun is not None or self.active)

    @property
    def is_milestone(self) -> bool:
        """Whether it is a date promised instead of work."""
        return isinstance(self.item, Milestone)

    @property
    def may_stand_alone(self) -> bool:
        """Whether it has a place in time of its own, without a scheduled predecessor."""
        if self.ended is not None:
            return True
        return not self.is_milestone and (
            self.duration is not None or self.item.start is not None or self.begun is not None
        )


def activities(
    records: Records, links: Links, calendar: Calendar, progress: Mapping[str, Decimal]
) -> dict[Node, Activity]:
    """The activities of a project.

    Dropped work is none, nor is work that is done on an unknown day, nor an idea without a date of its own: an idea
    with nothing but an estimate is no commitment yet.
    """
    found = {}
    for item in records.work:
        if item.status == "dropped" or (item.status == "done" and item.done is None):
            continue
        if item.status == "idea" and not (item.start or item.due or getattr(item, "started", None)):
            continue
        found[records.id, item.id] = _activity(records, item, links, calendar, progress)
    return found


def _activity(
    records: Records, item: Milestone | Feature, links: Links, calendar: Calendar, progress: Mapping[str, Decimal]
) -> Activity:
    feature = item if isinstance(item, Feature) else None
    duration, points = _duration(feature, calendar) if feature else (0.0, (0.0, 0.0, 0.0))
    done = item.status == "done" and item.done
    needs = [Need(node_of(d.id, records.id), d.type, d.lag.days(calendar.week)) for d in links.needs.get(item.id, ())]
    if feature is None:
        needs += [Need((records.id, member.id), "FS", 0.0) for member in links.members.get(item.id, ())]
    started = feature.started if feature else None
    return Activity(
        item=item,
        duration=duration,
        points=points,
        earliest=float(calendar.offset(item.start.first)) if item.start else 0.0,
        begun=float(calendar.offset(started)) if started else None,
        ended=float(calendar.end_offset(item.done)) if done and item.done else None,
        active=feature is not None and item.status == "active",
        left=1 - float(progress[item.id]),
        needs=tuple(needs),
    )


def _duration(feature: Feature, calendar: Calendar) -> tuple[float | None, tuple[float, float, float]]:
    """Working days, expected and as three points: `duration`, else `effort` over the assigned shares, else the span."""
    week = calendar.week
    if estimate := feature.duration or feature.effort:
        shares = 1.0 if feature.duration else float(sum((a.share for a in feature.assigned), Decimal(0))) or 1.0
        low, likely, high = (part.days(week) / shares for part in (estimate.low, estimate.likely, estimate.high))
        return estimate.expected(week) / shares, (low, likely, high)
    if feature.start and feature.due:
        span = float(calendar.between(feature.start.first, feature.due.last))
        return span, (span, span, span)
    return None, (0.0, 0.0, 0.0)
