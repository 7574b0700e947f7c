"""Status: the whole project on one page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.plan.changes import Change, changes, joined
from milepost.plan.earned_value import EarnedValue
from milepost.plan.health import Health
from milepost.plan.horizon import next_milestones
from milepost.plan.money import Totals
from milepost.plan.plan import Plan
from milepost.plan.rates import rates_of
from milepost.plan.runway import Runway
from milepost.plan.trends import InMonth, Pace, RunwayThen, months_past, pace, runway_then, slip
from milepost.records.decision import Decision
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.periods import Period
from milepost.records.risk import Risk
from milepost.records.update import Update
from milepost.views.explain import anchors, explain, of_groups, shown
from milepost.views.explanation import Explanation
from milepost.views.item import ItemRef, Target, item_ref, named, person_name, target_of
from milepost.views.trend import Sparkline, Trend, sparkline, trend

_CHANGES, _FOLDED, _MILESTONES, _FEATURES, _TROUBLES, _RISKS = 6, 24, 4, 5, 6, 4


@dataclass(frozen=True, slots=True)
class StatusOptions:
    """The status page has no options."""


@dataclass(frozen=True, slots=True)
class InWork:
    """A feature being worked on, with its rank if it has one."""

    item: ItemRef
    rank: int | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """An open item that is blocked or late: `blocked` says by what, `late` is in working days."""

    item: ItemRef
    blocked: str | None
    late: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision somebody waits for, and the first item it is about; `overdue` if its day has passed."""

    decision: Decision
    by: tuple[str, ...]
    overdue: bool
    about: ItemRef | None


@dataclass(frozen=True, slots=True)
class Report:
    """The latest update, and who wrote it about what."""

    update: Update
    by: str | None
    about: ItemRef | None


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next milestone: the date first `agreed`, by how many working days it slipped, the chance of the promise."""

    item: ItemRef
    agreed: Period | None
    slip: int | None
    chance: float | None


@dataclass(frozen=True, slots=True)
class MoneyFigure:
    """Money spent against the worth of the work done.

    `over` is by what fraction the work done cost more than it was planned to, negative where less, None where nothing
    is earned or spent yet. `months` are the last full ones, `trend` what the last of them says.
    """

    totals: Totals
    earned: EarnedValue
    over: Decimal | None
    months: tuple[InMonth, ...]
    spark: Sparkline | None
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class RunwayFigure:
    """The runway, and four weeks ago."""

    runway: Runway
    then: RunwayThen | None
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that happened: what it is called, its page, and who tells it."""

    change: Change
    title: str | None
    target: Target | None
    by: str | None


