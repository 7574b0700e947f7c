"""Why the figures of earned value are what they are."""

from dataclasses import dataclass
from decimal import Decimal

from milepost.plan.earned_value import EarnedValue
from milepost.plan.phrase import Phrase, Share
from milepost.plan.plan import Plan
from milepost.plan.planned_value import parts
from milepost.plan.rates import Rates, rates_of
from milepost.records.budget import BudgetLine
from milepost.views.explanation import Explanation, Given, Value, figure, listed, money, names, number, place
from milepost.views.terms import TERMS, term

_ZERO = Decimal(0)
_NOTHING_SPENT = Phrase("CPI is undefined: nothing has been spent yet")
_NOTHING_EARNED = Phrase("CPI is 0, and nothing is divided by it: nothing is earned yet")
_NOT_EARNED = Phrase("SPI is 0, and nothing is divided by it: nothing is earned yet")
_NOT_TIMED = Phrase("no line is planned for any time")
_NOT_YET = Phrase("SPI is undefined: nothing was planned to be earned by now")
_ALL_SPENT = Phrase("the budget is spent: what is left can't be divided by nothing")

EARNED: tuple[tuple[str, tuple[Phrase, Phrase]], ...] = (
    ("bac", (Phrase("Budget at completion (BAC)"), Phrase("BAC = {planned}", TERMS))),
    ("pv", (Phrase("Planned value (PV)"), Phrase("PV = Σ what is planned up to the as-of date"))),
    ("ev", (Phrase("Earned value (EV)"), Phrase("EV = Σ planned × progress"))),
    ("ac", (Phrase("Actual cost (AC)"), Phrase("AC = {spent}", TERMS))),
    ("cv", (Phrase("Cost variance (CV)"), Phrase("CV = {ev} − {ac}", TERMS))),
    ("sv", (Phrase("Schedule variance (SV)"), Phrase("SV = {ev} − {pv}", TERMS))),
    ("cpi", (Phrase("Cost performance index (CPI)"), Phrase("CPI = {ev} ÷ {ac}", TERMS))),
    ("spi", (Phrase("Schedule performance index (SPI)"), Phrase("SPI = {ev} ÷ {pv}", TERMS))),
    ("eac.cpi", (Phrase("Estimate at completion (EAC)"), Phrase("EAC = {bac} ÷ {cpi}", TERMS))),
    ("eac.plan", (Phrase("EAC, the rest as planned"), Phrase("EAC = {ac} + {bac} − {ev}", TERMS))),
    (
        "eac.combined",
        (Phrase("EAC, cost and pace as so far"), Phrase("EAC = {ac} + ({bac} − {ev}) ÷ ({cpi} × {spi})", TERMS)),
    ),
    ("etc", (Phrase("Estimate to complete (ETC)"), Phrase("ETC = {eac} − {ac}", TERMS))),
    ("vac", (Phrase("Variance at completion (VAC)"), Phrase("VAC = {bac} − {eac}", TERMS))),
    ("tcpi.bac", (Phrase("To-complete index to BAC (TCPI)"), Phrase("TCPI = ({bac} − {ev}) ÷ ({bac} − {ac})", TERMS))),
    ("tcpi.eac", (Phrase("To-complete index to EAC (TCPI)"), Phrase("TCPI = ({bac} − {ev}) ÷ ({eac} − {ac})", TERMS))),
)
"""Every figure under its name in plan.json: label and formula."""
_RATIOS = ("cpi", "spi", "tcpi.bac", "tcpi.eac")


