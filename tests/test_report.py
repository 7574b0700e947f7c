"""Problems as text for people, as commands for GitHub, as JSON for programs."""

import json
import re
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.diagnostics import Code, Diagnostic, Located, Place, Severity, Spot
from milepost.hosts import report
from milepost.hosts.sarif import sarif
from plans import plans

SARIF = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"


def problems(**files: str) -> tuple[Located, ...]:
    return plans({f"{name}.yml": text for name, text in files.items()})[1]


def told(message: str = "wrong", hint: str | None = None, **spot: object) -> Located:
    """One problem as any text of a plan could make it."""
    place = Spot(**{"file": "a.yml", "line": 1, "column": 1, "end_column": 2, "text": "x: 1", **spot})  # type: ignore[arg-type]
    return Located(Diagnostic("code", message, Place("a.yml"), hint), place)


def test_text() -> None:
    found = problems(
        plan="""\
        project: {name: Test}
        milestones:
          - id: beta
            title: Beta
            millestone: x
        """,
        second="""\
        goals: [{id: beta, title: Beta}]
        features: [{id: a, title: A, status: dropped}, {id: b, title: B, depends_on: [a]}]
        """,
    )
    assert report.text(found, "content/plan") == dedent(
        """\
        content/plan/plan.yml:5:5: error[unknown-key]: unknown key “millestone”
            5 |     millestone: x
              |     ^^^^^^^^^^

        content/plan/second.yml:2:79: warning[dropped-reference]: “b” waits for “a”, which is dropped
            2 | features: [{id: a, title: A, status: dropped}, {id: b, title: B, depends_on: [a]}]
              |                                                                               ^
        help: take the dependency out; it counts for nothing

        1 error, 1 warning in 2 files"""
    )


def test_related_places_are_shown_with_their_lines() -> None:
    found = problems(plan="project: {name: Test}\ngoals: [{id: a, title: A}]\nrisks: []\nfunding: []\ngoals: []\n")
    assert report.text(found, "plan").splitlines() == [
        "plan/plan.yml:5:1: error[duplicate-key]: “goals” stands twice here",
        "    5 | goals: []",
        "      | ^^^^^^^^^",
        "help: keep one of them",
        "plan/plan.yml:2:1: first written here",
        "    2 | goals: [{id: a, title: A}]",
        "      | ^^^^^",
        "",
        "1 error in 1 file",
    ]


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "carets"),
    [
        ("a: x", 3, 4, "a: x", "   ^"),
        ("\t\ta: x", 5, 6, "    a: x", "       ^"),
        ("計画: 公開", 4, 6, "計画: 公開", "      ^^^^"),
        ("e\u0301: x", 4, 5, "e\u0301: x", "   ^"),
        ("a:", 2, 3, "a:", "  ^"),
        ("a: b\x1b[31m", 3, 9, "a: b\\u001b[31m", "   ^^^^^^^^^^^"),
        ("a: \u202eb", 3, 4, "a: \\u202eb", "   ^^^^^^"),
        ("x" * 300, 200, 203, "…" + "x" * 50 + "xxx" + "x" * 46 + "…", " " * 51 + "^^^"),
        ("x" * 300, 0, 300, "x" * 50 + "…", "^" * 51),
    ],
)
def test_carets_stand_under_what_is_meant(line: str, start: int, end: int, shown: str, carets: str) -> None:
    text = report.text([told(text=line, column=start + 1, end_column=end + 1)], ".")
    assert text.splitlines()[1:3] == [f"    1 | {shown}", f"      | {carets}"]


def test_a_file_as_a_whole_has_no_line() -> None:
    whole = told(line=0, column=0, end_column=0, text="")
    assert report.text([whole], "plan") == "plan/a.yml: error[code]: wrong\n\n1 error in 1 file"
    assert report.github([whole], "plan") == "::error file=plan/a.yml,title=code::wrong"
    assert json.loads(report.json([whole], "plan"))[0]["line"] is None


def test_colour() -> None:
    text = report.text([told(hint="right")], "plan", colour=True)
    assert "\x1b[1;31merror[code]\x1b[0m" in text
    assert re.sub(r"\x1b\[[0-9;]*m", "", text) == report.text([told(hint="right")], "plan")


