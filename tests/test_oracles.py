"""Published worked examples, written as plans and read back: the numbers must be those of the books."""

import json
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

import pytest

from milepost.plan.calendar import calendar_of
from milepost.plan.earned_schedule import earned_schedule
from milepost.plan.earned_value import earned_value
from milepost.plan.planned_value import part
from milepost.plan.score import kano_category
from milepost.plan.throughput import weeks_until
from milepost.records.project import MON_TO_FRI, CalendarRules
from milepost.views.feature import feature
from plans import ORACLES, plan

ORACLE: dict[str, Any] = {p.stem: json.loads(p.read_text("utf-8")) for p in ORACLES.glob("*.json")}
CPM = {case["name"]: case for case in ORACLE["schedule"]["cpm"]}


def network(start: str, rows: list[tuple[str, str, list[str]]]) -> str:
    """A plan of features, one an activity: id, duration as written, what it depends on."""
    features = "".join(
        f"  - {{id: {name.lower()}, title: {name}, duration: {duration}, depends_on: [{', '.join(needs).lower()}]}}\n"
        for name, duration, needs in rows
    )
    return f"project: {{name: Network, start: {start}, today: {start}}}\nfeatures:\n{features}"


@pytest.mark.parametrize("name", CPM)
def test_critical_path_networks(name: str) -> None:
    case = CPM[name]
    rows = [dict(zip(case["columns"], row, strict=True)) for row in case["rows"]]
    found = plan(network("2026-01-05", [(r["id"], f"{r['duration']}d", r["depends_on"]) for r in rows])).schedule
    for row in rows:
        for column in set(row) - {"id", "duration", "depends_on"}:
            assert getattr(found[row["id"].lower()], column) == row[column], (row["id"], column)
    critical = {r["id"] for r in rows if r["ls"] == r["es"]}
    assert {r["id"] for r in rows if found[r["id"].lower()].critical} == set(case.get("critical", critical)) == critical
    assert max(s.ef for s in found.values()) == case["duration"]


def test_dates_of_the_widget_network() -> None:
    case = CPM["widget"]
    rows = [(row[0], f"{row[1]}d", row[2]) for row in case["rows"]]
    made = plan(network(case["dated"]["start"], rows))
    for name, days in case["dated"]["rows"].items():
        assert [made.schedule[name].start.isoformat(), made.schedule[name].finish.isoformat()] == days
    for name, (start, finish) in case["dated"]["late"].items():
        found = made.schedule[name]
        assert found.ls is not None
        assert found.lf is not None
        assert made.calendar.day_of_start(found.ls).isoformat() == start
        assert made.calendar.day_of_finish(found.lf).isoformat() == finish


def test_three_point_estimates() -> None:
    (case,) = ORACLE["schedule"]["pert"]
    rows = [
        (name, "{{low: {}d, likely: {}d, high: {}d}}".format(*points), case["depends_on"][name])
        for name, points in case["estimates"].items()
    ]
    made = plan(network("2026-01-05", rows))
    found = made.schedule
    for name, *expected in case["rows"]:
        s = found[name.lower()]
        assert [s.es, s.ef, s.ls, s.lf, s.total_float] == pytest.approx(expected, abs=1e-9)
    assert [name for name in case["estimates"] if found[name.lower()].critical] == case["critical"]
    deviations = {f.id: f.duration.sd() for f in made.records.features if f.duration}
    variance = sum(deviations[name.lower()] ** 2 for name in case["critical"])
    assert variance == pytest.approx(case["variance"], abs=5e-5)


def scored(method: str, scores: dict[str, str], rules: str = "") -> dict[str, tuple[int | None, float]]:
    """Rank and value of features given as id → score."""
    features = "".join(f"  - {{id: {n}, title: {n}, score: {{{method}: {s}}}}}\n" for n, s in scores.items())
    text = f"project: {{name: Scores, ranking: {{method: {method}{rules}}}}}\nfeatures:\n{features}"
    ranked = plan(text).ranking.ranked
    return {name: (ranked[name].rank, float(ranked[name].value or 0)) for name in scores}


def test_rice() -> None:
    single, table = ORACLE["ranking"]["rice"]
    text = "{reach: 2000, impact: 2, confidence: 80%, effort: 4}"
    assert scored("rice", {"a": text})["a"] == (1, single["value"])
    rows = {r[0].lower(): r for r in table["rows"]}
    texts = {
        n: f"{{reach: {r[1]}, impact: {r[2]}, confidence: {r[3] * 100}%, effort: {r[4]}}}" for n, r in rows.items()
    }
    found = scored("rice", texts)
    assert {n: value for n, (_, value) in found.items()} == {n: pytest.approx(r[5], rel=1e-9) for n, r in rows.items()}
    assert [rank for rank, _ in found.values()] == [1, 2, 3, 4, 5]


