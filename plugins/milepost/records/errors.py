"""Pydantic's errors → diagnostics in an author's words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from milepost.diagnostics import Diagnostic, Place, did_you_mean
from milepost.source import BROKEN, Value

_SHAPES = {
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
}


def diagnostics(error: ValidationError, written: Value, file: str, route: tuple[str | int, ...]) -> list[Diagnostic]:
    """What `error` says of the value `written` at `route` in `file`, each problem once."""
    found: dict[tuple[object, ...], Diagnostic] = {}
    offered: set[tuple[tuple[str | int, ...], str | None]] = set()
    for item in sorted(error.errors(), key=lambda e: e["type"] == "missing"):
        if item["input"] is BROKEN or item["type"] == "default_factory_not_called":
            continue
        inside, is_key = _real(item["loc"], written)
        code, message, hint = _say(item, inside)
        if code == "unknown-key":
            offered.add((inside[:-1], hint))
        if code == "missing-key" and (inside, f"did you mean “{item['loc'][-1]}”?") in offered:
            continue
        place = Place(file, (*route, *inside), "key" if is_key or code == "unknown-key" else "value")
        found.setdefault((place, code, message), Diagnostic(code, message, place, hint))
    return list(found.values())


def _real(location: tuple[str | int, ...], written: Value) -> tuple[tuple[str | int, ...], bool]:
    """The part of a location that stands in the file, and whether a key itself is wrong.

    Pydantic's locations also hold names of union members and of keys that a short form stands for.
    """
    inside: list[str | int] = []
    for part in location:
        holds = part in written if isinstance(written, Mapping) else isinstance(part, int) and isinstance(written, list)
        if holds:
            inside.append(part)
            written = written[part]
    return tuple(inside), bool(location) and location[-1] == "[key]"


def _say(item: Mapping[str, Any], inside: tuple[str | int, ...]) -> tuple[str, str, str | None]:
    """Code, message and hint of one error."""
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    if kind == "milepost":
        return context["code"], context["said"], context["hint"]
    if kind == "missing":
        key = item["loc"][-1]
        return "missing-key", f"“{key}” is missing", f"add “{key}: …”"
    if kind == "literal_error":
        return _choice(value, re.findall(r"'([^']*)'", context["expected"]))
    if kind in _SHAPES:
        hint = f"write [{value}]" if _SHAPES[kind] == "a list" and isinstance(value, str) else None
        return "wrong-value", f"expected {_SHAPES[kind]}, found {_found(value)}", hint
    return "wrong-value", item["msg"], None


def _choice(value: Value, choices: list[str]) -> tuple[str, str, str | None]:
    listed = ", ".join(choices)
    if not isinstance(value, str):
        return "wrong-value", f"expected one of {listed}, found {_found(value)}", None
    return "wrong-value", f"“{value[:60]}” is not one of {listed}", did_you_mean(value, choices)


def _found(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{value[:60]}”"
    return "a mapping" if isinstance(value, Mapping) else "a list"


def broken_inside(value: Value) -> Iterator[bool]:
    """Yield True for every value in `value` that could not be read."""
    if value is BROKEN:
        yield True
    elif isinstance(value, dict):
        for inner in value.values():
            yield from broken_inside(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from broken_inside(inner)
