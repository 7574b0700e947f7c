"""The dates of an item side by side: first agreed, promised, expected or reached, and how far they are apart."""

from dataclasses import dataclass
from datetime import date

from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.periods import Period


@dataclass(frozen=True, slots=True)
class Shift:
    """From one date to another, in working days and in days of the calendar; negative is earlier."""

    working: int
    days: int


@dataclass(frozen=True, slots=True)
class Slip:
    """`first` is the date first agreed, `promised` the one promised now, `reached` the day it is or will be finished.

    `is_done` tells that it was reached. `moved` leads from the first date to the promised one, `margin` from the latest
    promise there is to `reached`. What is missing is None; of a period its last day counts.
    """

    first: Period | None
    promised: Period | None
    reached: date | None
    is_done: bool
    moved: Shift | None
    margin: Shift | None


def slip(plan: Plan, item: Milestone | Feature) -> Slip:
    """The dates of an item; only milestones have one that was agreed first."""
    first = item.baseline if isinstance(item, Milestone) else None
    schedule = plan.schedule.get(item.id)
    reached = item.done or (schedule.finish if schedule and item.status != "dropped" else None)
    promise = item.due or first
    return Slip(
        first=first,
        promised=item.due,
        reached=reached,
        is_done=item.status == "done",
        moved=_shift(plan, first.last, item.due.last) if first and item.due else None,
        margin=_shift(plan, promise.last, reached) if promise and reached else None,
    )


def _shift(plan: Plan, start: date, end: date) -> Shift:
    offset = plan.calendar.end_offset
    return Shift(offset(end) - offset(start), (end - start).days)
