"""Where in a file a route of keys leads. Only what is shown is looked up, so that reading stays fast."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import yaml

from milepost.diagnostics import Place, Spot
from milepost.source import limits
from milepost.source.yaml import Parser

Mark = tuple[int, int]
_LONGEST = 12  # keys on the way to a place; a record is not nested half as deep
_LONGEST_WORD = 1_000


@dataclass(frozen=True, slots=True)
class _Position:
    key: tuple[Mark, Mark]
    value: tuple[Mark, Mark]


Keys = tuple[str | int, ...]
Positions = dict[Keys, _Position]


def positions(text: str, wanted: Container[Keys] | None = None) -> Positions:
    """The marks of every key and value of a document, by route; as far as the text can be parsed, and is read.

    With `wanted`, only those whose routes are in it: the others of a large file would take more room than the file.
    """
    walk = _Walk(wanted)
    try:
        events = Parser(text)
        events.get_event()
        if not isinstance(events.get_event(), yaml.StreamEndEvent):
            walk.node(events, events.get_event(), (), None)
    except (yaml.YAMLError, RecursionError):
        return walk.found
    return walk.found


def _span(event: Any) -> tuple[Mark, Mark]:
    return (event.start_mark.line, event.start_mark.column), (event.end_mark.line, event.end_mark.column)


class _Walk:
    """Goes through the events of a document and notes the marks of what is wanted."""

    def __init__(self, wanted: Container[Keys] | None) -> None:
        self.wanted = wanted
        self.found: Positions = {}
        self.left = limits.NODES

    def node(self, events: Any, event: Any, keys: Keys, key: Any) -> None:
        """Note the node that `event` begins, and all below it; the first of two equal routes stays."""
        self.left -= 1
        if self.left < 0:
            raise yaml.YAMLError("what follows is not read")
        if keys not in self.found and (self.wanted is None or keys in self.wanted):
            span = _span(event)
            self.found[keys] = _Position(_span(key) if key else span, span)
        if isinstance(event, yaml.SequenceStartEvent):
            index = 0
            while not isinstance(inner := events.get_event(), yaml.SequenceEndEvent):
                self.node(events, inner, (*keys, index), None)
                index += 1
        elif isinstance(event, yaml.MappingStartEvent):
            while not isinstance(inner := events.get_event(), yaml.MappingEndEvent):
                name = inner.value if isinstance(inner, yaml.ScalarEvent) else "?"
                if not isinstance(inner, yaml.ScalarEvent):
                    _Walk(()).node(events, inner, (*keys, "?"), None)
                self.node(events, events.get_event(), (*keys, name), inner)


def routes_of(places: Iterable[Place]) -> frozenset[Keys]:
    """The routes that `find` may ask for on its way to one of `places`: each with any of its parts passed over."""
    keys = {place.keys for place in places if len(place.keys) <= _LONGEST}
    return frozenset(route for key in keys for n in range(len(key) + 1) for route in combinations(key, n))


def spot(place: Place, start: Mark, end: Mark | None, text: str) -> Spot:
    """The place with line and columns; `text` is the line in which it begins."""
    stop = end[1] if end and end[0] == start[0] else _word_end(text, start[1])
    return Spot(place.file, start[0] + 1, start[1] + 1, max(stop, start[1] + 1) + 1, text)


def _word_end(text: str, start: int) -> int:
    """Where the value that begins at `start` ends when its end is not on the line."""
    rest = text[start : start + _LONGEST_WORD]
    return start + len(rest.split("  #")[0].rstrip()) if rest.strip() else start


def find(known: Positions, place: Place) -> tuple[Mark, Mark | None]:
    """Where the value, or the key, that a route leads to begins and ends; of what is missing, what it lies in.

    Parts of the route that the file doesn't have are passed over.
    """
    if place.mark:
        return place.mark, None
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
