"""Why earned schedule and runway are what they are."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.rates import rates_of
from milepost.views.explanation import Explanation, Given, day, figure, listed, money, months, number, place
from milepost.views.terms import TERMS, term

_NO_MONEY = Phrase("no amount is planned")
_NO_FUNDING = Phrase("no funding is written")


def earned_schedule_figures(plan: Plan) -> tuple[Explanation, ...]:
    """ES, SV(t), SPI(t) and EAC(t) of the project."""
    found = plan.money.earned_schedule.get("")
    es, at, pd = (months(getattr(found, key, None)) for key in ("es", "at", "pd"))
    sv = months(found.sv_t) if found else None
    spi = number(found.spi_t) if found else None
    gap = found.gap if found else _NO_MONEY
    since = Phrase("actual time since {day}", {"day": found.start}) if found else None
    given_es = term("es", es, field="earned_schedule.es")
    given_at = term("at", at, note=since)
    ev = term("ev", money(plan.money.earned[""].ev, plan.money.currency), field="money.ev") if found else None
    shown = es is not None
    rows = (
        (
            "es",
            Phrase("Earned schedule (ES)"),
            es,
            Phrase("the month in which PV reached what EV is now"),
            [ev] if ev else [],
        ),
        ("sv_t", Phrase("Schedule variance SV(t)"), sv, Phrase("SV(t) = {es} − {at}", TERMS), [given_es, given_at]),
        ("spi_t", Phrase("Schedule index SPI(t)"), spi, Phrase("SPI(t) = {es} ÷ {at}", TERMS), [given_es, given_at]),
        (
            "eac_t",
            Phrase("Time at completion EAC(t)"),
            months(found.eac_t) if found else None,
            Phrase("EAC(t) = {pd} ÷ {spi_t}", TERMS),
            [term("pd", pd, note=Phrase("planned duration")), term("spi_t", spi, field="earned_schedule.spi_t")],
        ),
    )
    return tuple(
        figure(
            f"earned_schedule.{key}",
            label,
            value,
            formula,
            inputs if value else (),
            reason=gap if value is None else None,
            in_views=shown,
        )
        for key, label, value, formula, inputs in rows
    )


def runway_figures(plan: Plan) -> tuple[Explanation, ...]:
    """How long the money in hand lasts."""
    found, currency = plan.money.runway, plan.money.currency
    gap = found.gap if found else _NO_FUNDING
    shown = found is not None
    burn = money(found.net_burn, currency) if found else None
    over = ", ".join(f"{month:%Y-%m}" for month in found.over) if found else ""
    spread = []
    if found and found.net_burn is not None:
        count = len(found.over)
        burnt = term("burnt", money(found.net_burn * count, currency))
        spread = [burnt, term("full_months", number(count), note=Phrase("{over}", {"over": over}))]
    in_hand = money(found.in_hand, currency) if found else None
    hand = term("in_hand", in_hand, note=Phrase("received − spent, up to {day}", {"day": plan.as_of}))
    given_burn = term("net_burn", burn, field="runway.net_burn")
    length = months(found.months) if found else None
    expected = []
    if found and found.expected_day and found.expected_day != found.day:
        note = Phrase("with funding to come, weighted by how certain it is")
        expected = [Given(Phrase("expected"), day(found.expected_day), note=note)]
    return (
        figure(
            "runway.months",
            Phrase("Runway"),
            length,
            Phrase("runway = {in_hand} ÷ {net_burn}", TERMS),
            [hand, given_burn, *_received(plan)] if found else (),
            reason=None if length else gap,
            in_views=shown,
        ),
        figure(
            "runway.day",
            Phrase("Money lasts until"),
            day(found.day) if found else None,
            Phrase("day = {as_of} + {runway}", TERMS),
            [term("as_of", day(plan.as_of)), term("runway", length, field="runway.months"), *expected]
            if length
            else (),
            reason=None if length else gap,
            in_views=shown and length is not None,
        ),
        figure(
            "runway.net_burn",
            Phrase("Net burn a month"),
            burn,
            Phrase("net burn = ({burnt}) ÷ {full_months}", TERMS),
            spread,
            reason=None if burn else gap,
            in_views=shown,
        ),
    )


def _received(plan: Plan) -> list[Given]:
    """The funding up to the as-of date, and what was spent: their difference is the money in hand."""
    rates, currency = rates_of(plan.records.project), plan.money.currency
    rows = [
        Given(f.title, money(rates.convert(f.amount, f.on), currency), place(plan, f.id, "amount"))
        for f in sorted(plan.records.funding, key=lambda f: f.on)
        if f.on <= plan.as_of
    ]
    return [*listed(rows), term("spent", money(plan.money.project.spent, currency), field="money.spent")]
