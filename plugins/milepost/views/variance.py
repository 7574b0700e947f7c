"""Why a budget line comes to another sum than its plan, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from milepost.plan.money import Totals
from milepost.plan.phrase import Amount, Phrase
from milepost.plan.plan import Plan
from milepost.plan.rates import rates_of
from milepost.records.budget import BudgetLine, Spending

_NOTES = 3  # of the payments that took a line over its plan; more are no reason but a list
_ESTIMATED = Phrase("its author's estimate")
_ORDERED = Phrase("with what is ordered")
_SPENT = Phrase("spent already")


@dataclass(frozen=True, slots=True)
class Cause:
    """A line that differs from its plan: what it is called, and by how much and why."""

    title: str
    said: Phrase


def told(totals: Totals, currency: str | None, reason: Phrase | str | None = None) -> Phrase | None:
    """How the forecast stands to the plan, with the reason where one is known; None where they are the same."""
    if not totals.variance:
        return None
    values: dict[str, object] = {"amount": Amount(abs(totals.variance), currency)}
    over = totals.variance < 0
    if reason is None:
        return Phrase("{amount} over", values) if over else Phrase("{amount} under", values)
    values["reason"] = reason
    return Phrase("{amount} over: {reason}", values) if over else Phrase("{amount} under: {reason}", values)


def line_told(plan: Plan, line: BudgetLine) -> Phrase | None:
    """The same of a line."""
    return told(plan.money.lines[line.id], plan.money.currency, reason(plan, line))


def reason(plan: Plan, line: BudgetLine) -> Phrase | str | None:
    """Why a line differs from its plan: what its payments were for, else its author's estimate, else what is bound.

    None where it doesn't. A public edition tells amounts alone: notes are nobody else's business, and merged lines
    have no reason of their own.
    """
    totals = plan.money.lines[line.id]
    if not totals.variance or plan.edition == "public":
        return None
    notes = dict.fromkeys(s.note for s in _beyond(plan, line, totals.planned) if s.note) if totals.variance < 0 else {}
    if notes:
        return "; ".join(note.rstrip(".") for note in list(notes)[:_NOTES])
    if line.forecast is not None:
        return _ESTIMATED
    return _SPENT if totals.spent > totals.planned else _ORDERED


def _beyond(plan: Plan, line: BudgetLine, planned: Decimal) -> list[Spending]:
    """The payment with which the sum spent first passes what was planned, and those after it; refunds are none."""
    rates, total = rates_of(plan.records.project), Decimal(0)
    found: list[Spending] = []
    for spending in sorted((s for s in line.spent if s.on <= plan.as_of), key=lambda s: s.on):
        total += rates.convert(spending.amount, spending.on) or 0
        if spending.amount.amount > 0 and (found or total > planned):
            found.append(spending)
    return found if total > planned else []


def causes(plan: Plan, lines: Iterable[BudgetLine], most: int) -> tuple[Cause, ...]:
    """The lines that make a sum differ from its plan as it does, the largest first, and the largest against them."""
    book = plan.money
    apart = [line for line in lines if line.id in book.lines and book.lines[line.id].variance]
    whole = sum((book.lines[line.id].variance for line in apart), Decimal(0))
    if not whole:
        return ()
    apart.sort(key=lambda line: -abs(book.lines[line.id].variance))
    same = [line for line in apart if (book.lines[line.id].variance < 0) == (whole < 0)]
    against = [line for line in apart if line not in same]
    found = ((line.title, line_told(plan, line)) for line in (*same[:most], *against[:1]))
    return tuple(Cause(title, said) for title, said in found if said)
