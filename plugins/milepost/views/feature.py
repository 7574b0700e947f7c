"""The page of a feature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from milepost.plan.forecast import Forecast
from milepost.plan.levelling import Levelled
from milepost.plan.phrase import Amount
from milepost.plan.plan import Plan
from milepost.plan.ranking import Ranked
from milepost.plan.rates import rates_of
from milepost.plan.schedule import Schedule
from milepost.plan.score import METHODS, kano_coefficients
from milepost.records.feature import Feature, Horizon
from milepost.records.goal import Goal
from milepost.records.input import Input
from milepost.records.milestone import Milestone
from milepost.records.person import Person
from milepost.records.score import Kano, Method
from milepost.records.work import Estimate
from milepost.views.around import Around, around, judge
from milepost.views.explain import anchors, explain, shown
from milepost.views.explanation import Explanation
from milepost.views.item import ItemRef, Target, item_ref, person_name, target_of
from milepost.views.score_bars import ScoreBar, score_bars


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The inputs of one scoring method; `ranks` tells that it is the one the project ranks by.

    `kano` holds the better and worse coefficients of a survey.
    """

    method: Method
    bars: tuple[ScoreBar, ...]
    ranks: bool
    kano: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Estimated:
    """An estimate in working days: its three points, all the same where one was written, and what they let expect."""

    low: float
    likely: float
    high: float
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
    duration: Estimated | None
    effort: Estimated | None
    """Person-days."""
    horizon: Horizon | None
    ranked: Ranked | None
    scores: tuple[ScoreTable, ...]
    inputs: tuple[Input, ...]
    votes: Decimal
    revenue: Amount | None
    """The money behind the inputs; None where none is written or a rate is missing."""
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
    inputs = plan.links.inputs.get(found.id, ())
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
        duration=_estimated(found.duration, plan.calendar.week),
        effort=_estimated(found.effort, plan.calendar.week),
        horizon=plan.horizon.get(found.id),
        ranked=plan.ranking.ranked.get(found.id),
        scores=_scores(plan, found),
        inputs=inputs,
        votes=sum((said.votes for said in inputs if said.votes), Decimal(0)),
        revenue=_revenue(plan, inputs),
        only_counted=plan.edition == "public" and plan.records.project.publish.inputs == "counts",
        around=around(plan, found),
        why=shown(explain(plan, found.id)),
        as_of=plan.as_of,
    )


def _estimated(found: Estimate | None, week: int) -> Estimated | None:
    if found is None:
        return None
    return Estimated(found.low.days(week), found.likely.days(week), found.high.days(week), found.expected(week))


def _revenue(plan: Plan, inputs: Sequence[Input]) -> Amount | None:
    rates = rates_of(plan.records.project)
    amounts = [rates.convert(said.revenue, said.on) for said in inputs if said.revenue]
    known = [amount for amount in amounts if amount is not None]
    return Amount(sum(known, Decimal(0)), rates.currency) if known and len(known) == len(amounts) else None


def _scores(plan: Plan, found: Feature) -> tuple[ScoreTable, ...]:
    """Every method the feature has inputs for, the ranking one first."""
    if found.score is None:
        return ()
    methods: list[Method] = sorted(METHODS, key=lambda method: method != plan.ranking.method)
    return tuple(
        ScoreTable(method, bars, method == plan.ranking.method, _coefficients(found) if method == "kano" else None)
        for method in methods
        if (bars := score_bars(plan, found, method))
    )


def _coefficients(found: Feature) -> tuple[Fraction, Fraction] | None:
    counts = found.score.kano if found.score else None
    return kano_coefficients(counts) if isinstance(counts, Kano) else None


def _goal(plan: Plan, identity: str | None) -> str | None:
    _, goal = plan.links.by_id.get(identity or "", ("", None))
    return goal.title if isinstance(goal, Goal) else None
