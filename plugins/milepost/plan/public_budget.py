"""A budget of which only totals are told: one line a milestone, and one for all the rest."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_DOWN, Decimal

from milepost.diagnostics import Place
from milepost.plan.money import Totals, line_totals, spent_by_day
from milepost.plan.rates import rates_of, unvalued
from milepost.records.budget import BudgetLine, Spending
from milepost.records.records import Records
from milepost.records.values import Money

_CENTS = Decimal("0.01")


def budget_totals(records: Records, as_of: date) -> tuple[tuple[BudgetLine, ...], dict[str, Place]]:
    """The merged lines with places for their ids; amounts are in the project's currency.

    A milestone's line holds what pays for it and for its features; the project's holds the rest. Spending is merged by
    month, under the last day on which something was spent in it.
    """
    rates = rates_of(records.project)
    left_out, _ = unvalued(records, rates, as_of)
    homes = {feature.id: feature.milestone or "" for feature in records.features}
    titles = {"": records.project.name, **{milestone.id: milestone.title for milestone in records.milestones}}
    totals: dict[str, Totals] = defaultdict(Totals)
    spent: dict[str, dict[tuple[int, int], tuple[date, Decimal]]] = defaultdict(dict)
    for line in records.budget:
        if line.id in left_out:
            continue
        home = line.milestone or homes.get(line.feature or "", "")
        home = home if home in titles else ""
        totals[home] += line_totals(line, rates, as_of)
        months = spent[home]
        for on, amount in spent_by_day(line, rates, as_of):
            last, before = months.get((on.year, on.month), (on, Decimal(0)))
            months[on.year, on.month] = (max(last, on), before + amount)
    taken = {record.id for _, record in records.all()}
    lines, places = [], {}
    for home in (name for name in titles if name in totals):
        merged = _line(_free(f"total-{home}" if home else "total", taken), titles[home], home, totals[home])
        spendings = tuple(Spending.model_construct(on=on, amount=Money(sum_)) for on, sum_ in spent[home].values())
        lines.append(merged.model_copy(update={"spent": tuple(sorted(spendings, key=lambda s: s.on))}))
        places[merged.id] = records.places[home]
    return tuple(lines), places


def budget_shares(records: Records, as_of: date) -> tuple[tuple[BudgetLine, ...], dict[str, Place]]:
    """The merged lines of `budget_totals`, each amount as a percentage of what is planned in all; none without a plan.

    Two decimals are kept, so that one amount that gets known doesn't give away the others to the cent.
    """
    lines, places = budget_totals(records, as_of)
    whole = sum((_amount(line.planned) for line in lines), Decimal(0))
    if whole <= 0:
        return (), {}

    def share(amount: Decimal) -> Money:
        return Money((100 * amount / whole).quantize(_CENTS))

    planned = _summing(Decimal(100), [100 * _amount(line.planned) / whole for line in lines])
    shares = tuple(
        line.model_copy(
            update={
                "planned": Money(part),
                "committed": share(_amount(line.committed)),
                "forecast": share(_amount(line.forecast)),
                "spent": tuple(Spending.model_construct(on=s.on, amount=share(s.amount.amount)) for s in line.spent),
            }
        )
        for line, part in zip(lines, planned, strict=True)
    )
    return shares, places


def _amount(money: object) -> Decimal:
    assert isinstance(money, Money)
    return money.amount


def _summing(total: Decimal, parts: list[Decimal]) -> list[Decimal]:
    """The parts rounded so that they sum to `total`: what is left goes to the largest remainders (Hamilton)."""
    rounded = [part.quantize(_CENTS, ROUND_DOWN) for part in parts]
    left = int((total - sum(rounded, Decimal(0))) / _CENTS)
    most = sorted(range(len(parts)), key=lambda i: rounded[i] - parts[i])[:left]
    return [part + (_CENTS if i in most else 0) for i, part in enumerate(rounded)]


def _line(identity: str, title: str, milestone: str, totals: Totals) -> BudgetLine:
    return BudgetLine.model_construct(
        id=identity,
        title=title,
        milestone=milestone or None,
        planned=Money(totals.planned),
        committed=Money(totals.committed),
        forecast=Money(totals.forecast),
    )


def _free(wanted: str, taken: set[str]) -> str:
    """An id that no record has; at most 80 characters, as every id."""
    identity, number = wanted[:80], 1
    while identity in taken:
        number += 1
        identity = f"{wanted[:75]}-{number}"
    taken.add(identity)
    return identity
