"""Milestones: dates promised, and what they stand for."""

from pydantic import Field

from milepost.records.entry import Record
from milepost.records.values import Day, GoalRef, Part, PeriodValue, PersonRef, Rich, Text
from milepost.records.work import Dependency, HealthOverride, Status, default_status


class Milestone(Record):
    """A date promised."""

    title: Text
    """In a few words."""
    summary: Rich | None = None
    """In a paragraph."""
    owner: PersonRef | None = None
    """Who answers for it."""
    goal: GoalRef | None = None
    """The goal it serves."""
    start: PeriodValue | None = None
    """When work towards it begins at the earliest."""
    due: PeriodValue | None = None
    """The date promised now."""
    baseline: PeriodValue | None = None
    """The date first agreed."""
    done: Day | None = None
    """The day it was reached."""
    progress: Part | None = None
    """How far it is; default rolled up from its features."""
    status: Status = Field(default_factory=default_status)
    """Default done if `done` is set, else active if progress > 0, else planned."""
    health: HealthOverride | None = None
    """Your own judgement, shown beside the computed one."""
    depends_on: tuple[Dependency, ...] = ()
    """What must come first."""
