"""Status, milestones, features and item pages as frozen view-models."""

from datetime import date
from decimal import Decimal

from milepost.views.feature import feature
from milepost.views.features import FeaturesOptions, features
from milepost.views.milestone import milestone
from milepost.views.milestones import MilestonesOptions, milestones
from milepost.views.problems import problems
from milepost.views.status import StatusOptions, status
from plans import plan, plans

PLAN = """
project: {name: Test, start: 2026-01-05, today: 2026-01-07, currency: EUR, ranking: {method: rice, cut: {effort: 4d}}}
people: [{id: maya, name: Maya, team: core}]
milestones:
  - {id: beta, title: Beta, due: 2026-01-16, baseline: 2026-01-09, owner: maya}
  - {id: alpha, title: Alpha, due: 2026-01-06, done: 2026-01-06}
features:
  - {id: slow, title: Slow, milestone: beta, started: 2026-01-05, duration: 5d, progress: 40%, effort: 5d, owner: maya,
     score: {rice: {reach: 10, impact: 1, confidence: 80%}}}
  - {id: quick, title: Quick, milestone: beta, duration: 2d, effort: 2d, due: 2026-01-07,
     depends_on: [{id: slow, lag: 1d}],
     score: {rice: {reach: {low: 5, likely: 20, high: 30}, impact: 1, confidence: 100%, effort: 0.5}}}
  - {id: stuck, title: Stuck, blocked: no licence}
  - {id: was, title: Was, milestone: alpha, done: 2026-01-05}
budget: [{id: l, title: Line, feature: slow, planned: 100, spent: [{on: 2026-01-05, amount: 30}]}]
risks: [{id: r1, title: Small, probability: 1, impact: 2},
  {id: r2, title: Big, probability: 4, impact: 4, affects: [slow]}]
decisions: [{id: d1, title: Which?, needed_by: 2026-01-06, by: [maya]}, {id: d2, title: Done, on: 2026-01-05}]
updates: [{on: 2026-01-05, summary: We began.}, {on: 2026-01-06, summary: Going., by: maya}]
"""


def test_status() -> None:
    view = status(plan(PLAN), StatusOptions())
    assert [m.title for m in view.milestones] == ["Beta"]
    assert (view.done, view.open, view.currency) == (2, 4, "EUR")
    assert [(w.item.title, w.rank) for w in view.in_work] == [("Slow", 2)]
    troubles = [(t.item.title, t.blocked, t.late) for t in view.troubles]
    assert troubles == [
        ("Stuck", "no licence", 0),
        ("Quick", None, 5),
    ]
    assert [r.title for r in view.risks] == ["Big", "Small"]
    assert [(d.decision.title, d.by, d.overdue) for d in view.decisions] == [("Which?", ("Maya",), True)]
    assert view.report is not None
    assert (view.report.update.summary, view.report.by) == ("Going.", "Maya")
    assert view.money is not None
    assert (view.money.totals.planned, view.money.totals.spent, view.money.earned.ev) == (100, 30, 40)
    assert view.money.over == Decimal("-0.25")  # 30 spent for what was planned to cost 40
    assert view.next is not None
    assert (view.next.item.title, view.next.slip, view.next.chance) == ("Beta", 5, None)
    changes = [(row.change.on.day, row.change.kind, row.title) for row in view.changes]
    assert changes == [
        (6, "done", "Alpha"),
        (6, "reported", "Going."),
        (5, "done", "Was"),
        (5, "decided", "Done"),
        (5, "reported", "We began."),
        (5, "started", "Slow"),
        (5, "spent", "Line"),
    ]


def test_a_plan_of_a_name_alone() -> None:
    view = status(plan("project: {name: Empty}\n"), StatusOptions())
    assert view.is_empty
    assert (view.next, view.money, view.runway, view.pace) == (None, None, None, None)
    assert (view.changes, view.decisions) == ((), ())
    assert [why.field for why in view.why] == ["progress"], "what isn't judged isn't explained"


