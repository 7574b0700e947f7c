"""What items can be filtered by, and the controls for it."""

import pytest

from milepost.render.context import Context
from milepost.render.environment import environment
from milepost.views.facets import Facets, FacetValues, facet_values, facets
from plans import plan

WORK = """
    project: {name: Test, start: 2026-01-05}
    people: [{id: ann, name: Ann Lee, team: Web}, {id: bo, name: Bo, team: Core}, {id: cy, name: Cy}]
    goals: [{id: z, title: Zeal}, {id: a, title: Ardour}, {id: unused, title: Unused}]
    milestones: [{id: m, title: M, goal: z, owner: bo}]
    features:
      - {id: one, title: One, milestone: m, owner: ann, tags: ["b, c", a, a]}
      - {id: two, title: Two, milestone: m, goal: a, team: Ops, owner: bo, status: dropped}
      - {id: three, title: Three, owner: cy, done: 2026-01-02, tags: [Ä]}
"""


def _values(text: str = WORK) -> dict[str, FacetValues]:
    made = plan(text)
    values = facet_values(made)
    return {item.id: values(item) for item in (*made.records.milestones, *made.records.features)}


def _facets(text: str = WORK) -> Facets:
    return facets(plan(text), _values(text).values())


def test_the_goal_comes_from_the_milestone_and_the_team_from_the_owner() -> None:
    assert _values() == {
        "m": FacetValues("m", "planned", "z", "Core", "Bo", ()),
        "one": FacetValues("one", "planned", "z", "Web", "Ann Lee", ("b, c", "a")),
        "two": FacetValues("two", "dropped", "a", "Ops", "Bo", ()),
        "three": FacetValues("three", "done", "", "", "Cy", ("Ä",)),
    }


@pytest.mark.parametrize(
    ("facet", "choices"),
    [
        ("status", [("planned", "planned", 2), ("done", "done", 1), ("dropped", "dropped", 1)]),
        ("goal", [("z", "Zeal", 2), ("a", "Ardour", 1), ("", "", 1)]),
        ("team", [("Web", "Web", 1), ("Core", "Core", 1), ("Ops", "Ops", 1), ("", "", 1)]),
        ("owner", [("Ann Lee", "Ann Lee", 1), ("Bo", "Bo", 2), ("Cy", "Cy", 1)]),
        ("tag", [("a", "a", 1), ("b, c", "b, c", 1), ("Ä", "Ä", 1), ("", "", 2)]),
    ],
)
def test_choices_in_use_stand_in_the_order_of_the_plan(facet: str, choices: list[tuple[str, str, int]]) -> None:
    assert [(c.value, c.title, c.count) for c in getattr(_facets(), facet)] == choices


def test_two_people_of_one_name_are_one_choice() -> None:
    same = """
        people: [{id: a, name: Developer}, {id: b, name: Developer}]
        features: [{id: x, title: X, owner: a}, {id: y, title: Y, owner: b}]
    """
    assert [(c.title, c.count) for c in _facets(same).owner] == [("Developer", 2)]


def _macro(name: str, value: object) -> str:
    context = Context("en", lambda target: None, lambda place: None)
    template = environment("en").get_template("filters.html")
    module = template.make_module({"link": context.link, "source": context.source})
    return str(getattr(module, name)(value))


def test_a_facet_with_one_choice_has_no_menu() -> None:
    html = _macro("filters", _facets("features: [{id: x, title: X, tags: [t]}, {id: y, title: Y}]"))
    assert 'data-facet="tag"' in html
    assert 'data-facet="status"' not in html
    assert "Without a tag" in html


def test_one_item_needs_no_filters() -> None:
    assert "mp-filters" not in _macro("filters", _facets("features: [{id: x, title: X}]"))


def test_values_are_text() -> None:
    html = _macro("item", FacetValues("x", "idea", "", '"><b>', "", ("a b", 'c"d')))
    assert html == 'data-mp-item="x" data-status="idea" data-team="&#34;&gt;&lt;b&gt;" data-tags="a b\nc&#34;d"'
