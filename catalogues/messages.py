"""Collects the interface's messages: `python catalogues/messages.py` writes the template and updates each catalogue.

Messages stand in templates, as `_("…")`, `ngettext("…", "…", n)` and `{% trans %}`, and in Python as the literal text
of a `Phrase`. A translation stays where its message is as it was; one whose message changed a little is kept as fuzzy,
to be looked at; what is no longer said goes.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from milepost.render.words import LOCALE, is_translated

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "plugins" / "milepost"
TEMPLATE = ROOT / "catalogues" / "milepost.pot"
LANGUAGES = ("de", "es", "fr", "ja")

_FUNCTIONS = ("_", "gettext", "ngettext")
_OPTIONS = {"extensions": "", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": ""}
_NOISE = re.compile(
    r'"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By)'
    r'(?:[^"\\]|\\.)*"\n'
)
_HEADER = "# The messages of Milepost's interface. CONTRIBUTING.md tells how to translate them."
Message = str | tuple[str, str]
"""A message, or its singular and plural."""


class NotLiteral(Exception):
    """A phrase whose text is put together while the program runs, so that no catalogue can hold it."""


def messages() -> Catalog:
    """All messages of the package, as a catalogue without translations."""
    found = Catalog(project="Milepost", version="1", charset="utf-8", fuzzy=False, header_comment=_HEADER)
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, message in phrases(path.read_text("utf-8"), path.relative_to(ROOT).as_posix()):
            _add(found, message, path, line)
    for path in sorted(PACKAGE.glob("render/templates/*.*")):
        with path.open("rb") as file:
            for line, _, said, _ in babel_extract(file, _FUNCTIONS, (), _OPTIONS):
                parts = [part for part in ([said] if isinstance(said, str) else said) if part]
                _add(found, parts[0] if len(parts) == 1 else (parts[0], parts[1]), path, line)
    return found


def _add(found: Catalog, message: Message, path: Path, line: int) -> None:
    if message and not re.fullmatch(r"\{\w+\}", message if isinstance(message, str) else ""):  # else: a value alone
        found.add(message, locations=[(path.relative_to(ROOT).as_posix(), line)])


def phrases(source: str, path: str) -> Iterator[tuple[int, Message]]:
    """The text, and plural, of every `Phrase(…)` in a module, with its line."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase"):
            continue
        given = dict(zip(("text", "values", "plural", "count"), node.args, strict=False))
        given |= {word.arg: word.value for word in node.keywords if word.arg}
        text, plural = (_literal(given.get(name), f"{path}:{node.lineno}") for name in ("text", "plural"))
        if text:
            yield node.lineno, (text, plural) if plural else text


def _literal(node: ast.expr | None, place: str) -> str | None:
    if node is None:
        return None
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str)):
        return node.value
    raise NotLiteral(f"{place}: the text of a Phrase is no literal")


def written(catalogue: Catalog) -> str:
    """A catalogue as the text of its file: no dates and no line numbers, so that it changes only with its messages."""
    for message in catalogue:
        if not any(sign in text for sign in ("%(", "%%") for text in _forms(message.id)):
            message.flags.discard("python-format")  # “80% of” only looks like it
    file = BytesIO()
    write_po(file, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return _NOISE.sub("", file.getvalue().decode("utf-8")).rstrip("\n") + "\n"


def _forms(message: str | list[str] | tuple[str, ...]) -> Sequence[str]:
    return (message,) if isinstance(message, str) else message


def catalogue(language: str) -> Catalog:
    """The translations into a language as they are written; empty ones where there is no file yet."""
    path = LOCALE / language / "LC_MESSAGES" / "milepost.po"
    if path.is_file():
        with path.open("rb") as file:
            return read_po(file, locale=language)
    return Catalog(language, project="Milepost", version="1", charset="utf-8", fuzzy=False, header_comment=_HEADER)


def missing(catalogue: Catalog) -> list[str]:
    """The messages that a catalogue does not translate, or not for sure."""
    left = (message.id for message in catalogue if message.id and not is_translated(message))
    return [message if isinstance(message, str) else message[0] for message in left]


def main() -> None:
    """Write the template, and bring all catalogues up to it."""
    template = messages()
    TEMPLATE.write_text(written(template), "utf-8", newline="\n")
    for language in LANGUAGES:
        own = catalogue(language)
        own.update(template, keep_user_comments=True)
        path = LOCALE / language / "LC_MESSAGES" / "milepost.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(own), "utf-8", newline="\n")
        print(f"{language}: {len(own)} messages, {len(missing(own))} of them not translated")


if __name__ == "__main__":
    main()
