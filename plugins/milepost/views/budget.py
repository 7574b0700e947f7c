"""The budget: what was planned, what is ordered and spent, and what it will come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.plan.currencies import SHARE
from milepost.plan.earned_value import EarnedValue
from milepost.plan.money import Month, Totals
from milepost.plan.phrase import Amount, Phrase, Share
from milepost.plan.plan import Plan
from milepost.plan.runway import Runway
from milepost.records.budget import BudgetLine, Spending
from milepost.records.entry import Link
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.curve import Curve, curve
from milepost.views.earned_figures import EarnedFigure, earned_figures, earned_said, earned_schedule_figures
from milepost.views.explain import anchors, explain, of_groups, shown
from milepost.views.explanation import Explanation
from milepost.views.item import Target, target_of
from milepost.views.money_groups import Groups, by_category, by_milestone
from milepost.views.variance import Cause, causes, line_told, told

_CAUSES = 3


@dataclass(frozen=True, slots=True)
class BudgetOptions:
    """The budget has no options."""


@dataclass(frozen=True, slots=True)
class SpentRow:
    """Money that went out; `amount` in the currency it was written in."""

    on: date
    amount: Amount
    note: str | None
    link: Link | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the budget, with what it pays for (None = the project) and what went out, newest first.

    `target` leads to the page of what it pays for; `said` tells how it stands to its plan, None where as planned.
    """

    title: str
    category: str | None
    pays_for: str | None
    target: Target | None
    totals: Totals
    said: Phrase | None
    spent: tuple[SpentRow, ...]


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The budget; without any amount `currency` is None and the rest empty.

    `verdict` says in a sentence how the forecast stands to the plan, `told` in two words; `used` is the fraction of the
    plan that is spent, None where nothing is planned; `causes` are the lines the difference comes from. `by_milestone`
    and `by_category` add up to `totals`. `unplanned` are titles of lines without any time, which the curve leaves out.
    `earned_said` reads the figures of earned value in words.
    """

    as_of: date
    currency: str | None
    in_shares: bool
    totals: Totals
    verdict: Phrase
    told: Phrase | None
    used: Decimal | None
    causes: tuple[Cause, ...]
    by_milestone: Groups
    by_category: Groups
    lines: tuple[LineRow, ...]
    curve: Curve | None
    months: tuple[Month, ...]
    earned: tuple[EarnedFigure, ...]
    earned_said: tuple[Phrase, ...]
    runway: Runway | None
    unplanned: tuple[str, ...]
    why: tuple[Explanation, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """The figures of this page that are explained on it."""
        return anchors(self.why)


def budget(plan: Plan, options: BudgetOptions) -> BudgetView:
    """The budget of a plan."""
    book = plan.money
    titles = {line.id: line.title for line in plan.records.budget}
    return BudgetView(
        as_of=plan.as_of,
        currency=book.currency,
        in_shares=book.currency == SHARE,
        totals=book.project,
        verdict=_verdict(book.project, book.currency),
        told=told(book.project, book.currency),
        used=book.project.spent / book.project.planned if book.project.planned else None,
        causes=causes(plan, plan.records.budget, _CAUSES) if len(book.lines) > 1 else (),
        by_milestone=by_milestone(plan),
        by_category=by_category(plan),
        lines=tuple(_line(line, plan) for line in plan.records.budget if line.id in book.lines),
        curve=curve(book.months, plan.as_of, book.project.forecast, _estimates(book.earned.get(""))),
        months=book.months,
        earned=(
            *earned_figures(book.earned.get(""), book.currency),
            *earned_schedule_figures(book.earned_schedule.get("")),
        ),
        earned_said=earned_said(book.earned.get("")) if book.currency else (),
        runway=book.runway,
        unplanned=tuple(titles[identity] for identity in book.unplanned if identity in titles),
        why=of_groups(shown(explain(plan, "")), "money", "earned_schedule", "runway"),
    )


def _estimates(earned: EarnedValue | None) -> tuple[Decimal, ...]:
    """The estimates at completion that are defined."""
    found = (earned.eac_cpi, earned.eac_plan, earned.eac_combined) if earned and earned.ac else ()
    return tuple(amount for amount in found if amount is not None)


def _verdict(totals: Totals, currency: str | None) -> Phrase:
    """How the forecast stands to the plan."""
    variance = totals.variance
    if not variance:
        return Phrase("The forecast is what was planned.")
    values: dict[str, object] = {"amount": Amount(abs(variance), currency)}
    over = variance < 0
    if not totals.planned or currency == SHARE:
        if over:
            return Phrase("The forecast is {amount} over the plan.", values)
        return Phrase("The forecast is {amount} under the plan.", values)
    values["share"] = Share(abs(variance) / totals.planned)
    if over:
        return Phrase("The forecast is {amount} ({share}) over the plan.", values)
    return Phrase("The forecast is {amount} ({share}) under the plan.", values)


def _line(line: BudgetLine, plan: Plan) -> LineRow:
    entry = plan.links.by_id.get(line.milestone or line.feature or "")
    item = entry[1] if entry and isinstance(entry[1], Milestone | Feature) else None
    return LineRow(
        title=line.title,
        category=line.category,
        pays_for=item.title if item else None,
        target=target_of(item) if item else None,
        totals=plan.money.lines[line.id],
        said=line_told(plan, line),
        spent=_spent(line.spent, plan),
    )


def _spent(spendings: Sequence[Spending], plan: Plan) -> tuple[SpentRow, ...]:
    past = sorted((s for s in spendings if s.on <= plan.as_of), key=lambda s: s.on, reverse=True)
    return tuple(
        SpentRow(s.on, Amount(s.amount.amount, s.amount.currency or plan.money.currency), s.note, s.link) for s in past
    )
