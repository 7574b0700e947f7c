"""Where in a file a route of keys leads. Only what is shown is looked up, so that reading stays fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from milepost.diagnostics import Place, Spot
from milepost.source.lines import lines_of
from milepost.source.yaml import Document, Parser

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Position:
    key: tuple[Mark, Mark]
    value: tuple[Mark, Mark]


Positions = dict[tuple[str | int, ...], _Position]


def positions(text: str) -> Positions:
    """The marks of every key and value of a document, by route; as far as the text can be parsed."""
    found: Positions = {}
    try:
        events = Parser(text)
        events.get_event()
        if not isinstance(events.get_event(), yaml.StreamEndEvent):
            _walk(events, events.get_event(), (), None, found)
    except (yaml.YAMLError, RecursionError):
        return found
    return found


def _span(event: Any) -> tuple[Mark, Mark]:
    return (event.start_mark.line, event.start_mark.column), (event.end_mark.line, event.end_mark.column)


def _walk(events: Any, event: Any, keys: tuple[str | int, ...], key: Any, found: Positions) -> None:
    """Note the node that `event` begins, and all below it; the first of two equal routes stays."""
    span = _span(event)
    found.setdefault(keys, _Position(_span(key) if key else span, span))
    if isinstance(event, yaml.SequenceStartEvent):
        index = 0
        while not isinstance(inner := events.get_event(), yaml.SequenceEndEvent):
            _walk(events, inner, (*keys, index), None, found)
            index += 1
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(inner := events.get_event(), yaml.MappingEndEvent):
            name = inner.value if isinstance(inner, yaml.ScalarEvent) else "?"
            if not isinstance(inner, yaml.ScalarEvent):
                _walk(events, inner, (*keys, "?"), None, {})
            _walk(events, events.get_event(), (*keys, name), inner, found)


def spot(document: Document, known: Positions, place: Place) -> Spot:
    """The line and columns of a place. Parts of the route that the file doesn't have are passed over."""
    lines = lines_of(document.text)
    start, end = (place.mark, None) if place.mark else find(known, place)
    text = lines[start[0]] if start[0] < len(lines) else ""
    stop = end[1] if end and end[0] == start[0] else _word_end(text, start[1])
    return Spot(place.file, start[0] + 1, start[1] + 1, max(stop, start[1] + 1) + 1, text)


def _word_end(text: str, start: int) -> int:
    """Where the value that begins at `start` ends when its end is not on the line."""
    rest = text[start:]
    return start + len(rest.split("  #")[0].rstrip()) if rest.strip() else start


def find(known: Positions, place: Place) -> tuple[Mark, Mark | None]:
    """Where the value, or the key, that a route leads to begins and ends; of what is missing, what it lies in."""
    route: tuple[str | int, ...] = ()
    whole = True
    for i, key in enumerate(place.keys):
        if (*route, key) in known:
            route, whole = (*route, key), i == len(place.keys) - 1
        else:
            whole = False
    found = known.get(route)
    if found is None:
        return (0, 0), None
    part = found.key if place.part == "key" and whole else found.value
    if part[0] == part[1] and not whole:
        return part[0], None
    return part[0], part[1]


def exact_spans(text: str, places: Sequence[Place]) -> list[tuple[Mark, Mark] | None]:
    """Where the value, or the key, at each place begins and ends; None for a place that the file does not have."""
    known = positions(text)
    found = [known.get(place.keys) if place.keys else None for place in places]
    return [
        (at.key if place.part == "key" else at.value) if at else None for at, place in zip(found, places, strict=True)
    ]
