"""Decisions: what was decided, what is still to be decided, and why."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from milepost.records.entry import Entry, Record
from milepost.records.values import AnyRef, Day, DecisionRef, PersonRef, Rich, Text

DecisionStatus = Literal["needed", "proposed", "accepted", "rejected", "superseded"]


def _default_status(written: Mapping[str, Any]) -> DecisionStatus:
    return "accepted" if written.get("on") else "needed"


class Option(Entry):
    """A way that could be taken."""

    title: Text
    """In a few words."""
    for_: Rich | None = Field(default=None, alias="for")
    """What speaks for it."""
    against: Rich | None = None
    """What speaks against it."""


class Decision(Record):
    """Something decided, or to be decided."""

    title: Text
    """The question, or the answer, in a few words."""
    on: Day | None = None
    """The day it was decided."""
    status: DecisionStatus = Field(default_factory=_default_status)
    """Where it stands; default accepted if `on` is set, else needed."""
    needed_by: Day | None = None
    """The day it is needed by."""
    by: tuple[PersonRef, ...] = ()
    """Who decided, or is to decide."""
    context: Rich | None = None
    """What led to it."""
    decision: Rich | None = None
    """What was decided."""
    consequences: Rich | None = None
    """What follows from it."""
    options: tuple[Option, ...] = ()
    """What was weighed."""
    affects: tuple[AnyRef, ...] = ()
    """What it touches."""
    supersedes: DecisionRef | None = None
    """The decision it replaces."""
