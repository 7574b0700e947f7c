"""The calendar: days and offsets in working days, over weekends and holidays, before and after the start."""

import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.plan.calendar import Calendar
from plans import plan, plans

# Christmas week: Thursday and Friday are free, so Monday 21st is 0, Wednesday 23rd is 2, Monday 28th is 3.
CHRISTMAS = Calendar(date(2026, 12, 21), (0, 1, 2, 3, 4), (date(2026, 12, 24), date(2026, 12, 25)))

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
calendars = st.builds(
    lambda start, workdays, holidays: Calendar(
        start, tuple(sorted(workdays)), tuple(sorted(day for day in holidays if day.weekday() in workdays))
    ),
    days,
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.dates(date(2020, 1, 1), date(2021, 12, 31)), max_size=30),
)


@pytest.mark.parametrize(
    ("day", "morning", "evening"),
    [
        ("2026-12-21", 0, 1),
        ("2026-12-23", 2, 3),
        ("2026-12-24", 3, 3),  # a holiday: its morning is that of the next working day
        ("2026-12-26", 3, 3),
        ("2026-12-28", 3, 4),
        ("2026-12-18", -1, 0),  # the Friday before
        ("2026-12-17", -2, -1),
    ],
)
def test_offsets_of_a_day(day: str, morning: int, evening: int) -> None:
    found = date.fromisoformat(day)
    assert (CHRISTMAS.offset(found), CHRISTMAS.end_offset(found)) == (morning, evening)


@pytest.mark.parametrize(
    ("offset", "starts", "finishes"),
    [
        (0, "2026-12-21", "2026-12-21"),  # nothing was worked yet: still the first day
        (0.5, "2026-12-21", "2026-12-21"),
        (1, "2026-12-22", "2026-12-21"),
        (1 + 1e-12, "2026-12-22", "2026-12-21"),  # binary dust is no work
        (3, "2026-12-28", "2026-12-23"),
        (3.25, "2026-12-28", "2026-12-28"),
        (-1, "2026-12-18", "2026-12-17"),
        (-0.5, "2026-12-18", "2026-12-18"),
    ],
)
def test_days_of_an_offset(offset: float, starts: str, finishes: str) -> None:
    assert CHRISTMAS.day_of_start(offset).isoformat() == starts
    assert CHRISTMAS.day_of_finish(offset).isoformat() == finishes


@given(calendars, days)
def test_every_working_day_is_found_again(calendar: Calendar, day: date) -> None:
    if calendar.is_workday(day):
        assert calendar.day_of_start(calendar.offset(day)) == day
        if calendar.end_offset(day) != 0:  # offset 0 is the start's, as a start and as a finish
            assert calendar.day_of_finish(calendar.end_offset(day)) == day


@given(calendars, days, st.integers(0, 200))
def test_working_days_between_are_those_one_counts(calendar: Calendar, first: date, length: int) -> None:
    span = [first + timedelta(days=i) for i in range(length + 1)]
    assert calendar.between(first, span[-1]) == sum(calendar.is_workday(day) for day in span)
    assert calendar.between(span[-1] + timedelta(days=1), first) == 0


def test_a_date_out_of_reach_is_the_last_one_there_is() -> None:
    assert CHRISTMAS.day_of_start(1e12).year > 3000
    assert Calendar(date(9990, 1, 1), (0,)).day_of_start(1e12) == date.max


@pytest.mark.parametrize(
    ("records", "start"),
    [
        ("features: [{id: a, title: A, start: 2025-Q4, due: 2026-03}]", "2025-10-01"),
        ("inputs: [{id: a, title: A, on: 2025-11-03}]", "2025-11-03"),
        ("people: [{id: a, name: A, away: [{from: 2025-12-24, to: 2025-12-31}]}]", "2025-12-24"),
        ("decisions: [{id: a, title: A, on: 2025-12-02, needed_by: 2026-02-01}]", "2025-12-02"),
        ("milestones: [{id: a, title: A}]", "2026-01-05"),  # no day written: the day it is looked at
    ],
)
def test_a_project_starts_on_the_earliest_day_written(records: str, start: str) -> None:
    assert plan(f"project: {{name: P}}\n{records}\n").calendar.start.isoformat() == start


def test_a_budget_by_period_is_written_days_too() -> None:
    text = "project: {name: P, currency: EUR}\nbudget: [{id: a, title: A, planned: {2025-W40: 5, 2026-01: 7}}]\n"
    assert plan(text).calendar.start == date(2025, 9, 29)


HOLIDAYS = """project: {{name: P, start: 2026-12-21, today: 2026-12-21, calendar: {{{}}}}}
features: [{{id: a, title: A, duration: 5d}}]
"""


@pytest.mark.parametrize(
    ("calendar", "finish"),
    [
        ("", "2026-12-25"),
        ("country: DE", "2026-12-28"),  # 25 December; the 26th is a Saturday
        ("country: de", "2026-12-28"),
        ("country: DE, holidays: [2026-12-24]", "2026-12-29"),
        ("country: AT", "2026-12-28"),
    ],
)
def test_public_holidays(calendar: str, finish: str) -> None:
    assert plan(HOLIDAYS.format(calendar)).schedule["a"].finish.isoformat() == finish


def test_holidays_of_a_region() -> None:
    """Women's day is a holiday in Berlin, not in Bavaria."""
    found = {region: plan(HOLIDAYS.format(f"country: DE, region: {region}")).calendar for region in ("BE", "BY")}
    worked = {name: calendar.is_workday(date(2027, 3, 8)) for name, calendar in found.items()}
    assert worked == {"BE": False, "BY": True}


@pytest.mark.parametrize(
    ("calendar", "told"),
    [
        ("country: DX", ("unknown-country", "“DX” is no country whose holidays are known")),
        ("country: DE, region: BX", ("unknown-region", "“BX” is no region of DE")),
        ("region: BE", ("missing-key", "a region without a country")),
    ],
)
def test_an_unknown_country_is_told_and_the_plan_stays(calendar: str, told: tuple[str, str]) -> None:
    made, (problem,) = plans({"plan.yml": HOLIDAYS.format(calendar)})
    assert (problem.diagnostic.code, problem.diagnostic.message) == told
    assert problem.diagnostic.hint
    assert problem.spot.line == 1
    assert made[0].schedule["a"].finish == date(2026, 12, 25)


def test_without_the_library_listed_days_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    made, (problem,) = plans({"plan.yml": HOLIDAYS.format("country: DE, holidays: [2026-12-24]")})
    assert (problem.diagnostic.code, problem.diagnostic.is_error) == ("no-holidays", False)
    assert made[0].schedule["a"].finish == date(2026, 12, 28)
