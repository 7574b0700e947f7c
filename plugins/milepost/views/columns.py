"""The columns of the roadmap: a horizon, a quarter, or a milestone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from milepost.plan.plan import Plan
from milepost.records.feature import Feature, Horizon
from milepost.records.milestone import Milestone
from milepost.records.periods import Period, read_period
from milepost.views.item import Target, target_of

Group = Literal["horizon", "quarter", "milestone"]
HORIZONS: tuple[Horizon, ...] = ("now", "next", "later")
Place = tuple[int, int]  # columns stand in this order; those for the rest come last


@dataclass(frozen=True, slots=True)
class Column:
    """What a column stands for: a `horizon`, a `period`, or a `milestone` with its title, promise and state.

    All three are None for the features that belong nowhere. `earlier` is for open work of all quarters before `period`.
    """

    horizon: Horizon | None = None
    period: Period | None = None
    milestone: Target | None = None
    title: str | None = None
    due: Period | None = None
    done: bool = False
    earlier: bool = False


ColumnRule = Callable[[Feature], tuple[Place, Column]]


def column_rule(plan: Plan, milestones: Mapping[str, Milestone], group: Group) -> ColumnRule:
    """What gives the column of a feature, with its place among the columns."""
    if group == "horizon":
        return lambda f: by_horizon(plan.horizon.get(f.id, "later"))
    if group == "milestone":
        order = sorted(milestones.values(), key=lambda m: _promised(m, plan) or date.max)
        positions = {milestone.id: i for i, milestone in enumerate(order)}
        return lambda f: _by_milestone(milestones.get(f.milestone or ""), positions)
    return lambda f: _by_quarter(_quarter_day(f, plan, milestones), plan.as_of, f.status != "done")


def by_horizon(name: Horizon) -> tuple[Place, Column]:
    """The column of a horizon."""
    return (0, HORIZONS.index(name)), Column(horizon=name)


def _by_milestone(milestone: Milestone | None, positions: Mapping[str, int]) -> tuple[Place, Column]:
    if milestone is None:
        return (1, 0), Column()
    column = Column(
        milestone=target_of(milestone), title=milestone.title, due=milestone.due, done=milestone.status == "done"
    )
    return (0, positions[milestone.id]), column


def _by_quarter(day: date | None, as_of: date, is_open: bool) -> tuple[Place, Column]:
    if day is None:
        return (2, 0), Column()
    place, now = _quarter_number(day), _quarter_number(as_of)
    if is_open and place < now:
        return (0, 0), Column(period=_quarter(now), earlier=True)
    return (1, place), Column(period=_quarter(place))


def _quarter_number(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


@cache
def _quarter(number: int) -> Period | None:
    found = read_period(f"{number // 4:04}-Q{number % 4 + 1}")
    return found if isinstance(found, Period) else None


def _quarter_day(feature: Feature, plan: Plan, milestones: Mapping[str, Milestone]) -> date | None:
    """The day that decides the quarter: done, else promised, else expected, else its milestone's promise."""
    if feature.done:
        return feature.done
    if feature.due:
        return feature.due.last
    if schedule := plan.schedule.get(feature.id):
        return schedule.finish
    return milestone_day(feature, milestones)


def milestone_day(feature: Feature, milestones: Mapping[str, Milestone]) -> date | None:
    """The day the milestone of a feature was reached or is promised for."""
    milestone = milestones.get(feature.milestone or "")
    return (milestone.done or (milestone.due.last if milestone.due else None)) if milestone else None


def _promised(milestone: Milestone, plan: Plan) -> date | None:
    if milestone.done or milestone.due:
        return milestone.done or (milestone.due.last if milestone.due else None)
    schedule = plan.schedule.get(milestone.id)
    return schedule.finish if schedule else None
