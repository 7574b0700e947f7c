"""The Markdown extension: which markers become views, which stay text, and what it says of wrong ones."""

import logging
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
from markdown import markdown

from milepost.hosts.extension import read_marker

PLAN = """
project: {name: Test, start: 2026-01-05, today: 2026-01-07}
milestones:
  - {id: beta, title: "Beta <b>&", due: 2026-Q1}
features:
  - {id: sso, title: Sign-on, milestone: beta, duration: 5d}
  - {id: secret, title: Takeover, audience: internal}
"""
MARKER = "<!-- milepost: milestones -->"
VIEW = '<div class="mp mp-milestones">'
FENCES = [["fenced_code"], ["pymdownx.superfences"]]
MANY = ["attr_list", "md_in_html", "admonition", "pymdownx.tabbed", "pymdownx.snippets", "tables", "toc"]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.yml").write_text(PLAN)
    return tmp_path


def html(plan: Path, text: str, extensions: list[str] | None = None, **options: Any) -> str:
    """The HTML of a page whose views show `plan`."""
    configs: dict[str, dict[str, Any]] = {"milepost": {"plan": str(plan), **options}}
    return markdown(dedent(text), extensions=[*(extensions or []), "milepost"], extension_configs=configs)


@pytest.mark.parametrize("fences", FENCES)
def test_a_marker_alone_on_its_line_becomes_the_view(plan: Path, fences: list[str]) -> None:
    found = html(plan, f"# Title\n\nBefore.\n\n{MARKER}\n\nAfter.", fences + MANY)
    assert found.count(VIEW) == 1
    assert "<p>Before.</p>" in found
    assert "<p>After.</p>" in found
    assert "<p><div" not in found
    assert "milepost:" not in found


def test_no_blank_line_is_needed(plan: Path) -> None:
    found = html(plan, f"Before.\n{MARKER}\nAfter.")
    assert "<p>Before.</p>" in found
    assert VIEW in found
    assert "<p>After.</p>" in found


@pytest.mark.parametrize("extensions", [*FENCES, *[fences + MANY for fences in FENCES]], ids=len)
@pytest.mark.parametrize(
    "code",
    [
        "```\n<!-- milepost: milestones -->\n```",
        "```html\n\n<!-- milepost: milestones -->\n\n```",
        "~~~~\n```\n<!-- milepost: milestones -->\n```\n~~~~",
        "Text.\n\n    <!-- milepost: milestones -->",
        "`<!-- milepost: milestones -->`",
    ],
)
def test_code_stays_code(plan: Path, code: str, extensions: list[str]) -> None:
    found = html(plan, code, extensions)
    assert VIEW not in found
    assert "&lt;!-- milepost: milestones --&gt;" in found


@pytest.mark.parametrize(
    "around",
    ["- item\n\n{}", "1. item\n\n{}\n\n2. next", "!!! note\n\n{}", '=== "Table"\n\n{}\n\n=== "Other"\n\n    x'],
)
@pytest.mark.parametrize("fences", FENCES)
def test_markers_in_lists_admonitions_and_tabs(plan: Path, around: str, fences: list[str]) -> None:
    found = html(plan, around.format(indent(MARKER, "    ")), fences + MANY)
    assert found.count(VIEW) == 1
    assert "<p><div" not in found


def test_fenced_code_in_a_tab_stays_code(plan: Path) -> None:
    code = indent(f"```\n{MARKER}\n```", "    ")
    found = html(plan, f'=== "Table"\n\n{code}', ["pymdownx.superfences", *MANY])
    assert VIEW not in found
    assert "&lt;!-- milepost: milestones --&gt;" in found


def test_a_marker_in_html_that_holds_markdown(plan: Path) -> None:
    found = html(plan, f"<div markdown>\n\n{MARKER}\n\n</div>", ["md_in_html"])
    assert found.count(VIEW) == 1


def test_plan_text_is_no_markup(plan: Path) -> None:
    found = html(plan, MARKER, MANY)
    assert "Beta &lt;b&gt;&amp;" in found
    assert "<b>" not in found


