"""Where a line ends: as the YAML parser has it, which is not quite as Python has it."""

import re
from collections.abc import Collection, Sequence

BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def lines_at(text: str, numbers: Collection[int]) -> dict[int, str]:
    """The lines with these 0-based numbers, without their ends; a large file is never split whole."""
    found: dict[int, str] = {}
    last, start, number = max(numbers, default=-1), 0, 0
    for end in BREAK.finditer(text):
        if number in numbers:
            found[number] = text[start : end.start()]
        if (number := number + 1) > last:
            return found
        start = end.end()
    if number in numbers:
        found[number] = text[start:]
    return found


def mark_at(text: str, index: int) -> tuple[int, int]:
    """The 0-based line and column of the character at `index`."""
    line, start = 0, 0
    for end in BREAK.finditer(text, 0, index):
        line, start = line + 1, end.end()
    return line, index - start


def index_of(text: str, marks: Sequence[tuple[int, int]]) -> list[int]:
    """The index in `text` of each 0-based line and column: the inverse of `mark_at`."""
    starts = [0, *(found.end() for found in BREAK.finditer(text))]
    return [starts[line] + column for line, column in marks]
