"""Amounts in other currencies → the project's currency."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.diagnostics import Diagnostic, Place, Severity
from milepost.plan.currencies import minor_digits
from milepost.records.project import Project
from milepost.records.records import Records
from milepost.records.values import Money

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An amount as it stands in a record: the record's id, the keys that lead to it, and the day it is valued at."""

    record: str
    keys: Keys
    money: Money
    on: date


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of another currency costs in the project's own, from each day on."""

    currency: str | None
    dated: Mapping[str, tuple[tuple[date, Decimal], ...]]

    def convert(self, money: Money, on: date) -> Decimal | None:
        """The amount in the project's currency on a day; None where the project has no currency or no rate.

        The rate is the latest one on or before the day; before the first, the first.
        """
        if self.currency is None:
            return None
        if money.currency in (None, self.currency):
            return money.amount
        rates = self.dated.get(money.currency or "", ())
        if not rates:
            return None
        return money.amount * next((rate for day, rate in reversed(rates) if day <= on), rates[0][1])


def rates_of(project: Project) -> Rates:
    """The rates a project writes down."""
    dated = {
        currency: tuple(sorted(rate.items())) if isinstance(rate, dict) else ((date.min, rate),)
        for currency, rate in project.rates.items()
    }
    return Rates(project.currency, dated)


def unvalued(records: Records, rates: Rates, as_of: date) -> tuple[frozenset[str], list[Diagnostic]]:
    """The records with an amount that has no value in the project's currency, and what is missing.

    Without a currency in the project that is all of them, told once; otherwise each amount without a rate is told.
    """
    missing = [written for written in amounts(records, as_of) if rates.convert(written.money, written.on) is None]
    found = frozenset(written.record for written in missing)
    if not missing:
        return found, []
    if rates.currency is None:
        message = "amounts are written, but the project has no currency; no money is counted"
        return found, [
            Diagnostic("no-currency", message, _place(records, missing[0]), "add “currency: EUR” to the project")
        ]
    return found, [
        Diagnostic(
            "no-rate",
            f"no rate for {written.money.currency}; “{written.record}” is left out of every total",
            _place(records, written),
            f"add “rates: {{{written.money.currency}: …}}” to the project: what one {written.money.currency} costs"
            f" in {rates.currency}",
        )
        for written in missing
    ]


def odd_amounts(records: Records, rates: Rates, as_of: date) -> list[Diagnostic]:
    """A warning for each amount with more digits after the point than its currency has: were they thousands?"""
    problems = []
    for written in amounts(records, as_of):
        currency = written.money.currency or rates.currency
        exponent = written.money.amount.as_tuple().exponent
        found = -exponent if isinstance(exponent, int) else 0
        if currency is None or found <= (digits := minor_digits(currency)):
            continue
        said = f"{written.money.amount:f}"
        message = f"{said} has {found} digits after the point; {currency} has {digits}"
        either = f"{written.money.amount:.{digits}f}"
        hint = f"write {said.replace('.', '')} or {either}" if found == 3 else f"write {either}"
        place = _place(records, written)
        problems.append(Diagnostic("odd-amount", message, place, hint, severity=Severity.WARNING))
    return problems


def _place(records: Records, written: Written) -> Place:
    place = records.places[written.record]
    return Place(place.file, (*place.keys, *written.keys))


def amounts(records: Records, as_of: date) -> Iterator[Written]:
    """Every amount of a project."""
    for line in records.budget:
        for period, money in line.planned_parts:
            keys: Keys = ("planned", str(period)) if period else ("planned",)
            yield Written(line.id, keys, money, period.first if period else as_of)
        for i, spending in enumerate(line.spent):
            yield Written(line.id, ("spent", i, "amount"), spending.amount, spending.on)
        for key, value in (("committed", line.committed), ("forecast", line.forecast)):
            if value:
                yield Written(line.id, (key,), value, as_of)
    for funding in records.funding:
        yield Written(funding.id, ("amount",), funding.amount, funding.on)
    for person in records.people:
        if person.rate:
            yield Written(person.id, ("rate",), person.rate, as_of)
    for risk in records.risks:
        if risk.cost:
            yield Written(risk.id, ("cost",), risk.cost, as_of)
    for found in records.inputs:
        if found.revenue:
            yield Written(found.id, ("revenue",), found.revenue, found.on)
    ranking = records.project.ranking
    if ranking and ranking.cut and ranking.cut.budget:
        yield Written("", ("ranking", "cut", "budget"), ranking.cut.budget, as_of)
