"""The public edition: nothing internal is left anywhere in it, and what is left says the same."""

import json
import re
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from milepost.plan.currencies import SHARE
from milepost.plan.edition import NOT_TOLD, prune
from milepost.plan.plan import Plan
from milepost.plan.public_fields import INTERNAL_FIELDS, PUBLIC_FIELDS
from milepost.publish.plan_json import dump
from milepost.publish.plan_json_schema import schema
from milepost.records.budget import BudgetLine
from milepost.records.entry import Entry
from milepost.records.values import Money
from plans import plans

DAY = date(2026, 3, 31)


def made(text: str, edition: str = "public") -> Plan:
    """The plan of one file in an edition."""
    found, problems = plans({"plan.yml": text}, DAY, edition)  # type: ignore[arg-type]
    assert not [p for p in problems if p.diagnostic.is_error], problems
    return found[0]


def validates(text: str) -> bool:
    """Whether a plan.json follows its schema."""
    Draft202012Validator(schema()).validate(json.loads(text))
    return True


def models(entry: type[Entry] = Entry) -> list[type[Entry]]:
    below = [model for model in entry.__subclasses__() if model.__module__.startswith("milepost.")]
    return [*below, *(inner for model in below for inner in models(model))]


@pytest.mark.parametrize("model", sorted(set(models()), key=lambda m: m.__name__), ids=lambda m: m.__name__)
def test_every_field_is_declared_public_or_internal(model: type[Entry]) -> None:
    public, internal = PUBLIC_FIELDS.get(model, frozenset()), INTERNAL_FIELDS.get(model, frozenset())
    assert not public & internal
    assert public | internal == set(model.model_fields)
    assert not {name for name in internal if model.model_fields[name].is_required()}


SECRETS = """
project:
  name: T
  currency: EUR
  rates: {USD: 0.9}
  x-note: SECRET
  publish: {budget: full, people: names, inputs: full}
people:
  - {id: maya, name: Maya, rate: 777, x-salary: SECRET, away: [{from: 2026-01-05, to: 2026-01-06, why: SECRET}]}
  - {id: secret-person, name: SECRET, audience: internal}
goals:
  - {id: secret-goal, title: SECRET, audience: internal}
  - {id: growth, title: Growth, parent: secret-goal, owner: secret-person}
milestones:
  - {id: secret-launch, title: SECRET, audience: internal}
  - {id: beta, title: Beta, goal: secret-goal, depends_on: [secret-sso], health: {is: at-risk, by: secret-person}}
features:
  - {id: secret-sso, title: SECRET, audience: internal, inputs: [petra]}
  - id: export
    title: Export
    milestone: secret-launch
    inputs: [petra, secret-input]
    assigned: [{person: maya}, {person: secret-person, x-why: SECRET}]
    links: [{url: "https://example.org", x-a: SECRET}]
    depends_on: [{id: secret-sso, lag: 1d}, {id: beta, type: SS}]
    score: {rice: {reach: {low: 1, likely: 2, high: 3, x-b: SECRET}, impact: 1, confidence: 80%}}
budget:
  - {id: open-line, title: Open, planned: 5, spent: [{on: 2026-01-07, amount: 1, note: SECRET, link: secret.md}]}
  - {id: secret-line, title: SECRET, planned: 5, audience: internal}
  - {id: for-secret, title: SECRET, planned: 5, feature: secret-sso}
risks:
  - {id: fire, title: Fire, probability: 1, impact: 1, owner: secret-person,
      affects: [secret-launch, beta, secret-line]}
decisions:
  - {id: secret-decision, title: SECRET, audience: internal}
  - {id: go, title: Go, supersedes: secret-decision, by: [secret-person, maya], affects: [for-secret]}
inputs:
  - {id: petra, title: Petra, on: 2026-01-05, source: SECRET, revenue: 777, audience: public,
      features: [secret-sso, export]}
  - {id: secret-input, title: SECRET, on: 2026-01-05}
updates:
  - {id: u1, on: 2026-01-08, summary: SECRET, about: secret-launch}
  - {id: u2, on: 2026-01-08, summary: SECRET, about: for-secret}
  - {id: u3, on: 2026-01-08, summary: Fine, by: secret-person}
"""


