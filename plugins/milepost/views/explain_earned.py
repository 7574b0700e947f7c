"""Why the figures of earned value are what they are."""

from dataclasses import dataclass
from decimal import Decimal

from milepost.plan.earned_value import EarnedValue
from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.planned_value import parts
from milepost.plan.rates import Rates, rates_of
from milepost.records.budget import BudgetLine
from milepost.views.explanation import Explanation, Given, Value, figure, listed, money, number, place

_ZERO = Decimal(0)
_NOTHING_SPENT = Phrase("CPI is undefined: nothing has been spent yet")
_NOTHING_EARNED = Phrase("CPI is 0, and nothing is divided by it: nothing is earned yet")
_NOT_EARNED = Phrase("SPI is 0, and nothing is divided by it: nothing is earned yet")
_NOT_TIMED = Phrase("no line is planned for any time")
_NOT_YET = Phrase("SPI is undefined: nothing was planned to be earned by now")
_ALL_SPENT = Phrase("the budget is spent: what is left can't be divided by nothing")

EARNED: tuple[tuple[str, tuple[str, str]], ...] = (
    ("bac", ("Budget at completion (BAC)", "BAC = planned")),
    ("pv", ("Planned value (PV)", "PV = Σ what is planned up to the as-of date")),
    ("ev", ("Earned value (EV)", "EV = Σ planned × progress")),
    ("ac", ("Actual cost (AC)", "AC = spent")),
    ("cv", ("Cost variance (CV)", "CV = EV − AC")),
    ("sv", ("Schedule variance (SV)", "SV = EV − PV")),
    ("cpi", ("Cost performance index (CPI)", "CPI = EV ÷ AC")),
    ("spi", ("Schedule performance index (SPI)", "SPI = EV ÷ PV")),
    ("eac.cpi", ("Estimate at completion (EAC)", "EAC = BAC ÷ CPI")),
    ("eac.plan", ("EAC, the rest as planned", "EAC = AC + BAC − EV")),
    ("eac.combined", ("EAC, cost and pace as so far", "EAC = AC + (BAC − EV) ÷ (CPI × SPI)")),
    ("etc", ("Estimate to complete (ETC)", "ETC = EAC − AC")),
    ("vac", ("Variance at completion (VAC)", "VAC = BAC − EAC")),
    ("tcpi.bac", ("To-complete index to BAC (TCPI)", "TCPI = (BAC − EV) ÷ (BAC − AC)")),
    ("tcpi.eac", ("To-complete index to EAC (TCPI)", "TCPI = (BAC − EV) ÷ (EAC − AC)")),
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

    symbols = {
        symbol: Given(symbol, value(key), field=f"money.{key}")
        for symbol, key in {
            "BAC": "bac", "PV": "pv", "EV": "ev", "AC": "ac", "CPI": "cpi", "SPI": "spi", "EAC": "eac.cpi"
        }.items()
    }  # fmt: skip
    symbols["planned"] = Given("planned", value("bac"), field="money.planned")
    symbols["spent"] = Given("spent", value("ac"), field="money.spent")
    found = []
    for key, (label, formula) in EARNED:
        if key in ("pv", "ev"):
            line_by_line = _planned_value if key == "pv" else _earned_value
            found.append(line_by_line(plan, label, formula, value(key), worths))
            continue
        right = formula.partition(" = ")[2].replace("(", " ").replace(")", " ").split()
        inputs = [symbols[word] for word in right if word in symbols]
        reason = _reason(key, earned) if value(key) is None else None
        found.append(figure(f"money.{key}", label, value(key), formula, dict.fromkeys(inputs), reason=reason))
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


def _planned_value(plan: Plan, label: str, formula: str, value: Value | None, worths: list[_Worth]) -> Explanation:
    """PV, line by line; the largest are listed."""
    rows = []
    for worth in sorted(worths, key=lambda worth: -abs(worth.pv or _ZERO)):
        note = None
        if worth.pv is not None and worth.pv != worth.planned:
            note = Phrase("of {all}", {"all": _amount(plan, worth.planned)})
        rows.append(line_given(plan, worth.line, worth.pv, "planned", note))
    gaps = sum(worth.pv is None for worth in worths)
    text = "{n} line is planned for no time and left out"
    because = [Phrase(text, {"n": gaps}, text.replace("line is", "lines are"), gaps)] if gaps else []
    reason = _NOT_TIMED if value is None else None
    return figure("money.pv", label, value, formula, listed(rows), because, reason, fill=False)


def _earned_value(plan: Plan, label: str, formula: str, value: Value | None, worths: list[_Worth]) -> Explanation:
    """EV, line by line; the largest are listed."""
    rows = []
    for worth in sorted(worths, key=lambda worth: -abs(worth.ev)):
        note = Phrase("earned as planned")
        if worth.done is not None:
            done = f"{float(worth.done) * 100:.4g}%"
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
