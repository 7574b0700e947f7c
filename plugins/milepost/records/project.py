"""The project itself: its name, calendar, currency and the rules its numbers follow."""

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)

from milepost.diagnostics import did_you_mean
from milepost.records import forms
from milepost.records.entry import Entry, Link
from milepost.records.score import Method
from milepost.records.values import (
    Currency,
    Day,
    Duration,
    DurationValue,
    MoneyValue,
    Number,
    Percent,
    PeriodValue,
    Rich,
    Text,
    read_number,
    read_text,
    wrong,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MON_TO_FRI: tuple[Weekday, ...] = WEEKDAYS[:5]


@cache
def _zones() -> frozenset[str]:
    """All names of time zones; to list them takes a look at hundreds of files."""
    return frozenset(available_timezones())


def _read_timezone(value: Any) -> str:
    name = read_text(value)
    known = _zones()
    if name not in known:
        raise wrong(
            "wrong-value",
            f"“{name[:60]}” is not a time zone",
            did_you_mean(name, known) or "for example Europe/Berlin",
        )
    return name


def _whole(value: Any) -> int:
    number = read_number(value)
    if number != number.to_integral_value() or number < 0:
        raise wrong("bad-number", f"{number} is not a whole number")
    return int(number)


Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema(forms.WHOLE.json)]
TimeZone = Annotated[str, PlainValidator(_read_timezone), WithJsonSchema(forms.TIME_ZONE.json)]


class CalendarRules(Entry):
    """Which days are worked."""

    workdays: tuple[Weekday, ...] = MON_TO_FRI
    """The working days of a week."""
    holidays: tuple[Day, ...] = ()
    """Days on which nobody works."""
    country: Text | None = None
    """Country whose public holidays count, as ISO 3166 code: DE."""
    region: Text | None = None
    """Its state or province: BE."""

    @model_validator(mode="after")
    def _some_day(self) -> "CalendarRules":
        if not self.workdays:
            raise wrong("wrong-value", "a calendar needs at least one working day")
        return self


class Cut(Entry):
    """Where the cut line of the ranking falls: when the running sum first passes it."""

    effort: DurationValue | None = None
    """By person-time."""
    budget: MoneyValue | None = None
    """By planned money."""

    @model_validator(mode="after")
    def _one(self) -> "Cut":
        if (self.effort is None) == (self.budget is None):
            raise wrong("wrong-value", "a cut is by effort or by budget", "write one of the two")
        return self


class RankingRules(Entry):
    """How features are ranked."""

    method: Method
    """The method whose value orders them."""
    weights: dict[Text, Number] = Field(default_factory=dict)
    """For the method weighted: criterion → weight; they sum to 1."""
    cut: Cut | None = None
    """Where the cut line falls."""
    bands: dict[Text, Number] = Field(default_factory=dict)
    """Names for values: band → least value."""


class TimeThreshold(Entry):
    """Lateness against the promise, in working time."""

    at_risk: DurationValue = Duration(Decimal(1), "d")
    """Late by at least this is at risk."""
    off_track: DurationValue = Duration(Decimal(5), "d")
    """Late by at least this is off track."""


class MoneyThreshold(Entry):
    """Overrun: estimate at completion over budget at completion."""

    at_risk: Percent = Decimal("0.05")
    """Over by at least this is at risk."""
    off_track: Percent = Decimal("0.15")
    """Over by at least this is off track."""


class HealthRules(Entry):
    """When something is at risk or off track."""

    time: TimeThreshold = TimeThreshold()
    """Lateness against the promise."""
    money: MoneyThreshold = MoneyThreshold()
    """Overrun of the budget."""
    silence: DurationValue = Duration(Decimal(21), "d")
    """No update for longer than this is at risk; calendar days."""


class ForecastRules(Entry):
    """How the simulation is run."""

    distribution: Literal["pert", "triangular"] = "pert"
    """The distribution of a three-point estimate."""
    runs: Whole = 10_000
    """How many runs."""
    seed: Whole = 1
    """Where the random numbers begin; the same seed gives the same forecast."""


class PublishRules(Entry):
    """What the public edition tells."""

    budget: Literal["full", "totals", "share", "none"] = "none"
    """Every line, totals only, shares of the total only, or nothing."""
    people: Literal["names", "roles", "none"] = "roles"
    """Names, roles only, or nothing."""
    inputs: Literal["full", "counts", "none"] = "none"
    """Every public input, their number only, or nothing."""


def _rate_form(value: Any) -> str:
    return "dated" if isinstance(value, dict) else "fixed"


Rate = Annotated[
    Annotated[Number, Tag("fixed")] | Annotated[dict[Day, Number], Tag("dated")], Discriminator(_rate_form)
]


class Project(Entry):
    """What the plan is for."""

    name: Text
    """As it is shown."""
    summary: Rich | None = None
    """In a paragraph."""
    vision: Rich | None = None
    """What the world looks like when it has worked."""
    start: PeriodValue | None = None
    """When it begins; default the earliest day written."""
    end: PeriodValue | None = None
    """When it ends."""
    today: Day | None = None
    """Freezes the as-of date; default the current day in `timezone`."""
    timezone: TimeZone = "UTC"
    """Where the day begins, as an IANA name: Europe/Berlin."""
    currency: Currency | None = None
    """ISO 4217 code; required where any amount stands."""
    calendar: CalendarRules = CalendarRules()
    """Which days are worked."""
    rates: dict[Currency, Rate] = Field(default_factory=dict)
    """What one unit of another currency costs in the project's, or that by the day from which it holds."""
    ranking: RankingRules | None = None
    """How features are ranked; without it they stand in the order written."""
    health: HealthRules = HealthRules()
    """When something is at risk or off track."""
    forecast: ForecastRules = ForecastRules()
    """How the simulation is run."""
    links: tuple[Link, ...] = ()
    """Where more is to be found."""
    publish: PublishRules = PublishRules()
    """What the public edition tells."""
