"""Delta debugging (Zeller and Hildebrandt 2002): the smallest input found that still shows the same finding."""

import time
from collections.abc import Callable
from typing import TypeVar

from trees import Entry, Tree

T = TypeVar("T")


def shrink(tree: Tree, shows: Callable[[Tree], bool], seconds: float) -> Tree:
    """Leave out files, then lines, then bytes, for as long as the finding stays and at most `seconds`."""
    until = time.monotonic() + seconds

    def test(candidate: Tree) -> bool:
        return time.monotonic() < until and shows(candidate)

    kept = dict(_least(list(tree.items()), lambda items: test(dict(items))))
    for cut in (_lines, _bytes):
        for name, entry in list(kept.items()):
            if entry.kind == "file":
                kept[name] = _smaller(kept, name, cut(entry.content), test)
    return kept


def _smaller(tree: Tree, name: str, parts: list[bytes], test: Callable[[Tree], bool]) -> Entry:
    """The file `name` with as few of its parts as still show it."""
    fewer: list[bytes] = _least(parts, lambda found: test({**tree, name: Entry(b"".join(found))}))
    return Entry(b"".join(fewer))


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def _bytes(content: bytes) -> list[bytes]:
    return [content[i : i + 1] for i in range(len(content))]


def _least(parts: list[T], shows: Callable[[list[T]], bool]) -> list[T]:
    """Fewer of `parts` that still show it: whole chunks are left out first, then ever smaller ones."""
    size = max(len(parts) // 2, 1)
    while parts:
        i, before = 0, len(parts)
        while i < len(parts):
            fewer = parts[:i] + parts[i + size :]
            if shows(fewer):
                parts = fewer
            else:
                i += size
        if size == 1 and len(parts) == before:
            break
        size = max(size // 2, 1)
    return parts
