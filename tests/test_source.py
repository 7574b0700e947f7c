"""Files become plain values that know their place; whatever stands in them, nothing is raised."""

import os
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost.diagnostics import Diagnostic, Place
from milepost.records.read import read_records
from milepost.source import BROKEN, Cache, read_folder
from milepost.source.settings import plan_folder
from milepost.source.yaml import read_document


def value(text: str) -> Any:
    document, problems = read_document("a.yml", dedent(text))
    assert problems == []
    return document.value


def test_scalars_stay_text() -> None:
    assert value(
        """
        a: [no, 1:30, 010, 1.10, 2026-02-30, 0x1F, 1_000, .inf, "true", 'null', yes, on]
        b: [true, False, null, ~, "", ]
        c:
        """
    ) == {
        "a": ["no", "1:30", "010", "1.10", "2026-02-30", "0x1F", "1_000", ".inf", "true", "null", "yes", "on"],
        "b": [True, False, None, None, ""],
        "c": None,
    }


def test_a_broken_value_costs_itself() -> None:
    document, problems = read_document("a.yml", "a: *x\nb: !!python/name:os.system y\nc: {d: 1, d: 2, e: 3}\nf: kept\n")
    assert document.value == {"a": BROKEN, "b": BROKEN, "c": {"d": BROKEN, "e": "3"}, "f": "kept"}
    assert document.damaged
    assert [p.code for p in problems] == ["yaml-feature", "yaml-feature", "duplicate-key"]


def test_files_are_found_in_path_order(tmp_path: Path) -> None:
    for name in ("b.yml", "a/z.yaml", "a/_draft.yml", ".git/c.yml", "_old/d.yml", "e.json", "A.yml", "a/b.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x-: 1")
    assert list(read_folder(tmp_path)[0].documents) == ["A.yml", "a/b.yml", "a/z.yaml", "b.yml"]


