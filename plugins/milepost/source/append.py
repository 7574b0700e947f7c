"""A record added to the text of a plan file, in the manner of the records before it; every other byte stays."""

import re
from collections.abc import Mapping

from milepost.source.lines import BREAK
from milepost.source.positions import positions
from milepost.source.write import scalar
from milepost.source.yaml import read_document

_BARE = re.compile(r"-?[0-9][0-9A-Za-z.%_-]*(?: [A-Z]{3})?")

Fields = Mapping[str, str]


def written(text: str, *, is_title: bool = False) -> str:
    """A value as YAML: flow lists and mappings as they are, days and numbers bare, any other text as a scalar."""
    if not is_title and (_BARE.fullmatch(text) or text[:1] + text[-1:] in ("[]", "{}")):
        return text
    return scalar(text)


def record_lines(fields: Fields) -> list[str]:
    """The record as the lines of a block mapping; the values are YAML already."""
    return [f"{key}: {value}" for key, value in fields.items()]


def appended(raw: bytes, section: str, fields: Fields) -> bytes | None:
    """The file with the record at the end of its list `section`, or None where it can't be told how to add it.

    `fields` are written as YAML already. The result is read back: it holds all there was, and the record.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    before, problems = read_document("", text)
    records = before.value.get(section) if isinstance(before.value, dict) else None
    if problems or not isinstance(records, list) or not records:
        return None
    added = _added(text, section, len(records), fields)
    if added is None:
        return None
    after, problems = read_document("", added)
    alone, _ = read_document("", "\n".join(record_lines(fields)))
    if problems or after.value != {**before.value, section: [*records, alone.value]}:
        return None
    bom = raw[: len(raw) - len(text.encode())]
    return bom + added.encode()


def _added(text: str, section: str, count: int, fields: Fields) -> str | None:
    lines = BREAK.split(text)
    found = positions(text)
    first = found.get((section, count - 1))
    if first is None:
        return None
    start, column = first.value[0]
    dash = lines[start][:column].rstrip()
    if not dash.endswith("-") or dash.strip() != "-":
        return None
    indent = len(dash) - 1
    end = _end(lines, start, indent)
    body = _in_flow(fields) if lines[start][column:].startswith("{") else record_lines(fields)
    new = [f"{dash[:-1]}- {body[0]}", *(f"{dash[:-1]}  {line}" for line in body[1:])]
    if count > 1 and _blank_above(lines, start):
        new.insert(0, "")
    offset = _offset(text, end)
    newline = next(iter(BREAK.findall(text)), "\n")
    block = newline.join(new)
    if offset == len(text) and not BREAK.search(text[-1:]):
        return text + newline + block
    return text[:offset] + block + newline + text[offset:]


def _in_flow(fields: Fields) -> list[str]:
    """The record on one line; plain values that a flow mapping would end stand in quotes already."""
    return ["{" + ", ".join(record_lines(fields)) + "}"]


def _end(lines: list[str], start: int, indent: int) -> int:
    """The line after the last one of the record that begins at `start`."""
    end = start + 1
    for i in range(start + 1, len(lines)):
        line = lines[i]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        if line.strip():
            end = i + 1
    return end


def _blank_above(lines: list[str], start: int) -> bool:
    """Whether a blank line parts the record at `start`, with the comments over it, from the one before."""
    above = start - 1
    while above > 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return not lines[above].strip()


def _offset(text: str, line: int) -> int:
    """Where the line begins; the end of the text where there are fewer."""
    ends = [found.end() for found in BREAK.finditer(text)]
    return 0 if line == 0 else ends[line - 1] if line <= len(ends) else len(text)
