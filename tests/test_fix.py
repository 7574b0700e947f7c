"""`milepost check --fix` writes what can only mean one thing, and changes nothing else in any file."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from milepost.build import Built, build
from milepost.diagnostics import Place
from milepost.hosts import fix as fixing
from milepost.hosts.cli import milepost
from milepost.hosts.fix import fix
from milepost.source.edit import edited
from milepost.source.write import write_file
from milepost.source.yaml import read_document

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEFORE = """\
# The plan, with comments   and   odd spaces that stay.
project: { name: Night train,  currency: eur }   # in small letters
milestones:
- id:    launch
  titel: "Launch"          # a slip of the fingers
  due:   2026-30-01        # day and month swapped
  progress: '80'
  status:  Actve
  tags: sleeper
features:
  - {id: booking, title: true, duration: 3 days, depends_on: [{id: launch, lag: 1 week}]}

budget:
    - id: design
      title: Design
      planned: {2026-Q1: "12,500", 2026-Q2: "1.234,50 €"}
      spent: [{on: 20260115, amount: 5k}]
"""
AFTER = (
    BEFORE.replace("eur", "EUR")
    .replace("titel", "title")
    .replace("2026-30-01", "2026-01-30")
    .replace("'80'", "'80%'")
    .replace("Actve", "active")
    .replace("tags: sleeper", "tags: [sleeper]")
    .replace("true", '"true"')
    .replace("3 days", "3d")
    .replace("1 week", "1w")
    .replace("12,500", "12500")
    .replace("20260115", "2026-01-15")
    .replace("1.234,50 €", "1234.50 EUR")
    .replace("5k", "5000")
)


def plan(folder: Path, text: bytes) -> Path:
    (folder / "plan").mkdir()
    (folder / "plan" / "plan.yml").write_bytes(text)
    return folder / "plan"


def built(folder: Path) -> Built:
    return build(folder, now=NOW)


def test_all_that_is_certain_is_written_and_nothing_else(tmp_path: Path) -> None:
    folder = plan(tmp_path, BEFORE.encode())
    fixed = fix(folder, built(folder), lambda: built(folder))
    assert (folder / "plan.yml").read_text("utf-8") == AFTER
    assert not fixed.refused
    assert not fixed.built.problems
    assert len(fixed.done) == 13


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_bytes_around_a_fix_stay(tmp_path: Path, bom: bytes, end: bytes) -> None:
    lines = ["project: {name: Zürich}  # ä", "milestones:", "- {id: a, title: 'Ä ☕', progress: 80 }", "# no end"]
    raw = bom + end.join(line.encode() for line in lines)
    folder = plan(tmp_path, raw)
    (folder / "plan.yml").chmod(0o640)
    fix(folder, built(folder), lambda: built(folder))
    assert (folder / "plan.yml").read_bytes() == raw.replace(b"80", b"80%")
    assert stat.S_IMODE((folder / "plan.yml").stat().st_mode) == 0o640
    assert [file.name for file in folder.iterdir()] == ["plan.yml"]


KEPT = b"project: {name: T}\nmilestones: [{id: a, title: A, progress: 80}]\n"


def test_a_file_that_has_changed_meanwhile_is_left(tmp_path: Path) -> None:
    folder = plan(tmp_path, KEPT)
    old = built(folder)
    (folder / "plan.yml").write_bytes(KEPT + b"# more\n")
    fixed = fix(folder, old, lambda: built(folder))
    assert (folder / "plan.yml").read_bytes() == KEPT + b"# more\n"
    assert [reason for _, reason in fixed.refused] == ["the file has changed meanwhile"]


def test_a_fix_that_mends_nothing_is_taken_back(tmp_path: Path) -> None:
    folder = plan(tmp_path, KEPT)
    old = built(folder)
    fixed = fix(folder, old, lambda: old)
    assert (folder / "plan.yml").read_bytes() == KEPT
    assert [reason for _, reason in fixed.refused] == ["the problem would still be there"]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    folder = plan(tmp_path, KEPT)
    monkeypatch.setattr(fixing, "write_file", full)
    fixed = fix(folder, built(folder), lambda: built(folder))
    assert [reason for _, reason in fixed.refused] == ["the file can't be written: No space left on device"]


def test_a_link_inside_the_plan_stays_a_link(tmp_path: Path) -> None:
    folder = plan(tmp_path, KEPT)
    (folder / "_real").write_bytes((folder / "plan.yml").read_bytes())
    (folder / "plan.yml").unlink()
    (folder / "plan.yml").symlink_to("_real")
    fix(folder, built(folder), lambda: built(folder))
    assert (folder / "plan.yml").is_symlink()
    assert (folder / "_real").read_bytes() == KEPT.replace(b"80", b"80%")


def test_a_half_written_file_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(old: str, new: str) -> None:
        raise OSError(5, "Input/output error")

    (tmp_path / "a.yml").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="Input/output error"):
        write_file(tmp_path / "a.yml", b"new")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.yml", b"old")]


@pytest.mark.parametrize(
    ("text", "keys", "new"),
    [
        ("a: |\n  long\n  text\n", ("a",), "80%"),
        ("a: two\n  lines\n", ("a",), "80%"),
        ("a: b\n", ("c",), "80%"),
        ("a: b\n", ("a",), "c: d"),
        ("a: b\n", ("a",), "c # d"),
        ("a: b\n", ("a",), "c\nd: e"),
        ("[a, b]\n", (0,), "c, d"),
        ("a: 'b'\n", ("a",), "[b]"),
        ("a: 'b'\n", ("a",), "b'c"),
    ],
)
def test_an_edit_that_would_change_more_is_refused(text: str, keys: tuple[str | int, ...], new: str) -> None:
    document, _ = read_document("a.yml", text)
    assert edited(document, [(Place("a.yml", keys), new)]) in (None, "a: c # d\n" if new == "c # d" else None)


SCALAR = st.text("abc 1%é☕\u0301", min_size=1, max_size=6).map(str.strip).filter(bool)
QUOTED = st.sampled_from(["{}", "'{}'", '"{}"'])
LAYOUT = st.sampled_from(["{}: {}\n", "{}:   {}   # c\n", "{}:\r\n  {}\r\n", "{} :\t{}\n", "# é\n{}: {}\u2028\n"])


@given(st.lists(st.tuples(SCALAR, QUOTED, LAYOUT), min_size=1, max_size=5), st.data())
def test_an_edit_changes_one_value_or_nothing(rows: list[tuple[str, str, str]], data: st.DataObject) -> None:
    text = "".join(layout.format(f"k{i}", quote.format(value)) for i, (value, quote, layout) in enumerate(rows))
    document, problems = read_document("a.yml", text)
    if problems or not isinstance(document.value, dict):
        return
    key = data.draw(st.sampled_from(sorted(document.value)))
    new = edited(document, [(Place("a.yml", (key,)), "80%")])
    if new is not None:
        assert read_document("a.yml", new)[0].value == {**document.value, key: "80%"}
        assert len(new) == len(text) + 3 - len(str(document.value[key]))


def run(folder: Path, *options: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(milepost, ["check", str(folder), *options])
    return result.exit_code, result.stdout.replace(f"{folder}/", "plan/").replace(str(folder), "plan"), result.stderr


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    folder = plan(tmp_path, KEPT)
    code, said, _ = run(folder)
    assert (code, said.splitlines()[-1]) == (1, "“milepost check --fix” corrects 1 of them.")
    assert run(folder, "--fix") == (0, "plan/plan.yml:2:42: 80 → 80%\nplan: no problems in 1 file\n", "")
    assert run(folder, "--fix") == (0, "plan: no problems in 1 file\n", "")
