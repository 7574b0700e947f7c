"""plan.json: every key of the format is there, values have their form, and the schema fits."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from milepost.build import build
from milepost.plan.plan import Edition
from milepost.publish.amounts import minor_digits, money_text, written_money
from milepost.publish.plan_json import dump, plan_json
from milepost.publish.plan_json_schema import schema
from plans import SHARED, plan, plans

VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
DEMO = Path(__file__).parents[1] / "content" / "plan"
SMALL = """
project: {name: T, start: 2026-01-05, today: 2026-01-07, currency: EUR, rates: {USD: 0.5}, ranking: {method: rice}}
milestones:
  - {id: beta, title: Beta, due: 2026-Q1, health: {is: at-risk, because: Holidays, on: 2026-01-06}}
features:
  - id: sso
    title: SSO
    milestone: beta
    effort: 5d
    duration: {low: 2d, likely: 1w, high: 10d}
    score: {rice: {reach: 100, impact: {low: 1, likely: 2, high: 3}, confidence: 80%, effort: 0.5}}
    depends_on: [{id: old, lag: 4h}, old]
    x-team: {size: "3", lead: null}
  - {id: old, title: Old, status: dropped}
budget:
  - id: a
    title: A
    milestone: beta
    planned: {2026-Q1: 100, 2026-02: 7.125 USD}
    spent: [{on: 2026-01-06, amount: 33.3}]
