"""`milepost new` writes valid records and keeps every byte that was there."""

import stat
import tempfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.hosts.cli import milepost
from milepost.hosts.new import slug
from milepost.records.values import read_text
from milepost.source.append import appended
from milepost.source.write import scalar
from milepost.source.yaml import read_document

PROJECT = "project: {name: Mine, currency: EUR}\nmilestones:\n  - {id: beta, title: Beta}\n"
EACH = [
    ("person", "people", ()),
    ("goals", "goals", ("--owner", "ann")),
    ("milestone", "milestones", ("--due", "2027-Q2")),
    ("feature", "features", ("--milestone", "beta", "--set", "effort={low: 1d, likely: 2d, high: 4d}")),
    ("budget", "budget", ("--planned", "300 EUR")),
    ("funding", "funding", ("--amount", "5000")),
    ("risk", "risks", ("--probability", "3", "--impact", "4")),
    ("decisions", "decisions", ()),
    ("Input", "inputs", ()),
    ("update", "updates", ("--on", "2026-11-20")),
]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "project.yml").write_text(PROJECT, "utf-8")
    (tmp_path / "people.yml").write_text("people:\n  - {id: ann, name: Ann}\n", "utf-8")
    return tmp_path


def new(plan: Path, *arguments: str) -> Result:
    options, words = arguments[2:], arguments[:2]
    return CliRunner().invoke(milepost, ["new", "--path", str(plan), *options, "--", *words])


@pytest.mark.parametrize(("kind", "section", "options"), EACH, ids=[section for _, section, _ in EACH])
def test_each_kind_leaves_a_plan_without_errors(plan: Path, kind: str, section: str, options: tuple[str, ...]) -> None:
    for _ in range(2):
        done = new(plan, kind, "One: more", *options)
        assert done.exit_code == 0, done.output
    files = [yaml.safe_load(p.read_text("utf-8")) for p in sorted(plan.rglob("*.yml"))]
    assert sum("One: more" in str(file) for file in files) >= 1
    checked = CliRunner().invoke(milepost, ["check", str(plan)])
    assert checked.exit_code == 0, checked.output
    assert (plan / "features" / "one-more-2.yml").exists() == (section == "features")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("goals:\n  - id: a\n    title: A\n", "goals:\n  - id: a\n    title: A\n  - id: b\n    title: B\n"),
        ("goals:\n- {id: a, title: A} # why\n", "goals:\n- {id: a, title: A} # why\n- {id: b, title: B}\n"),
        (
            "goals:\n  - id: a\n    title: A\n\n  # two\n  - id: c\n    title: C\n\n# end\nx-y: 1\n",
            "goals:\n  - id: a\n    title: A\n\n  # two\n  - id: c\n    title: C\n\n"
            "  - id: b\n    title: B\n\n# end\nx-y: 1\n",
        ),
        (
            "\ufeffgoals:\r\n  - id: a\r\n    title: A",
            "\ufeffgoals:\r\n  - id: a\r\n    title: A\r\n  - id: b\r\n    title: B",
        ),
    ],
    ids=["block", "flow", "blank lines and comments", "BOM, CRLF and no end"],
)
def test_the_manner_of_the_file_is_kept(before: str, after: str) -> None:
    assert appended(before.encode(), "goals", {"id": "b", "title": "B"}) == after.encode()


@pytest.mark.parametrize(
    "odd", ["goals: [{id: a, title: A}]\n", "goals: []\n", "goals:\n  - id: a\n    title: |+\n      A\n\n"]
)
def test_what_cannot_be_appended_to_is_left_alone(odd: str) -> None:
    assert appended(odd.encode(), "goals", {"id": "b", "title": "B"}) is None


@given(st.text(min_size=1, max_size=60))
def test_any_text_reads_back_as_it_is(text: str) -> None:
    written = scalar(text)
    if not any("\ud800" <= char <= "\udfff" for char in text):
        document, problems = read_document("", f"k: {written}\nl: [{written}]\n")
        assert (document.value, problems) == ({"k": text, "l": [text]}, [])
        assert yaml.safe_load(f"k: {written}") == {"k": text}


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_title_gives_a_valid_record_or_changes_nothing(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder)
        (plan / "project.yml").write_text(PROJECT, "utf-8")
        done = new(plan, "milestone", title, "--id", "made")
        after = (plan / "project.yml").read_text("utf-8")
        assert after.startswith(PROJECT)
        try:
            meant = read_text(title)
        except ValueError:
            assert (done.exit_code, after) == (2, PROJECT)
        else:
            assert done.exit_code == 0, done.output
            assert yaml.safe_load(after)["milestones"][1] == {"id": "made", "title": meant}


@pytest.mark.parametrize(
    ("title", "identity"),
    [("Größe & Café", "grosse-cafe"), ("Don’t stop", "dont-stop"), ("1.10", "1.10"), ("Łódź", "lodz"), ("🎉", "")],
)
def test_an_id_is_made_of_the_title(title: str, identity: str) -> None:
    assert slug(title) == identity


def test_the_rights_of_a_file_stay(plan: Path) -> None:
    (plan / "people.yml").chmod(0o640)
    assert new(plan, "person", "Bo").exit_code == 0
    assert stat.S_IMODE((plan / "people.yml").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("fature", "X"), 2, "did you mean “feature”?"),
        (("feature", "X", "--milestone", "bata"), 2, "did you mean “beta”?"),
        (("feature", "X", "--set", "efort=5d"), 2, "did you mean “effort”?"),
        (("feature", "X", "--set", "effort"), 2, "write KEY=VALUE"),
        (("feature", "X", "--id", "beta"), 2, "There is a record “beta” already"),
        (("feature", "X", "--id", "../x"), 2, "is not an id"),
        (("feature", "🎉"), 2, "--id"),
        (("feature", "a\nb"), 2, "one line"),
        (("funding", "X"), 2, "--amount"),
        (("funding", "X", "--amount", "5,000"), 1, "write 5000"),
        (("feature", "X", "--due", "soon"), 1, "is not a period"),
        (("person", "X", "--set", "capacity=0.8"), 1, "is not a percentage"),
        (("feature", "X", "--project", "other"), 2, "There is no project “other”"),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(plan: Path, arguments: tuple[str, ...], status: int, told: str) -> None:
    before = {p: p.read_bytes() for p in plan.rglob("*") if p.is_file()}
    done = new(plan, *arguments)
    assert (done.exit_code, told in done.output) == (status, True), done.output
    assert {p: p.read_bytes() for p in plan.rglob("*") if p.is_file()} == before
    assert not (plan / "features").exists()


def test_a_folder_that_leads_out_of_the_plan_is_not_written_to(
    plan: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out")
    (plan / "features").symlink_to(out)
    assert new(plan, "feature", "X").exit_code == 2
    assert list(out.iterdir()) == []
