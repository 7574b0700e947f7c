"""The budget: what was planned, what is ordered and spent, and what it will come to."""

from collections.abc import Iterable, Sequence
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
from milepost.views.earned_figures import EarnedFigure, earned_figures, earned_schedule_figures
from milepost.views.explain import anchors, explain, of_groups, shown
from milepost.views.explanation import Explanation
from milepost.views.item import Target, target_of

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
class MoneyRow:
    """Money of one line, category or milestone. `title` is "" for what belongs to none; `target` leads to its page.

    `share` is its part of all that is planned, a fraction.
    """

    title: str
    target: Target | None
    totals: Totals
    share: float


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the budget, with what it pays for (None = the project) and what went out, newest first."""

    money: MoneyRow
    category: str | None
    pays_for: str | None
    owner: str | None
    spent: tuple[SpentRow, ...]


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The budget; without any amount `currency` is None and the rest empty.

    `verdict` says in words how the forecast stands to the plan, `used` how much of the plan is spent, `causes`
    which lines the difference comes from, the largest first. `by_milestone`
    and `by_category` add up to `totals`. `unplanned` are titles of lines without any time, which the curve leaves out.
    """

    as_of: date
    currency: str | None
    in_shares: bool
    totals: Totals
    verdict: Phrase
    used: Phrase | None
    causes: tuple[Phrase, ...]
    by_milestone: tuple[MoneyRow, ...]
    by_category: tuple[MoneyRow, ...]
    lines: tuple[LineRow, ...]
    curve: Curve | None
    months: tuple[Month, ...]
    earned: tuple[EarnedFigure, ...]
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
        used=_used(book.project),
        causes=_causes(plan),
        by_milestone=_by_milestone(plan),
        by_category=_by_category(plan),
        lines=tuple(_line(line, plan) for line in plan.records.budget if line.id in book.lines),
        curve=curve(book.months, plan.as_of, book.project.forecast, _estimates(book.earned.get(""))),
        months=book.months,
        earned=(
            *earned_figures(book.earned.get(""), book.currency),
            *earned_schedule_figures(book.earned_schedule.get("")),
        ),
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
    words = "over" if variance < 0 else "under"
    if not totals.planned or currency == SHARE:
        return Phrase(f"The forecast is {{amount}} {words} the plan.", values)
    values["share"] = Share(abs(variance) / totals.planned)
    return Phrase(f"The forecast is {{amount}} ({{share}}) {words} the plan.", values)


def _used(totals: Totals) -> Phrase | None:
    if not totals.planned:
        return None
    return Phrase("{share} of the plan is spent.", {"share": Share(totals.spent / totals.planned)})


def _causes(plan: Plan) -> tuple[Phrase, ...]:
    """The lines that make the forecast differ from the plan as it does, at most three, and the largest against them."""
    book = plan.money
    whole = book.project.variance
    if not whole or len(book.lines) < 2:
        return ()
    apart = [line for line in plan.records.budget if line.id in book.lines and book.lines[line.id].variance]
    apart.sort(key=lambda line: -abs(book.lines[line.id].variance))
    same = [line for line in apart if (book.lines[line.id].variance < 0) == (whole < 0)]
    against = [line for line in apart if line not in same]
    return tuple(_cause(line, book.lines[line.id], book.currency) for line in (*same[:_CAUSES], *against[:1]))


def _cause(line: BudgetLine, totals: Totals, currency: str | None) -> Phrase:
    """How a line differs from its plan, and whether that is known or estimated."""
    words = "over" if totals.variance < 0 else "under"
    how = "by its estimate" if line.forecast is not None else "spent or ordered already"
    values = {"line": line.title, "amount": Amount(abs(totals.variance), currency)}
    return Phrase(f"{{line}}: {{amount}} {words}, {how}", values)


def _row(title: str, target: Target | None, totals: Totals, whole: Decimal) -> MoneyRow:
    return MoneyRow(title, target, totals, float(totals.planned / whole) if whole else 0.0)


def _by_milestone(plan: Plan) -> tuple[MoneyRow, ...]:
    """Milestones in the order written; then features of none; then what pays for the whole project."""
    book, whole = plan.money, plan.money.project.planned
    rows = [
        _row(milestone.title, target_of(milestone), book.milestones[milestone.id], whole)
        for milestone in plan.records.milestones
        if milestone.id in book.milestones
    ]
    homes = {milestone.id for milestone in plan.records.milestones}
    rows += [
        _row(feature.title, target_of(feature), book.features[feature.id], whole)
        for feature in plan.records.features
        if feature.id in book.features and feature.milestone not in homes
    ]
    known = homes | {feature.id for feature in plan.records.features}
    rest = [line.id for line in plan.records.budget if (line.milestone or line.feature) not in known]
    if any(identity in book.lines for identity in rest):
        rows.append(_row("", None, _sum(book.lines[identity] for identity in rest if identity in book.lines), whole))
    return tuple(rows)


def _by_category(plan: Plan) -> tuple[MoneyRow, ...]:
    """Categories, the largest plan first; what has none last."""
    categories = sorted(plan.money.categories.items(), key=lambda pair: (not pair[0], -pair[1].planned, pair[0]))
    return tuple(_row(name, None, totals, plan.money.project.planned) for name, totals in categories)


def _sum(totals: Iterable[Totals]) -> Totals:
    return sum(totals, Totals())


def _line(line: BudgetLine, plan: Plan) -> LineRow:
    entry = plan.links.by_id.get(line.milestone or line.feature or "")
    item = entry[1] if entry and isinstance(entry[1], Milestone | Feature) else None
    owner = next((person.name for person in plan.records.people if person.id == line.owner), None)
    return LineRow(
        money=_row(
            line.title, target_of(item) if item else None, plan.money.lines[line.id], plan.money.project.planned
        ),
        category=line.category,
        pays_for=item.title if item else None,
        owner=owner,
        spent=_spent(line.spent, plan),
    )


def _spent(spendings: Sequence[Spending], plan: Plan) -> tuple[SpentRow, ...]:
    past = sorted((s for s in spendings if s.on <= plan.as_of), key=lambda s: s.on, reverse=True)
    return tuple(
        SpentRow(s.on, Amount(s.amount.amount, s.amount.currency or plan.money.currency), s.note, s.link) for s in past
    )
