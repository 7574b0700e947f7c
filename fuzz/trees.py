"""Plan folders in memory: what the fuzzer begins with, changes, shrinks and writes."""

import os
import random
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["file", "link", "fifo", "folder"]
_RECORD = re.compile(rb"^  - |^- ", re.MULTILINE)
_MARKER = re.compile(r"^# == (.+) ==$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies under a name: the bytes of a file, or the target of a link."""

    content: bytes = b""
    kind: Kind = "file"


Tree = Mapping[str, Entry]
"""Entries by their path below the plan folder; bytes that are no UTF-8 are surrogates, as `os.fsdecode` has them."""


def write(tree: Tree, folder: Path) -> None:
    """Write a tree as the only content of `folder`; what the file system refuses is passed over."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, entry in tree.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if entry.kind == "file":
                path.write_bytes(entry.content)
            elif entry.kind == "link":
                path.symlink_to(os.fsdecode(entry.content))
            elif entry.kind == "fifo":
                os.mkfifo(path)
            else:
                path.mkdir()
        except (OSError, ValueError):
            continue


def read(folder: Path) -> dict[str, Entry]:
    """The YAML files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".yaml"))
    return {path.relative_to(folder).as_posix(): Entry(path.read_bytes()) for path in files}


def corpus(repository: Path, shared: Path) -> list[dict[str, Entry]]:
    """Real plans: the demo, those with every known mistake, and larger ones of other projects if at hand."""
    found = [read(repository / "content" / "plan")]
    found += [_fixture(path) for path in sorted((repository / "tests" / "bad").glob("*.yml"))]
    found += [read(folder) for folder in sorted((shared / "plans").glob("*")) if folder.is_dir()]
    return found


def _fixture(path: Path) -> dict[str, Entry]:
    """The files that a fixture with lines `# == NAME ==` holds."""
    first, *rest = _MARKER.split(path.read_text("utf-8"))
    files = {"plan.yml": first} | dict(zip(rest[::2], rest[1::2], strict=True))
    return {name: Entry(text.encode()) for name, text in files.items() if text.strip()}


def cut(tree: Tree, random: random.Random, records: int) -> dict[str, Entry]:
    """A small plan out of a large one: a few files, and a few records of each."""
    project = [name for name in tree if "project" in name]
    others = [name for name in tree if name not in project]
    kept = project + random.sample(others, min(len(others), random.randint(1, 6)))
    return {name: Entry(_few(tree[name].content, random, records)) for name in kept}


def _few(content: bytes, random: random.Random, records: int) -> bytes:
    starts = [match.start() for match in _RECORD.finditer(content)]
    if len(starts) <= records:
        return content
    blocks = [content[a:b] for a, b in zip(starts, [*starts[1:], len(content)], strict=True)]
    chosen = sorted(random.sample(range(len(blocks)), records))
    return content[: starts[0]] + b"".join(blocks[i] for i in chosen)


def size(tree: Tree) -> int:
    """Bytes of all files."""
    return sum(len(entry.content) for entry in tree.values())


def names(trees: Iterable[Tree]) -> list[str]:
    """All paths that occur."""
    return sorted({name for tree in trees for name in tree})
