"""What a YAML syntax error means, in an author's words."""

import re
from collections.abc import Mapping

import yaml

from milepost.diagnostics import Diagnostic, Place
from milepost.source.lines import lines_at, mark_at

_EXPLAINED = (
    ("cannot start any token", "this character can't begin a value", "put the value in quotes"),
    (
        "mapping values are not allowed",
        "a “:” stands where no key can be",
        'put a text with “: ” in quotes: "like: this"',
    ),
    ("could not find expected ':'", "a key without “:”", "write “key: value”, or indent the line under its key"),
    (
        "did not find expected key",
        "this line doesn't fit the ones above it",
        "is it indented like its neighbours, and is every quote closed?",
    ),
    (
        "did not find expected '-' indicator",
        "this line doesn't fit the list above it",
        "begin it with “- ”, or indent it under its entry",
    ),
    (
        "did not find expected ',' or ']'",
        "a list in [ ] is not closed",
        "close it with “]”, or put a comma between its values",
    ),
    (
        "did not find expected ',' or '}'",
        "a mapping in { } is not closed",
        "close it with “}”, or put a comma between its pairs",
    ),
    ("unexpected end of stream", "a quoted text is never closed", "add the missing quote"),
    ("while parsing a block mapping", "this line doesn't fit the ones above it", "is it indented like its neighbours?"),
    ("unknown escape character", "a backslash in double quotes begins an escape", "use single quotes"),
    ("hexdecimal number", "a backslash in double quotes begins an escape", "use single quotes"),
    (
        "invalid Unicode character escape",
        "an escape that is no character, as the halves in which JSON writes an emoji",
        "write the character itself",
    ),
    ("found undefined tag handle", "a plan has no tags", "put a text that begins with “!” in quotes"),
    ("found duplicate anchor", "a plan has no anchors", "put a text that begins with “&” in quotes"),
    ("while scanning an alias", "a plan has no aliases", "put a text that begins with “*” in quotes"),
    ("while scanning an anchor", "a plan has no anchors", "put a text that begins with “&” in quotes"),
    (
        "inconsistent indentation",
        "this line is indented otherwise than its neighbours",
        "indent with the same number of spaces",
    ),
)


# What is never closed is told where it is opened: the end of the file says nothing.
_OPENED = ("unexpected end of stream", "did not find expected ',' or ']'", "did not find expected ',' or '}'")
_DASH_WITHOUT_SPACE = re.compile(r"\s*-[^\s-].*:(\s|$)")


def explain_syntax(file: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """The diagnostic for a file that PyYAML could not parse; `error` is what it raised."""
    if isinstance(error, yaml.reader.ReaderError):
        return _character(file, text, error)
    said = " ".join(str(part) for part in (getattr(error, "problem", ""), getattr(error, "context", "")) if part)
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    mark = next((m for m in (reversed(marks) if any(sign in said for sign in _OPENED) else marks) if m), None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    place = Place(file, mark=(line, column))
    message, hint = _by_line(lines_at(text, {line - 1, line}), line, column) or _by_sign(said)
    return Diagnostic("yaml-syntax", message or f"not valid YAML: {said or error}", place, hint)


def _by_line(lines: Mapping[int, str], line: int, column: int) -> tuple[str, str] | None:
    """Message and hint for what the line itself shows."""
    written = lines.get(line, "")
    before = written[:column].rstrip()
    if "\t" in written[: column + 1] and not written[: column + 1].strip():
        return "a tab in the indentation", "indent with spaces; YAML doesn't allow tabs"
    if before.endswith(('"', "'")) and written[column:].strip() and not written[column:].startswith(("]", "}", ",")):
        return "something follows a quoted text", "put the whole value in quotes, or nothing of it"
    around = (written, lines.get(line - 1, ""))
    if any(_DASH_WITHOUT_SPACE.match(near) for near in around):
        return "a “-” without a space after it", "write “- ” before the first key of an entry"
    return None


def _by_sign(said: str) -> tuple[str | None, str | None]:
    """Message and hint for what the parser said."""
    return next(((message, hint) for sign, message, hint in _EXPLAINED if sign in said), (None, None))


def _character(file: str, text: str, error: yaml.reader.ReaderError) -> Diagnostic:
    """A character that may not stand in YAML. PyYAML's own position counts bytes, so it is looked for in the text."""
    found = next((i for i, c in enumerate(text) if not _allowed(c)), 0)
    name = f"U+{ord(text[found]):04X}" if text else str(error.reason)
    return Diagnostic(
        "bad-character",
        f"the control character {name}",
        Place(file, mark=mark_at(text, found)),
        "delete it; an editor may not show it",
    )


def _allowed(c: str) -> bool:
    return c in "\t\n\r\x85" or " " <= c <= "~" or "\xa0" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
