"""The page of a feature, and what it shares with that of a milestone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from milepost.diagnostics import Place
from milepost.plan.forecast import Forecast
from milepost.plan.levelling import Levelled
from milepost.plan.money import Totals
from milepost.plan.plan import Plan
from milepost.plan.ranking import Ranked
from milepost.plan.schedule import Schedule
from milepost.plan.score import kano_coefficients
from milepost.records.budget import BudgetLine
from milepost.records.decision import Decision
from milepost.records.entry import Link
from milepost.records.feature import Feature, Horizon
from milepost.records.goal import Goal
from milepost.records.input import Input
from milepost.records.milestone import Milestone
from milepost.records.person import Person
from milepost.records.risk import Risk
from milepost.records.score import Kano, Method
from milepost.records.update import Update
from milepost.records.work import Dependency, Estimate
from milepost.views.explain import anchors, explain, shown
from milepost.views.explanation import Explanation
from milepost.views.features import METHODS
from milepost.views.item import ItemRef, Target, item_ref, named, person_name, target_of
from milepost.views.score_inputs import Input as ScoreInput
from milepost.views.score_inputs import score_inputs


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """What is waited for. `item` is None where it belongs to another project, which `reference` names."""

    item: ItemRef | None
    reference: str
    type: str
    lag: str | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A budget line with its totals."""

    line: BudgetLine
    totals: Totals


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an item: what it depends on and what waits for it, money, risks, decisions and reports."""

    depends_on: tuple[DependencyRow, ...]
    waiting: tuple[DependencyRow, ...]
    lines: tuple[LineRow, ...]
    money: Totals | None
    currency: str | None
    risks: tuple[Risk, ...]
    decisions: tuple[Decision, ...]
    updates: tuple[tuple[Update, str | None], ...]
    links: tuple[Link, ...]
    tags: tuple[str, ...]
    own_keys: Mapping[str, Any]
    before: tuple[Target, str] | None
    after: tuple[Target, str] | None
    """The items of its kind before and after it, with their titles: open features in the order of their ranks."""
    place: Place | None
    """Where the item is written; in a public edition nothing is told of the plan's files."""


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The inputs of one scoring method; `ranks` tells that it is the one the project ranks by.

    `kano` holds the better and worse coefficients of a survey.
    """

    method: str
    inputs: tuple[ScoreInput, ...]
    ranks: bool
    kano: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Estimated:
    """An estimate, what of (`Duration` or `Effort`), and the working days expected of it."""

    of: str
    estimate: Estimate
    expected: float


@dataclass(frozen=True, slots=True)
class FeatureView:
    """All that is known of a feature. `health_by` judged its health, if a person did."""

    item: ItemRef
    feature: Feature
    milestone: tuple[Target, str] | None
    goal: str | None
    health_by: str | None
    team: str | None
    assigned: tuple[tuple[str, Decimal], ...]
    schedule: Schedule | None
    levelled: Levelled | None
    forecast: Forecast | None
    estimates: tuple[Estimated, ...]
    horizon: Horizon | None
    ranked: Ranked | None
    scores: tuple[ScoreTable, ...]
    inputs: tuple[Input, ...]
    only_counted: bool
    """Whether the edition tells only how many inputs there are."""
    around: Around
    why: tuple[Explanation, ...]
    as_of: date

    @property
    def anchors(self) -> frozenset[str]:
        """The figures of this page that are explained on it."""
        return anchors(self.why)


def feature(plan: Plan, found: Feature) -> FeatureView:
    """The page of one feature."""
    _, milestone = plan.links.by_id.get(found.milestone or "", ("", None))
    _, owner = plan.links.by_id.get(found.owner or "", ("", None))
    if not isinstance(milestone, Milestone):
        milestone = None
    return FeatureView(
        item=item_ref(plan, found),
        feature=found,
        milestone=(target_of(milestone), milestone.title) if milestone else None,
        goal=_goal(plan, found.goal or (milestone.goal if milestone else None)),
        health_by=judge(plan, found),
        team=found.team or (owner.team if isinstance(owner, Person) else None),
        assigned=tuple((person_name(plan, a.person) or a.person, a.share) for a in found.assigned),
        schedule=plan.schedule.get(found.id),
        levelled=plan.levelling.items.get(found.id),
        forecast=plan.forecast.get(found.id),
        estimates=tuple(
            Estimated(of, estimate, estimate.expected(plan.calendar.week))
            for of, estimate in (("Duration", found.duration), ("Effort", found.effort))
            if estimate
        ),
        horizon=plan.horizon.get(found.id),
        ranked=plan.ranking.ranked.get(found.id),
        scores=_scores(plan, found),
        inputs=plan.links.inputs.get(found.id, ()),
        only_counted=plan.edition == "public" and plan.records.project.publish.inputs == "counts",
        around=around(plan, found),
        why=shown(explain(plan, found.id)),
        as_of=plan.as_of,
    )


def _scores(plan: Plan, found: Feature) -> tuple[ScoreTable, ...]:
    """Every method the feature has inputs for, the ranking one first."""
    if found.score is None:
        return ()
    methods: list[Method] = sorted(METHODS, key=lambda method: method != plan.ranking.method)
    return tuple(
        ScoreTable(
            METHODS[method], inputs, method == plan.ranking.method, _coefficients(found) if method == "kano" else None
        )
        for method in methods
        if (inputs := score_inputs(found, method, plan.calendar.week))
    )


def _coefficients(found: Feature) -> tuple[Fraction, Fraction] | None:
    counts = found.score.kano if found.score else None
    return kano_coefficients(counts) if isinstance(counts, Kano) else None


def _goal(plan: Plan, identity: str | None) -> str | None:
    _, goal = plan.links.by_id.get(identity or "", ("", None))
    return goal.title if isinstance(goal, Goal) else None


def judge(plan: Plan, item: Feature | Milestone) -> str | None:
    """The name of the person who overrode the computed health of an item."""
    health = plan.health.get(item.id)
    return person_name(plan, health.override.by) if health and health.override else None


def around(plan: Plan, item: Feature | Milestone) -> Around:
    """What stands around a milestone or feature."""
    links, records = plan.links, plan.records
    touching = set(links.affected_by.get(item.id, ()))
    lines = tuple(
        LineRow(line, plan.money.lines[line.id]) for line in links.lines.get(item.id, ()) if line.id in plan.money.lines
    )
    before, after = _neighbours(plan, item)
    money = plan.money.milestones if isinstance(item, Milestone) else plan.money.features
    return Around(
        depends_on=tuple(_depends(plan, dependency) for dependency in item.depends_on),
        waiting=tuple(_waits(plan, name, item.id) for name in links.waiting.get(item.id, ())),
        lines=lines,
        money=money.get(item.id),
        currency=plan.money.currency or records.project.currency,
        risks=tuple(risk for risk in records.risks if risk.id in touching) if touching else (),
        decisions=tuple(decision for decision in records.decisions if decision.id in touching) if touching else (),
        updates=tuple((update, person_name(plan, update.by)) for update in links.updates.get(item.id, ())),
        links=item.links,
        tags=item.tags,
        own_keys=item.x,
        before=before,
        after=after,
        place=records.places[item.id] if plan.edition == "full" else None,
    )


def _neighbours(plan: Plan, item: Feature | Milestone) -> tuple[tuple[Target, str] | None, tuple[Target, str] | None]:
    if isinstance(item, Feature):
        order = plan.ranking.order
    else:
        order = tuple(milestone.id for milestone in plan.records.milestones)
    if item.id not in order:  # what is done or dropped has no rank
        return None, None
    at = order.index(item.id)

    def titled(i: int) -> tuple[Target, str] | None:
        found = plan.links.by_id[order[i]][1] if 0 <= i < len(order) else None
        return (target_of(found), found.title) if isinstance(found, Feature | Milestone) else None

    return titled(at - 1), titled(at + 1)


def _depends(plan: Plan, dependency: Dependency) -> DependencyRow:
    lag = str(dependency.lag) if dependency.lag.amount else None
    return DependencyRow(named(plan, dependency.id), dependency.id, dependency.type, lag)


def _waits(plan: Plan, name: str, identity: str) -> DependencyRow:
    entry = plan.links.by_id.get(name)
    item = entry[1] if entry else None
    own = item.depends_on if isinstance(item, Feature | Milestone) else ()
    found = next((dependency for dependency in own if dependency.id == identity), None)
    lag = str(found.lag) if found and found.lag.amount else None
    return DependencyRow(named(plan, name), name, found.type if found else "FS", lag)