def test_money_in_a_public_edition() -> None:
    """Totals by month don't tell what went out in two weeks; a budget that isn't told isn't called missing."""
    text = PLAN.replace("ranking:", "publish: {budget: totals}, ranking:")
    for edition, kinds in (("full", 1), ("public", 0)):
        (made,), _ = plans({"plan.yml": text}, edition=edition)  # type: ignore[arg-type]
        view = status(made, StatusOptions())
        assert sum(row.change.kind == "spent" for row in (*view.changes, *view.folded_changes)) == kinds
    (made,), _ = plans({"plan.yml": text.replace("totals", "none")}, edition="public")
    view = status(made, StatusOptions())
    assert (view.money, view.tells_money) == (None, False)


def test_milestones() -> None:
    view = milestones(plan(PLAN), MilestonesOptions())
    assert [(r.item.title, r.item.margin, r.slip, r.features, r.done_features) for r in view.open] == [
        ("Beta", 2, 5, 2, 0)
    ]
    assert [(r.money.planned, r.money.spent) for r in view.open if r.money] == [(100, 30)]
    assert [r.item.title for r in view.done] == ["Alpha"]


def test_features_in_rank_order_with_their_inputs() -> None:
    view = features(plan(PLAN), FeaturesOptions())
    assert [column.key for column in view.columns] == ["reach", "impact", "confidence", "effort"]
    assert [(r.rank, r.item.title, float(r.value or 0), r.cut_after) for r in view.ranked] == [
        (1, "Quick", 40.0, True),
        (2, "Slow", 32.0, False),
    ]
    slow = {cell.input.name: cell.input for cell in view.ranked[1].cells if cell}
    assert (slow["effort"].number, slow["confidence"].share) == (
        Decimal("0.25"),
        Decimal("0.8"),
    )
    quick = {cell.input.name: cell.input for cell in view.ranked[0].cells if cell}
    assert (quick["reach"].number, quick["reach"].low, quick["reach"].high) == (20, 5, 30)
    assert [(r.item.title, str(r.gap)) for r in view.unranked] == [("Stuck", "no RICE score is written")]
    assert [r.item.title for r in view.done] == ["Was"]


def test_features_can_be_chosen() -> None:
    view = features(plan(PLAN), FeaturesOptions(milestone="alpha"))
    assert (view.total, [r.item.title for r in view.done]) == (1, ["Was"])


def test_the_page_of_a_feature() -> None:
    made = plan(PLAN)
    view = feature(made, made.records.features[0])
    assert view.milestone is not None
    assert (view.milestone[1], view.team) == ("Beta", "core")
    assert view.around.depends_on == ()
    assert [(d.item.title, d.type, d.lag) for d in view.around.waiting if d.item] == [("Quick", "FS", "1d")]
    assert [row.line.title for row in view.around.lines] == ["Line"]
    assert [risk.title for risk in view.around.risks] == ["Big"]
    place = view.around.place
    assert place
    assert (place.file, place.mark) == ("plan.yml", (7, 0))


def test_the_page_of_a_milestone() -> None:
    made = plan(PLAN)
    view = milestone(made, made.records.milestones[0])
    assert [(m.title, m.finish) for m in view.members] == [("Slow", date(2026, 1, 9)), ("Quick", date(2026, 1, 14))]
    assert view.around.money is not None
    assert view.around.money.planned == 100


def test_problems_by_file() -> None:
    _, found = plans({"b.yml": "risks: [{id: r}]\n", "a.yml": "project: {name: P}\ntypo: 1\n"})
    view = problems(found)
    assert (view.errors, str(view.told)) == (4, "4 errors in 2 files")
    lines = [(file, [p.spot.line for p in inside]) for file, inside in view.files]
    assert lines == [
        ("a.yml", [2]),
        ("b.yml", [1, 1, 1]),
    ]
