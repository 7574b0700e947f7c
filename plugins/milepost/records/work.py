"""What milestones and features share: status, dates, dependencies and estimates."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from milepost.records import forms
from milepost.records.entry import Entry
from milepost.records.values import (
    Day,
    Duration,
    DurationValue,
    Lag,
    Percent,
    PersonRef,
    Text,
    WorkRef,
    wrong,
)

Status = Literal["idea", "planned", "active", "done", "dropped"]
HealthState = Literal["on-track", "at-risk", "off-track", "done"]
DependencyType = Literal["FS", "SS", "FF", "SF"]
NO_LAG = Duration(Decimal(0), "d")


def default_status(written: Mapping[str, Any]) -> Status:
    """`done` if `done` is set, else `active` if `started` or progress > 0, else `planned`."""
    if written.get("done"):
        return "done"
    return "active" if written.get("started") or written.get("progress") else "planned"


class Dependency(Entry):
    """What must come first."""

    text_form: ClassVar[Any] = WorkRef
    id: WorkRef
    """The milestone or feature waited for."""
    type: DependencyType = "FS"
    """FS: starts when that is finished; SS: when that starts; FF: finishes when that finishes; SF: when that starts."""
    lag: Lag = NO_LAG
    """Working time in between; negative is a lead."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"id": data} if isinstance(data, str) else data


class Estimate(Entry):
    """Working time, as one duration or as three points."""

    model_config = ConfigDict(title=forms.ESTIMATE.title)
    text_form: ClassVar[Any] = DurationValue
    low: DurationValue
    """If all goes well."""
    likely: DurationValue
    """What is most likely."""
    high: DurationValue
    """If much goes wrong."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"low": data, "likely": data, "high": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _ordered(self) -> "Estimate":
        if not self.low.days() <= self.likely.days() <= self.high.days():
            raise wrong(
                "wrong-order",
                "low ≤ likely ≤ high does not hold",
                f"found {self.low}, {self.likely}, {self.high}",
            )
        return self

    def expected(self, week: int = 5) -> float:
        """Expected working days by the beta (PERT) approximation: (low + 4·likely + high) / 6."""
        return (self.low.days(week) + 4 * self.likely.days(week) + self.high.days(week)) / 6

    def sd(self, week: int = 5) -> float:
        """Standard deviation in working days by the same approximation: (high − low) / 6."""
        return (self.high.days(week) - self.low.days(week)) / 6

    @property
    def is_point(self) -> bool:
        """Whether one duration was written."""
        return self.low == self.high


class HealthOverride(Entry):
    """An author's own judgement, shown beside the computed one."""

    is_: HealthState = Field(alias="is")
    """The judgement."""
    because: Text | None = None
    """Why, in a sentence."""
    by: PersonRef | None = None
    """Who judged."""
    on: Day | None = None
    """When."""


class Assignment(Entry):
    """A person's share in a feature."""

    person: PersonRef
    """Who."""
    share: Percent = Decimal(1)
    """How much of their day."""


def check_done(done: date | None, started: date | None) -> None:
    """Refuse work that was finished before it was begun."""
    if done and started and done < started:
        raise wrong("wrong-order", f"done on {done}, before it was started on {started}")