def test_nothing_internal_is_left_in_the_public_edition() -> None:
    text = dump(made(SECRETS))
    assert [word for word in ("secret", "777", "x-") if word in text.casefold()] == []


def test_what_is_only_there_for_something_internal_is_gone_and_the_rest_stays() -> None:
    found = made(SECRETS)
    left = {section: [r.id for r in found.records.section(section)] for section in ("budget", "updates", "decisions")}
    assert left == {"budget": ["open-line"], "updates": ["u3"], "decisions": ["go"]}
    (export,) = found.records.features
    assert (export.milestone, export.inputs) == (None, ("petra",))
    assert [a.person for a in export.assigned] == ["maya"]
    assert [(d.id, d.type) for d in export.depends_on] == [("beta", "SS")]
    assert set(found.records.places) == {"", *(record.id for _, record in found.records.all())}


def test_the_full_edition_is_left_as_it_is() -> None:
    records = made(SECRETS, "full").records
    assert prune((records,), "full", DAY) == (records,)


def test_pruning_twice_is_pruning_once() -> None:
    once = prune((made(SECRETS, "full").records,), "public", DAY)
    assert prune(once, "public", DAY) == once


PEOPLE = """
project: {{name: T, start: 2026-01-05, publish: {{people: {mode}}}}}
people:
  - {{id: maya, name: Maya, role: Founder, team: core, links: [maya.md], away: [{{from: 2026-02-02, to: 2026-02-03}}]}}
  - {{id: tom, name: Tom}}
  - {{id: person-1, name: Ann, role: Tester}}
features:
  - {{id: a, title: A, owner: maya, effort: 10d, assigned: [{{person: maya, share: 50%}}, {{person: tom, share: 25%}}]}}
  - {{id: b, title: B, owner: tom, effort: 3d, depends_on: [a]}}
updates:
  - {{on: 2026-01-08, summary: Fine, by: person-1, health: {{is: at-risk, by: maya}}}}
"""


@pytest.mark.parametrize(
    ("mode", "people", "owners", "assigned"),
    [
        ("names", [("maya", "Maya"), ("tom", "Tom"), ("person-1", "Ann")], ["maya", "tom"], ["maya", "tom"]),
        ("roles", [("person-2", "Founder"), ("person-3", "Tester")], ["person-2", None], ["person-2"]),
        ("none", [], [None, None], []),
    ],
)
def test_people(mode: str, people: list[tuple[str, str]], owners: list[str | None], assigned: list[str]) -> None:
    found = made(PEOPLE.format(mode=mode))
    assert [(person.id, person.name) for person in found.records.people] == people
    a, b = found.records.features
    assert [a.owner, b.owner] == owners
    assert [share.person for share in a.assigned] == assigned


@pytest.mark.parametrize("mode", ["roles", "none"])
def test_without_names_no_name_is_left(mode: str) -> None:
    text = dump(made(PEOPLE.format(mode=mode))).casefold()
    assert [word for word in ("maya", "tom", "2026-02-0", '"ann"') if word in text] == []


@pytest.mark.parametrize("mode", ["names", "roles", "none"])
def test_dates_stay_when_people_are_not_told(mode: str) -> None:
    text = PEOPLE.format(mode=mode)
    days = [{name: s.finish for name, s in made(text, e).schedule.items()} for e in ("full", "public")]
    assert days[0] == days[1]


INPUTS = """
project: {{name: T, publish: {{inputs: {mode}}}}}
features:
  - {{id: a, title: A, inputs: [one]}}
inputs:
  - {{id: one, title: One, on: 2026-01-05, audience: public, quote: So slow}}
  - {{id: two, title: Two, on: 2026-01-06, audience: public, features: [a]}}
  - {{id: three, title: Three, on: 2026-01-06, features: [a]}}
"""


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("full", [("one", "One"), ("two", "Two")]),
        ("counts", [("input-1", "Input"), ("input-2", "Input")]),
        ("none", []),
    ],
)
def test_inputs(mode: str, told: list[tuple[str, str]]) -> None:
    found = made(INPUTS.format(mode=mode))
    assert [(one.id, one.title) for one in found.links.inputs.get("a", ())] == told
    if mode == "counts":
        assert {(one.on, one.quote) for one in found.records.inputs} == {(NOT_TOLD, None)}
        assert '"inputs": [\n  {"id": "input-1"},\n  {"id": "input-2"}\n ]' in dump(found)


