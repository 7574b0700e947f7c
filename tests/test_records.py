"""Each type of value reads what the format says, and says of everything else what to write instead."""

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from milepost.diagnostics import Code
from milepost.records import values
from milepost.records.periods import Period, read_period
from milepost.records.values import (
    Duration,
    Money,
    read_currency,
    read_day,
    read_duration,
    read_id,
    read_lag,
    read_money,
    read_number,
    read_part,
    read_percent,
    read_period_value,
    read_ref,
    read_rich,
    read_text,
    read_url,
)
from plans import records

READERS: tuple[Callable[[Any], object], ...] = (
    read_currency,
    read_day,
    read_duration,
    read_id,
    read_lag,
    read_money,
    read_number,
    read_part,
    read_percent,
    read_period_value,
    read_ref,
    read_rich,
    read_text,
    read_url,
)


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (read_day, "2026-12-15", date(2026, 12, 15)),
        (read_day, "2028-02-29", date(2028, 2, 29)),
        (read_number, "12_500.50", Decimal("12500.50")),
        (read_number, "-3", Decimal(-3)),
        (read_number, "010", Decimal(10)),
        (read_percent, "80%", Decimal("0.8")),
        (read_percent, "12.5 %", Decimal("0.125")),
        (read_percent, "150%", Decimal("1.5")),
        (read_part, "100%", Decimal(1)),
        (read_money, "12500", Money(Decimal(12500))),
        (read_money, "-12_500.50", Money(Decimal("-12500.50"))),
        (read_money, "12500 USD", Money(Decimal(12500), "USD")),
        (read_duration, "3d", Duration(Decimal(3), "d")),
        (read_duration, "0.5 w", Duration(Decimal("0.5"), "w")),
        (read_lag, "-2d", Duration(Decimal(-2), "d")),
        (read_id, "kep-3.14_a", "kep-3.14_a"),
        (read_ref, "app/beta", "app/beta"),
        (read_text, " no ", "no"),
        (read_text, "1:30", "1:30"),
        (read_rich, "two\n\nparagraphs\n", "two\n\nparagraphs"),
        (read_url, "../pricing.md#a", "../pricing.md#a"),
        (read_url, "MAILTO:a@example.org", "MAILTO:a@example.org"),
        (read_currency, "EUR", "EUR"),
    ],
)
def test_reads(read: Callable[[Any], object], written: str, value: object) -> None:
    assert read(written) == value


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", "half", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-q1", "quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-02", "month", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", "month", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-W01", "week", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-12-15", "day", date(2026, 12, 15), date(2026, 12, 15)),
    ],
)
def test_reads_periods(written: str, kind: str, first: date, last: date) -> None:
    assert read_period(written) == Period(written.upper(), kind, first, last)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("read", "written", "message", "hint"),
    [
        (read_day, "2026-02-30", "“2026-02-30” is not a day: February 2026 has 28 days", "did you mean 2026-02-28?"),
        (read_day, "2026-15-03", "“2026-15-03” is not a day: there is no month 15", "did you mean 2026-03-15?"),
        (read_day, "2026-2-3", "“2026-2-3” is not a day", "write 2026-02-03"),
        (read_day, "1.12.2026", "“1.12.2026” is not a day", "write 2026-12-01"),
        (read_day, "30.2.2026", "“30.2.2026” is not a day: February 2026 has 28 days", "did you mean 2026-02-28?"),
        (read_day, "2026/03/04", "“2026/03/04” is not a day", "write 2026-03-04"),
        (read_day, "12/15/2026", "“12/15/2026” is not a day", "write 2026-12-15"),
        (read_day, "3/4/2026", "“3/4/2026” is not a day: is the day or the month first?", "write it like 2026-12-15"),
        (read_day, "2026-30-01", "“2026-30-01” is not a day: there is no month 30", "did you mean 2026-01-30?"),
        (read_day, "20261215", "“20261215” is not a day", "write 2026-12-15"),
        (read_day, "2026-12-15T00:00:00Z", "“2026-12-15T00:00:00Z” is not a day", "write 2026-12-15"),
        (read_day, "15 December 2026", "“15 December 2026” is not a day", "write 2026-12-15"),
        (read_day, "Dec 1st, 2026", "“Dec 1st, 2026” is not a day", "write 2026-12-01"),
        (read_day, "TBD", "expected a day, found “TBD”", "leave the key out until it is known"),
        (read_period_value, "December 2026", "“December 2026” is not a period", "write 2026-12"),
        (read_day, "2026-Q4", "“2026-Q4” is a quarter; a day is needed here", "for example 2026-12-31"),
        (read_day, "Q4 2026", "“Q4 2026” is not a day", "write it like 2026-12-15"),
        (read_day, "tomorrow", "“tomorrow” is not a day", "write it like 2026-12-15"),
        (read_day, True, "expected a day, found true", "for example 2026-12-15"),
        (read_day, None, "expected a day, found nothing", "for example 2026-12-15"),
        (read_day, ["2026"], "expected a day, found a list", "for example 2026-12-15"),
        (read_period_value, "Q4 2026", "“Q4 2026” is not a period", "write 2026-Q4"),
        (read_period_value, "2026Q4", "“2026Q4” is not a period", "write 2026-Q4"),
        (read_period_value, "2026-W5", "“2026-W5” is not a period", "write 2026-W05"),
        (read_period_value, "2025-W53", "“2025-W53” is not a period: 2025 has no week 53", None),
        (read_period_value, "2026-Q5", "“2026-Q5” is not a period: a year has 4 quarters", None),
        (read_period_value, "0026", "“0026” is not a period: 26 is not a year between 1900 and 2999", None),
        (read_percent, "80", "“80” is not a percentage", "write 80%"),
        (read_percent, "0.8", "“0.8” is not a percentage", "write 0.8% or 80%"),
        (read_percent, "1", "“1” is not a percentage", "write 1% or 100%"),
        (read_percent, "-5%", "“-5%” is below 0%", "write 0% or more"),
        (read_part, "150%", "150% is more than all of it", "write at most 100%"),
        (read_money, "12,500", "“12,500” has thousands commas", "write 12500"),
        (read_money, "12,500 USD", "“12,500 USD” has thousands commas", "write 12500 USD"),
        (read_money, "12,50", "“12,50” is not an amount", "write 12.50"),
        (read_money, "1.234,50 €", "“1.234,50 €” is not an amount", "write 1234.50 EUR"),
        (read_money, "$500", "“$500” is not an amount", "write 500 USD"),
        (read_money, "£1,500", "“£1,500” is not an amount", "write 1500 GBP"),
        (read_money, "5k", "“5k” is not an amount", "write 5000"),
        (read_money, "1.2M", "“1.2M” is not an amount", "write 1200000"),
        (read_money, "EUR 500", "“EUR 500” is not an amount", "write 500 EUR"),
        (read_money, "12 500", "“12 500” is not an amount", "write 12500"),
        (read_money, "500 usd", "“500 usd” has no currency code", "write 500 USD"),
        (read_money, "500 €", "“500 €” has no currency code", "write 500 EUR"),
        (read_money, "500 euro", "“500 euro” has no currency code", "write 500 EUR"),
        (read_money, "much", "“much” is not an amount", "write it like 12500, 12500.50 or 12500 USD"),
        (read_number, "1,000", "“1,000” has thousands commas", "write 1000"),
        (read_number, "1,5", "“1,5” is not a number", "write 1.5"),
        (read_number, "80%", "“80%” is a percentage; a number is needed here", "write 80"),
        (read_number, "high", "“high” is not a number", "write it like 12 or 0.5"),
        (read_number, "1e9", "“1e9” is not a number", "write 1000000000"),
        (read_number, "1 000", "“1 000” has spaces in it", "write 1000"),
        (read_number, ".5", "“.5” is not a number", "write 0.5"),
        (read_number, "−5", "“−5” is not a number", "write -5"),
        (read_number, "1" * 19, "a number of more than 18 digits", "at most 18 are kept"),
        (read_duration, "3", "“3” is not a duration", "write 3d"),
        (read_duration, "3 days", "“3 days” is not a duration", "write 3d"),
        (
            read_duration,
            "2 months",
            "“2 months” is not a duration",
            "months and years differ in length: write weeks, as 8w",
        ),
        (read_duration, "3D", "“3D” is not a duration", "write 3d"),
        (read_duration, "90 min", "“90 min” is not a duration", "write 1.5h"),
        (read_duration, "PT4H", "“PT4H” is not a duration", "write 4h"),
        (read_duration, "1,5 days", "“1,5 days” is not a duration", "write 1.5d"),
        (read_duration, "-3d", "“-3d” is not a duration", "write it like 3d, 2w or 4h"),
        (read_id, "Public Beta", None, "write public-beta"),
        (read_id, "–", None, None),
        (read_ref, "Maya Berg", "“Maya Berg” is not an id", "write maya-berg"),
        (read_text, "", "expected a text, found nothing", None),
        (read_text, False, "expected a text, found false", 'put it in quotes: "false"'),
        (read_text, "one\ntwo", "expected one line, found several", "write it in one line"),
        (read_text, "a\x1b[31m", "U+001B (a control character) in a text", "delete it; it stands after “a”"),
        (read_rich, "a\u2028b", "U+2028 (line separator) in a text", "delete it; it stands after “a”"),
        (read_text, "\u200bBeta", "U+200B (zero width space) in a text", "delete it; it stands at the beginning"),
        (read_text, "a\u202etxt", "U+202E (right-to-left override) in a text", None),
        (read_text, "a\U000e0041", "U+E0041 (tag latin capital letter a) in a text", None),
        (
            read_text,
            {"Beta": "public"},
            "expected a text, found a mapping",
            'put a text with “: ” in quotes: "like: this"',
        ),
        (read_percent, "80 percent", "“80 percent” is not a percentage", "write 80%"),
        (read_percent, "12,5%", "“12,5%” is not a percentage", "write 12.5%"),
        (
            read_url,
            "www.example.org",
            "“www.example.org” would be a page of this site",
            "write https://www.example.org",
        ),
        (
            read_url,
            "maya@example.org",
            "“maya@example.org” would be a page of this site",
            "write mailto:maya@example.org",
        ),
        (read_url, "javascript:alert(1)", "“javascript:alert(1)” is not a link that is allowed", None),
        (read_url, "//evil.example", "“//evil.example” is not a link that is allowed", None),
        (read_url, "see here", "“see here” is not a link", "write an address without spaces; %20 stands for one"),
        (read_currency, "euro", "“euro” is not a currency code", "write EUR"),
        (read_currency, "taler", "“taler” is not a currency code", "three capital letters, for example EUR"),
    ],
)
def test_says_what_to_write(
    read: Callable[[Any], object], written: object, message: str | None, hint: str | None
) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read(written)
    said = caught.value.context or {}
    assert message in (None, said["said"])
    assert hint in (None, said["hint"])


