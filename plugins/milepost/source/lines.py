"""Where a line ends: as the YAML parser has it, which is not quite as Python has it."""

import re
from collections.abc import Sequence

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their ends."""
    return _BREAK.split(text)


def mark_at(text: str, index: int) -> tuple[int, int]:
    """The 0-based line and column of the character at `index`."""
    before = lines_of(text[:index])
    return len(before) - 1, len(before[-1])


def index_of(text: str, marks: Sequence[tuple[int, int]]) -> list[int]:
    """The index in `text` of each 0-based line and column: the inverse of `mark_at`."""
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    return [starts[line] + column for line, column in marks]
