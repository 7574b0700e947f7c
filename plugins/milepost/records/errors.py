"""Pydantic's errors → diagnostics in an author's words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from milepost.diagnostics import Code, Diagnostic, Place, misspelt
from milepost.records.other_words import called
from milepost.source import BROKEN, Value, limits

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
    for item in sorted(error.errors()[: limits.PROBLEMS + 1], key=lambda e: e["type"] == "missing"):
        if item["input"] is BROKEN or item["type"] == "default_factory_not_called":
            continue
        inside, is_key = _real(item["loc"], written)
        said = _say(item, inside)
        if said.code == "unknown-key":
            offered.add((inside[:-1], said.hint))
        if said.code == "missing-key" and (inside, f"did you mean “{item['loc'][-1]}”?") in offered:
            continue
        part: Literal["key", "value"] = "key" if is_key or said.code == "unknown-key" else "value"
        place = Place(file, (*route, *inside), part)
        told = Diagnostic(said.code, said.message, place, said.hint, fix=said.fix)
        found.setdefault((place, said.code, said.message), told)
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


class _Said(NamedTuple):
    """What one error says."""

    code: Code
    message: str
    hint: str | None = None
    fix: str | None = None


def _say(item: Mapping[str, Any], inside: tuple[str | int, ...]) -> _Said:
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    if kind == "milepost":
        return _Said(context["code"], context["said"], context["hint"], context["fix"])
    if kind == "missing":
        key = item["loc"][-1]
        return _Said("missing-key", f"“{key}” is missing", f"add “{key}: …”")
    if kind == "literal_error":
        return _choice(value, re.findall(r"'([^']*)'", context["expected"]))
    if kind in _SHAPES:
        fix = f"[{value}]" if _SHAPES[kind] == "a list" and _is_plain(value) else None
        return _Said("wrong-shape", f"expected {_SHAPES[kind]}, found {_found(value)}", fix and f"write {fix}", fix)
    return _Said("wrong-value", item["msg"])


def _is_plain(value: Value) -> bool:
    """Whether a value is a text that can stand in a list without quotes."""
    return isinstance(value, str) and bool(re.fullmatch(r"[\w.-]+(?: [\w.-]+)*(?:, [\w.-]+(?: [\w.-]+)*)*", value))


def _choice(value: Value, choices: list[str]) -> _Said:
    listed = ", ".join(choices)
    if not isinstance(value, str):
        return _Said("unknown-choice", f"expected one of {listed}, found {_found(value)}")
    message = f"“{value[:60]}” is not one of {listed}"
    fix = misspelt(value, choices)
    return _Said("unknown-choice", message, called(value, "choice", choices), fix)


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