def test_many_markers_on_one_page(plan: Path) -> None:
    found = html(plan, f"{MARKER}\n\n<!-- milepost: status -->\n\n{MARKER}")
    assert found.count("Beta &lt;b&gt;&amp;") >= 2
    assert found.index("mp-status") > found.index("Beta &lt;b&gt;")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("roadmpa", "there is no view “roadmpa”; did you mean “roadmap”?"),
        ("roadmap {grup: quarter}", "unknown option “grup”; did you mean “group”?"),
        ("roadmap {group: quater}", "did you mean “quarter”?"),
        ("feature {id: sos}", "there is no feature “sos”; did you mean “sso”?"),
        ("feature", "the marker names no feature; write “feature {id: …}”"),
        ("status {project: [a]}", "there is no project"),
        ("roadmap {group: quarter", "the options of the marker are no mapping"),
        ("roadmap [quarter]", "the options of the marker are no mapping"),
        ("roadmap quarter", "the options of the marker are no mapping"),
        ("roadmap {group: &a quarter}", "the options of the marker are no mapping"),
        ("roadmap " + "[" * 3000, "the options of the marker are no mapping"),
        ("", "there is no view “”"),
        ("roadmap {<i>: 1}", "unknown option “<i>”"),
    ],
    ids=lambda value: value[:30],
)
def test_a_wrong_marker_is_told_on_the_page_and_in_the_log(
    plan: Path, asked: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = html(plan, f"<!-- milepost: {asked} -->")
    assert "Milepost: " in found
    assert said.replace("<i>", "&lt;i&gt;") in found
    assert said in caplog.text


def test_wrong_options_do_not_cost_the_view(plan: Path) -> None:
    assert "Sign-on" in html(plan, "<!-- milepost: roadmap {group: quater} -->")


def test_alone_it_follows_the_plan(plan: Path) -> None:
    assert "Gamma" not in html(plan, MARKER)
    (plan / "more.yml").write_text("milestones: [{id: gamma, title: Gamma, due: 2026-Q2}]")
    assert "Gamma" in html(plan, MARKER)
    (plan / "more.yml").unlink()
    assert "Gamma" not in html(plan, MARKER)


def test_alone_it_reads_an_unchanged_plan_once(plan: Path, caplog: pytest.LogCaptureFixture) -> None:
    (plan / "odd.yml").write_text("milestnes: []")
    for _ in range(3):
        html(plan, f"{MARKER}\n\n{MARKER}")
    assert caplog.text.count("unknown-section") == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_alone_a_missing_folder_and_a_dangling_link_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert "There is no plan to show yet." in html(tmp_path / "none", MARKER)
    assert "the plan folder doesn't exist" in caplog.text
    (tmp_path / "a.yml").symlink_to(tmp_path / "gone.yml")
    html(tmp_path, MARKER)
    assert "a.yml" in caplog.text


def test_alone_the_edition_is_the_one_of_the_environment(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    features = "<!-- milepost: features -->"
    assert "Takeover" in html(plan, features)
    monkeypatch.setenv("MILEPOST_EDITION", "public")
    assert "Takeover" not in html(plan, features)
    assert "Takeover" in html(plan, features, edition="full")
    monkeypatch.setenv("MILEPOST_EDITION", "pubilc")
    with pytest.raises(ValueError, match="write full or public"):
        html(plan, features)


def test_the_public_edition_quotes_no_line_of_the_plan(plan: Path) -> None:
    (plan / "odd.yml").write_text("features: [{id: x, title: Codename Heron, audience: internal, ownr: me}]")
    problems = "<!-- milepost: problems -->"
    assert "Codename Heron" in html(plan, problems)
    assert "Codename Heron" not in html(plan, problems, edition="public")


def test_language(plan: Path) -> None:
    (plan / "odd.yml").write_text("features: [{id: x, title: X, milestone: beta, due: 2026-03-15}]")
    item = '<!-- milepost: feature {id: "x"} -->'
    assert "15. März" in html(plan, item, language="de").replace("15.03.2026", "15. März")
    assert "Mar 15, 2026" in html(plan, item, language="en")


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (" status ", ("status", {})),
        ("roadmap {group: quarter, lanes: none}", ("roadmap", {"group": "quarter", "lanes": "none"})),
        ("timeline {from: 2026-Q4}", ("timeline", {"from": "2026-Q4"})),
        ('feature {id: "1.10"}', ("feature", {"id": "1.10"})),
        ("feature {id: 010}", ("feature", {"id": "010"})),
        ("roadmap {a: 1, a: 2}", ("roadmap", None)),
    ],
)
def test_reading_a_marker(asked: str, read: tuple[str, dict[str, str] | None]) -> None:
    assert read_marker(asked) == read
