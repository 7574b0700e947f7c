"""What a YAML syntax error means, in an author's words."""

import yaml

from milepost.diagnostics import Diagnostic, Place

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


def explain_syntax(file: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """The diagnostic for a file that PyYAML could not parse; `error` is what it raised."""
    if isinstance(error, yaml.reader.ReaderError):
        return _character(file, text, error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    place = Place(file, mark=(line, column))
    lines = text.splitlines()
    indent = lines[line][: column + 1] if line < len(lines) else ""
    if "\t" in indent and not indent.strip():
        return Diagnostic(
            "yaml-syntax", "a tab in the indentation", place, "indent with spaces; YAML doesn't allow tabs"
        )
    said = " ".join(str(part) for part in (getattr(error, "problem", ""), getattr(error, "context", "")) if part)
    for sign, message, hint in _EXPLAINED:
        if sign in said:
            return Diagnostic("yaml-syntax", message, place, hint)
    return Diagnostic("yaml-syntax", f"not valid YAML: {said or error}", place)


def _character(file: str, text: str, error: yaml.reader.ReaderError) -> Diagnostic:
    """A character that may not stand in YAML. PyYAML's own position counts bytes, so it is looked for in the text."""
    found = next((i for i, c in enumerate(text) if not _allowed(c)), 0)
    line = text.count("\n", 0, found)
    column = found - (text.rfind("\n", 0, found) + 1)
    name = f"U+{ord(text[found]):04X}" if text else str(error.reason)
    return Diagnostic(
        "bad-character",
        f"the control character {name}",
        Place(file, mark=(line, column)),
        "delete it; an editor may not show it",
    )


def _allowed(c: str) -> bool:
    return c in "\t\n\r\x85" or " " <= c <= "~" or "\xa0" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
