"""The roadmap: which card stands where, and what is folded."""

import pytest

from milepost.render.context import Context
from milepost.render.page import render
from milepost.views.roadmap import RoadmapOptions, RoadmapView, roadmap
from plans import plan

WORK = """
    project: {name: Test, start: 2026-01-05, ranking: {method: manual}}
    people: [{id: ann, name: Ann Lee, team: Web}]
    goals: [{id: grow, title: Grow}]
    milestones:
      - {id: m1, title: First, due: 2026-02-27, goal: grow}
      - {id: m2, title: Second, due: 2026-Q2}
      - {id: m0, title: Before, done: 2025-12-01}
    features:
      - {id: a, title: A, milestone: m1, owner: ann, progress: 40%, score: {manual: {order: 2}}}
      - {id: b, title: B, milestone: m1, score: {manual: {order: 1}}, tags: [x], blocked: no key}
      - {id: c, title: C, milestone: m2, duration: 3d, due: 2026-01-06}
      - {id: d, title: D, status: idea}
      - {id: old, title: Old, milestone: m0, done: 2025-11-20}
      - {id: new, title: New, milestone: m1, done: 2026-01-02}
      - {id: no, title: No, status: dropped}
"""


def _view(text: str = WORK, **options: object) -> RoadmapView:
    return roadmap(plan(text), RoadmapOptions(**options))  # type: ignore[arg-type]


def _columns(view: RoadmapView, lane: int = 0) -> list[tuple[str, list[str], list[str]]]:
    return [
        (
            cell.column.horizon or cell.column.title or str(cell.column.period),
            [card.target.id for card in cell.cards],
            [card.target.id for card in cell.done],
        )
        for cell in view.lanes[lane].cells
    ]


def test_now_next_later_always_stand_and_what_is_done_is_folded() -> None:
    view = _view()
    assert [(name, cards) for name, cards, _ in _columns(view)] == [
        ("now", ["b", "a"]),
        ("next", ["c"]),
        ("later", ["d"]),
    ]
    assert [card.target.id for card in view.done] == ["new", "old"]  # newest first
    assert [card.target.id for card in view.dropped] == ["no"]
    assert view.total == 7


def test_milestones_in_time_order_keep_their_done_features() -> None:
    view = _view(group="milestone")
    assert _columns(view) == [("First", ["b", "a"], ["new"]), ("Second", ["c"], []), ("None", ["d"], [])]
    assert [card.target.id for card in view.done] == ["old"]


def test_quarters_by_promise_and_the_undated_last() -> None:
    assert [(name, cards) for name, cards, _ in _columns(_view(group="quarter"))] == [
        ("2026-Q1", ["b", "a", "c"]),
        ("None", ["d"]),
    ]


def test_open_work_of_past_quarters_stands_in_one_column() -> None:
    view = _view("features: [{id: a, title: A, due: 2024-Q1}, {id: b, title: B, due: 2025-03-01}]", group="quarter")
    (cell,) = view.lanes[0].cells
    assert (cell.column.earlier, str(cell.column.period), cell.count) == (True, "2026-Q1", 2)


def test_a_goal_comes_from_the_milestone() -> None:
    view = _view(lanes="goal")
    assert [(lane.title, lane.count) for lane in view.lanes] == [("Grow", 2), ("", 2)]


@pytest.mark.parametrize(
    ("options", "total"),
    [({"tag": ("x",)}, 1), ({"status": ("done",)}, 2), ({"status": ("dropped",)}, 1), ({"tag": ("y",)}, 0)],
)
def test_filters(options: dict[str, object], total: int) -> None:
    assert _view(**options).total == total


def test_a_card_says_rank_owner_trouble_and_lateness() -> None:
    cards = {card.target.id: card for cell in _view().lanes[0].cells for card in cell.cards}
    assert (cards["a"].rank, cards["a"].owner) == (2, "Ann Lee")
    assert cards["b"].blocked == "no key"
    assert cards["c"].late == 1  # Monday to Wednesday, promised for Tuesday


def test_hundreds_of_cards_stay_readable() -> None:
    features = "\n".join(f"      - {{id: f{i}, title: F{i}, status: active}}" for i in range(300))
    (cell,) = (c for c in _view(f"    features:\n{features}\n").lanes[0].cells if c.count)
    assert (len(cell.cards), len(cell.more)) == (12, 288)


def test_the_page_says_state_in_words() -> None:
    html = render("roadmap", _view(), Context("en", lambda target: f"{target.id}/", lambda place: None))
    assert "Blocked: no key" in html
    assert "1 working day late" in html
    assert '<a class="mp-rm-name" href="a/">A</a>' in html
    assert "Done: 2" in html
    assert "Dropped: 1" in html
    assert "No feature of the plan has what is asked for here." in render(
        "roadmap", _view(tag=("y",)), Context("en", lambda target: None, lambda place: None)
    )
