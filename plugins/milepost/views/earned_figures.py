"""The figures of earned value, each with what it means, and why it is undefined where it is."""

from dataclasses import dataclass, replace
from decimal import Decimal

from milepost.plan.earned_schedule import EarnedSchedule
from milepost.plan.earned_value import EarnedValue
from milepost.plan.phrase import Amount, Phrase


@dataclass(frozen=True, slots=True)
class EarnedFigure:
    """A figure: its abbreviation and `name`, its `value` (an amount, a ratio, or None) and its `meaning`.

    Where it is undefined `reason` says why. `verdict` says how it is to be read, where that can be said, and `good`
    whether that is welcome. A number may be a time `in_months`.
    """

    short: str
    name: str
    value: Amount | Decimal | None
    meaning: Phrase
    reason: Phrase | None = None
    verdict: Phrase | None = None
    good: bool = True
    in_months: bool = False

    @property
    def anchor(self) -> str:
        """The anchor of where it comes from."""
        named = {"EAC": "eac-cpi", "EAC plan": "eac-plan", "EAC both": "eac-combined", "TCPI": "tcpi-bac"}
        return named.get(self.short) or self.short.lower().replace("(t)", "-t")

    @property
    def is_amount(self) -> bool:
        """Whether the value is money, and no ratio."""
        return isinstance(self.value, Amount)


_COST = (Phrase("costs less than planned"), Phrase("costs more than planned"))
_TIME = (Phrase("ahead of the plan"), Phrase("behind the plan"))
_LEFT = (Phrase("under the plan"), Phrase("over the plan"))
_NO_PLANNED = Phrase("nothing was planned to be spent by now")
_NO_TIME = Phrase("no line is planned for any time")
_NOTHING_SPENT = Phrase("nothing is spent yet")
_NOTHING_EARNED = Phrase("nothing is earned yet")
_ALL_SPENT = Phrase("all that was planned is spent")


def earned_figures(earned: EarnedValue | None, currency: str | None) -> tuple[EarnedFigure, ...]:
    """The figures of a project; none without a budget. Names as in the PMI's Standard for Earned Value Management."""
    if earned is None or currency is None:
        return ()

    def amount(value: Decimal | None) -> Amount | None:
        return None if value is None else Amount(value, currency)

    no_schedule = _NO_TIME if earned.pv is None else _NO_PLANNED
    no_cost = _NOTHING_SPENT if not earned.ac else _NOTHING_EARNED
    return (
        _figure("BAC", "budget at completion", amount(earned.bac), "all that is planned"),
        _figure("PV", "planned value", amount(earned.pv), "what should be done by now is worth", no_schedule),
        _figure("EV", "earned value", amount(earned.ev), "what is done by now is worth"),
        _figure("AC", "actual cost", amount(earned.ac), "what was spent for it"),
        _figure(
            "CPI", "cost performance index", earned.cpi, "worth of the work done for each 1 spent", no_cost, 1, _COST
        ),
        _figure(
            "SPI",
            "schedule performance index",
            earned.spi,
            "work done for each 1 planned by now",
            no_schedule,
            1,
            _TIME,
        ),
        _figure(
            "EAC", "estimate at completion", amount(earned.eac_cpi), "the total, if cost goes on as so far", no_cost
        ),
        _figure("EAC plan", "estimate at completion", amount(earned.eac_plan), "the total, if the rest costs its plan"),
        _figure(
            "EAC both",
            "estimate at completion",
            amount(earned.eac_combined),
            "the total, if cost and pace go on as so far",
            no_cost if earned.eac_cpi is None else no_schedule,
        ),
        _figure("VAC", "variance at completion", amount(earned.vac), "what is left over then", no_cost, 0, _LEFT),
        _figure("TCPI", "to-complete index", earned.tcpi_bac, "the CPI the rest needs to keep to the plan", _ALL_SPENT),
    )


def earned_schedule_figures(found: EarnedSchedule | None) -> tuple[EarnedFigure, ...]:
    """The figures of earned schedule, after Lipke (2003); none where nothing is planned over time."""
    if found is None or found.es is None or found.sv_t is None:
        return ()
    spi = _figure(
        "SPI(t)", "schedule performance index in time", found.spi_t, "months of plan done a month", None, 1, _TIME
    )
    eac = _figure(
        "EAC(t)", "estimate of the time it takes", found.eac_t, "months it takes if it goes on as so far", found.gap
    )
    return (
        _months(_figure("ES", "earned schedule", found.es, "when the plan had earned what is earned now")),
        _months(
            _figure("SV(t)", "schedule variance in time", found.sv_t, "that less the time gone by", None, 0, _TIME)
        ),
        spi,
        _months(eac),
    )


def _months(figure: EarnedFigure) -> EarnedFigure:
    return replace(figure, in_months=True)


def _figure(
    short: str,
    name: str,
    value: Amount | Decimal | None,
    meaning: str,
    reason: Phrase | None = None,
    par: int = 0,
    verdicts: tuple[Phrase, Phrase] | None = None,
) -> EarnedFigure:
    """A figure, read against `par` by the first verdict above it and by the second below."""
    if value is None:
        return EarnedFigure(short, name, None, Phrase(meaning), reason)
    number = value.value if isinstance(value, Amount) else value
    if verdicts is None or number == par:
        return EarnedFigure(short, name, value, Phrase(meaning))
    return EarnedFigure(short, name, value, Phrase(meaning), None, verdicts[number < par], number > par)
