"""The budget by milestone and by category: each with its sums, bars on one scale, and what it is over or under by."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from milepost.plan.money import Totals
from milepost.plan.phrase import Amount, Phrase
from milepost.plan.plan import Plan
from milepost.records.budget import BudgetLine
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.item import Target, target_of
from milepost.views.variance import Cause, causes, line_told, reason, told

_CAUSES = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """Amounts as fractions of the longest bar beside it; `committed` begins where `spent` ends."""

    planned: float
    spent: float
    committed: float
    forecast: float


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Money of a milestone or category; `title` is "" for what belongs to none, `target` leads to its page.

    `said` tells how it stands to its plan, None where it does as planned; `causes` which of its lines that comes from.
    """

    title: str
    target: Target | None
    totals: Totals
    bar: Bar
    said: Phrase | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that add up to the whole, and what is to be seen in them."""

    rows: tuple[GroupRow, ...]
    summary: Phrase


Group = tuple[str, Target | None, list[BudgetLine]]


def by_milestone(plan: Plan) -> Groups:
    """Milestones in the order written; then features of none; then what pays for the whole project."""
    homes = {milestone.id: milestone for milestone in plan.records.milestones}
    features = {feature.id: feature for feature in plan.records.features}

    def home(line: BudgetLine) -> str:
        feature = features.get(line.feature or "")
        paid_for = line.milestone or (feature.milestone if feature and feature.milestone in homes else line.feature)
        return paid_for if paid_for in homes or paid_for in features else ""

    found = _grouped(plan, home)
    items: list[Milestone | Feature] = [*homes.values(), *features.values()]
    groups: list[Group] = [(item.title, target_of(item), found[item.id]) for item in items if item.id in found]
    rest: list[Group] = [("", None, found[""])] if "" in found else []
    return _groups(plan, [*groups, *rest], Phrase("what is paid for the whole project"))


def by_category(plan: Plan) -> Groups:
    """Categories, the largest plan first; what has none last."""
    found = _grouped(plan, lambda line: line.category or "")

    def order(name: str) -> tuple[bool, Decimal, str]:
        return not name, -plan.money.categories[name].planned, name

    groups: list[Group] = [(name, None, found[name]) for name in sorted(found, key=order)]
    return _groups(plan, groups, Phrase("what has no category"))


def _grouped(plan: Plan, key: Callable[[BudgetLine], str]) -> dict[str, list[BudgetLine]]:
    found: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in plan.records.budget:
        if line.id in plan.money.lines:
            found[key(line)].append(line)
    return dict(found)


def _groups(plan: Plan, groups: Sequence[Group], rest: Phrase) -> Groups:
    book = plan.money
    sums = [sum((book.lines[line.id] for line in lines), Totals()) for _, _, lines in groups]
    scale = max(map(longest, sums), default=Decimal(0))
    rows = tuple(
        _row(plan, title, target, lines, totals, scale)
        for (title, target, lines), totals in zip(groups, sums, strict=True)
    )
    return Groups(rows, _summary(rows, book.currency, rest))


def _row(
    plan: Plan, title: str, target: Target | None, lines: Sequence[BudgetLine], totals: Totals, scale: Decimal
) -> GroupRow:
    """A row; where one line alone makes the difference its reason is that of the row."""
    currency, drawn = plan.money.currency, bar(totals, scale)
    apart = [line for line in lines if plan.money.lines[line.id].variance]
    if len(lines) == 1:
        return GroupRow(title, target, totals, drawn, line_told(plan, lines[0]), ())
    if len(apart) == 1:
        why, values = reason(plan, apart[0]), {"line": apart[0].title}
        named = Phrase("{line}, {reason}", {**values, "reason": why}) if why else Phrase("{line}", values)
        return GroupRow(title, target, totals, drawn, told(totals, currency, named), ())
    return GroupRow(title, target, totals, drawn, told(totals, currency), causes(plan, lines, _CAUSES))


def longest(totals: Totals) -> Decimal:
    """The longest of the amounts that a bar is drawn of."""
    return max(totals.planned, totals.spent + totals.committed, totals.forecast)


def bar(totals: Totals, scale: Decimal) -> Bar:
    """The bar of some totals; what was paid back or can't be compared has no length."""

    def part(amount: Decimal) -> float:
        return float(amount / scale) if amount > 0 and scale > 0 else 0.0

    spent = part(totals.spent)
    bound = max(part(totals.spent + totals.committed), spent)
    return Bar(part(totals.planned), spent, bound - spent, part(totals.forecast))


def _summary(rows: Iterable[GroupRow], currency: str | None, rest: Phrase) -> Phrase:
    found = sorted(rows, key=lambda row: row.totals.variance)
    over = [row for row in found if row.totals.variance < 0]
    if not over:
        return Phrase("None is over its plan.")
    values: dict[str, object] = {
        "n": len(over),
        "total": len(found),
        "furthest": over[0].title or rest,
        "amount": Amount(-over[0].totals.variance, currency),
    }
    return Phrase(
        "{n} of {total} is over its plan: {furthest}, by {amount}.",
        values,
        "{n} of {total} are over their plans; the furthest is {furthest}, by {amount}.",
        len(over),
    )
