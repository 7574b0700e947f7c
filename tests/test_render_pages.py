"""Status, tables and item pages as HTML: what a reader finds on them, and what is left out where nothing is written."""

import re
from html import unescape

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.plan.plan import Plan
from milepost.render import rich as rich_text
from milepost.render.context import Context
from milepost.render.page import render
from milepost.render.rich import rich
from milepost.views.feature import feature
from milepost.views.features import FeaturesOptions, features
from milepost.views.milestone import milestone
from milepost.views.milestones import MilestonesOptions, milestones
from milepost.views.problems import problems
from milepost.views.status import StatusOptions, status
from plans import plan, plans

CONTEXT = Context("en", lambda target: f"../{target.kind}/{target.id}/", lambda place: None)


def words(html: str) -> str:
    """The text of some HTML, as one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def status_of(made: Plan) -> str:
    return words(render("status", status(made, StatusOptions()), CONTEXT))


MONEY = "project: {name: P, currency: EUR, start: 2026-01-05}\nbudget: [{id: a, title: A, planned: 100, %s}]"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("spent: [{on: 2026-01-05, amount: 25}]", "€25 spent; nothing is earned yet €100 expected in all, as planned"),
        ("forecast: 200", "€0 spent; nothing is earned yet €200 expected in all, €100 over the plan"),
        (
            "milestone: m, spent: [{on: 2026-01-05, amount: 60}]",
            "€60 spent for work worth €50 cost 20% more than planned",
        ),
        (
            "milestone: m, spent: [{on: 2026-01-05, amount: 40}]",
            "€40 spent for work worth €50 cost 20% less than planned",
        ),
        ("milestone: m, spent: [{on: 2026-01-05, amount: 50}]", "€50 spent for work worth €50 cost as much as planned"),
        ("milestone: m, forecast: 90", "€0 spent for work worth €50 €90 expected in all, €10 under the plan"),
    ],
)
def test_money_is_told_against_what_the_work_is_worth(line: str, said: str) -> None:
    assert said in status_of(plan(MONEY % line + "\nmilestones: [{id: m, title: M, progress: 50%}]"))


def test_a_plan_without_amounts_says_so() -> None:
    found = status_of(plan("milestones: [{id: m, title: First ride, due: 2026-Q3}]"))
    assert "Money – no budget is written" in found
    assert "First ride On track due 2026-Q3" in found


def test_the_status_tells_a_judgement_and_whose_it_is() -> None:
    found = status_of(
        plan("""
        people: [{id: maya, name: Maya}]
        features: [{id: f, title: F, duration: 2d, blocked: no licence}]
        updates: [{on: 2026-01-05, by: maya, summary: Fine., health: {is: on-track, because: it is solved}}]
        """)
    )
    assert "On track it is solved" in found
    assert "Judged by Maya on Jan 5, 2026. Computed: At risk" in found


def test_a_page_tells_who_judged() -> None:
    made = plan("""
        people: [{id: maya, name: Maya}]
        milestones: [{id: m, title: M, due: 2026-02, health: {is: at-risk, because: a guess, by: maya}}]
        features: [{id: f, title: F}]
        updates: [{on: 2026-01-05, by: maya, about: f, summary: Late., health: {is: off-track}}]
        """)
    shown = words(render("milestone", milestone(made, made.records.milestones[0]), CONTEXT))
    assert "At risk a guess" in shown
    assert "Judged by Maya. Computed: On track" in shown
    assert "Judged by Maya" in words(render("feature", feature(made, made.records.features[0]), CONTEXT))


def test_columns_with_nothing_in_them_are_left_out() -> None:
    bare = milestones(plan("milestones: [{id: m, title: M, due: 2026-Q1}]"), MilestonesOptions())
    assert (bare.with_finish, bare.with_money, bare.with_chance) == (False, False, False)
    assert "Expected" not in render("milestones", bare, CONTEXT)
    full = milestones(
        plan("""
        project: {name: P, start: 2026-01-05, currency: EUR}
        milestones: [{id: m, title: M, due: 2026-Q1, baseline: 2026-03-30}, {id: n, title: N, due: 2026-Q2}]
        features: [{id: f, title: F, milestone: m, duration: 3d}]
        budget: [{id: b, title: B, milestone: m, planned: 50, forecast: 60}]
        """),
        MilestonesOptions(),
    )
    assert (full.with_finish, full.with_money) == (True, True)
    html = render("milestones", full, CONTEXT)
    first, last = html.split("<tbody>")[1].split("</tr>")[:2]
    assert html.split("<tbody>")[0].count("<th ") == first.count("<td") + 1 == last.count("<td") + 1
    assert "2026-Q1 1 working day later than first agreed, Mar 30, 2026" in words(first)
    assert "0 of 1 feature done €0 of €50 €10 over" in words(first)
    assert 'title="nothing is scheduled under it">–' in last


def test_rows_that_options_leave_out_are_not_called_missing() -> None:
    made = plan("milestones: [{id: m, title: M}]\nfeatures: [{id: f, title: F}]")
    none = milestones(made, MilestonesOptions(tag=("x",)))
    assert words(render("milestones", none, CONTEXT)) == "No milestone fits what is chosen here."
    nothing = features(made, FeaturesOptions(tag=("x",)))
    assert words(render("features", nothing, CONTEXT)) == "No feature fits what is chosen here."


def test_why_something_is_late_stands_in_the_tables() -> None:
    made = plan("""
        milestones: [{id: m, title: M, due: 2026-01-06}]
        features: [{id: f, title: F, milestone: m, duration: 20d, due: 2026-01-06}]
        """)
    said = "finishes 18 working days after the promised Jan 6, 2026"
    assert said in words(render("milestones", milestones(made, MilestonesOptions()), CONTEXT))
    assert said in words(render("features", features(made, FeaturesOptions()), CONTEXT))


def test_all_that_is_known_of_a_feature() -> None:
    made = plan("""
        project: {name: P, start: 2026-01-05, currency: EUR, rates: {USD: 0.9}}
        features:
          - {id: f, title: F, duration: {low: 2d, likely: 4d, high: 12d}, effort: 10d, start: 2026-01-12}
          - {id: g, title: G, depends_on: [f], duration: 1d}
          - {id: old, title: Old, done: 2025-12-01}
        inputs: [{id: i, title: I, on: 2026-01-02, votes: 1, revenue: 500 USD, features: [f]},
          {id: j, title: J, on: 2026-01-02, revenue: 70, features: [f]}]
        """)
    f, _, old = (words(render("feature", feature(made, found), CONTEXT)) for found in made.records.features)
    assert "Duration 2–12 working days likely 4, expected 5 Effort 10 person-days" in f
    assert "Float none on the critical path" in f
    assert "request, Jan 2, 2026, 1 vote, $500 revenue" in f
    assert "request, Jan 2, 2026, €70 revenue" in f
    assert "Dec 1, 2025" in old
    assert "Rank" not in old


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Web <b>", "x Web <b>"),
        ("{alpha: v1.23, stable: v1.35}", "x alpha: v1.23, stable: v1.35"),
        ("[kep-1, kep-2]", "x kep-1, kep-2"),
        ("{key: [a, 1]}", 'x {"key": ["a", "1"]}'),
        ("[]", "x –"),
    ],
)
def test_an_own_key_is_told_as_a_reader_would_write_it(value: str, said: str) -> None:
    found = plan(f"features: [{{id: f, title: F, x-x: {value}}}]")
    html = render("feature", feature(found, found.records.features[0]), CONTEXT)
    assert words(re.search(r"More</h2>(.*?)</dl>", html, re.DOTALL)[1]) == said


def test_headings_can_be_linked_to() -> None:
    html = render("status", status(plan("milestones: [{id: m, title: M}]"), StatusOptions()), CONTEXT)
    headings = re.findall(r"<h2([^>]*)>", html)
    ids = re.findall(r' id="(mp-[a-z-]+)"', html)
    assert len(headings) == len(set(ids)) == 6


def test_a_problem_says_in_a_word_how_bad_it_is() -> None:
    _, found = plans({"plan.yml": "project: {name: P}\nmilestones: [{id: m, titel: M}]\n"})
    assert "Error Line 2: unknown key “titel”" in words(render("problems", problems(found), CONTEXT))
    assert words(render("problems", problems(()), CONTEXT)) == "The plan has no problems."


PIECES = ("word", "A", "1.", "2)", "-", "- ", "+ ", "=", "\n", "\n\n", "\n- ", "\n\n- ", " ", "  ", ". ", ":", "!",
          '"', "(x)", "é", "https://x.example", "\n    ", "{: .a}", "\r", "    ", "\n1986. ", "*", "_", "`", "<",
          "&")  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join).map(str.strip).filter(bool))
def test_what_is_written_without_markdown_is_what_markdown_writes(text: str) -> None:
    quick = rich_text._simple(text)
    if quick is not None:
        slow = nh3.clean(rich_text._reader.reset().convert(text), tags=rich_text._TAGS)
        assert unescape(str(quick)) == unescape(slow)


@pytest.mark.parametrize("text", ["One.", "One.\n\nTwo, and\nmore.", "One:\n\n- a\n- b\n\nTwo."])
def test_plain_texts_and_lists_need_no_markdown(text: str) -> None:
    assert rich_text._simple(text) == rich(text)


@pytest.mark.parametrize(
    "text", ["1. a", "- a\n\n- b", "a *b*", "- - a", "a\n- b", "    a", "a\n===", "[a](b)", "a  \nb"]
)
def test_anything_else_does(text: str) -> None:
    assert rich_text._simple(text) is None


@pytest.mark.parametrize(
    ("mode", "said"), [("counts", "What people said 2 inputs ask for it."), ("full", "What people said One request, ")]
)
def test_inputs_of_the_public_edition(mode: str, said: str) -> None:
    text = f"""
    project: {{name: T, publish: {{inputs: {mode}}}}}
    features: [{{id: a, title: A}}]
    inputs:
      - {{id: one, title: One, on: 2026-01-05, kind: request, audience: public, features: [a]}}
      - {{id: two, title: Two, on: 2026-01-06, kind: request, audience: public, features: [a]}}
    """
    (made,), _ = plans({"plan.yml": text}, edition="public")
    html = words(render("feature", feature(made, made.records.features[0]), CONTEXT))
    assert said in html
    assert "Jan 1, 1" not in html
