"""Explanations: each figure of plan.json has one with the same value, its inputs, and where these are written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from milepost.build import build
from milepost.hosts.explained import written
from milepost.plan.plan import Edition, Plan
from milepost.publish.amounts import money_text
from milepost.publish.plan_json import plan_json
from milepost.records.values import json_number
from milepost.render.explained import Explained
from milepost.render.formats import formats
from milepost.views.explain import explain, nearest_field, of_groups, select, shown
from milepost.views.explanation import Explanation, Value
from plans import SHARED, plan, plans

DEMO = Path(__file__).parents[1] / "content" / "plan"
ORACLE_PLANS = sorted(path for path in (SHARED / "plans").glob("*") if path.is_dir()) if SHARED.is_dir() else []


def told(made: Plan, identity: str, field: str) -> Explanation:
    """The one figure that a name means."""
    (found,) = select(explain(made, identity), field)
    return found


def line(found: Explanation) -> str:
    """The formula with values in it, in plain English."""
    return "".join(part if isinstance(part, str) else written(part) for part in found.filled())


def inputs(found: Explanation) -> list[str]:
    """The inputs as “label: value (file keys)”."""
    rows = []
    for given in found.inputs:
        at = f" @ {'.'.join(map(str, given.place.keys))}" if given.place else ""
        rows.append(f"{given.label}: {written(given.value)}{at}")
    return rows


def because(found: Explanation) -> list[str]:
    return [str(reason) for reason in found.because]


def test_a_title_that_is_a_word_of_a_formula_is_no_name_in_it() -> None:
    made = plan("""
        project: {name: T, start: 2026-01-05}
        features: [{id: a, title: latest, duration: 2d}, {id: b, title: B, duration: 2d, depends_on: [a]}]
        """)
    found = told(made, "b", "es")
    assert (str(found.formula), found.filled()) == ("ES = the latest of what it waits for", ())


def test_a_formula_in_another_language_is_filled_in_too() -> None:
    made = plan("project: {name: T, start: 2026-01-05}\nfeatures: [{id: a, title: A, duration: 2d}]")
    found = told(made, "a", "total_float")
    parts = found.filled("Gesamtpuffer = {ls} − {es}")
    assert "".join(part if isinstance(part, str) else written(part) for part in parts) == line(found)


def test_a_rank_and_its_score() -> None:
    made = plan("""
        project: {name: T, start: 2026-01-05, ranking: {method: rice}}
        features:
          - {id: a, title: Alpha, effort: 12d, score: {rice: {reach: 70, impact: 2, confidence: 60%}}}
          - {id: b, title: Beta, score: {rice: {reach: 100, impact: 2, confidence: 80%, effort: 1}}}
        """)
    score = told(made, "a", "score")
    assert str(score.formula) == "RICE = reach × impact × confidence ÷ effort"
    assert line(score) == "70 × 2 × 60% ÷ 0.6 = 140"
    assert inputs(score) == [
        "reach: 70 @ features.0.score.rice.reach",
        "impact: 2 @ features.0.score.rice.impact",
        "confidence: 60% @ features.0.score.rice.confidence",
        "effort: 0.6 @ features.0.effort",
    ]
    rank = told(made, "a", "rank")
    assert (str(rank.formula), line(rank)) == ("rank = 1 + features with a higher score", "1 + 1 = 2")
    assert inputs(rank) == ["score: 140", "Beta: 160", "features with a higher score: 1"]


@pytest.mark.parametrize(
    ("rules", "score", "expected"),
    [
        ("method: ice", "ice: {impact: 4, confidence: 5, ease: 6, combine: mean}", "(4 + 5 + 6) ÷ 3 = 5"),
        ("method: ice", "ice: {impact: 4, confidence: 5, ease: 6}", "4 × 5 × 6 = 120"),
        ("method: wsjf", "wsjf: {value: 5, urgency: 3, risk: 1, size: 2}", "(5 + 3 + 1) ÷ 2 = 4.5"),
        ("method: cd3", "cd3: {cost_of_delay: 900, duration: 4}", "900 ÷ 4 = 225"),
        ("method: weighted, weights: {a_b: 0.7, c: 0.3}", "weighted: {a_b: 2, c: 5}", "0.7 × 2 + 0.3 × 5 = 2.9"),
        ("method: opportunity", "opportunity: {importance: 8, satisfaction: 3}", "8 + max(8 − 3, 0) = 13"),
        ("method: value_effort", "value_effort: {value: 8, effort: 3}", "8 ÷ 3 = 2.6667"),
        ("method: manual", "manual: {order: 3}", ""),
        ("method: moscow", "moscow: must", ""),
        ("method: kano", "kano: {attractive: 3}", ""),
    ],
)
def test_scores_by_every_method(rules: str, score: str, expected: str) -> None:
    made = plan(f"""
        project: {{name: T, start: 2026-01-05, ranking: {{{rules}}}}}
        features: [{{id: a, title: A, score: {{{score}}}}}]
        """)
    found = told(made, "a", "score")
    assert line(found) == expected
    assert found.value is not None
    assert all(given.place for given in found.inputs if written(given.value) != "0")


MONEY = """
    project: {name: T, start: 2026-01-05, end: 2026-01-16, currency: EUR}
    features: [{id: f, title: F, milestone: m, progress: 50%%}]
    milestones: [{id: m, title: M, due: 2026-01-16}]
    budget: [{id: a, title: Build, milestone: m, planned: 1000%s}]