def likely_text() -> st.SearchStrategy[Any]:
    """Texts of which many nearly are values."""
    digits = st.text("0123456789", max_size=sys.getrecursionlimit() // 100)
    near = st.text("0123456789.,-/_%:QHWdhwkM€$ EUR\u00a0٣²", max_size=24)
    return st.one_of(
        st.text(), digits, near, st.booleans(), st.none(), st.lists(st.text()), st.dictionaries(st.text(), st.text())
    )


@pytest.mark.parametrize("read", READERS, ids=lambda r: r.__name__)
@given(written=likely_text())
def test_any_value_is_read_or_told(read: Callable[[Any], object], written: object) -> None:
    try:
        read(written)
    except PydanticCustomError as error:
        said = error.context or {}
        assert said["code"] in get_args(Code)
        if said["fix"] and read not in (read_text, read_rich, read_part):
            read(said["fix"])


@pytest.mark.parametrize(("written", "fix"), [("€500", "500 EUR"), ("$500", None), ("500 ¥", None), ("5k", "5000")])
def test_a_sign_that_currencies_share_is_no_certain_fix(written: str, fix: str | None) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_money(written)
    assert (caught.value.context or {})["fix"] == fix


@pytest.mark.parametrize(
    "text",
    [
        "Ko\u200cda",
        "\U0001f469\u200d\U0001f4bb",
        "\u05d0\u200e!",
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",
        "\u2764\ufe0f",
    ],
    ids=["non-joiner", "joined emoji", "mark", "flag", "variation"],
)
def test_characters_that_scripts_and_emoji_need_may_stand_in_a_text(text: str) -> None:
    assert read_text(text) == text


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert read_day(day.isoformat()) == day
    year, week, _ = day.isocalendar()
    if 1900 <= year <= 2999:
        found = read_period(f"{year}-W{week:02}")
        assert isinstance(found, Period)
        assert found.first <= day <= found.last


@given(st.decimals(min_value=0, max_value=1, places=4))
def test_a_percentage_is_written_as_it_is_read(share: Decimal) -> None:
    assert read_percent(values.write_percent(share)) == share


@pytest.mark.parametrize(("text", "week", "days"), [("3d", 5, 3), ("2w", 5, 10), ("2w", 4, 8), ("4h", 5, 0.5)])
def test_a_duration_counts_working_days(text: str, week: int, days: float) -> None:
    assert read_duration(text).days(week) == days


def test_defaults_follow_from_what_is_written() -> None:
    plan = records(
        """
        milestones:
          - {id: m1, title: M, done: 2026-01-02}
          - {id: m2, title: M, progress: 10%}
          - {id: m3, title: M, progress: }
        features:
          - {id: f1, title: F, started: 2026-01-02}
          - {id: f2, title: F, duration: 3d, depends_on: [f1, {id: m1, type: SS, lag: -1d}], assigned: [{person: p}]}
        people: [{id: p, name: 007}]
        decisions: [{id: d, title: D}]
        inputs: [{id: i, title: I, on: 2026-01-02}]
        updates: [{on: 2026-01-03, summary: Fine.}]
        """
    )
    assert [m.status for m in plan.milestones] == ["done", "active", "planned"]
    assert [f.status for f in plan.features] == ["active", "planned"]
    second = plan.features[1]
    assert second.duration is not None
    assert second.duration.is_point
    assert [(d.id, d.type, str(d.lag)) for d in second.depends_on] == [("f1", "FS", "0d"), ("m1", "SS", "-1d")]
    assert second.assigned[0].share == 1
    assert plan.people[0].name == "007"
    assert plan.decisions[0].status == "needed"
    assert plan.inputs[0].audience == "internal"
    assert plan.updates[0].id == "2026-01-03"


def test_own_keys_are_kept() -> None:
    plan = records("milestones: [{id: a, title: A, x-jira: {key: [B, 1]}}]")
    assert plan.milestones[0].x == {"x-jira": {"key": ["B", "1"]}}


def test_records_are_frozen() -> None:
    milestone = records("milestones: [{id: a, title: A}]").milestones[0]
    with pytest.raises(ValueError, match="frozen"):
        milestone.title = "B"  # type: ignore[misc]