"""


def test_records_stand_as_written_with_defaults_filled_in() -> None:
    found = plan_json(plan(SMALL))
    assert list(found)[:7] == ["milepost", "as_of", "edition", "project", "milestones", "features", "budget"]
    assert (found["milepost"], found["as_of"], found["edition"]) == (1, "2026-01-07", "full")
    sso = {key: value for key, value in found["features"][0].items() if key != "computed"}
    assert sso == {
        "id": "sso",
        "links": [],
        "tags": [],
        "audience": "public",
        "title": "SSO",
        "milestone": "beta",
        "duration": {"low": "2d", "likely": "1w", "high": "10d"},
        "effort": "5d",
        "assigned": [],
        "status": "planned",
        "depends_on": [{"id": "old", "type": "FS", "lag": "4h"}, {"id": "old", "type": "FS", "lag": "0d"}],
        "score": {
            "rice": {"reach": 100, "impact": {"low": 1, "likely": 2, "high": 3}, "confidence": "80%", "effort": 0.5}
        },
        "inputs": [],
        "x-team": {"size": "3", "lead": None},
    }
    assert found["project"]["rates"] == {"USD": 0.5}
    assert found["budget"][0]["planned"] == {"2026-Q1": "100.00", "2026-02": "7.125 USD"}
    assert found["budget"][0]["spent"] == [{"on": "2026-01-06", "amount": "33.30"}]


def test_what_is_computed() -> None:
    found = plan_json(plan(SMALL))
    feature, milestone = found["features"][0]["computed"], found["milestones"][0]["computed"]
    assert feature["schedule"] == {
        "es": 2,
        "ef": pytest.approx(2 + 32 / 6),
        "ls": 2,
        "lf": pytest.approx(2 + 32 / 6),
        "total_float": 0,
        "free_float": 0,
        "critical": True,
        "start": "2026-01-07",
        "finish": "2026-01-14",
        "margin": None,
    }
    assert (feature["rank"], feature["score"]) == (1, {"method": "rice", "value": 320})
    assert (feature["horizon"], feature["progress"]) == ("now", 0)
    assert milestone["health"]["override"] == {"is": "at-risk", "because": "Holidays", "by": None, "on": "2026-01-06"}
    assert (milestone["health"]["is"], milestone["health"]["computed"]) == ("at-risk", "on-track")
    totals = {
        "planned": "103.56",  # 100 + 3.5625, rounded where it is shown
        "committed": "0.00",
        "spent": "33.30",
        "remaining": "70.26",
        "forecast": "103.56",
        "variance": "0.00",
    }
    assert found["budget"][0]["computed"] == totals
    money = milestone["money"]
    assert {key: money[key] for key in totals} == totals
    assert (money["ev"], money["cv"], money["cpi"]) == ("0.00", "-33.30", 0)
    assert money["eac"] == {"cpi": None, "plan": "136.86", "combined": None}
    assert money["tcpi"]["eac"] is None


def keys(value: Any) -> Any:
    """The keys of nested mappings, those of what was worked out alone."""
    return {key: keys(inner) for key, inner in value.items()} if isinstance(value, dict) else None


def test_every_key_of_the_format_is_there_when_nothing_is_known() -> None:
    found = plan_json(plan("milestones: [{id: m, title: M}]\nfeatures: [{id: f, title: F, status: dropped}]"))
    schedule = dict.fromkeys(
        "es ef ls lf total_float free_float critical start finish margin".split()  # noqa: SIM905
    )
    health = dict.fromkeys(("is", "because", "computed", "override"))
    totals = dict.fromkeys(("planned", "committed", "spent", "remaining", "forecast", "variance"))
    money = {
        **totals,
        **dict.fromkeys(("bac", "pv", "ev", "ac", "cv", "sv", "cpi", "spi")),
        "eac": dict.fromkeys(("cpi", "plan", "combined")),
        "etc": None,
        "vac": None,
        "tcpi": dict.fromkeys(("bac", "eac")),
    }
    forecast = {
        **dict.fromkeys(("p50", "p80", "p95", "chance")),
        "throughput": dict.fromkeys(("p50", "p85", "p95")),
    }
    work = {"schedule": schedule, "levelled": None, "forecast": forecast, "progress": None, "health": health}
    in_time = {
        "earned_schedule": dict.fromkeys(("es", "sv_t", "spi_t", "eac_t")),
        "runway": dict.fromkeys(("months", "day", "net_burn")),
    }
    project = {"progress": None, "health": health, "money": money, **in_time}
    score = {"method": None, "value": None}
    assert keys(found["project"]["computed"]) == project
    assert keys(found["milestones"][0]["computed"]) == {**work, "money": money}
    assert keys(found["features"][0]["computed"]) == {
        **work,
        "horizon": None,
        "rank": None,
        "score": score,
        "interval": None,
    }
    assert found["milestones"][0]["computed"]["schedule"] == schedule
    assert found["project"]["computed"]["money"] == money
    sections = "people goals milestones features budget funding risks decisions inputs updates"
    assert all(name in found for name in sections.split())


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("12500", "EUR", "12500.00"),
        ("0.125", "EUR", "0.12"),  # half to even
        ("0.135", "EUR", "0.14"),
        ("-0.001", "EUR", "0.00"),
        ("1234.5", "JPY", "1234"),
        ("1.0005", "KWD", "1.000"),
        ("123456789012345678901234567.89", "EUR", "123456789012345678901234567.89"),
        ("1E+3", None, "1000.00"),
    ],
)
def test_money_is_rounded_to_its_minor_digits(amount: str, currency: str | None, text: str) -> None:
    assert money_text(Decimal(amount), currency) == text


def test_money_as_written_loses_no_digit() -> None:
    assert written_money(Decimal("1.005"), "EUR") == "1.005"
    assert written_money(Decimal("1"), "JPY") == "1"
    assert [minor_digits(currency) for currency in ("JPY", "EUR", "KWD", "CLF", None)] == [0, 2, 3, 4, 2]


def test_an_amount_in_the_currency_of_the_project_is_written_without_it() -> None:
    line = "budget: [{id: a, title: A, planned: 5 EUR, committed: 7 JPY}]"
    found = plan_json(plan(f"project: {{name: T, currency: EUR, rates: {{JPY: 0.01}}}}\n{line}"))
    assert (found["budget"][0]["planned"], found["budget"][0]["committed"]) == ("5.00", "7 JPY")


def test_a_line_without_a_rate_has_no_totals() -> None:
    (made,), _ = plans({"plan.yml": "project: {name: T}\nbudget: [{id: a, title: A, planned: 5}]"})
    found = plan_json(made)
    assert set(found["budget"][0]["computed"].values()) == {None}
    VALIDATOR.validate(json.loads(dump(made)))


def test_text_is_the_same_for_the_same_plan_and_one_record_a_line() -> None:
    text = dump(plan(SMALL))
    assert text == dump(plan(SMALL))
    assert json.loads(text) == json.loads(json.dumps(plan_json(plan(SMALL))))
    assert text.endswith("\n}\n")
    assert sum(line.startswith('  {"id": ') for line in text.splitlines()) == 4
    assert "“" in dump(plan("project: {name: “T”}"))


def test_the_schema_refuses_what_is_no_plan() -> None:
    Draft202012Validator.check_schema(schema())
    good = json.loads(dump(plan(SMALL)))
    assert VALIDATOR.is_valid(good)
    for spoil in (
        lambda p: p.pop("as_of"),
        lambda p: p.update(milepost=2),
        lambda p: p["features"][0]["computed"].pop("rank"),
        lambda p: p["features"][0].update(titel="SSO"),
        lambda p: p["milestones"][0]["computed"]["money"].update(planned=100),
        lambda p: p["milestones"][0]["computed"]["health"].update({"is": "fine"}),
        lambda p: p["budget"][0].pop("computed"),
    ):
        bad = json.loads(dump(plan(SMALL)))
        spoil(bad)
        assert not VALIDATOR.is_valid(bad)


@pytest.mark.parametrize("edition", ["full", "public"])
@pytest.mark.parametrize("folder", [DEMO, SHARED / "plans/kubernetes", SHARED / "plans/cpython"], ids=lambda f: f.name)
def test_whole_plans_fit_the_schema(folder: Path, edition: Edition) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    built = build(folder, now=datetime(2026, 11, 23, tzinfo=UTC), today=date(2026, 11, 23), edition=edition)
    assert built.plans
    for made in built.plans:
        VALIDATOR.validate(json.loads(dump(made)))