"""


def test_an_estimate_at_completion() -> None:
    made = plan(MONEY % ", spent: [{on: 2026-01-05, amount: 625}]", today=date(2026, 1, 9))
    found = told(made, "m", "eac.cpi")
    assert (str(found.formula), line(found)) == ("EAC = BAC ÷ CPI", "1,000 EUR ÷ 0.8 = 1,250 EUR")
    assert [(given.label, given.anchor) for given in found.inputs] == [("BAC", "bac"), ("CPI", "cpi")]
    assert " ≈ " in line(told(plan(MONEY % ", spent: [{on: 2026-01-05, amount: 700}]"), "m", "eac.cpi"))
    assert inputs(told(made, "m", "ev")) == ["Build: 500 EUR @ budget.0.planned"]
    assert [str(given.note) for given in told(made, "m", "ev").inputs] == ["1000.00 EUR × 50%"]
    assert inputs(told(made, "a", "spent")) == ["2026-01-05: 625 EUR @ budget.0.spent.0.amount"]


def test_an_undefined_index_says_why() -> None:
    made = plan(MONEY % "", today=date(2026, 1, 9))
    found = told(made, "", "cpi")
    assert (found.value, str(found.reason)) == (None, "CPI is undefined: nothing has been spent yet")
    assert found.filled() == ()
    assert str(told(made, "m", "eac.cpi").reason) == "CPI is undefined: nothing has been spent yet"


def test_a_finish_names_what_drives_it() -> None:
    made = plan("""
        features:
          - {id: a, title: Alpha, duration: 3d}
          - {id: b, title: Beta, duration: 5d}
          - {id: c, title: Gamma, duration: {low: 1d, likely: 2d, high: 3d}, due: 2026-01-14,
             depends_on: [a, {id: b, lag: 1d}]}
        """)
    found = told(made, "c", "finish")
    assert (str(found.formula), line(found)) == (
        "finish = start + duration",
        "2026-01-13 + 2 working days = 2026-01-14",
    )
    assert because(found) == ["it begins 1d after the finish of “Beta”, 2026-01-09"]
    start = told(made, "c", "start")
    assert inputs(start)[:2] == [
        "Beta: 2026-01-09 @ features.2.depends_on.1",
        "Alpha: 2026-01-07 @ features.2.depends_on.0",
    ]
    assert start.inputs[0].target is not None
    margin = told(made, "c", "margin")
    assert margin.value == Value("days", 0)
    assert inputs(margin) == ["finish: 2026-01-14", "due: 2026-01-14 @ features.2.due"]


@pytest.mark.parametrize(
    ("written_", "field", "reason"),
    [
        ("duration: 2d", "start", "what is not begun can't begin before the as-of date, 2026-01-05"),
        ("duration: 2d, start: 2026-02-02", "start", "it begins no earlier than its own start, 2026-02-02"),
        ("duration: 2d, started: 2026-01-02", "start", "it began on 2026-01-02, and facts win"),
        ("duration: 2d, done: 2026-01-02", "finish", "facts win"),
        ("duration: 4d, started: 2026-01-05, progress: 0%", "finish", ""),
    ],
)
def test_what_else_may_drive(written_: str, field: str, reason: str) -> None:
    made = plan(f"features: [{{id: a, title: A, {written_}}}]")
    assert reason in "; ".join(because(told(made, "a", field)))


def test_the_rest_of_running_work_begins_today() -> None:
    made = plan("""
        project: {name: T, start: 2026-01-05, today: 2026-01-12}
        features: [{id: a, title: A, duration: 4d, started: 2026-01-05, progress: 25%}]
        """)
    found = told(made, "a", "finish")
    assert str(found.formula) == "finish = as-of date + (1 − progress) × duration"
    assert line(found) == "2026-01-12 + (1 − 25%) × 4 working days = 2026-01-14"


def test_a_milestone_finishes_with_the_last_that_it_waits_for() -> None:
    many = ", ".join(f"{{id: f{i}, title: F{i}, milestone: m, duration: {i}d}}" for i in range(1, 10))
    made = plan(f"milestones: [{{id: m, title: M}}]\nfeatures: [{many}]")
    found = told(made, "m", "finish")
    assert because(found) == ["“F9” finishes on 2026-01-15"]
    assert str(found.inputs[-1].label) == "and 6 more"
    progress = told(made, "m", "progress")
    assert line(progress) == "0 ÷ 45 = 0%"


def test_health_tells_reasons_thresholds_and_who_judged() -> None:
    made = plan("""
        people: [{id: maya, name: Maya}]
        milestones: [{id: m, title: M, due: 2026-01-06, health: {is: on-track, because: it is solved, by: maya}}]
        features: [{id: f, title: F, milestone: m, duration: 5d}]
        """)
    found = told(made, "m", "health.is")
    assert (written(found.value), because(found)) == ("on track", ["it is solved"])
    assert inputs(found) == ["judged: on track @ milestones.0.health", "by: Maya", "computed: at risk"]
    computed = told(made, "m", "health.computed")
    assert because(computed) == ["finishes 3 working days after the promised 2026-01-06"]
    assert str(computed.inputs[0].note) == "at risk from 1d late, off track from 5d"


def test_an_item_without_a_schedule_says_why() -> None:
    made = plan("features: [{id: a, title: A}, {id: b, title: B, status: dropped}, {id: c, title: C, status: done}]")
    reasons = [str(told(made, name, "finish").reason) for name in "abc"]
    assert reasons == [
        "it has no duration, no effort, no dates and nothing scheduled before it",
        "it is dropped",
        "it is done, and the day is not written",
    ]


def test_runway_shows_what_came_in_and_went_out() -> None:
    made = plan(
        """
        project: {name: T, start: 2026-01-05, currency: EUR}
        funding: [{id: seed, title: Seed, on: 2026-01-05, amount: 1000}]
        budget: [{id: a, title: A, planned: 1000, spent: [{on: 2026-01-20, amount: 100}]}]
        """,
        today=date(2026, 2, 10),
    )
    assert line(told(made, "", "runway.months")) == "900 EUR ÷ 100 EUR = 9 months"
    assert "Seed: 1,000 EUR @ funding.0.amount" in inputs(told(made, "", "runway.months"))


def test_the_levelled_schedule_names_people() -> None:
    made = plan("""
        people: [{id: maya, name: Maya, capacity: 80%}]
        features: [{id: a, title: A, duration: 5d, assigned: [{person: maya, share: 80%}]},
                   {id: b, title: B, duration: 5d, assigned: [{person: maya, share: 60%}]}]
        """)
    found = [told(made, name, "levelled.finish") for name in "ab"]
    late = next(one for one in found if one.in_views)
    assert because(late) == ["5 working days later than without regard to people"]
    assert any(row.startswith("Maya: ") and row.endswith(".assigned.0") for row in inputs(late))


def leaves(computed: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every figure below `computed` with its dotted name; health as a whole, since its parts belong together."""
    for key, value in computed.items():
        name = f"{path}{key}"
        if isinstance(value, dict) and key != "health":
            yield from leaves(value, f"{name}.")
        else:
            yield name, value