BUDGET = """
project: {{name: T, currency: EUR, start: 2026-01-01, end: 2026-12-31,
  rates: {{USD: {{2026-01-01: 0.5, 2026-02-01: 2}}}},
  publish: {{budget: {mode}}}, ranking: {{method: manual, cut: {{budget: 4321}}}}}}
milestones:
  - {{id: beta, title: Beta}}
features:
  - {{id: sso, title: SSO, milestone: beta}}
  - {{id: loose, title: Loose}}
budget:
  - {{id: a, title: Designer, category: People, milestone: beta, planned: 1000, committed: 70,
      spent: [{{on: 2026-01-10, amount: 100 USD}}, {{on: 2026-01-20, amount: 20}}, {{on: 2026-04-20, amount: 9}}]}}
  - {{id: b, title: Servers, feature: sso, planned: {{2026-Q1: 30, 2026-Q2: 40}}, forecast: 99}}
  - {{id: c, title: Travel, feature: loose, planned: 5 USD}}
  - {{id: d, title: Buffer, planned: 6, audience: internal}}
funding: [{{id: seed, title: Seed, on: 2026-01-01, amount: 8888}}]
risks: [{{id: fire, title: Fire, probability: 1, impact: 1, cost: 8888}}]
"""


def planned(line: BudgetLine) -> Decimal:
    return sum((money.amount for _, money in line.planned_parts), Decimal(0))


def test_totals_of_the_budget_are_one_line_a_milestone() -> None:
    found = made(BUDGET.format(mode="totals"))
    rows = [(line.id, line.title, line.milestone, planned(line)) for line in found.records.budget]
    assert rows == [("total", "T", None, 10), ("total-beta", "Beta", "beta", 1070)]
    assert [(s.on, s.amount.amount) for s in found.records.budget[1].spent] == [(date(2026, 1, 20), 70)]
    full = made(BUDGET.format(mode="full"))
    assert found.money.milestones == full.money.milestones
    assert found.money.project == full.money.project


@pytest.mark.parametrize("mode", ["totals", "share", "none"])
def test_less_than_the_full_budget_tells_no_line_no_funding_and_no_other_amount(mode: str) -> None:
    text = dump(made(BUDGET.format(mode=mode)))
    assert [word for word in ("Designer", "Servers", "Travel", "8888", "4321", "USD", "People") if word in text] == []
    assert ("total-beta" in text) == (mode in ("totals", "share"))


def test_shares_tell_no_amount() -> None:
    found = made(BUDGET.format(mode="share"))
    assert found.records.project.currency == SHARE
    rows = [
        (line.id, planned(line), line.committed, [s.amount.amount for s in line.spent]) for line in found.records.budget
    ]
    assert rows == [
        ("total", Decimal("0.93"), Money(Decimal("0.00")), []),
        ("total-beta", Decimal("99.07"), Money(Decimal("6.48")), [Decimal("6.48")]),
    ]
    full = made(BUDGET.format(mode="full")).money
    assert found.money.project.spent / 100 == pytest.approx(
        full.project.spent / full.project.planned, abs=Decimal("1e-4")
    )
    text = dump(found)
    assert [amount for amount in ("1080", "1070", "1000.00", "70.00", "4321") if amount in text] == []
    assert validates(text)


def test_shares_of_nothing_planned_are_no_budget() -> None:
    text = BUDGET.format(mode="share").replace("planned: 1000", "planned: 0").partition("  - {{id: b")[0]
    text = re.sub(r"  - \{id: [bcd],.*\n", "", text)
    assert made(text).records.budget == ()


