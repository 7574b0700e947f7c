"""YAML text → plain values: mappings, lists, text, true, false and null, nothing else.

The reader works on PyYAML's event stream instead of its loaders: scalars stay text (YAML 1.2 core, so `no`, `1:30` and
`010` never change meaning), limits hold while reading, and duplicate keys, anchors, aliases, tags and second documents
are told with their place instead of being obeyed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from milepost.diagnostics import Code, Diagnostic, Place, Related
from milepost.source import limits
from milepost.source.syntax import explain_syntax

Value = Any  # dict[str, Value] | list[Value] | str | bool | None | BROKEN; a recursive alias costs more than it checks

Parser: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it


class _Broken:
    """Stands where a value could not be read; the problem has been told already."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "BROKEN"


BROKEN: Final = _Broken()

_PLAIN: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: `value` is the top of it (None if it is empty or could not be read at all).

    `lines` gives the 0-based line at which each mapping directly in a list below a top key begins, by (key, position);
    `damaged` says that part of the file was lost.
    """

    file: str
    text: str
    value: Value
    damaged: bool = False
    lines: Mapping[tuple[str, int], int] = field(default_factory=dict)


class _Stop(Exception):
    """Ends the reading of one file; its diagnostic is recorded already."""


class _Reader:
    """Builds the value of one document from its events, noting what is wrong on the way."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.events = Parser(text)
        self.problems: list[Diagnostic] = []
        self.lines: dict[tuple[str, int], int] = {}
        self.nodes = 0
        self.damaged = False

    def tell(self, code: Code, message: str, event: Any, hint: str | None = None, *related: Related) -> None:
        place = Place(self.file, mark=(event.start_mark.line, event.start_mark.column))
        if len(self.problems) >= limits.PROBLEMS:
            self.problems.append(limits.too_many(place))
            raise _Stop
        self.problems.append(Diagnostic(code, message, place, hint, related))

    def stop(self, code: Code, message: str, event: Any, hint: str | None = None) -> _Stop:
        self.tell(code, message, event, hint)
        return _Stop()

    def broken(self) -> Value:
        """Mark the document as damaged and stand in for the value that was lost."""
        self.damaged = True
        return BROKEN

    def document(self) -> Value:
        take = self.events.get_event
        take()
        if isinstance(take(), yaml.StreamEndEvent):
            return None
        value = self.node(take(), ())
        take()
        if not isinstance(second := take(), yaml.StreamEndEvent):
            self.damaged = True
            self.tell(
                "yaml-documents",
                "a second document begins here; a file holds one",
                second,
                "put it in a file of its own",
            )
        return value

    def node(self, event: Any, keys: tuple[str | int, ...]) -> Value:
        self.nodes += 1
        if self.nodes > limits.NODES:
            raise self.stop("too-large", f"the file holds more than {limits.NODES:,} values", event, "split the file")
        if isinstance(event, yaml.AliasEvent):
            self.tell("yaml-feature", f"alias *{event.anchor}: a plan has no aliases", event, "write the value out")
            return self.broken()
        broken = self._properties(event)
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif len(keys) >= limits.DEPTH:
            raise self.stop(
                "too-deep",
                f"nested more than {limits.DEPTH} levels deep",
                event,
                "is a bracket never closed?",
            )
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(event, keys)
        else:
            value = self._list(keys)
        return self.broken() if broken else value

    def _properties(self, event: Any) -> bool:
        """Tell of an anchor or a tag; a tag makes the value unusable, an anchor does not."""
        if event.anchor is not None:
            self.tell(
                "yaml-feature",
                f"anchor &{event.anchor}: a plan has no anchors",
                event,
                "leave the anchor out",
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.tell("yaml-feature", f"tag {tag}: a plan has no tags", event, "leave the tag out")
            return True
        return False

    def _scalar(self, event: Any) -> Value:
        text = event.value
        if len(text) > limits.SCALAR_CHARACTERS:
            self.tell(
                "too-large",
                f"a text of more than {limits.SCALAR_CHARACTERS:,} characters",
                event,
                "shorten it",
            )
            return BROKEN
        if event.implicit[0] and len(text) < 6:
            return _PLAIN.get(text, text)
        return text

    def _list(self, keys: tuple[str | int, ...]) -> list[Value]:
        take, node = self.events.get_event, self.node
        found: list[Value] = []
        records = len(keys) == 1
        while not isinstance(event := take(), yaml.SequenceEndEvent):
            if records:
                self.lines[str(keys[0]), len(found)] = event.start_mark.line
            found.append(node(event, (*keys, len(found))))
        return found

    def _mapping(self, start: Any, keys: tuple[str | int, ...]) -> dict[str, Value]:
        take, node = self.events.get_event, self.node
        found: dict[str, Value] = {}
        while not isinstance(event := take(), yaml.MappingEndEvent):
            key = self._key(event, keys)
            value = node(take(), (*keys, "?" if key is None else key))
            if key is None:
                continue
            if key not in found:
                found[key] = value
                continue
            first = Place(self.file, (*keys, key), "key")
            self.tell(
                "duplicate-key",
                f"“{key}” stands twice here",
                event,
                "keep one of them",
                Related("first written here", first),
            )
            self.damaged = True
            if keys:
                found[key] = self.broken()  # which of the two was meant can't be known
        return found

    def _key(self, event: Any, keys: tuple[str | int, ...]) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            self.tell("yaml-feature", "a key must be a plain word", event)
            self.node(event, (*keys, "?"))
            return None
        self._properties(event)
        if event.value == "<<" and event.implicit[0]:
            self.tell("yaml-feature", "merge key <<: a plan has no merge keys", event, "write the values out")
            return None
        return str(event.value)


def read_document(file: str, text: str) -> tuple[Document, list[Diagnostic]]:
    """Read the text of one file; a file that is not YAML at all has the value None and is `damaged`."""
    try:
        reader = _Reader(file, text)
    except yaml.YAMLError as error:
        return Document(file, text, None, damaged=True), [explain_syntax(file, text, error)]
    try:
        value = reader.document()
    except _Stop:
        value, reader.damaged = None, True
    except yaml.YAMLError as error:
        value, reader.damaged = None, True
        reader.problems.append(explain_syntax(file, text, error))
    return Document(file, text, value, reader.damaged, reader.lines), reader.problems