def test_the_cache_reads_only_what_changed(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.yml").write_text(f"x-name: {name}")
    cache = Cache()
    before, _ = read_folder(tmp_path, cache)
    (tmp_path / "b.yml").write_text("x-name: other")
    (tmp_path / "c.yml").unlink()
    after, _ = read_folder(tmp_path, cache)
    assert after.documents["a.yml"] is before.documents["a.yml"]
    assert after.documents["b.yml"].value == {"x-name": "other"}
    assert set(cache.documents) == {"a.yml", "b.yml"}


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfx-a: 1")
    sources, problems = read_folder(tmp_path)
    assert problems == []
    assert sources.documents["a.yml"].value == {"x-a": "1"}


@pytest.mark.parametrize(
    ("place", "line", "columns"),
    [
        (Place("a.yml", ("features", 0, "title")), 2, (10, 15)),
        (Place("a.yml", ("features", 0, "title"), "key"), 2, (3, 8)),
        (Place("a.yml", ("features", 0, "tags", 1)), 3, (16, 21)),
        (Place("a.yml", ("features", 0, "score", "rice", "reach")), 6, (19, 20)),
        (Place("a.yml", ("features", 1)), 7, (3, 4)),
        (Place("a.yml", ("features", 0, "missing")), 2, (3, 15)),
        (Place("a.yml", mark=(4, 2)), 5, (3, 9)),
        (Place("a.yml"), 0, (0, 0)),
        (Place("gone.yml", ("a",)), 0, (0, 0)),
    ],
)
def test_a_route_leads_to_its_place(tmp_path: Path, place: Place, line: int, columns: tuple[int, int]) -> None:
    text = """\
    features: # one
    - title: Alpha
      tags: [beta, "c d"]
      id: a
      score:
        rice: {reach: 5}
    - id: b
    """
    (tmp_path / "a.yml").write_text(dedent(text))
    sources, _ = read_folder(tmp_path)
    spot = sources.locate([Diagnostic("x", "x", place)])[0].spot
    assert (spot.line, (spot.column, spot.end_column)) == (line, columns)


def plan_bytes() -> st.SearchStrategy[bytes]:
    """Bytes of which many nearly are a plan."""
    words = st.sampled_from(
        [
            *("project: ", "milestones:\n", "features:\n", "- ", "id: a\n", "  title: ", "due: 2026-02-30\n", "x: 1\n"),
            *("{", "}", "[", "]", ",", ": ", "\n", "  ", "\t", "'", '"', "#", "&a ", "*a ", "!!str ", "|\n", "<<: "),
            *("---\n", "...\n", "%YAML 1.2\n", "\x00", "\x85", "\u2028", "\ufeff", "计划", "? ", "\\e", "\r"),
        ]
    )
    return st.one_of(st.binary(), st.lists(words, max_size=40).map(lambda found: "".join(found).encode()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(files=st.lists(plan_bytes(), min_size=1, max_size=3))
def test_any_bytes_are_read_or_told_inside_the_file(tmp_path: Path, files: list[bytes]) -> None:
    for i in range(3):
        (tmp_path / f"{i}.yml").write_bytes(files[i] if i < len(files) else b"x-: 1")
    sources, problems = read_folder(tmp_path)
    _, unclear = read_records(sources)
    for located in sources.locate([*problems, *unclear]):
        for spot in (located.spot, *(spot for _, spot in located.related)):
            if spot.line:
                lines = sources.documents[spot.file].text.splitlines() or [""]
                assert 1 <= spot.line <= len(lines) + 1
                assert 1 <= spot.column < spot.end_column
                assert spot.column <= len(spot.text) + 1


@pytest.mark.parametrize("text", ["[" * 30_000, "{a: " * 30_000, "- " * 30_000, "a: " + "x" * 200_000])
def test_no_input_uses_up_the_machine(text: str) -> None:
    document, problems = read_document("a.yml", text)
    assert len(problems) == 1
    assert problems[0].code in ("too-deep", "too-large", "yaml-syntax")
    assert document.value in (None, {"a": BROKEN})


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_out_of_the_plan_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "secret.yml").write_text("x-secret: 1")
    (tmp_path / "plan/a.yml").symlink_to(tmp_path / "secret.yml")
    (tmp_path / "plan/b.yml").symlink_to(tmp_path / "nowhere.yml")
    sources, problems = read_folder(tmp_path / "plan")
    assert [p.code for p in problems] == ["outside-plan", "outside-plan"]
    assert {document.value for document in sources.documents.values()} == {None}


@pytest.mark.parametrize(
    ("config", "folder"),
    [
        ("site_name: A", "content/plan"),
        ("plugins: [search, milepost]", "content/plan"),
        ("plugins:\n  - search\n  - milepost:\n      plan: docs/plan", "docs/plan"),
        ("plugins:\n  milepost:\n    plan: docs/plan\n  search: {}", "docs/plan"),
        ("plugins: [milepost: {plan: !ENV [NO_SUCH_VARIABLE, docs/plan]}]", "docs/plan"),
        ("plugins: [milepost: {plan: !ENV PLAN_OF_TEST}]", "from/environment"),
        ("plugins: [milepost: {plan: !ENV NO_SUCH_VARIABLE}]", "content/plan"),
        ("a: &p {plan: docs/plan}\nplugins: [milepost: *p]", "docs/plan"),
        ("x: !!python/object/apply:os.abort []\nplugins: [milepost: {plan: docs/plan}]", "docs/plan"),
        ("x: !!python/name:pymdownx.superfences.fence_code_format\nplugins: [milepost: {plan: p}]", "p"),
        ("INHERIT: base.yml", "inherited"),
        ("INHERIT: base.yml\nplugins: [milepost: {plan: own}]", "own"),
        ("INHERIT: mkdocs.yml", "content/plan"),
        ("INHERIT: gone.yml", "content/plan"),
        ("plugins: [milepost: {plan: [a]}]", "content/plan"),
        ("plugins: [milepost: {plan: '']}", "content/plan"),
        ("[" * 30_000, "content/plan"),
        ("- a", "content/plan"),
        ("", "content/plan"),
    ],
)
def test_the_plan_folder_of_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, folder: str) -> None:
    monkeypatch.setenv("PLAN_OF_TEST", "from/environment")
    (tmp_path / "base.yml").write_text("plugins: [milepost: {plan: inherited}]")
    (tmp_path / "mkdocs.yml").write_text(config)
    assert plan_folder(tmp_path / "mkdocs.yml") == tmp_path / folder