@settings(max_examples=30)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6))
def test_shares_of_the_plan_sum_to_all_of_it(amounts: list[int]) -> None:
    head = BUDGET.format(mode="share").partition("milestones:\n")[0]
    names = "".join(f"  - {{id: m{i}, title: M}}\n" for i in range(len(amounts)))
    lines = "".join(f"  - {{id: l{i}, title: L, milestone: m{i}, planned: {a}}}\n" for i, a in enumerate(amounts))
    shares = [planned(line) for line in made(f"{head}milestones:\n{names}budget:\n{lines}").records.budget]
    assert sum(shares) == 100
    exact = [Decimal(100) * amount / sum(amounts) for amount in amounts]
    assert all(abs(share - real) <= Decimal("0.01") for share, real in zip(shares, exact, strict=True))


AMOUNT = st.integers(0, 10**6).map(lambda cents: Decimal(cents) / 100)
LINE = st.tuples(
    AMOUNT, AMOUNT, AMOUNT, st.sampled_from(["milestone: beta", "feature: sso", "feature: loose", "tags: []"])
)


@settings(max_examples=30, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=6))
def test_totals_told_are_the_totals_of_the_full_edition(rows: list[tuple[Decimal, Decimal, Decimal, str]]) -> None:
    head = BUDGET.format(mode="totals").partition("budget:\n")[0]
    lines = "".join(
        f"  - {{id: l{i}, title: L, {purpose}, planned: {p}, committed: {c},"
        f" spent: [{{on: 2026-0{i + 1}-01, amount: {s}}}]}}\n"
        for i, (p, c, s, purpose) in enumerate(rows)
    )
    full, public = (made(f"{head}budget:\n{lines}", edition).money for edition in ("full", "public"))
    assert public.project == full.project
    assert public.milestones == full.milestones
    assert [m.cumulative_spent for m in public.months][-1:] == [m.cumulative_spent for m in full.months][-1:]


ORDERS = [(1, "public"), (2, "internal"), (3, "public"), (3, "public"), (9, "public")]


def test_an_order_by_hand_shows_no_gap() -> None:
    rows = "".join(
        f"  - {{id: f{i}, title: F, score: {{manual: {{order: {order}}}}}, audience: {audience}}}\n"
        for i, (order, audience) in enumerate(ORDERS)
    )
    found = made(f"project: {{name: T, ranking: {{method: manual}}}}\nfeatures:\n{rows}")
    orders = [f.score.manual.order for f in found.records.features if f.score and f.score.manual]
    assert orders == [1, 2, 2, 3]


def test_references_between_projects() -> None:
    found, _ = plans(
        {
            "project.yml": "project: {name: A, publish: {people: roles}}",
            "people.yml": "people: [{id: maya, name: Maya, role: Lead}, {id: x, name: X, audience: internal}]",
            "sub/project.yml": "project: {name: B}",
            "sub/features.yml": "features: [{id: f, title: F, owner: plan/maya}, {id: g, title: G, owner: plan/x}]",
        },
        DAY,
        "public",
    )
    assert [feature.owner for feature in found[1].records.features] == ["plan/person-1", None]


def test_a_plan_holds_no_more_than_its_edition() -> None:
    """Nothing but the records of the edition reaches the plan, whatever field it is."""
    public = made(SECRETS)
    for part in fields(public):
        assert "SECRET" not in repr(getattr(public, part.name)), part.name


def test_what_is_wrong_in_what_is_left_out_is_told_to_the_author() -> None:
    text = """
    project: {name: T, currency: EUR, ranking: {method: rice}}
    features:
      - {id: secret, title: S, audience: internal, score: {rice: {reach: 1, impact: 1, confidence: 80%, effort: 0}}}
    budget:
      - {id: a, title: A, planned: 5 USD, audience: internal}
    """
    found = [plans({"plan.yml": text}, DAY, edition)[1] for edition in ("full", "public")]  # type: ignore[arg-type]
    assert [p.diagnostic.code for p in found[1]] == ["no-rate", "zero-divisor"]
    assert found[0] == found[1]
