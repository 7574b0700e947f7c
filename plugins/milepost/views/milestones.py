"""Milestones: the table of all dates promised."""

from dataclasses import dataclass
from datetime import date

from milepost.plan.forecast import Forecast
from milepost.plan.money import Totals
from milepost.plan.plan import Plan
from milepost.plan.trends import slip
from milepost.records.milestone import Milestone
from milepost.records.periods import Period
from milepost.records.work import Status
from milepost.views.item import ItemRef, item_ref


@dataclass(frozen=True, slots=True)
class MilestonesOptions:
    """Which to show: only milestones of a `status`, only those that carry a `tag`."""

    status: tuple[Status, ...] = ()
    tag: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone: `features` and `done_features` count its parts, `money` is None where nothing pays for it.

    `slip` counts the working days from the `baseline` to the promise, None where one of them is not written.
    """

    item: ItemRef
    baseline: Period | None
    slip: int | None
    features: int
    done_features: int
    money: Totals | None
    forecast: Forecast | None


@dataclass(frozen=True, slots=True)
class MilestonesView:
    """All milestones: those to come by date, those reached newest first, those dropped.

    `with_*` tell which columns have something in them, `chosen` that options narrow the rows down.
    """

    open: tuple[MilestoneRow, ...]
    done: tuple[MilestoneRow, ...]
    dropped: tuple[MilestoneRow, ...]
    as_of: date
    currency: str | None
    with_finish: bool
    with_money: bool
    with_chance: bool
    chosen: bool


def milestones(plan: Plan, options: MilestonesOptions) -> MilestonesView:
    """The milestones of a plan."""
    wanted = [m for m in plan.records.milestones if _wanted(m, options)]
    rows = {m.id: _row(plan, m) for m in wanted}
    is_open = [m for m in wanted if m.status not in ("done", "dropped")]
    is_open.sort(key=lambda m: (_day(rows[m.id]) is None, _day(rows[m.id]), m.id))
    done = sorted(
        (m for m in wanted if m.status == "done"), key=lambda m: (m.done is not None, m.done, m.id), reverse=True
    )
    return MilestonesView(
        open=tuple(rows[m.id] for m in is_open),
        done=tuple(rows[m.id] for m in done),
        dropped=tuple(rows[m.id] for m in wanted if m.status == "dropped"),
        as_of=plan.as_of,
        currency=plan.money.currency,
        with_finish=any(row.item.finish for row in rows.values() if row.item.status != "done"),
        with_money=any(row.money for row in rows.values()),
        with_chance=any(row.forecast and row.forecast.chance is not None for row in rows.values()),
        chosen=options != MilestonesOptions(),
    )


def _wanted(milestone: Milestone, options: MilestonesOptions) -> bool:
    return (not options.status or milestone.status in options.status) and (
        not options.tag or any(tag in options.tag for tag in milestone.tags)
    )


def _day(row: MilestoneRow) -> object:
    return row.item.due.last if row.item.due else row.item.finish


def _row(plan: Plan, milestone: Milestone) -> MilestoneRow:
    members = [f for f in plan.links.members.get(milestone.id, ()) if f.status != "dropped"]
    return MilestoneRow(
        item=item_ref(plan, milestone),
        baseline=milestone.baseline,
        slip=slip(plan.calendar, milestone.baseline, milestone.due),
        features=len(members),
        done_features=sum(f.status == "done" for f in members),
        money=plan.money.milestones.get(milestone.id),
        forecast=plan.forecast.get(milestone.id),
    )
