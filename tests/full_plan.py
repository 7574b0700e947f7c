"""Plans in which every field is written, made from the schema of the format, so that a new field joins by itself."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from milepost.records.records import SECTIONS
from milepost.records.schema import plan_schema

Route = tuple[str, ...]
Fill = Callable[[Route], str]
"""What stands in a text at a route: section or project, then keys; `*` is any position in a list, or a free key."""


class Filled:
    """Fills texts, and amounts by a function of their own."""

    def __init__(self, text: Callable[[Route], str], amount: Callable[[Route], str]) -> None:
        self.text = text
        self.amount = amount

    def __call__(self, route: Route) -> str:
        return self.text(route)


_VALUES = {
    "day": "2026-03-02",
    "period": "2026-Q2",
    "duration": "3d",
    "lag": "1d",
    "percentage": "40%",
    "percentage to 100%": "40%",
    "money": "1234",
    "number": "2",
    "whole number": "2",
    "1 to 5": "3",
    "currency": "EUR",
    "time zone": "Europe/Berlin",
    "address": "https://example.org/page",
}
_PREFERRED = ("active", "open", "needed", "weighted", "public", "full", "names", "must")
_GIVEN: Mapping[Route, Any] = {  # what only goes together with something else
    ("project", "calendar", "country"): "DE",
    ("project", "calendar", "region"): "BE",
    ("project", "today"): "2026-04-01",
    ("project", "rates"): {"USD": "0.9"},
    ("project", "start"): "2026-01-05",
    ("project", "forecast", "runs"): "1000",
    ("project", "ranking", "weights", "*value"): "1",
}
_LEFT_OUT = {
    ("project", "ranking", "cut", "budget"),
    ("budget", "feature"),
    ("features", "done"),
    ("features", "status"),
    ("features", "horizon"),
    ("features", "progress"),
    ("milestones", "done"),
    ("milestones", "progress"),
    ("milestones", "start"),
    ("goals", "parent"),
    ("decisions", "supersedes"),
    ("updates", "audience"),
}
_DEFINITIONS = plan_schema()["$defs"]


def full_record(section: str, identity: str, fill: Fill, own: Fill | None = None) -> dict[str, Any]:
    """A record with every field written; references name the record `base-SECTION` of their section."""
    made = _mapping(_DEFINITIONS[SECTIONS[section].__name__], (section,), fill)
    return {**made, "id": identity, **({"x-own": {"deep": [own((section, "x-own"))]}} if own else {})}


def full_project(fill: Fill) -> dict[str, Any]:
    """The project's own record, with every field written."""
    return _mapping(_DEFINITIONS["Project"], ("project",), fill)


def base_records() -> dict[str, list[dict[str, Any]]]:
    """One record a section with what it needs, for others to refer to."""
    found: dict[str, list[dict[str, Any]]] = {}
    for section, model in SECTIONS.items():
        definition = _DEFINITIONS[model.__name__]
        needed = {"properties": {k: v for k, v in definition["properties"].items() if k in definition["required"]}}
        made = _mapping(needed, (section,), lambda route: f"Base {route[0]}")
        found[section] = [{**made, "id": f"base-{section}"}]
    return found


def text_routes(kind: str) -> Iterator[Route]:
    """The routes of all fields of the kind “text” or “rich text”, and of free keys as texts."""
    found: list[Route] = []
    kinds: dict[Route, str] = {}

    def note(route: Route) -> str:
        found.append(route)
        return "x"

    for name in ("project", *SECTIONS):
        definition = _DEFINITIONS["Project" if name == "project" else SECTIONS[name].__name__]
        _mapping(definition, (name,), note, kinds)
    return iter(dict.fromkeys(route for route in found if kinds[route] == kind))


def as_yaml(value: object) -> str:
    """The same as YAML: JSON is YAML, and nothing in it needs other quotes."""
    return json.dumps(value, ensure_ascii=False)


def _mapping(
    definition: Mapping[str, Any], route: Route, fill: Fill, kinds: dict[Route, str] | None = None
) -> dict[str, Any]:
    return {
        name: _value(field, (*route, name), fill, {} if kinds is None else kinds)
        for name, field in definition["properties"].items()
        if (*route, name) not in _LEFT_OUT
    }


def _value(field: Mapping[str, Any], route: Route, fill: Fill, kinds: dict[Route, str]) -> Any:
    if route in _GIVEN:
        return _GIVEN[route]
    if "$ref" in field:
        return _value(_DEFINITIONS[field["$ref"].removeprefix("#/$defs/")], route, fill, kinds)
    choices = [one for one in (*field.get("anyOf", ()), *field.get("oneOf", ())) if one != {"type": "null"}]
    if choices:  # the longest way to write it, which holds the others
        inner = next((one for one in choices if "properties" in one or "$ref" in one), choices[0])
        return _value(inner, route, fill, kinds)
    if "enum" in field:
        return next((word for word in _PREFERRED if word in field["enum"]), field["enum"][0])
    if "properties" in field:
        return _mapping(field, route, fill, kinds)
    if "items" in field:
        return [_value(field["items"], (*route, "*"), fill, kinds)]
    title = field.get("title", "")
    if title in ("text", "rich text"):
        kinds[route] = title
        return fill(route)
    if title.startswith("id of "):
        return f"base-{_section(title)}"
    if title == "id":
        return "own-id"
    if "additionalProperties" in field:
        kinds[*route, "*"] = "text"
        return {fill((*route, "*")): _value(field["additionalProperties"], (*route, "*value"), fill, kinds)}
    return fill.amount(route) if title == "money" and isinstance(fill, Filled) else _VALUES[title]


def _section(title: str) -> str:
    """The section that “id of a milestone” names; any record is a feature."""
    word = title.split()[-1]
    sections = {"person": "people", "record": "features", "feature": "features"}
    return sections.get(word, f"{word}s")
