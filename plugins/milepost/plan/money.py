"""The budget added up: per line, category, feature, milestone and project, and month by month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from milepost.diagnostics import Diagnostic, Place, Severity
from milepost.plan.calendar import Calendar
from milepost.plan.earned_schedule import EarnedSchedule, earned_schedule
from milepost.plan.earned_value import EarnedValue, earned_value
from milepost.plan.links import Links
from milepost.plan.planned_value import Part, parts
from milepost.plan.progress import Finished, finished_shares
from milepost.plan.rates import Rates, odd_amounts, rates_of, unvalued
from milepost.plan.runway import Runway, runway
from milepost.records.budget import BudgetLine
from milepost.records.records import Records

_ZERO = Decimal(0)
_MOST_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in the project's currency: remaining = planned − spent, variance = planned − forecast."""

    planned: Decimal = _ZERO
    committed: Decimal = _ZERO
    spent: Decimal = _ZERO
    remaining: Decimal = _ZERO
    forecast: Decimal = _ZERO
    variance: Decimal = _ZERO

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Month:
    """One month: what is planned and was spent in it, and up to its end; what was earned up to its end.

    Spending and earning are None after the as-of date. What was earned in the past is known from the days on which
    work was finished; work half done counts at the as-of date alone.
    """

    first: date
    planned: Decimal
    spent: Decimal | None
    cumulative_planned: Decimal
    cumulative_spent: Decimal | None
    cumulative_earned: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MoneyBook:
    """A project's money in its `currency`, None where no amount can be counted.

    `lines`, `categories` ("" = none), `features` and `milestones` hold the totals of what has any; a milestone's are
    those of its own lines and of its features'. `earned` holds earned value by id of feature or milestone, and under
    "" for the project; `earned_schedule` has those of milestones
    and "". `runway` is None without funding. `unplanned` are the lines
    that are planned for no time, so that their PV is not known.
    """

    currency: str | None
    lines: Mapping[str, Totals]
    categories: Mapping[str, Totals]
    features: Mapping[str, Totals]
    milestones: Mapping[str, Totals]
    project: Totals
    earned: Mapping[str, EarnedValue]
    earned_schedule: Mapping[str, EarnedSchedule]
    runway: Runway | None
    months: tuple[Month, ...]
    unplanned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    line: BudgetLine
    parts: tuple[Part, ...]
    totals: Totals
    spendings: tuple[tuple[date, Decimal], ...]
    pv: Decimal | None
    ev: Decimal


def money(
    records: Records, links: Links, calendar: Calendar, progress: Mapping[str, Decimal], as_of: date
) -> tuple[MoneyBook, list[Diagnostic]]:
    """Add up a project's budget as of a day; an amount without a rate leaves its line out of every total."""
    rates = rates_of(records.project)
    left_out, problems = unvalued(records, rates, as_of)
    problems += odd_amounts(records, rates, as_of)
    lines = []
    for line in records.budget:
        if line.id not in left_out:
            lines.append(_line(line, records, links, calendar, rates, progress, as_of))
            problems += _future(line, records, as_of)
    groups = _groups(lines, links)
    scopes = [(name, found) for name, found in [*groups.items(), ("", lines)] if found]
    homes = [(name, found) for name, found in groups.items() if links.by_id[name][0] == "milestones"]
    in_time = {name: _in_time(found, _first_day(found, calendar), as_of) for name, found in homes}
    if lines:
        in_time[""] = _in_time(lines, calendar.start, as_of)
    book = MoneyBook(
        currency=records.project.currency if lines else None,
        lines={found.line.id: found.totals for found in lines},
        categories=_sums((found.line.category or "", found) for found in lines),
        features={name: _sum(found) for name, found in groups.items() if links.by_id[name][0] == "features"},
        milestones={name: _sum(found) for name, found in homes},
        project=_sum(lines),
        earned={name: _earned(found) for name, found in scopes},
        earned_schedule=in_time,
        runway=runway(records, [pair for found in lines for pair in found.spendings], rates, as_of),
        months=_months(lines, finished_shares(records, links, calendar.week), as_of),
        unplanned=tuple(found.line.id for found in lines if found.pv is None),
    )
    return book, problems


def _line(
    line: BudgetLine,
    records: Records,
    links: Links,
    calendar: Calendar,
    rates: Rates,
    progress: Mapping[str, Decimal],
    as_of: date,
) -> _Line:
    planned_parts = parts(line, records, links, calendar, rates, as_of)
    totals = line_totals(line, rates, as_of)
    values = [part.by(as_of) for part in planned_parts]
    pv = None if None in values else sum((value for value in values if value is not None), _ZERO)
    paid_for = line.milestone or line.feature
    done = progress.get(paid_for) if paid_for else None  # None, too, for work of another project
    ev = (pv or _ZERO) if done is None else totals.planned * done
    return _Line(line, planned_parts, totals, spent_by_day(line, rates, as_of), pv, ev)