def exported(found: Explanation, currency: str | None) -> Any:
    """The value of an explanation as plan.json writes it."""
    if found.value is None:
        return None
    raw = found.value.raw
    match found.value.kind:
        case "money":
            return money_text(raw.value, currency)
        case "day":
            return raw.isoformat()
        case "ranks":
            return list(raw)
        case "percent" | "number" | "months":
            return float(raw) if not hasattr(raw, "as_tuple") else json_number(raw)
        case "text":
            return str(raw)
        case _:
            return raw


def compared(made: Plan) -> int:
    """Compare all figures of a plan with their explanations; how many there were."""
    data, count = plan_json(made), 0
    entries = [("", data["project"]["computed"])]
    entries += [(e["id"], e["computed"]) for name in ("milestones", "features", "budget") for e in data[name]]
    for identity, computed in entries:
        found = {one.field: one for one in explain(made, identity)}
        for name, value in leaves(computed):
            count += 1
            if name == "health":
                if value["is"]:
                    is_, computed_ = found["health.is"], found["health.computed"]
                    said = [written(is_.value), written(computed_.value)]
                    assert said == [value[key].replace("-", " ") for key in ("is", "computed")]
                    assert because(is_) == value["because"]
            else:
                assert exported(found[name], made.money.currency) == value, (identity, name)
                assert value is not None or found[name].reason, (identity, name)
    return count


