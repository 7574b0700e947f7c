"""Options of a marker → the options of its view."""

import types
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from milepost.diagnostics import Diagnostic, Place, did_you_mean
from milepost.records.periods import Period, read_period

O = TypeVar("O")  # noqa: E741


def read_options(kind: type[O], raw: Mapping[str, Any], place: Place) -> tuple[O, list[Diagnostic]]:
    """Options of the frozen dataclass `kind` from what is written; what is wrong keeps its default and is told."""
    options = kind()
    problems: list[Diagnostic] = []
    types_of = get_type_hints(kind)
    names = {field.name.rstrip("_"): field.name for field in fields(kind)}  # type: ignore[arg-type]
    for key, written in raw.items():
        if key not in names:
            problems.append(Diagnostic("unknown-option", f"unknown option “{key}”", place, did_you_mean(key, names)))
            continue
        try:
            value = _read(types_of[names[key]], written)
        except ValueError as error:
            hint = error.args[1] if len(error.args) > 1 else None
            problems.append(Diagnostic("wrong-option", f"option “{key}”: {error.args[0]}", place, hint))
        else:
            options = replace(options, **{names[key]: value})  # type: ignore[type-var]
    return options, problems


def _read(annotation: Any, written: Any) -> Any:
    """One value; raises `ValueError` with message and hint."""
    origin = get_origin(annotation)
    if origin is tuple:
        items = written if isinstance(written, list) else [written]
        return tuple(_read(get_args(annotation)[0], item) for item in items)
    choices = _choices(annotation)
    if choices:
        if written not in choices:
            raise ValueError(f"“{written}” is not one of {', '.join(choices)}", did_you_mean(str(written), choices))
        return written
    parts = [part for part in get_args(annotation) if part is not type(None)] if _is_union(origin) else [annotation]
    if not isinstance(written, str):
        raise ValueError("expected a text")
    if Period in parts:
        period = read_period(written)
        if not isinstance(period, Period):
            raise ValueError(
                f"“{written}” is not a period{period.because}", period.hint or "write 2026, 2026-Q4 or 2026-12-15"
            )
        return period
    return written


def _is_union(origin: Any) -> bool:
    return origin in (Union, types.UnionType)


def _choices(annotation: Any) -> list[str]:
    """The words a type allows, of all literals in it."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    if _is_union(get_origin(annotation)):
        return [word for part in get_args(annotation) for word in _choices(part)]
    return []