def test_github() -> None:
    found = problems(plan="project: {name: Test}\ngoals: [{id: a, title: A}]\nmilestones: [{id: a, titel: '100%'}]\n")
    assert report.github(found, "content/plan").splitlines() == [
        "::error file=content/plan/plan.yml,line=3,endLine=3,col=22,endColumn=27,title=unknown-key"
        "::unknown key “titel”%0Ahelp: did you mean “title”?",
    ]
    twice = problems(plan="project: {name: Test}\ngoals: [{id: a, title: A}]\nrisks: []\ngoals: []\n")
    assert report.github(twice, "plan") == (
        "::error file=plan/plan.yml,line=4,endLine=4,col=1,endColumn=10,title=duplicate-key"
        "::“goals” stands twice here%0Ahelp: keep one of them%0Afirst written here: plan/plan.yml:2"
    )
    warning = Located(
        Diagnostic("code", "100%", Place("a.yml"), severity=Severity.WARNING), Spot("a,b:c%.yml", 0, 0, 0, "")
    )
    assert report.github([warning], ".") == "::warning file=a%2Cb%3Ac%25.yml,title=code::100%25"


def test_json() -> None:
    found = problems(plan="project: {name: Test}\ngoals: [{id: a, title: A}]\nrisks: []\ngoals: []\n")
    assert json.loads(report.json(found, "plan")) == [
        {
            "code": "duplicate-key",
            "severity": "error",
            "message": "“goals” stands twice here",
            "hint": "keep one of them",
            "fix": None,
            "file": "plan/plan.yml",
            "line": 4,
            "column": 1,
            "end_column": 10,
            "related": [
                {"message": "first written here", "file": "plan/plan.yml", "line": 2, "column": 1, "end_column": 6}
            ],
        }
    ]
    assert report.json([], "plan") == "[]"


@given(text=st.text(), file=st.text(min_size=1), line=st.text())
def test_no_text_of_a_plan_reaches_a_terminal_or_a_runner_as_a_command(text: str, file: str, line: str) -> None:
    found = [told(text, text, file=file, text=line, end_column=len(line) + 1)]
    for written in (report.text(found, "plan"), report.github(found, "plan"), report.json(found, "plan")):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", written)
    command = report.github(found, "plan")
    assert "\n" not in command
    assert re.fullmatch(r"::error file=[^,:]*(,\w+=[^,:]*)*,title=code::.*", command)
    assert json.loads(report.json(found, "plan"))[0]["message"] == text


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], "no problems"),
        (["error"], "1 error in 1 file"),
        (["error", "warning", "error"], "2 errors, 1 warning in 1 file"),
        (["warning", "warning"], "2 warnings in 1 file"),
    ],
)
def test_summary(severities: list[str], said: str) -> None:
    found = [
        Located(Diagnostic("c", "m", Place("a"), severity=Severity(s)), Spot("a", 0, 0, 0, "")) for s in severities
    ]
    assert report.summary(found) == said


def test_sarif() -> None:
    found = problems(
        plan="project: {name: T}\ngoals: [{id: a, title: A}]\nrisks: []\ngoals: []\nmilestones: [{id: ä, titel: B}]\n"
    )
    log = json.loads(sarif(found, "content/plan"))
    jsonschema.validate(log, json.loads(SARIF.read_text("utf-8")))
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["bad-id", "duplicate-key", "unknown-key"]
    assert run["tool"]["driver"]["rules"][2]["helpUri"].endswith("/guide/problems/unknown-key/")
    twice, _, key = run["results"]
    where = {"artifactLocation": {"uri": "content/plan/plan.yml", "uriBaseId": "%SRCROOT%"}}
    assert (twice["ruleIndex"], twice["level"], twice["message"]["text"]) == (
        1,
        "error",
        "“goals” stands twice here; keep one of them",
    )
    assert twice["locations"] == [
        {"physicalLocation": {**where, "region": {"startLine": 4, "endLine": 4, "startColumn": 1, "endColumn": 10}}}
    ]
    assert twice["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 2
    (change,) = key["fixes"][0]["artifactChanges"][0]["replacements"]
    assert change == {
        "deletedRegion": {"startLine": 5, "endLine": 5, "startColumn": 22, "endColumn": 27},
        "insertedContent": {"text": "title"},
    }


@settings(max_examples=30, deadline=None)  # the schema is large
@given(file=st.text(min_size=1), text=st.text())
def test_sarif_holds_any_text(file: str, text: str) -> None:
    known = jsonschema.Draft7Validator(json.loads(SARIF.read_text("utf-8")))
    known.validate(json.loads(sarif([replace(told(text, text, file=file), diagnostic=coded("bad-day", text))], "plan")))
    known.validate(json.loads(sarif([], "plan")))


def coded(code: Code, text: str) -> Diagnostic:
    return Diagnostic(code, text, Place("a.yml"), text, fix=text)