@pytest.mark.parametrize("edition", ["full", "public"])
def test_every_figure_of_the_demo_is_explained(edition: Edition) -> None:
    built = build(DEMO, now=datetime(2026, 11, 23, tzinfo=UTC), edition=edition)
    assert compared(built.plans[0]) > 500


@pytest.mark.parametrize("folder", ORACLE_PLANS, ids=lambda path: path.name)
def test_every_figure_of_other_plans_is_explained(folder: Path) -> None:
    for made in build(folder, now=datetime(2026, 11, 23, tzinfo=UTC)).plans[:3]:
        if len(made.records.features) <= 1000:
            assert compared(made)


def test_the_public_edition_tells_no_place_of_what_is_not_in_it() -> None:
    (made,), _ = plans(
        {
            "project.yml": "project: {name: T, start: 2026-01-05, currency: EUR, publish: {budget: totals}}",
            "open.yml": "milestones: [{id: m, title: M, due: 2026-Q1}]\nfeatures: [{id: f, title: F, milestone: m}]",
            "secret.yml": """
                features: [{id: s, title: Secret, milestone: m, duration: 9d, audience: internal}]
                budget: [{id: b, title: Hush, milestone: m, planned: 100, audience: internal},
                         {id: c, title: Quiet, milestone: m, planned: 50, spent: [{on: 2026-01-05, amount: 5}]}]
                """,
        },
        edition="public",
    )
    for name in ["", *made.links.by_id]:
        for found in explain(made, name):
            assert not any(word in repr(found) for word in ("Hush", "Secret", "Quiet"))
            assert all(given.place is None or given.place.file != "secret.yml" for given in found.inputs)


def rendered(found: tuple[Explanation, ...]) -> str:
    """The section of a page."""
    address = "https://example.org/{}#L{}".format
    written = Explained(
        formats("en"),
        link=lambda target: f"../{target.kind}/{target.id}/",
        source=lambda at: address(at.file, (at.mark or (0, 0))[0] + 1),
        spot=lambda at: at,
    )
    return str(written.section(shown(found)))


def test_a_page_shows_each_figure_once_with_links() -> None:
    made = plan(MONEY % ", spent: [{on: 2026-01-05, amount: 625}]", today=date(2026, 1, 9))
    html = rendered(explain(made, "m"))
    assert '<summary><span>Estimate at completion (EAC)</span> <b>€1,250</b></summary><div id="why-eac-cpi">' in html
    assert "<br>= €1,000 ÷ 0.8 = €1,250</p>" in html
    assert '<a href="#why-cpi">CPI</a>' in html
    assert '<a href="https://example.org/plan.yml#L5">plan.yml:5</a>' in html
    anchors = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(anchors) == len(set(anchors))
    assert all(f"why-{part.split(chr(34))[0]}" in anchors for part in html.split('href="#why-')[1:])


def test_a_feature_without_money_or_score_has_nothing_of_them() -> None:
    html = rendered(explain(plan("features: [{id: a, title: A, duration: 2d}]"), "a"))
    assert "Finish" in html
    assert not any(word in html for word in ("BAC", "Score", "Margin"))
    assert len(html) < 6000


def test_hostile_text_stays_text() -> None:
    made = plan("""
        milestones: [{id: m, title: "<script>{{ 7*7 }}</script>", due: 2026-01-06}]
        features: [{id: a, title: "{0} {x!r} <img src=x onerror=y>", milestone: m, duration: 2d, blocked: "<b>{y}"},
                   {id: b, title: B, milestone: m, duration: 2d, depends_on: [a]}]
        """)
    html = "".join(rendered(explain(made, name)) for name in ("", "m", "a", "b"))
    assert not any(markup in html for markup in ("<script", "<img", "<b>{y}"))
    assert all(text in html for text in ("&lt;img", "{x!r}", "{{ 7*7 }}"))


def test_names_of_figures() -> None:
    found = explain(plan("features: [{id: a, title: A, duration: 2d}]"), "a")
    assert [one.field for one in select(found, "finish")] == ["schedule.finish"]
    assert [one.field for one in select(found, "p80")] == ["forecast.p80"]
    assert [one.field for one in select(found, "schedule")][:2] == ["schedule.start", "schedule.finish"]
    assert [one.field for one in select(found, "throughput.p50")] == ["forecast.throughput.p50"]
    assert select(found, "finsh") == ()
    assert [one.field for one in of_groups(found, "progress", "health")] == ["progress", "health.is", "health.computed"]
    assert nearest_field(found, "finsh") == "finish"