def test_wsjf_with_ties() -> None:
    rows = {row[0].lower().replace(" ", "-"): row for row in ORACLE["ranking"]["wsjf"]["rows"]}
    texts = {n: "{{size: {}, value: {}, urgency: {}, risk: {}}}".format(*row[1:5]) for n, row in rows.items()}
    assert scored("wsjf", texts) == {n: (row[7], pytest.approx(row[6], rel=1e-9)) for n, row in rows.items()}


def test_ice_three_ways() -> None:
    (case,) = ORACLE["ranking"]["ice"]
    for combine in ("product", "mean", "sum"):
        text = (
            f"{{impact: {case['impact']}, confidence: {case['confidence']}, ease: {case['ease']}, combine: {combine}}}"
        )
        assert scored("ice", {"a": text})["a"][1] == pytest.approx(case[combine], rel=1e-9)


def weighted(weights: list[float], rows: dict[str, list[float]]) -> dict[str, float]:
    names = [f"c{i}" for i in range(len(weights))]
    rules = ", weights: {" + ", ".join(f"{n}: {w}" for n, w in zip(names, weights, strict=True)) + "}"
    texts = {
        r: "{" + ", ".join(f"{n}: {v}" for n, v in zip(names, values, strict=True)) + "}" for r, values in rows.items()
    }
    return {name: value for name, (_, value) in scored("weighted", texts, rules).items()}


def test_weighted() -> None:
    (case,) = ORACLE["ranking"]["weighted"]
    rows = {row[0].lower().replace(" ", "-"): row for row in case["rows"]}
    found = weighted(case["weights"], {name: row[1] for name, row in rows.items()})
    assert found == {name: pytest.approx(row[2], rel=1e-9) for name, row in rows.items()}


def test_weighted_example_that_is_printed_wrong() -> None:
    wrong = ORACLE["wrong"][0]
    assert weighted(wrong["weights"], {"a": wrong["scores"]})["a"] == pytest.approx(wrong["right"], rel=1e-12)


@pytest.mark.parametrize("case", ORACLE["money"]["earned_value"], ids=lambda c: c["source"])
def test_earned_value(case: dict[str, Any]) -> None:
    found = earned_value(*(Decimal(case[name]) for name in ("bac", "pv", "ev", "ac")))
    printed = {"cv": found.cv, "sv": found.sv, "cpi": found.cpi, "spi": found.spi, "etc": found.etc, "vac": found.vac}
    for name, value in printed.items():
        assert float(value or 0) == pytest.approx(case[name], abs=5e-5), name
    eacs = {"cpi": found.eac_cpi, "plan": found.eac_plan, "combined": found.eac_combined}
    assert {n: float(v or 0) for n, v in eacs.items()} == {
        n: pytest.approx(v, abs=0.005) for n, v in case["eac"].items()
    }
    tcpi = {"bac": found.tcpi_bac, "eac": found.tcpi_eac}
    assert {n: float(v or 0) for n, v in tcpi.items()} == {
        n: pytest.approx(v, abs=5e-5) for n, v in case["tcpi"].items()
    }


def test_calendar_round_trips() -> None:
    calendar = calendar_of(
        CalendarRules.model_construct(workdays=MON_TO_FRI, holidays=(date(2026, 12, 24), date(2026, 12, 25))),
        date(2026, 12, 21),
    )
    days = [date(2026, 12, 21), date(2026, 12, 22), date(2026, 12, 23), date(2026, 12, 28)]
    assert [calendar.day_of_start(i) for i in range(4)] == days
    assert [calendar.day_of_finish(i) for i in range(1, 5)] == days
    assert [calendar.offset(day) for day in days] == [0, 1, 2, 3]


