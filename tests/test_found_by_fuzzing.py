"""What `make fuzz` once found, one small input each: a problem is told, and what is shown holds nothing unsafe."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from milepost.build import Built, build, show
from milepost.diagnostics import Place
from milepost.hosts import report
from milepost.render.context import Context
from milepost.render.rich import rich
from milepost.views import VIEWS
from plans import plans, problems

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONTEXT = Context("en", link=lambda target: None, source=lambda place: None)
PROJECT = "project: {name: P, currency: EUR, start: 2026-01-05}\n"


def built(folder: Path) -> Built:
    (folder / "project.yml").write_text(PROJECT)
    return build(folder, now=NOW)


def pages(found: Built) -> str:
    """All views and the problems, as HTML that can be written to a file."""
    html = "".join(show(found, name, {}, Place("page"), lambda project: CONTEXT).html for name in (*VIEWS, "problems"))
    return html.encode().decode()


def codes(found: Built) -> set[str]:
    return {problem.diagnostic.code for problem in found.problems}


def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"features/\xff")
    folder.mkdir(parents=True)
    (folder / os.fsdecode(b"\xdf\xfe.yml")).write_text("n: [{}]\n")
    found = built(tmp_path)
    assert {"bad-id", "unknown-key"} <= codes(found)
    assert "\ufffd" in pages(found)


def test_a_link_to_a_name_too_long_for_any_disk(tmp_path: Path) -> None:
    (tmp_path / "x.yml").symlink_to("a" * 3000)
    found = built(tmp_path)
    assert codes(found) == {"unreadable"}
    assert pages(found)


@pytest.mark.parametrize("content", [b"\x06", b"\x1b[31m", b"goals: [{id: a, title: \xc2\x9b}]", b'goals: "\\ud800"'])
def test_the_page_of_problems_quotes_no_control_character(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "goals.yml").write_bytes(content)
    found = built(tmp_path)
    assert found.problems
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", pages(found))


def test_a_control_character_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "\x1b[2Jfeatures.yml").write_text("features: [{id: a, title: A}]\n")
    found = built(tmp_path)
    assert codes(found) == {"bad-character"}
    assert "\x1b" not in pages(found)


def test_the_page_of_problems_cuts_long_lines(tmp_path: Path) -> None:
    (tmp_path / "goals.yml").write_text("goals: [" + "{id: A}, " * 500 + "]\n")
    found = built(tmp_path)
    assert len(found.problems) >= 500
    assert max(map(len, pages(found).splitlines())) < 5_000
    assert max(map(len, report.text(found.problems, "plan").splitlines())) < 500


def test_an_option_of_a_marker_that_holds_a_control_character(tmp_path: Path) -> None:
    shown = show(built(tmp_path), "roadmap", {"group": "\x1b[2J"}, Place("page"), lambda project: CONTEXT)
    assert "\x1b" not in shown.html


@pytest.mark.parametrize(
    "days", ["start: 2999-12-31, duration: 25d", "due: 2999-12-31, duration: 100000d, start: 1900"]
)
@pytest.mark.parametrize("scale", [None, "month", "quarter", "year"])
def test_the_timeline_ends_with_the_days_that_can_be_named(tmp_path: Path, days: str, scale: str | None) -> None:
    (tmp_path / "features.yml").write_text(f"features: [{{id: a, title: A, {days}}}, {{id: b, title: B}}]\n")
    options = {"scale": scale} if scale else {}
    assert "2999" in show(built(tmp_path), "timeline", options, Place("page"), lambda project: CONTEXT).html


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("features: [{id: a, title: A, duration: 999999999999999999w}]", "bad-duration"),
        ("features: [{id: a, title: A, effort: 100001d}]", "bad-duration"),
        ("budget: [{id: a, title: A, planned: 999999999999999999}]", "bad-money"),
        ("budget: [{id: a, title: A, planned: -1000000000000000}]", "bad-money"),
        (f"goals: [{{id: a, title: A, summary: {'a ' * 10_001}b}}]", "bad-text"),
    ],
)
def test_what_is_too_large_to_be_meant(record: str, code: str) -> None:
    assert problems(f"{PROJECT}{record}\n") == [(code, 2)]


def test_the_largest_amount_is_spread_over_time() -> None:
    text = (
        "project: {name: P, currency: EUR, start: 2026-01-05, end: 2027, today: 2026-03-03, rates: {USD: 999999}}\n"
        "budget: [{id: a, title: A, planned: 999999999999999 USD}]\n"
    )
    (made,), found = plans({"plan.yml": text})
    assert not found
    assert 0 < made.money.earned[""].pv < made.money.project.planned


@pytest.mark.parametrize("mark", ["[", "![", "[a](", "> ", "- ", "1. ", "#\n", "***\n", "a\n=\n", "- > "])
def test_tangled_markdown_is_shown_as_written(mark: str) -> None:
    text = mark * (10_000 // len(mark))
    assert str(rich(text)).startswith("<p>")
    assert not re.search(r"<(?:a|ul|ol|blockquote|h4)\b", str(rich(text)))
