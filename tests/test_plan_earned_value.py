"""Earned value: what is undefined is None, and the figures fit together. Published examples are in test_oracles."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milepost.plan.earned_value import EarnedValue, earned_value


def earned(bac: int, pv: int | None, ev: int, ac: int) -> EarnedValue:
    return earned_value(Decimal(bac), None if pv is None else Decimal(pv), Decimal(ev), Decimal(ac))


@pytest.mark.parametrize(
    ("bac_pv_ev_ac", "undefined"),
    [
        ((100, 50, 40, 60), set()),
        ((100, 50, 40, 0), {"cpi", "eac_cpi", "eac_combined", "etc", "vac", "tcpi_eac"}),  # nothing spent
        ((100, 50, 0, 60), {"eac_cpi", "eac_combined", "etc", "vac", "tcpi_eac"}),  # nothing earned: CPI is 0
        ((100, 0, 40, 60), {"spi", "eac_combined"}),  # nothing planned by now
        ((100, None, 40, 60), {"pv", "sv", "spi", "eac_combined"}),  # planned for no time
        ((100, 50, 40, 100), {"tcpi_bac"}),  # all is spent
        ((100, 100, 100, 90), {"tcpi_eac"}),  # all is earned: nothing is left to do
        ((0, 0, 0, 0), {"cpi", "spi", "eac_cpi", "eac_combined", "etc", "vac", "tcpi_bac", "tcpi_eac"}),
    ],
)
def test_a_division_by_zero_is_undefined(bac_pv_ev_ac: tuple[int, int | None, int, int], undefined: set[str]) -> None:
    found = earned(*bac_pv_ev_ac)
    assert {name for name in EarnedValue.__dataclass_fields__ if getattr(found, name) is None} == undefined


def test_ratios_are_exact_where_they_can_be() -> None:
    found = earned(500000, 250000, 200000, 290000)
    assert (found.spi, found.eac_cpi, found.eac_combined) == (Decimal("0.8"), 725000, 833750)
    assert found.etc == found.eac_cpi - found.ac == 435000  # type: ignore[operator]


MONEY = st.integers(1, 10**9)


@given(MONEY, MONEY, MONEY, MONEY, st.integers(2, 1000))
def test_ratios_do_not_depend_on_the_unit_of_money(bac: int, pv: int, ev: int, ac: int, factor: int) -> None:
    assume(ev <= bac)
    one, other = earned(bac, pv, ev, ac), earned(bac * factor, pv * factor, ev * factor, ac * factor)
    for name in ("cpi", "spi", "tcpi_bac", "tcpi_eac"):
        a, b = getattr(one, name), getattr(other, name)
        assert (a is None) == (b is None)
        assert a is None or abs(a - b) <= Decimal("1e-15") * max(abs(a), 1)
    assert other.eac_plan == one.eac_plan * factor


@given(MONEY, MONEY, MONEY, MONEY)
def test_estimate_is_what_is_spent_and_what_is_to_come(bac: int, pv: int, ev: int, ac: int) -> None:
    found = earned(bac, pv, ev, ac)
    assert found.etc is not None
    assert found.vac is not None
    assert abs(found.ac + found.etc + found.vac - found.bac) < Decimal("1e-6")
