"""Which references a record holds, found from the `To` marks of its type, so that a new field can't be forgotten."""

import types
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from milepost.records.entry import Entry, Record
from milepost.records.values import To

Keys = tuple[str | int, ...]
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference inside a record: the keys that lead to it, what it names, and the sections it may name (() = all).

    An `own` one can't name a record of another project.
    """

    keys: Keys
    target: str
    sections: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    many: bool
    to: To | None
    model: type[Entry] | None


def references(record: Entry) -> Iterator[Reference]:
    """Every reference in `record`, in the order of its fields."""
    for field in _fields(type(record)):
        value = getattr(record, field.name)
        if value is None or value == ():
            continue
        for i, one in enumerate(value) if field.many else ((None, value),):
            keys: Keys = (field.name,) if i is None else (field.name, i)
            if field.to:
                yield Reference(keys, one, field.to.sections, field.to.own)
            else:
                yield from (replace(r, keys=(*keys, *r.keys)) for r in references(one))


def without(record: R, bad: Collection[Keys]) -> R:
    """`record` without the references at `bad`; a list loses the whole entry that holds one."""
    changed: dict[str, Any] = {}
    for name in dict.fromkeys(str(keys[0]) for keys in bad):
        value = getattr(record, name)
        if isinstance(value, tuple):
            gone = {keys[1] for keys in bad if keys[0] == name}
            changed[name] = tuple(one for i, one in enumerate(value) if i not in gone)
        elif isinstance(value, Entry):
            changed[name] = value.model_copy(update={str(keys[1]): None for keys in bad if keys[0] == name})
        else:
            changed[name] = None
    return record.model_copy(update=changed)


@cache
def _fields(model: type[Entry]) -> tuple[_Field, ...]:
    """The fields of `model` that are or hold references."""
    found = []
    for name, info in model.model_fields.items():
        to = next((mark for mark in info.metadata if isinstance(mark, To)), None) or _mark(info.annotation)
        inner = _model(info.annotation)
        if to or (inner and _fields(inner)):
            found.append(_Field(name, _is_tuple(info.annotation), to, inner))
    return tuple(found)


def _parts(annotation: Any) -> tuple[Any, ...]:
    """What an optional, a tuple or an annotated type is made of."""
    if get_origin(annotation) in (Annotated, Union, types.UnionType, tuple):
        return get_args(annotation)
    return ()


def _mark(annotation: Any) -> To | None:
    if isinstance(annotation, To):
        return annotation
    return next((mark for part in _parts(annotation) if (mark := _mark(part))), None)


def _model(annotation: Any) -> type[Entry] | None:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    return next((model for part in _parts(annotation) if (model := _model(part))), None)


def _is_tuple(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_is_tuple(part) for part in _parts(annotation))
