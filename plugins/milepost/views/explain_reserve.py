"""Why earned schedule and runway are what they are."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.rates import rates_of
from milepost.views.explanation import Explanation, Given, day, figure, listed, money, months, number, place

_NO_MONEY = Phrase("no amount is planned")
_NO_FUNDING = Phrase("no funding is written")


def earned_schedule_figures(plan: Plan) -> tuple[Explanation, ...]:
    """ES, SV(t), SPI(t) and EAC(t) of the project."""
    found = plan.money.earned_schedule.get("")
    es, at, pd = (months(getattr(found, key, None)) for key in ("es", "at", "pd"))
    sv = months(found.sv_t) if found else None
    spi = number(found.spi_t) if found else None
    gap = found.gap if found else _NO_MONEY
    since = Phrase("since {day}", {"day": found.start}) if found else None
    given_es = Given("ES", es, field="earned_schedule.es")
    given_at = Given("AT", at, note=Phrase("actual time {since}", {"since": since}) if since else None)
    ev = Given("EV", money(plan.money.earned[""].ev, plan.money.currency), field="money.ev") if found else None
    shown = es is not None
    rows = (
        ("es", "Earned schedule (ES)", es, "the month in which PV reached what EV is now", [ev] if ev else []),
        ("sv_t", "Schedule variance SV(t)", sv, "SV(t) = ES − AT", [given_es, given_at]),
        ("spi_t", "Schedule index SPI(t)", spi, "SPI(t) = ES ÷ AT", [given_es, given_at]),
        (
            "eac_t",
            "Time at completion EAC(t)",
            months(found.eac_t) if found else None,
            "EAC(t) = PD ÷ SPI(t)",
            [Given("PD", pd, note=Phrase("planned duration")), Given("SPI(t)", spi, field="earned_schedule.spi_t")],
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
        burnt = Given("spent − income", money(found.net_burn * count, currency))
        spread = [burnt, Given("full months", number(count), note=Phrase("{over}", {"over": over}))]
    in_hand = money(found.in_hand, currency) if found else None
    hand = Given("money in hand", in_hand, note=Phrase("received − spent, up to {day}", {"day": plan.as_of}))
    given_burn = Given("net burn", burn, field="runway.net_burn")
    length = months(found.months) if found else None
    expected = []
    if found and found.expected_day and found.expected_day != found.day:
        note = Phrase("with funding to come, weighted by how certain it is")
        expected = [Given("expected", day(found.expected_day), note=note)]
    return (
        figure(
            "runway.months",
            "Runway",
            length,
            "runway = money in hand ÷ net burn",
            [hand, given_burn, *_received(plan)] if found else (),
            reason=None if length else gap,
            in_views=shown,
        ),
        figure(
            "runway.day",
            "Money lasts until",
            day(found.day) if found else None,
            "day = as-of date + runway",
            [Given("as-of date", day(plan.as_of)), Given("runway", length, field="runway.months"), *expected]
            if length
            else (),
            reason=None if length else gap,
            in_views=shown and length is not None,
        ),
        figure(
            "runway.net_burn",
            "Net burn a month",
            burn,
            "net burn = (spent − income) ÷ full months",
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
    return [*listed(rows), Given("spent", money(plan.money.project.spent, currency), field="money.spent")]
