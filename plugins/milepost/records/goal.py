"""Goals and their key results: what the work is for, and how far it has got."""

from pydantic import Field

from milepost.records.entry import Entry, Record
from milepost.records.values import GoalRef, Id, Number, PeriodValue, PersonRef, Rich, Text


class KeyResult(Entry):
    """A number that shows whether a goal is reached."""

    id: Id
    """Unique in the goal."""
    title: Text
    """What is counted."""
    from_: Number | None = Field(default=None, alias="from")
    """The number at the start; default 0."""
    to: Number
    """The number to reach."""
    now: Number | None = None
    """The number today."""
    unit: Text | None = None
    """What is counted in: %, users, hours."""


class Goal(Record):
    """What the work is for."""

    title: Text
    """In a few words."""
    summary: Rich | None = None
    """In a paragraph."""
    owner: PersonRef | None = None
    """Who answers for it."""
    parent: GoalRef | None = None
    """The goal it serves."""
    due: PeriodValue | None = None
    """When it is to be reached."""
    key_results: tuple[KeyResult, ...] = ()
    """The numbers that show whether it is reached."""
