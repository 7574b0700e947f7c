"""Status: the whole project on one page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.plan.health import Health
from milepost.plan.horizon import next_milestones
from milepost.plan.money import Totals
from milepost.plan.plan import Plan
from milepost.plan.runway import Runway
from milepost.records.decision import Decision
from milepost.records.feature import Feature
from milepost.records.periods import Period
from milepost.records.risk import Risk
from milepost.records.update import Update
from milepost.views.explain import anchors, explain, of_groups, shown
from milepost.views.explanation import Explanation
from milepost.views.item import ItemRef, item_ref, named, person_name

_MILESTONES, _FEATURES, _TROUBLES, _RISKS = 4, 5, 6, 4


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
    """A decision somebody waits for; `overdue` if its day has passed."""

    decision: Decision
    by: tuple[str, ...]
    overdue: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The latest update, and who wrote it about what."""

    update: Update
    by: str | None
    about: ItemRef | None


@dataclass(frozen=True, slots=True)
class MoneyBars:
    """Bars on one scale: fractions of the largest of the three. `of_plan` is spent ÷ planned, None of nothing."""

    planned: Decimal
    spent: Decimal
    forecast: Decimal
    of_plan: Decimal | None


@dataclass(frozen=True, slots=True)
class StatusView:
    """The one-page report. `more_*` count what is not listed. `money` is None where no amount is written.

    `chance` is that of the next milestone to keep its promise.
    """

    name: str
    summary: str | None
    as_of: date
    health: Health
    health_by: str | None
    progress: Decimal
    done: int
    open: int
    milestones: tuple[ItemRef, ...]
    more_milestones: int
    end: Period | None
    money: Totals | None
    currency: str | None
    bars: MoneyBars | None
    runway: Runway | None
    chance: float | None
    in_work: tuple[InWork, ...]
    more_in_work: int
    troubles: tuple[Trouble, ...]
    more_troubles: int
    report: Report | None
    risks: tuple[Risk, ...]
    more_risks: int
    decisions: tuple[DecisionRow, ...]
    why: tuple[Explanation, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """The figures of this page that are explained on it."""
        return anchors(self.why)


def status(plan: Plan, options: StatusOptions) -> StatusView:
    """The status of a plan."""
    records, health = plan.records, plan.health[""]
    coming = [item_ref(plan, milestone) for milestone in next_milestones(records, plan.schedule)]
    coming += [
        item_ref(plan, m)
        for m in records.milestones
        if m.status not in ("done", "dropped") and not m.due and m.id not in plan.schedule
    ]
    work = _in_work(plan)
    troubles = _troubles(plan)
    risks = sorted((r for r in records.risks if r.status == "open"), key=lambda r: (-r.probability * r.impact, r.id))
    counted = [item for item in records.work if item.status != "dropped"]
    done = sum(item.status == "done" for item in counted)
    return StatusView(
        name=records.project.name,
        summary=records.project.summary,
        as_of=plan.as_of,
        health=health,
        health_by=person_name(plan, health.override.by) if health.override else None,
        progress=plan.progress[""],
        done=done,
        open=len(counted) - done,
        milestones=tuple(coming[:_MILESTONES]),
        more_milestones=max(0, len(coming) - _MILESTONES),
        end=records.project.end,
        money=plan.money.project if plan.money.lines else None,
        currency=plan.money.currency,
        bars=_bars(plan.money.project) if plan.money.lines else None,
        runway=plan.money.runway,
        chance=plan.forecast[coming[0].target.id].chance if coming and coming[0].target.id in plan.forecast else None,
        in_work=tuple(work[:_FEATURES]),
        more_in_work=max(0, len(work) - _FEATURES),
        troubles=tuple(troubles[:_TROUBLES]),
        more_troubles=max(0, len(troubles) - _TROUBLES),
        report=_report(plan),
        risks=tuple(risks[:_RISKS]),
        more_risks=max(0, len(risks) - _RISKS),
        decisions=_decisions(plan),
        why=of_groups(shown(explain(plan, "")), "progress", "health", "runway"),
    )


def _bars(money: Totals) -> MoneyBars:
    """Refunds can make a sum negative; its bar is empty."""
    whole = max(money.planned, money.spent, money.forecast)
    planned, spent, forecast = (
        max(value, Decimal(0)) / whole if whole > 0 else Decimal(0)
        for value in (money.planned, money.spent, money.forecast)
    )
    return MoneyBars(planned, spent, forecast, money.spent / money.planned if money.planned > 0 else None)


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
    waiting = [d for d in plan.records.decisions if d.status in ("needed", "proposed")]
    waiting.sort(key=lambda d: (d.needed_by or date.max, d.id))
    return tuple(
        DecisionRow(
            decision,
            tuple(name for person in decision.by if (name := person_name(plan, person))),
            bool(decision.needed_by and decision.needed_by < plan.as_of),
        )
        for decision in waiting
    )
