"""Earned value: what the work done is worth against what was planned and what was spent.

Formulas as in the PMI's Standard for Earned Value Management. What would be divided by zero is undefined: None.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Earned value of a scope, amounts in the project's currency.

    `bac` budget at completion; `pv` planned, `ev` earned value, `ac` actual cost; `cv` = EV − AC and `sv` = EV − PV;
    `cpi` = EV ÷ AC and `spi` = EV ÷ PV; estimates at completion `eac_cpi` = BAC ÷ CPI, `eac_plan` = AC + BAC − EV,
    `eac_combined` = AC + (BAC − EV) ÷ (CPI · SPI); `etc` = EAC − AC and `vac` = BAC − EAC by the first of them;
    `tcpi_bac` = (BAC − EV) ÷ (BAC − AC) and `tcpi_eac` = (BAC − EV) ÷ (EAC − AC).
    """

    bac: Decimal
    pv: Decimal | None
    ev: Decimal
    ac: Decimal
    cv: Decimal
    sv: Decimal | None
    cpi: Decimal | None
    spi: Decimal | None
    eac_cpi: Decimal | None
    eac_plan: Decimal
    eac_combined: Decimal | None
    etc: Decimal | None
    vac: Decimal | None
    tcpi_bac: Decimal | None
    tcpi_eac: Decimal | None


def earned_value(bac: Decimal, pv: Decimal | None, ev: Decimal, ac: Decimal) -> EarnedValue:
    """All figures that follow from the four that are counted."""
    left = bac - ev
    cpi, spi = _ratio(ev, ac), _ratio(ev, pv)
    eac = _ratio(bac * ac, ev)
    combined = _ratio(left * ac * pv, ev * ev) if pv is not None and cpi and spi else None
    return EarnedValue(
        bac=bac,
        pv=pv,
        ev=ev,
        ac=ac,
        cv=ev - ac,
        sv=None if pv is None else ev - pv,
        cpi=cpi,
        spi=spi,
        eac_cpi=eac if cpi else None,
        eac_plan=ac + left,
        eac_combined=None if combined is None else ac + combined,
        etc=eac - ac if eac is not None and cpi else None,
        vac=bac - eac if eac is not None and cpi else None,
        tcpi_bac=_ratio(left, bac - ac),
        tcpi_eac=_ratio(left, eac - ac) if eac is not None and cpi else None,
    )


def _ratio(over: Decimal, under: Decimal | None) -> Decimal | None:
    return over / under if under else None
