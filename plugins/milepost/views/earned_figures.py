"""The figures of earned value, each with what it means, and why it is undefined where it is."""

from dataclasses import dataclass, replace
from decimal import Decimal

from milepost.plan.earned_schedule import EarnedSchedule
from milepost.plan.earned_value import EarnedValue
from milepost.plan.phrase import Amount, Phrase, Share


@dataclass(frozen=True, slots=True)
class EarnedFigure:
    """A figure: its abbreviation and `name`, its `value` (an amount, a ratio, or None) and its `meaning`.

    Where it is undefined `reason` says why. `verdict` says how it is to be read, where that can be said, and `good`
    whether that is welcome. A number may be a time `in_months`.
    """

    short: Phrase | str
    name: Phrase
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
        short = str(self.short)
        return named.get(short) or short.lower().replace("(t)", "-t")

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

_BAC = Phrase("budget at completion")
_PV = Phrase("planned value")
_EV = Phrase("earned value")
_AC = Phrase("actual cost")
_CPI = Phrase("cost performance index")
_SPI = Phrase("schedule performance index")
_EAC = Phrase("estimate at completion")
_VAC = Phrase("variance at completion")
_TCPI = Phrase("to-complete index")
_ES = Phrase("earned schedule")
_SV_T = Phrase("schedule variance in time")
_SPI_T = Phrase("schedule performance index in time")
_EAC_T = Phrase("estimate of the time it takes")

_COST_SAID = Phrase("Work costs what was planned.")
_CHEAPER_SAID = Phrase("Work costs less than planned: each 1 spent brought work worth {cpi}.")
_DEARER_SAID = Phrase("Work costs more than planned: each 1 spent brought work worth {cpi}.")
_TIME_SAID = Phrase("As much is done as was planned by now.")
_AHEAD_SAID = Phrase("Work is ahead of the plan: {spi} of what was planned by now is done.")
_BEHIND_SAID = Phrase("Work is behind the plan: {spi} of what was planned by now is done.")


def earned_figures(earned: EarnedValue | None, currency: str | None) -> tuple[EarnedFigure, ...]:
    """The figures of a project; none without a budget. Names as in the PMI's Standard for Earned Value Management."""
    if earned is None or currency is None:
        return ()

    def amount(value: Decimal | None) -> Amount | None:
        return None if value is None else Amount(value, currency)

    no_schedule = _NO_TIME if earned.pv is None else _NO_PLANNED
    no_cost = _NOTHING_SPENT if not earned.ac else _NOTHING_EARNED
    no_both = no_cost if earned.eac_cpi is None else no_schedule
    return (
        _figure("BAC", _BAC, amount(earned.bac), Phrase("all that is planned")),
        _figure("PV", _PV, amount(earned.pv), Phrase("what should be done by now is worth"), no_schedule),
        _figure("EV", _EV, amount(earned.ev), Phrase("what is done by now is worth")),
        _figure("AC", _AC, amount(earned.ac), Phrase("what was spent for it")),
        _figure("CPI", _CPI, earned.cpi, Phrase("worth of the work done for each 1 spent"), no_cost, 1, _COST),
        _figure("SPI", _SPI, earned.spi, Phrase("work done for each 1 planned by now"), no_schedule, 1, _TIME),
        _figure("EAC", _EAC, amount(earned.eac_cpi), Phrase("the total, if cost goes on as so far"), no_cost),
        _figure(Phrase("EAC plan"), _EAC, amount(earned.eac_plan), Phrase("the total, if the rest costs its plan")),
        _figure(
            Phrase("EAC both"),
            _EAC,
            amount(earned.eac_combined),
            Phrase("the total, if cost and pace go on as so far"),
            no_both,
        ),
        _figure("VAC", _VAC, amount(earned.vac), Phrase("what is left over then"), no_cost, 0, _LEFT),
        _figure("TCPI", _TCPI, earned.tcpi_bac, Phrase("the CPI the rest needs to keep to the plan"), _ALL_SPENT),
    )


def earned_said(earned: EarnedValue | None) -> tuple[Phrase, ...]:
    """How cost and pace stand to the plan, a sentence each, where that can be said."""
    found = []
    if earned and earned.cpi is not None:
        said = _COST_SAID if earned.cpi == 1 else (_CHEAPER_SAID if earned.cpi > 1 else _DEARER_SAID)
        found.append(replace(said, values={"cpi": earned.cpi}))
    if earned and earned.spi is not None:
        said = _TIME_SAID if earned.spi == 1 else (_AHEAD_SAID if earned.spi > 1 else _BEHIND_SAID)
        found.append(replace(said, values={"spi": Share(earned.spi)}))
    return tuple(found)


def earned_schedule_figures(found: EarnedSchedule | None) -> tuple[EarnedFigure, ...]:
    """The figures of earned schedule, after Lipke (2003); none where nothing is planned over time."""
    if found is None or found.es is None or found.sv_t is None:
        return ()
    behind = Phrase("that less the time gone by")
    as_so_far = Phrase("months it takes if it goes on as so far")
    return (
        _months(_figure("ES", _ES, found.es, Phrase("when the plan had earned what is earned now"))),
        _months(_figure("SV(t)", _SV_T, found.sv_t, behind, None, 0, _TIME)),
        _figure("SPI(t)", _SPI_T, found.spi_t, Phrase("months of plan done a month"), None, 1, _TIME),
        _months(_figure("EAC(t)", _EAC_T, found.eac_t, as_so_far, found.gap)),
    )


def _months(figure: EarnedFigure) -> EarnedFigure:
    return replace(figure, in_months=True)


def _figure(
    short: Phrase | str,
    name: Phrase,
    value: Amount | Decimal | None,
    meaning: Phrase,
    reason: Phrase | None = None,
    par: int = 0,
    verdicts: tuple[Phrase, Phrase] | None = None,
) -> EarnedFigure:
    """A figure, read against `par` by the first verdict above it and by the second below."""
    if value is None:
        return EarnedFigure(short, name, None, meaning, reason)
    number = value.value if isinstance(value, Amount) else value
    if verdicts is None or number == par:
        return EarnedFigure(short, name, value, meaning)
    return EarnedFigure(short, name, value, meaning, None, verdicts[number < par], number > par)
