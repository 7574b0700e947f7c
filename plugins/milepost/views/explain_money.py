"""Why the money figures are what they are: of a budget line, a feature, a milestone, the project."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from milepost.plan.money import Totals
from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.rates import rates_of
from milepost.records.budget import BudgetLine
from milepost.records.values import Money
from milepost.views.explain_earned import EARNED, earned_figures, line_given
from milepost.views.explanation import Explanation, Given, figure, listed, money, place
from milepost.views.terms import TERMS, term

_TOTALS = {
    "planned": Phrase("Planned"),
    "committed": Phrase("Committed"),
    "spent": Phrase("Spent"),
    "remaining": Phrase("Remaining"),
    "forecast": Phrase("Forecast"),
    "variance": Phrase("Variance"),
}
_SUMS = {
    "planned": Phrase("planned = Σ lines"),
    "committed": Phrase("committed = Σ lines"),
    "spent": Phrase("spent = Σ lines"),
    "forecast": Phrase("forecast = Σ lines"),
}
_OWN = Phrase("its author's own estimate")
_PROJECT_ONLY = {"committed", "remaining", "cv", "sv", "eac.plan", "eac.combined", "etc", "vac", "tcpi.bac", "tcpi.eac"}
"""Figures that no view shows of a milestone."""


def line_figures(plan: Plan, line: BudgetLine) -> tuple[Explanation, ...]:
    """The totals of a line."""
    totals = plan.money.lines.get(line.id)
    if totals is None:
        reason = Phrase("an amount has no rate to the project's currency, so the line is left out")
        return tuple(figure(key, label, None, reason=reason) for key, label in _TOTALS.items())
    return (
        _planned(plan, line, totals),
        _committed(plan, line, totals),
        _spent(plan, line, totals),
        _remaining("", plan, totals),
        _forecast(plan, line, totals),
        _variance("", plan, totals),
    )


def _given(plan: Plan, name: str, written: Money, value: Decimal | None, line: BudgetLine, *keys: str | int) -> Given:
    """An amount as written, under the name of a term or a period; in another currency with the rate that was taken."""
    currency = plan.money.currency
    note = None
    if written.currency not in (None, currency) and written.amount and value is not None:
        rate = (value / written.amount).normalize()
        note = Phrase("{written}, one at {rate}", {"written": str(written), "rate": rate})
    return Given(TERMS.get(name, name), money(value, currency), place(plan, line.id, *keys), note=note, name=name)


def _planned(plan: Plan, line: BudgetLine, totals: Totals) -> Explanation:
    rates, value = rates_of(plan.records.project), money(totals.planned, plan.money.currency)
    rows = []
    for period, written in line.planned_parts:
        amount = rates.convert(written, period.first if period else plan.as_of)
        keys: tuple[str, ...] = ("planned", period.text) if period else ("planned",)
        rows.append(_given(plan, period.text if period else "planned", written, amount, line, *keys))
    formula = Phrase("planned = Σ periods") if len(rows) > 1 else Phrase("planned as written")
    return figure("planned", _TOTALS["planned"], value, formula, listed(rows), fill=False)


def _committed(plan: Plan, line: BudgetLine, totals: Totals) -> Explanation:
    value = money(totals.committed, plan.money.currency)
    if line.committed is None:
        return figure("committed", _TOTALS["committed"], value, because=[Phrase("nothing is written as committed")])
    given = _given(plan, "committed", line.committed, totals.committed, line, "committed")
    return figure("committed", _TOTALS["committed"], value, Phrase("committed as written"), [given])


def _spent(plan: Plan, line: BudgetLine, totals: Totals) -> Explanation:
    rates, value = rates_of(plan.records.project), money(totals.spent, plan.money.currency)
    rows, to_come = [], 0
    for i, spending in enumerate(line.spent):
        if spending.on > plan.as_of:
            to_come += 1
            continue
        amount = rates.convert(spending.amount, spending.on)
        rows.append(_given(plan, spending.on.isoformat(), spending.amount, amount, line, "spent", i, "amount"))
    because = []
    if not rows:
        because.append(Phrase("nothing was spent up to the as-of date, {day}", {"day": plan.as_of}))
    if to_come:
        because.append(_to_come(to_come, plan.as_of))
    formula = Phrase("spent = Σ payments up to the as-of date")
    return figure("spent", _TOTALS["spent"], value, formula, listed(rows), because, fill=False)


def _to_come(count: int, day: date) -> Phrase:
    values = {"n": count, "day": day}
    return Phrase(
        "{n} after the as-of date, {day}, not counted", values, "{n} after the as-of date, {day}, not counted", count
    )


def _forecast(plan: Plan, line: BudgetLine, totals: Totals) -> Explanation:
    value = money(totals.forecast, plan.money.currency)
    if line.forecast is not None:
        given = _given(plan, "forecast", line.forecast, totals.forecast, line, "forecast")
        return figure("forecast", _TOTALS["forecast"], value, Phrase("forecast as written"), [given], [_OWN])
    inputs = [_total(plan, totals, "", key) for key in ("planned", "spent", "committed")]
    formula = Phrase("forecast = max({planned}, {spent} + {committed})", TERMS)
    return figure("forecast", _TOTALS["forecast"], value, formula, inputs)


def _total(plan: Plan, totals: Totals, prefix: str, key: str) -> Given:
    return term(key, money(getattr(totals, key), plan.money.currency), field=f"{prefix}{key}")


def _remaining(prefix: str, plan: Plan, totals: Totals) -> Explanation:
    inputs = [_total(plan, totals, prefix, key) for key in ("planned", "spent")]
    value = money(totals.remaining, plan.money.currency)
    formula = Phrase("remaining = {planned} − {spent}", TERMS)
    return figure(f"{prefix}remaining", _TOTALS["remaining"], value, formula, inputs)


def _variance(prefix: str, plan: Plan, totals: Totals) -> Explanation:
    inputs = [_total(plan, totals, prefix, key) for key in ("planned", "forecast")]
    value = money(totals.variance, plan.money.currency)
    formula = Phrase("variance = {planned} − {forecast}", TERMS)
    return figure(f"{prefix}variance", _TOTALS["variance"], value, formula, inputs)


def money_figures(plan: Plan, identity: str) -> tuple[Explanation, ...]:
    """Totals and earned value of a milestone, or of the project under ""."""
    totals = plan.money.milestones.get(identity) if identity else plan.money.project
    earned = plan.money.earned.get(identity)
    if totals is None or earned is None or plan.money.currency is None:
        reason = Phrase("no amount is written for it")
        labels = {**_TOTALS, **{key: Phrase("{symbol}", {"symbol": key.upper()}) for key, _ in EARNED}}
        return tuple(
            figure(f"money.{key}", label, None, reason=reason, in_views=False) for key, label in labels.items()
        )
    lines = _lines(plan, identity)
    sums = []
    for key, formula in _SUMS.items():
        value = money(getattr(totals, key), plan.money.currency)
        amounts = [(getattr(plan.money.lines[line.id], key), line) for line in lines]
        amounts.sort(key=lambda pair: -abs(pair[0]))
        rows = listed([line_given(plan, line, amount, key) for amount, line in amounts if amount])
        sums.append(figure(f"money.{key}", _TOTALS[key], value, formula, rows, fill=False))
    derived = (_remaining("money.", plan, totals), _variance("money.", plan, totals))
    found = (*sums, *derived, *earned_figures(plan, earned, lines))
    if not identity:
        return found
    return tuple(replace(one, in_views=False) if one.field.partition(".")[2] in _PROJECT_ONLY else one for one in found)


def _lines(plan: Plan, identity: str) -> list[BudgetLine]:
    """The lines that count for a milestone, its features' with it, or for the project."""
    if not identity:
        found = plan.records.budget
    else:
        members = plan.links.members.get(identity, ())
        names = (identity, *(feature.id for feature in members))
        found = tuple(line for name in names for line in plan.links.lines.get(name, ()))
    return [line for line in found if line.id in plan.money.lines]
