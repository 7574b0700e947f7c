"""Small files that mean much work: each is read in bounded time and memory, and tells what is wrong with it."""

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from milepost.build import build
from milepost.hosts import report
from milepost.source import limits

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LARGE = limits.FILE_BYTES // 4
SECONDS, MEGABYTES = 20, 500  # the promise is 2 s and 200 MB; a busy machine must not make a test fail


def features(count: int, row: Callable[[int], str]) -> str:
    return "features:\n" + "".join(f"- {{id: a{i}, title: A, {row(i)}}}\n" for i in range(count))


def flood(mark: str) -> str:
    return mark * (LARGE // len(mark))


LAUGHS = 'a: &a ["lol"]\n' + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in pairwise("abcdefg"))
QUADRATIC = f'a: &a "{"x" * 90_000}"\nb: [{"*a, " * 30_000}]\n'
MERGES = "a: &a {" + ", ".join(f"k{i}: 1" for i in range(1000)) + "}\n" + "b: {<<: [*a, *a, *a]}\n" * 1000
BOMBS = {
    "billion laughs": (LAUGHS, {"yaml-feature"}),
    "quadratic blowup": (QUADRATIC, {"yaml-feature", "too-large"}),
    "merges": (MERGES, {"yaml-feature", "too-large"}),
    "[": (flood("["), {"too-deep"}),
    "{": (flood("{"), {"too-deep"}),
    "- ": (flood("- "), {"too-deep"}),
    "a: ": (flood("a: "), {"yaml-syntax"}),
    "quote": (flood('"'), {"yaml-syntax"}),
    "*a ": (flood("*a "), {"yaml-syntax"}),
    "&a ": (flood("&a "), {"yaml-syntax"}),
    "? ": (flood("? "), {"too-deep"}),
    "!!x ": (flood("!!x "), {"yaml-syntax"}),
    "- lines": (flood("- \n"), {"too-large"}),
    "empty lines": (flood("\n"), {"empty-file"}),
    "equal keys": (flood("a:\n"), {"duplicate-key", "too-large"}),
    "a mistake on every line": ("features:\n" + "- {id: A, title: 1}\n" * 20_000, {"bad-id", "too-large"}),
    "unknown references": (features(3_000, lambda i: f"depends_on: [b{i}]"), {"unknown-reference", "too-large"}),
    "nearly equal keys": ("goals:\n- id: a\n" + "".join(f"  titl{i}: x\n" for i in range(2_000)), {"unknown-key"}),
    "a circle": (features(2_000, lambda i: f"depends_on: [a{(i + 1) % 2_000}]"), {"circle"}),
    "a chain": (features(2_000, lambda i: f"duration: 1d, depends_on: [a{min(i + 1, 1_999)}]"), {"circle"}),
}


def measured(folder: Path, answer: Connection) -> None:
    """Build a plan with little memory left, and answer with the seconds, the growth and the codes told."""
    with open("/proc/self/statm", encoding="ascii") as file:
        room = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") + MEGABYTES * 2 * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    built = build(folder, now=NOW)
    told = report.text(built.problems, "plan")
    took = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    kept = [record.id for plan in built.plans for record in plan.records.milestones]
    answer.send((took, grown, {problem.diagnostic.code for problem in built.problems}, len(told), kept))


def in_a_child(folder: Path) -> tuple[float, int, set[str], int, list[str]]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=measured, args=(folder, theirs))
    child.start()
    theirs.close()
    try:
        assert ours.poll(SECONDS * 3), "it takes for ever"
        found: tuple[float, int, set[str], int, list[str]] = ours.recv()
    finally:
        child.kill()
        child.join()
    return found


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the limit of memory is told by /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_tells_what_it_is_and_costs_itself_only(name: str, tmp_path: Path) -> None:
    text, expected = BOMBS[name]
    (tmp_path / "project.yml").write_text("project: {name: P}\nmilestones: [{id: kept, title: Kept}]\n")
    (tmp_path / "bomb.yml").write_text(text)
    took, grown, codes, told, kept = in_a_child(tmp_path)
    assert expected <= codes
    assert kept == ["kept"]
    assert took < SECONDS
    assert grown < MEGABYTES
    assert told < 2_000_000


def test_no_more_problems_of_a_file_are_told_than_one_can_read(tmp_path: Path) -> None:
    (tmp_path / "many.yml").write_text("features:\n" + "- {id: A, title: 1}\n" * 2_000)
    (tmp_path / "more.yml").write_text("project: {name: P}\ngoals: [{id: A, title: G}]\n")
    problems = build(tmp_path, now=NOW).problems
    assert [p.spot.file for p in problems].count("many.yml") == limits.PROBLEMS + 1
    assert [p.diagnostic.code for p in problems if p.spot.file == "more.yml"] == ["bad-id"]
    (last,) = [p for p in problems if p.diagnostic.code == "too-large"]
    assert last.diagnostic.message == "more than 1,000 problems; the rest of the file is not told"


def test_all_files_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ALL_CHARACTERS", 1_000_000)
    for i in range(15):
        (tmp_path / f"{i:02}.yml").write_text("x-a: b\n" + "#" * 99_000)
    built = build(tmp_path, now=NOW)
    assert "too-large" in {p.diagnostic.code for p in built.problems}
    assert len(built.sources.documents) == 11


def test_the_number_of_files_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", 20)
    for i in range(30):
        (tmp_path / f"{i:02}.yml").write_text("x-a: b\n")
    assert "more than 20 files" in {p.diagnostic.message for p in build(tmp_path, now=NOW).problems}
