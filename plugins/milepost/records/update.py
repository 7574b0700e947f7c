"""Updates: the status report as a record."""

from typing import Any, ClassVar

from pydantic import model_validator

from milepost.records.entry import Record
from milepost.records.values import AnyRef, Day, Id, PersonRef, Rich, Text
from milepost.records.work import HealthOverride


class Update(Record):
    """What happened since the last one, and what comes next."""

    may_omit: ClassVar[frozenset[str]] = frozenset({"id"})

    on: Day
    """The day of the report."""
    id: Id
    """Default the day."""
    by: PersonRef | None = None
    """Who reports."""
    about: AnyRef | None = None
    """What it is about; default the project."""
    health: HealthOverride | None = None
    """Your own judgement, shown beside the computed one."""
    summary: Rich
    """What to know; the first sentence is the headline."""
    done: tuple[Text, ...] = ()
    """What was finished."""
    next: tuple[Text, ...] = ()
    """What comes next."""
    help: Rich | None = None
    """What is needed from the reader."""

    @model_validator(mode="before")
    @classmethod
    def _named_by_day(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("id"):
            return {**data, "id": data.get("on") or "update"}
        return data