@dataclass(frozen=True, slots=True)
class StatusView:
    """The one-page report. `more_*` count what is not listed. `money` is None where no amount is written.

    `is_empty` tells that there is no work to judge, `tells_money` that this edition would show money if there were any.
    """

    name: str
    summary: str | None
    as_of: date
    end: Period | None
    health: Health
    health_by: str | None
    is_empty: bool
    next: NextDate | None
    progress: Decimal
    done: int
    open: int
    pace: Pace | None
    pace_trend: Trend | None
    money: MoneyFigure | None
    tells_money: bool
    currency: str | None
    runway: RunwayFigure | None
    changes: tuple[ChangeRow, ...]
    folded_changes: tuple[ChangeRow, ...]
    more_changes: int
    decisions: tuple[DecisionRow, ...]
    milestones: tuple[ItemRef, ...]
    more_milestones: int
    in_work: tuple[InWork, ...]
    more_in_work: int
    troubles: tuple[Trouble, ...]
    more_troubles: int
    report: Report | None
    risks: tuple[Risk, ...]
    more_risks: int
    why: tuple[Explanation, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """The figures of this page that are explained on it."""
        return anchors(self.why)


def status(plan: Plan, options: StatusOptions) -> StatusView:
    """The status of a plan."""
    records, health = plan.records, plan.health[""]
    coming = _coming(plan)
    work, troubles, changed = _in_work(plan), _troubles(plan), _changes(plan)
    risks = sorted((r for r in records.risks if r.status == "open"), key=lambda r: (-r.probability * r.impact, r.id))
    listed = len(changed) if len(changed) == _CHANGES + 1 else _CHANGES  # one alone isn't worth a fold
    counted = [item for item in records.work if item.status != "dropped"]
    done = sum(item.status == "done" for item in counted)
    paced = pace(records, plan.calendar.start, plan.as_of)
    groups = ("progress", "health", "runway") if counted else ("progress", "runway")  # a health of nothing isn't shown
    return StatusView(
        name=records.project.name,
        summary=records.project.summary,
        as_of=plan.as_of,
        end=records.project.end,
        health=health,
        health_by=person_name(plan, health.override.by) if health.override else None,
        is_empty=not counted,
        next=_next(plan, coming[0]) if coming else None,
        progress=plan.progress[""],
        done=done,
        open=len(counted) - done,
        pace=paced,
        pace_trend=trend(paced.done - paced.before) if paced and paced.before is not None else None,
        money=_money(plan),
        tells_money=plan.edition == "full" or records.project.publish.budget != "none",
        currency=plan.money.currency,
        runway=_runway(plan),
        changes=tuple(changed[:listed]),
        folded_changes=tuple(changed[listed:_FOLDED]),
        more_changes=max(0, len(changed) - _FOLDED),
        decisions=_decisions(plan),
        milestones=tuple(item_ref(plan, milestone) for milestone in coming[:_MILESTONES]),
        more_milestones=max(0, len(coming) - _MILESTONES),
        in_work=tuple(work[:_FEATURES]),
        more_in_work=max(0, len(work) - _FEATURES),
        troubles=tuple(troubles[:_TROUBLES]),
        more_troubles=max(0, len(troubles) - _TROUBLES),
        report=_report(plan),
        risks=tuple(risks[:_RISKS]),
        more_risks=max(0, len(risks) - _RISKS),
        why=of_groups(shown(explain(plan, "")), *groups),
    )


def _coming(plan: Plan) -> list[Milestone]:
    """The milestones ahead: those with a date by it, then those without any."""
    dated = next_milestones(plan.records, plan.schedule)
    rest = [m for m in plan.records.milestones if m.status not in ("done", "dropped") and m not in dated]
    return dated + rest


def _next(plan: Plan, milestone: Milestone) -> NextDate:
    forecast = plan.forecast.get(milestone.id)
    slipped = slip(plan.calendar, milestone.baseline, milestone.due)
    return NextDate(item_ref(plan, milestone), milestone.baseline, slipped, forecast.chance if forecast else None)


def _money(plan: Plan) -> MoneyFigure | None:
    earned = plan.money.earned.get("")
    if not plan.money.lines or earned is None:
        return None
    months = months_past(plan.money.months, plan.as_of)
    return MoneyFigure(
        totals=plan.money.project,
        earned=earned,
        over=(earned.ac - earned.ev) / earned.ev if earned.cpi else None,
        months=months,
        spark=sparkline([m.spent_so_far for m in months], [m.finished_so_far for m in months]),
        trend=trend(months[-1].finished - months[-1].spent) if months else None,
    )


def _runway(plan: Plan) -> RunwayFigure | None:
    runway = plan.money.runway
    if runway is None or runway.net_burn is None:
        return None
    then = runway_then(plan.records, plan.money, plan.as_of)
    return RunwayFigure(runway, then, trend(then.days) if then and then.days is not None else None)


def _changes(plan: Plan) -> list[ChangeRow]:
    """What happened lately. Other sources of changes join here."""
    rows, with_money = [], plan.edition == "full" or plan.records.project.publish.budget == "full"
    for change in joined(changes(plan.records, rates_of(plan.records.project), plan.as_of, with_money)):
        record = change.record
        title = record.summary if isinstance(record, Update) else getattr(record, "title", None)
        target = target_of(record) if isinstance(record, Feature | Milestone) else None
        by = person_name(plan, record.by) if isinstance(record, Update) else None
        rows.append(ChangeRow(change, title, target, by))
    return rows


def _in_work(plan: Plan) -> list[InWork]:
    """Features in work, the best ranked first."""
    by_id = {f.id: f for f in plan.records.features if f.status == "active"}
    found = []
    for name in plan.ranking.order:
        if name in by_id:
            ranked = plan.ranking.ranked.get(name)
            found.append(InWork(item_ref(plan, by_id[name]), ranked.rank if ranked else None))
    return found


def _troubles(plan: Plan) -> list[Trouble]:
    """What is blocked or late by at least the health threshold, the worst first."""
    threshold = plan.records.project.health.time.at_risk.days(plan.calendar.week)
    found = []
    for item in plan.records.work:
        if item.status in ("done", "dropped"):
            continue
        ref = item_ref(plan, item)
        blocked = item.blocked if isinstance(item, Feature) else None
        late = -ref.margin if ref.margin is not None and ref.margin <= -threshold else 0
        if blocked or late:
            found.append(Trouble(ref, blocked, late))
    return sorted(found, key=lambda t: (t.blocked is None, t.item.target.kind, -t.late, t.item.target.id))


def _report(plan: Plan) -> Report | None:
    updates = [update for update in plan.records.updates if update.on <= plan.as_of]
    if not updates:
        return None
    latest = max(updates, key=lambda update: (update.on, update.about is None))
    about = named(plan, latest.about) if latest.about else None
    return Report(latest, person_name(plan, latest.by), about)


def _decisions(plan: Plan) -> tuple[DecisionRow, ...]:
    """The decisions waited for, the longest overdue first, those without a day last."""
    waiting = [d for d in plan.records.decisions if d.status in ("needed", "proposed")]
    waiting.sort(key=lambda d: (d.needed_by or date.max, d.id))
    return tuple(
        DecisionRow(
            decision,
            tuple(name for person in decision.by if (name := person_name(plan, person))),
            bool(decision.needed_by and decision.needed_by < plan.as_of),
            next((item for name in decision.affects if (item := named(plan, name))), None),
        )
        for decision in waiting
    )