def line_totals(line: BudgetLine, rates: Rates, as_of: date) -> Totals:
    """The totals of a line as of a day; the forecast is the author's, else what is planned or already bound."""
    amounts = [rates.convert(money, period.first if period else as_of) for period, money in line.planned_parts]
    planned = sum((amount or _ZERO for amount in amounts), _ZERO)
    spent = sum((amount for _, amount in spent_by_day(line, rates, as_of)), _ZERO)
    committed = (rates.convert(line.committed, as_of) if line.committed else None) or _ZERO
    own = rates.convert(line.forecast, as_of) if line.forecast else None
    forecast = own if own is not None else max(planned, spent + committed)
    return Totals(planned, committed, spent, planned - spent, forecast, planned - forecast)


def spent_by_day(line: BudgetLine, rates: Rates, as_of: date) -> tuple[tuple[date, Decimal], ...]:
    """What went out up to the as-of date, in day order."""
    return tuple(sorted((s.on, rates.convert(s.amount, s.on) or _ZERO) for s in line.spent if s.on <= as_of))


def _future(line: BudgetLine, records: Records, as_of: date) -> list[Diagnostic]:
    place = records.places[line.id]
    return [
        Diagnostic(
            "future-day",
            f"spent on {spending.on}, which is after the as-of date {as_of}; it is not counted yet",
            Place(place.file, (*place.keys, "spent", i, "on")),
            "write it as “committed” until then",
            severity=Severity.WARNING,
        )
        for i, spending in enumerate(line.spent)
        if spending.on > as_of
    ]


def _groups(lines: Iterable[_Line], links: Links) -> dict[str, list[_Line]]:
    """The lines that pay for each feature and milestone; a feature's count for its milestone too."""
    milestone_of = {f.id: name for name, members in links.members.items() for f in members}
    found: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        feature = line.line.feature or ""
        if feature in links.by_id:
            found[feature].append(line)
        milestone = line.line.milestone or milestone_of.get(feature, "")
        if milestone in links.by_id:
            found[milestone].append(line)
    return found


def _sum_of_ev(lines: Iterable[_Line]) -> Decimal:
    return sum((line.ev for line in lines), _ZERO)


def _sum(lines: Iterable[_Line]) -> Totals:
    return sum((line.totals for line in lines), Totals())


def _sums(pairs: Iterable[tuple[str, _Line]]) -> dict[str, Totals]:
    found: dict[str, Totals] = defaultdict(Totals)
    for name, line in pairs:
        found[name] += line.totals
    return dict(found)


def _earned(lines: Iterable[_Line]) -> EarnedValue:
    """Earned value of some lines; what is planned for no time is left out of PV."""
    found = list(lines)
    known = [line.pv for line in found if line.pv is not None]
    totals = _sum(found)
    pv = sum(known, _ZERO) if known else None
    return earned_value(totals.planned, pv, _sum_of_ev(found), totals.spent)


def _in_time(lines: Iterable[_Line], start: date, as_of: date) -> EarnedSchedule:
    """Earned schedule of the lines that are planned for some time."""
    planned = [line for line in lines if line.pv is not None]
    parts = [part for line in planned for part in line.parts]
    return earned_schedule(parts, _sum_of_ev(planned), start, as_of)


def _first_day(lines: Iterable[_Line], calendar: Calendar) -> date:
    """The first day for which something is planned."""
    return min((part.first for line in lines for part in line.parts if part.last), default=calendar.start)


def _earned_by(day: date, lines: Iterable[_Line], finished: Mapping[str, Finished]) -> Decimal:
    """What was earned up to the evening of a day in the past, as far as finished work tells; never more than now."""
    total = _ZERO
    for line in lines:
        paid_for = line.line.milestone or line.line.feature
        share = finished.get(paid_for) if paid_for else None  # None, too, for work of another project
        if share:
            value = line.totals.planned * share(day)
        else:
            value = sum((part.by(day) or _ZERO for part in line.parts), _ZERO)
        total += min(value, line.ev)
    return total


def _months(lines: list[_Line], finished: Mapping[str, Finished], as_of: date) -> tuple[Month, ...]:
    """Planned and spent by month, from the first day of either to the last one planned, or the as-of date."""
    timed = [part for line in lines for part in line.parts if part.last]
    spendings = sorted(pair for line in lines for pair in line.spendings)
    days = [part.first for part in timed] + [part.last for part in timed if part.last] + [on for on, _ in spendings]
    if not days:
        return ()
    first, last = min(days).replace(day=1), max(*days, as_of) if spendings else max(days)
    months: list[Month] = []
    before_planned, before_spent = _ZERO, _ZERO
    while first <= last and len(months) < _MOST_MONTHS:
        following = (first + timedelta(days=32)).replace(day=1)
        end = following - timedelta(days=1)
        planned = sum((part.by(end) or _ZERO for part in timed), _ZERO)
        spent = sum((amount for on, amount in spendings if on <= end), _ZERO) if first <= as_of else None
        earned = None
        if first <= as_of:
            earned = _sum_of_ev(lines) if end >= as_of else _earned_by(end, lines, finished)
        in_month = None if spent is None else spent - before_spent
        months.append(Month(first, planned - before_planned, in_month, planned, spent, earned))
        before_planned, before_spent, first = planned, spent or _ZERO, following
    return tuple(months)
