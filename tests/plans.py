"""Plans for tests, from YAML text: the whole way an author's file goes."""

from datetime import date
from pathlib import Path
from textwrap import dedent

from milepost.diagnostics import Located
from milepost.plan.plan import Edition, Plan, make_plans
from milepost.records.read import read_records, unreadable_text
from milepost.records.records import Records
from milepost.source import Sources
from milepost.source.yaml import read_document

SHARED = Path(__file__).parents[2] / "shared"
ORACLES = Path(__file__).parent / "oracles"


def read(**files: str) -> tuple[tuple[Plan, ...], tuple[Located, ...]]:
    """The plans that files hold, given as name=text (`features__sso` is features/sso.yml), seen on 2026-01-05."""
    return plans({f"{name.replace('__', '/')}.yml": text for name, text in files.items()})


def plans(
    files: dict[str, str], today: date = date(2026, 1, 5), edition: Edition = "full"
) -> tuple[tuple[Plan, ...], tuple[Located, ...]]:
    """The plans of a folder of files, and all problems with their places."""
    documents, problems = {}, []
    for name, text in files.items():
        documents[name], found = read_document(name, dedent(text))
        problems += found
    sources = Sources("plan", documents)
    portfolio, found = read_records(sources)
    problems += found
    as_of = next((r.project.today for r in portfolio if r.project.today), today)
    made, found = make_plans(portfolio, as_of, edition, unreadable_text(sources))
    return made, sources.locate([*problems, *found])


def plan(text: str, today: date = date(2026, 1, 5)) -> Plan:
    """The plan that one file holds; a project named Test that starts on Monday 2026-01-05 is added where none is."""
    made, problems = plans({"plan.yml": _with_project(text)}, today)
    assert not [p for p in problems if p.diagnostic.is_error], problems
    return made[0]


def records(text: str) -> Records:
    """The records that one file holds, checked one by one."""
    document, problems = read_document("plan.yml", _with_project(text))
    portfolio, found = read_records(Sources("plan", {"plan.yml": document}))
    assert not problems + found, problems + found
    return portfolio[0]


def problems(text: str, today: date = date(2026, 1, 5)) -> list[tuple[str, int]]:
    """Code and line of every problem of one file."""
    _, found = plans({"plan.yml": text}, today)
    return [(p.diagnostic.code, p.spot.line) for p in found]


def _with_project(text: str) -> str:
    text = dedent(text)
    return text if "project:" in text else f"project: {{name: Test, start: 2026-01-05}}\n{text}"