def test_earned_schedule() -> None:
    case = ORACLE["money"]["earned_schedule"]
    months = [(date(2026 + i // 12, i % 12 + 1, 1), date(2026 + (i + 1) // 12, (i + 1) % 12 + 1, 1)) for i in range(13)]
    calendar = calendar_of(CalendarRules(), months[0][0])
    steps = [Decimal(str(b)) - Decimal(str(a)) for a, b in zip([0, *case["pv"]], case["pv"], strict=False)]
    parts = [
        part(amount, first, after - timedelta(days=1), calendar)
        for amount, (first, after) in zip(steps, months, strict=True)
    ]
    for i, ev in enumerate(case["ev"]):
        found = earned_schedule(parts, Decimal(str(ev)), months[0][0], months[i][1] - timedelta(days=1))
        assert (found.at, found.pd) == (i + 1, case["planned_months"])
        for value, name in (
            (found.es, "es"),
            (found.spi_t, "spi_t"),
            (found.eac_t_plan, "eac_t_pf1"),
            (found.eac_t, "eac_t_pf_spi_t"),
        ):
            assert float(value or 0) == pytest.approx(case[name][i], abs=5.1e-5), (name, i)


def test_planned_rate_that_is_printed_wrong() -> None:
    """The oracle's budget over its planned duration, where the source prints something else."""
    case = ORACLE["money"]["earned_schedule"]
    assert case["bac"] / case["planned_months"] == pytest.approx(40.082, abs=5e-4)


@pytest.mark.parametrize("case", ORACLE["money"]["runway"], ids=lambda c: c["source"])
def test_runway(case: dict[str, Any]) -> None:
    out, income = case.get("out_per_month", case["net_burn"]), case.get("in_per_month", 0)
    hand = case.get("cash", case.get("end"))
    months = ["2026-01", "2026-02", "2026-03"]
    spent = ", ".join(f"{{on: {month}-10, amount: {out}}}" for month in months)
    funding = "".join(
        f"  - {{id: in-{month}, title: I, on: {month}-20, amount: {income}, kind: income}}\n" for month in months
    )
    found = plan(
        f"project: {{name: R, currency: USD, start: 2026-01-01, today: 2026-03-31}}\n"
        f"budget: [{{id: b, title: B, planned: 1, spent: [{spent}]}}]\n"
        f"funding:\n  - {{id: seed, title: S, on: 2026-01-01, amount: {hand + 3 * (out - income)}}}\n{funding}"
    ).money.runway
    assert found is not None
    assert float(found.in_hand) == pytest.approx(hand)
    assert float(found.net_burn or 0) == pytest.approx(case["net_burn"])
    assert float(found.months or 0) == pytest.approx(case["months"], abs=5e-4)


def test_merge_bias() -> None:
    case = ORACLE["schedule"]["merge_bias"]
    for n, p_all_by_5, _, p50, p80, p95 in case["rows"]:
        rows = [(f"a{i}", "{low: 4d, likely: 5d, high: 7d}", []) for i in range(n)]
        text = network("2026-01-05", rows).replace(
            "{name: Network,", "{name: Network, forecast: {distribution: triangular},"
        )
        text = text.replace("depends_on", "milestone: m, depends_on")
        found = plan(f"{text}milestones: [{{id: m, title: M, due: 2026-01-09}}]").forecast["m"]
        assert found.runs == 10_000
        assert found.chance == pytest.approx(p_all_by_5, abs=4 * (p_all_by_5 * (1 - p_all_by_5) / found.runs) ** 0.5)
        for day, offset in ((found.p50, p50), (found.p80, p80), (found.p95, p95)):
            assert day == date(2026, 1, 12 + ceil(offset) - 6)


def test_throughput() -> None:
    case = ORACLE["schedule"]["throughput"]
    assert weeks_until(case["weekly"], case["items"]) == tuple(case["weeks_at"].values())
    monday, rows = date(2026, 1, 5), []
    for week, count in enumerate(case["weekly"]):
        rows += [f"done: {monday + timedelta(weeks=week, days=i % 5)}" for i in range(count)]
    rows += ["milestone: m"] * case["items"]
    features = "".join(f"  - {{id: f{i}, title: F, {row}}}\n" for i, row in enumerate(rows))
    today = monday + timedelta(weeks=len(case["weekly"]))
    text = f"project: {{name: T, today: {today}}}\nmilestones: [{{id: m, title: M}}]\nfeatures:\n{features}"
    found = plan(text).throughput["m"]
    assert found.weekly == tuple(case["weekly"])
    assert [(day - today).days / 7 for day in (found.p50, found.p85, found.p95) if day] == list(
        case["weeks_at"].values()
    )


def test_kano_of_survey_counts() -> None:
    for _, a, o, m, i, category, better, worse in ORACLE["ranking"]["kano"]["coefficients"]["rows"]:
        text = f"{{attractive: {a}, one_dimensional: {o}, must_be: {m}, indifferent: {i}}}"
        made = plan(
            f"project: {{name: K, ranking: {{method: kano}}}}\nfeatures: [{{id: k, title: K, score: {{kano: {text}}}}}]"
        )
        (table,) = feature(made, made.records.features[0]).scores
        assert table.kano is not None
        assert [float(part) for part in table.kano] == pytest.approx([better, worse], abs=5e-3)
        counts = made.records.features[0].score.kano if made.records.features[0].score else None
        assert counts is not None
        assert kano_category(counts) == {"M": "must_be", "O": "one_dimensional", "A": "attractive"}[category]
