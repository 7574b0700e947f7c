"""Features: the work, why it is worth doing, and what it takes."""

from typing import Literal

from pydantic import Field, model_validator

from milepost.records.entry import Record
from milepost.records.score import Score
from milepost.records.values import (
    Day,
    GoalRef,
    InputRef,
    OwnMilestoneRef,
    Part,
    PeriodValue,
    PersonRef,
    Rich,
    Text,
)
from milepost.records.work import Assignment, Dependency, Estimate, Status, check_done, default_status

Horizon = Literal["now", "next", "later"]


class Feature(Record):
    """A piece of work that somebody wants."""

    title: Text
    """In a few words."""
    summary: Rich | None = None
    """What it is."""
    why: Rich | None = None
    """The problem it solves, and for whom."""
    milestone: OwnMilestoneRef | None = None
    """The milestone it belongs to."""
    goal: GoalRef | None = None
    """The goal it serves; default that of its milestone."""
    owner: PersonRef | None = None
    """Who answers for it."""
    team: Text | None = None
    """Who builds it; default the owner's team."""
    duration: Estimate | None = None
    """Working time from start to finish."""
    effort: Estimate | None = None
    """Person-time it takes."""
    assigned: tuple[Assignment, ...] = ()
    """Who works on it."""
    start: PeriodValue | None = None
    """When it begins at the earliest."""
    due: PeriodValue | None = None
    """When it is promised."""
    started: Day | None = None
    """The day work began."""
    done: Day | None = None
    """The day it was finished."""
    progress: Part | None = None
    """How far it is; default 100% if done, else 0%."""
    status: Status = Field(default_factory=default_status)
    """Default done if `done` is set, else active if `started` or progress > 0, else planned."""
    depends_on: tuple[Dependency, ...] = ()
    """What must come first."""
    blocked: Text | None = None
    """What it is blocked by."""
    score: Score | None = None
    """What its rank is worked out from."""
    horizon: Horizon | None = None
    """Now, next or later; default from its status and milestone."""
    inputs: tuple[InputRef, ...] = ()
    """What customers, the market and colleagues said of it."""
    release: Text | None = None
    """The version that brings it."""

    @model_validator(mode="after")
    def _dates(self) -> "Feature":
        check_done(self.done, self.started)
        return self
