"""Every mistake an author can make gives one clear problem at its place, and the rest of the plan is still built.

The fixtures in `bad/` are plans that carry what is expected of them: a comment at the end of a line, as

    due: 2026-02-30  # error: bad-day 10: “2026-02-30” is not a period: …; did you mean 2026-02-28?

names severity, code, column, message and hint. A line `# == NAME ==` begins the file NAME of the plan.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from milepost.build import Built, build
from milepost.hosts import report

BAD = Path(__file__).parent / "bad"
_FILE = re.compile(r"^# == (.+) ==$")
_EXPECTED = re.compile(r"# (?P<severity>error|warning): (?P<code>[\w-]+) (?P<column>\d+): (?P<said>.+)$")
REST = b"project: {name: Rest, currency: EUR}\nmilestones:\n- {id: kept, title: Kept, due: 2026-Q4}\n"


def build_of(folder: Path, files: Mapping[str, bytes]) -> Built:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return build(folder, now=datetime(2026, 11, 23, 12, tzinfo=UTC))


def shown(built: Built) -> list[str]:
    """Each problem in one line, as the fixtures write it, after its file and line."""
    return sorted(
        f"{p.spot.file}:{p.spot.line}: {p.diagnostic.severity.value}: {p.diagnostic.code} {p.spot.column}: "
        + "; ".join(filter(None, (p.diagnostic.message, p.diagnostic.hint)))
        for p in built.problems
    )


def fixture(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a fixture and the problems expected in them."""
    files: dict[str, list[str]] = {"plan.yml": []}
    expected = []
    name = "plan.yml"
    for line in path.read_text("utf-8").splitlines():
        if begin := _FILE.match(line):
            name = begin[1]
            files[name] = []
            continue
        files[name].append(line)
        if found := _EXPECTED.search(line):
            expected.append(f"{name}:{len(files[name])}: {found[0].removeprefix('# ')}")
    return {name: "\n".join([*lines, ""]).encode() for name, lines in files.items() if lines}, sorted(expected)


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yml")), ids=lambda p: p.stem)
def test_fixture(path: Path, tmp_path: Path) -> None:
    files, expected = fixture(path)
    built = build_of(tmp_path, files)
    assert shown(built) == expected
    assert "kept" in {record.id for plan in built.plans for _, record in plan.records.all()}
    assert report.text(built.problems, "plan")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "bad.yml:0: warning: empty-file 0: the file is empty; delete it, or write a section"),
        (b"# only a comment\n", "bad.yml:0: warning: empty-file 0: the file is empty; delete it, or write a section"),
        (
            b"- id: a\n",
            "bad.yml:1: error: not-a-mapping 1: the top of a file is a mapping, not a list; "
            "write “features:” above the list",
        ),
        (
            b"goals:\n- id: a\n  title: caf\xe9\n",
            "bad.yml:3: error: not-utf8 13: the file is not UTF-8: byte 0xE9; save it as UTF-8",
        ),
        (
            "\ufeffgoals: []\n".encode("utf-16-le"),
            "bad.yml:1: error: not-utf8 1: the file is not UTF-8: byte 0xFF; save it as UTF-8",
        ),
        (
            b"[" * 30_000,
            "bad.yml:1: error: too-deep 25: nested more than 24 levels deep; is a bracket never closed?",
        ),
        (
            b"goals: [{id: a, title: \x00}]",
            "bad.yml:1: error: bad-character 24: the control character U+0000; delete it; an editor may not show it",
        ),
        (
            b"goals:\n\t- id: a\n",
            "bad.yml:2: error: yaml-syntax 1: a tab in the indentation; indent with spaces; YAML doesn't allow tabs",
        ),
        (
            b"x-a: " + b"a" * (8 * 2**20),
            "bad.yml:0: error: too-large 0: the file is over 8 MiB; split it into several",
        ),
    ],
    ids=["empty", "comment", "list", "latin-1", "utf-16", "brackets", "nul", "tab", "large"],
)
def test_file_that_can_hold_no_comment(tmp_path: Path, content: bytes, expected: str) -> None:
    built = build_of(tmp_path, {"plan.yml": REST, "bad.yml": content})
    assert shown(built) == [expected]
    assert [milestone.id for milestone in built.plans[0].records.milestones] == ["kept"]


@pytest.mark.parametrize(
    ("make", "message"), [(True, "the plan folder holds no YAML file"), (False, "the plan folder doesn't exist")]
)
def test_no_plan(tmp_path: Path, make: bool, message: str) -> None:
    folder = tmp_path / "plan"
    if make:
        folder.mkdir()
    built = build_of(folder, {})
    assert [p.diagnostic.message for p in built.problems] == [message]
    assert built.plans == ()
    assert report.text(built.problems, "content/plan").startswith(f"content/plan: error[no-plan]: {message}\n")


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """No mistake hides another: all fixtures as projects of one portfolio give all that each of them gives."""
    files: dict[str, bytes] = {"project.yml": REST}
    expected = []
    for path in sorted(BAD.glob("*.yml")):
        inside, problems = fixture(path)
        if "plan.yml" in inside and b"project:" in inside["plan.yml"]:
            files |= {f"{path.stem}/{name}": content for name, content in inside.items()}
            expected += [f"{path.stem}/{problem}" for problem in problems]
    assert shown(build_of(tmp_path, files)) == sorted(expected)