def earned_figures(plan: Plan, earned: EarnedValue, lines: list[BudgetLine]) -> tuple[Explanation, ...]:
    """Every figure of earned value of the scope that `lines` pay for."""
    rates = rates_of(plan.records.project)
    worths = [_worth(plan, line, rates) for line in lines]
    currency = plan.money.currency

    def value(key: str) -> Value | None:
        raw = getattr(earned, key.replace(".", "_"))
        return number(raw) if key in _RATIOS else money(raw, currency)

    fields = {name: f"money.{name}" for name in ("bac", "pv", "ev", "ac", "cpi", "spi", "planned", "spent")}
    fields["eac"] = "money.eac.cpi"
    same = {"planned": "bac", "spent": "ac", "eac": "eac.cpi"}
    found = []
    for key, (label, formula) in EARNED:
        if key in ("pv", "ev"):
            line_by_line = _planned_value if key == "pv" else _earned_value
            found.append(line_by_line(plan, label, formula, value(key), worths))
            continue
        inputs = [term(name, value(same.get(name, name)), field=fields[name]) for name in names(formula)]
        reason = _reason(key, earned) if value(key) is None else None
        found.append(figure(f"money.{key}", label, value(key), formula, inputs, reason=reason))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Worth:
    """What a line is planned, planned by now and earned; `done` is the progress of what it pays for, if anything."""

    line: BudgetLine
    planned: Decimal
    pv: Decimal | None
    ev: Decimal
    done: Decimal | None


def _worth(plan: Plan, line: BudgetLine, rates: Rates) -> _Worth:
    values = [span.by(plan.as_of) for span in parts(line, plan.records, plan.links, plan.calendar, rates, plan.as_of)]
    pv = None if None in values else sum((value for value in values if value is not None), _ZERO)
    paid_for = line.milestone or line.feature
    done = plan.progress.get(paid_for) if paid_for else None
    planned = plan.money.lines[line.id].planned
    return _Worth(line, planned, pv, (pv or _ZERO) if done is None else planned * done, done)


def _planned_value(
    plan: Plan, label: Phrase, formula: Phrase, value: Value | None, worths: list[_Worth]
) -> Explanation:
    """PV, line by line; the largest are listed."""
    rows = []
    for worth in sorted(worths, key=lambda worth: -abs(worth.pv or _ZERO)):
        note = None
        if worth.pv is not None and worth.pv != worth.planned:
            note = Phrase("of {all}", {"all": _amount(plan, worth.planned)})
        rows.append(line_given(plan, worth.line, worth.pv, "planned", note))
    gaps = sum(worth.pv is None for worth in worths)
    left_out = Phrase(
        "{n} line is planned for no time and left out",
        {"n": gaps},
        "{n} lines are planned for no time and left out",
        gaps,
    )
    because = [left_out] if gaps else []
    reason = _NOT_TIMED if value is None else None
    return figure("money.pv", label, value, formula, listed(rows), because, reason, fill=False)


def _earned_value(plan: Plan, label: Phrase, formula: Phrase, value: Value | None, worths: list[_Worth]) -> Explanation:
    """EV, line by line; the largest are listed."""
    rows = []
    for worth in sorted(worths, key=lambda worth: -abs(worth.ev)):
        note = Phrase("earned as planned")
        if worth.done is not None:
            done = Share(worth.done, exact=True)
            note = Phrase("{all} × {done}", {"all": _amount(plan, worth.planned), "done": done})
        rows.append(line_given(plan, worth.line, worth.ev, "planned", note))
    return figure("money.ev", label, value, formula, listed(rows), fill=False)


def _amount(plan: Plan, value: Decimal) -> object:
    found = money(value, plan.money.currency)
    return found.raw if found else ""


def _reason(key: str, earned: EarnedValue) -> Phrase:
    """Why a figure is undefined."""
    if key == "tcpi.bac":
        return _ALL_SPENT
    if key in ("spi", "sv") or (key == "eac.combined" and earned.cpi):
        return _NOT_TIMED if earned.pv is None else _NOT_EARNED if earned.pv else _NOT_YET
    if earned.cpi is None:
        return _NOTHING_SPENT
    return _NOTHING_EARNED if not earned.cpi else Phrase("nothing is left to be spent")


def line_given(plan: Plan, line: BudgetLine, value: Decimal | None, key: str, note: Phrase | None = None) -> Given:
    """A line of the budget as an input."""
    at = place(plan, line.id, key) or place(plan, line.id)
    return Given(line.title, money(value, plan.money.currency), at, note=note)
