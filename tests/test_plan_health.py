"""Progress, horizon and health, with their reasons."""

from datetime import date

import pytest

from plans import plan, problems


def test_progress_is_weighted_by_effort() -> None:
    made = plan("""
        milestones: [{id: m, title: M}, {id: own, title: Own, progress: 35%}, {id: empty, title: Empty}]
        features:
          - {id: a, title: A, milestone: m, effort: 9d, status: done}
          - {id: b, title: B, milestone: m, effort: 1d}
          - {id: c, title: C, milestone: m, effort: 99d, status: dropped}
          - {id: d, title: D, milestone: own, progress: 50%}
        """)
    assert {name: float(found) for name, found in made.progress.items() if name in ("m", "own", "empty", "d")} == {
        "m": 0.9,
        "own": 0.35,
        "empty": 0.0,
        "d": 0.5,
    }
    assert float(made.progress[""]) == pytest.approx((9 + 0 + 0.5 + 0) / (9 + 1 + 1 + 1))


def test_horizon() -> None:
    made = plan("""
        project: {name: P, start: 2026-01-05, today: 2026-02-02}
        milestones:
          - {id: first, title: First, due: 2026-03}
          - {id: second, title: Second, due: 2026-06}
          - {id: third, title: Third, due: 2027}
          - {id: past, title: Past, due: 2026-01, done: 2026-01-20}
        features:
          - {id: in-first, title: A, milestone: first}
          - {id: in-second, title: B, milestone: second}
          - {id: in-third, title: C, milestone: third}
          - {id: active, title: D, milestone: third, status: active}
          - {id: soon, title: E, due: 2026-09-30}
          - {id: not-soon, title: F, due: 2026-10-01}
          - {id: said, title: G, horizon: later, milestone: first}
          - {id: done, title: H, status: done}
        """)
    assert made.horizon == {
        "in-first": "now",
        "in-second": "next",
        "in-third": "later",
        "active": "now",
        "soon": "next",
        "not-soon": "later",
        "said": "later",
    }


def health(text: str, name: str = "") -> tuple[str, list[str]]:
    """State and reasons."""
    found = plan(f"project: {{name: P, start: 2026-01-05, today: 2026-01-05, currency: EUR}}\n{text}").health[name]
    return found.is_, [str(reason) for reason in found.because]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-01-16", ("on-track", ["finishes 5 working days before the promised 2026-01-16"])),
        ("2026-01-09", ("on-track", ["finishes on the day promised, 2026-01-09"])),
        ("2026-01-08", ("at-risk", ["finishes 1 working day after the promised 2026-01-08"])),
        ("2026-01-02", ("off-track", ["finishes 5 working days after the promised 2026-01-02"])),
        ("2026-Q1", ("on-track", ["finishes 57 working days before the promised 2026-Q1"])),
    ],
)
def test_time(due: str, expected: tuple[str, list[str]]) -> None:
    text = (
        f"milestones: [{{id: m, title: M, due: {due}}}]\nfeatures: [{{id: a, title: A, duration: 5d, milestone: m}}]\n"
    )
    assert health(text, "m") == expected


def test_blocked_and_late_dependencies() -> None:
    text = """\
features:
  - {id: a, title: Bank, duration: 5d, due: 2026-01-08}
  - {id: b, title: Pay, duration: 1d, depends_on: [a]}
  - {id: c, title: Ship, duration: 1d, blocked: no licence yet}
"""
    assert health(text, "b") == ("at-risk", ["waits for “Bank”, which is 1 working day late"])
    assert health(text, "c") == ("at-risk", ["is blocked: no licence yet"])


def test_a_milestone_that_waits_for_a_late_one_is_at_risk() -> None:
    text = """\
milestones:
  - {id: a, title: Alpha, due: 2026-01-08}
  - {id: b, title: Beta, due: 2026-06, depends_on: [a]}
features: [{id: f, title: F, duration: 5d, milestone: a}]
"""
    assert health(text, "b") == ("at-risk", ["waits for “Alpha”, which is 1 working day late"])


def test_money() -> None:
    text = """\
features: [{id: a, title: A, duration: 5d, progress: 50%}]
budget: [{id: l, title: L, feature: a, planned: 100, spent: [{on: 2026-01-05, amount: 60}]}]
"""
    assert health(text, "a") == ("off-track", ["is expected to cost 20% more than planned"])


def test_silence_is_asked_only_of_who_writes_updates() -> None:
    assert health("milestones: [{id: m, title: M}]\n")[0] == "on-track"
    said = health("updates: [{on: 2025-12-01, summary: We began.}]\nmilestones: [{id: m, title: M}]\n")
    assert said == ("at-risk", ["there was no update for 35 days"])


@pytest.mark.parametrize(("silence", "state"), [("4w", "on-track"), ("15d", "on-track"), ("48h", "at-risk")])
def test_silence_is_counted_in_calendar_days(silence: str, state: str) -> None:
    made = plan(f"""
        project: {{name: P, start: 2026-01-05, today: 2026-01-20, health: {{silence: {silence}}}}}
        milestones: [{{id: m, title: M}}]
        updates: [{{on: 2026-01-05, summary: We began.}}]
        """)
    assert made.health[""].is_ == state


def test_an_update_of_a_day_to_come_says_nothing_yet() -> None:
    made = plan("""
        milestones: [{id: m, title: M}]
        updates: [{on: 2026-01-06, summary: S., about: m, health: {is: off-track}}]
        """)
    assert made.health["m"].is_ == "on-track"


def test_an_override_stands_beside_what_was_computed() -> None:
    text = """\
milestones:
  - id: m
    title: M
    due: 2026-01-02
    health: {is: at-risk, because: The bank confirmed., on: 2026-01-03}
features: [{id: a, title: A, duration: 5d, milestone: m}]
"""
    found = plan(f"project: {{name: P, start: 2026-01-05, today: 2026-01-05}}\n{text}").health["m"]
    assert (found.is_, found.computed) == ("at-risk", "off-track")
    assert str(found.because[0]) == "The bank confirmed."
    assert str(found.computed_because[0]) == "finishes 5 working days after the promised 2026-01-02"


def test_a_later_update_about_it_overrides_the_override() -> None:
    text = """\
people: [{id: p, name: Pia}]
milestones: [{id: m, title: M, health: {is: off-track, on: 2026-01-02}}]
updates: [{on: 2026-01-04, summary: Better., about: m, by: p, health: {is: on-track, because: It works.}}]
"""
    found = plan(f"project: {{name: P}}\n{text}", today=date(2026, 1, 5)).health["m"]
    assert found.override is not None
    assert (found.is_, found.override.by, str(found.override.on)) == ("on-track", "p", "2026-01-04")


def test_a_due_date_before_the_start_is_doubtful() -> None:
    text = "project: {name: P}\nfeatures:\n- {id: a, title: A, start: 2026-03, due: 2026-02}\n"
    assert problems(text) == [("due-before-start", 3)]
