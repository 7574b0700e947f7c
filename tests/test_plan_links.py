"""References: what is missing, what is of the wrong kind, what is dropped, and what runs in a circle."""

from plans import plan, plans


def told(text: str) -> list[tuple[str, int, str, str | None]]:
    """Code, line, message and hint of every problem."""
    _, found = plans({"plan.yml": text})
    return [(p.diagnostic.code, p.spot.line, p.diagnostic.message, p.diagnostic.hint) for p in found]


def test_a_dangling_reference_offers_the_nearest_id() -> None:
    text = "project: {name: P}\npeople:\n- {id: maya, name: Maya}\nfeatures:\n- {id: a, title: A, owner: mya}\n"
    assert told(text) == [("unknown-reference", 5, "there is no person “mya”", "did you mean “maya”?")]


def test_a_reference_to_the_wrong_kind_says_so() -> None:
    text = "project: {name: P}\nfeatures:\n- {id: a, title: A}\n- {id: b, title: B, owner: a}\n"
    assert told(text) == [("wrong-reference", 4, "“a” is a feature; a person is needed here", None)]


def test_a_reference_to_a_record_that_was_lost_is_no_second_problem() -> None:
    text = "project: {name: P}\npeople:\n- {id: maya}\nfeatures:\n- {id: a, title: A, owner: maya}\n"
    assert [code for code, *_ in told(text)] == ["missing-key"]


def test_a_reference_into_a_file_that_cannot_be_read_is_no_second_problem() -> None:
    made, found = plans(
        {
            "people.yml": "people:\n  - id: maya\n    name: [Maya\n",
            "project.yml": "project: {name: P}\nfeatures:\n- {id: a, title: A, owner: maya}\n",
        }
    )
    assert [p.diagnostic.code for p in found] == ["yaml-syntax"]
    assert made[0].records.features[0].owner is None


def test_waiting_for_dropped_work_is_a_warning_and_counts_for_nothing() -> None:
    text = """\
        project: {name: P, start: 2026-01-05}
        features:
        - {id: a, title: A, status: dropped, duration: 9d}
        - {id: b, title: B, duration: 1d, depends_on: [a]}
        """
    assert told(text)[0][:2] == ("dropped-reference", 4)
    assert plan(text).schedule["b"].es == 0


def test_a_circle_through_three_files_is_told_whole_and_once() -> None:
    made, found = plans(
        {
            "project.yml": "project: {name: P, start: 2026-01-05}\n",
            "features/a.yml": "title: A\nduration: 1d\ndepends_on: [b]\n",
            "features/b.yml": "title: B\nduration: 1d\ndepends_on: [c]\n",
            "features/c.yml": "title: C\nduration: 1d\ndepends_on: [a]\n",
        }
    )
    (problem,) = found
    assert problem.diagnostic.code == "circle"
    assert sum(f" {name} " in f" {problem.diagnostic.message} ".replace(";", " ") for name in "abc") == 3
    assert {(spot.file, spot.line) for _, spot in problem.related} == {(f"features/{n}.yml", 3) for n in "abc"}
    assert len(made[0].schedule) == 3


def test_a_milestone_waits_for_its_features_so_they_can_close_a_circle() -> None:
    text = """\
        project: {name: P}
        milestones: [{id: m, title: M}]
        features: [{id: f, title: F, milestone: m, duration: 1d, depends_on: [m]}]
        """
    ((code, line, message, _),) = told(text)
    assert (code, line) == ("circle", 3)
    assert "m → f → m" in message or "f → m → f" in message


def test_a_circle_is_cut_where_membership_does_not_close_it_again() -> None:
    text = """\
        project: {name: P, start: 2026-01-05}
        milestones: [{id: outer, title: O, depends_on: [f]}, {id: m, title: M, depends_on: [f]}]
        features: [{id: f, title: F, milestone: m, duration: 1d, depends_on: [m]}]
        """
    assert [code for code, *_ in told(text)] == ["circle"]
    made, _ = plans({"plan.yml": text})
    assert set(made[0].schedule) == {"outer", "m", "f"}


def test_an_id_at_the_end_of_a_sentence_that_cannot_be_read_is_no_second_problem() -> None:
    files = {
        "broken.yml": "# before the sso.\nfeatures: [\n",
        "project.yml": "project: {name: P}\nfeatures:\n- {id: a, title: A, depends_on: [sso]}\n",
    }
    assert [p.diagnostic.code for p in plans(files)[1]] == ["yaml-syntax"]


def test_a_chain_of_ten_thousand_is_no_matter_of_recursion() -> None:
    rows = "\n".join(f"- {{id: f{i}, title: F, duration: 1d, depends_on: [f{i - 1}]}}" for i in range(1, 10_000))
    made = plan(f"project: {{name: P, start: 2026-01-05}}\nfeatures:\n- {{id: f0, title: F, duration: 1d}}\n{rows}\n")
    assert made.schedule["f9999"].ef == 10_000


def test_ways_back() -> None:
    links = plan("""
        milestones: [{id: m, title: M}]
        features:
          - {id: a, title: A, milestone: m, inputs: [said]}
          - {id: b, title: B, depends_on: [a]}
        inputs:
          - {id: said, title: Said, on: 2026-01-02, features: [a, b]}
        risks: [{id: r, title: R, probability: 2, impact: 3, affects: [a]}]
        updates: [{on: 2026-01-03, summary: Old., about: m}, {on: 2026-01-04, summary: New., about: m}]
        """).links
    assert [f.id for f in links.members["m"]] == ["a"]
    assert links.waiting["a"] == ("b",)
    assert [i.id for i in links.inputs["a"]] == ["said"]
    assert links.affected_by["a"] == ("r",)
    assert [str(u.on) for u in links.updates["m"]] == ["2026-01-04", "2026-01-03"]


def test_a_feature_belongs_to_a_milestone_of_its_own_project() -> None:
    made, (told,) = plans(
        {
            "project.yml": "project: {name: A}\nfeatures:\n  - {id: f, title: F, milestone: sub/m}\n",
            "sub/project.yml": "project: {name: B}\nmilestones:\n  - {id: m, title: M}\n",
        }
    )
    assert (told.diagnostic.code, told.spot.line, told.spot.column) == ("wrong-reference", 3, 34)
    assert made[0].records.features[0].milestone is None
