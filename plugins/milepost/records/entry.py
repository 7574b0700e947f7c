"""What all records share: they are frozen, forbid unknown keys, and keep keys that begin with `x-`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from milepost.diagnostics import misspelt
from milepost.records import forms
from milepost.records.other_words import called
from milepost.records.values import Id, Text, Url, wrong

Audience = Literal["public", "internal"]


@dataclass(frozen=True, slots=True)
class _Unknown:
    """Marks the value of a key that no field has, so that validation tells all of them at once."""

    key: str
    known: frozenset[str]
    is_empty: bool


def _own_key(value: Any) -> Any:
    if isinstance(value, _Unknown):
        fix = misspelt(value.key, sorted(value.known))
        hint = called(value.key, "key", sorted(value.known))
        if value.is_empty and value.key.isdigit():  # {planned: 12,500} holds 12 and a key 500
            hint = "is it part of a number? write one without a comma, as 12500 or 12.5"
        elif value.is_empty and hint is None:  # {note: one, two} holds “one” and a key “two”
            hint = "is it part of a text? one with a comma needs quotes inside { }"
        raise wrong("unknown-key", f"unknown key “{value.key[:60]}”", hint, fix)
    return value


class Entry(BaseModel):
    """A mapping an author writes. A key without a value counts as not written."""

    # Validators are built when they are first needed: a plan rarely uses every section.
    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True, defer_build=True)
    text_form: ClassVar[Any] = None  # the type of the text that may be written instead of the mapping
    may_omit: ClassVar[frozenset[str]] = frozenset()  # required fields that are filled in where they aren't written
    __pydantic_extra__: dict[str, Annotated[Any, BeforeValidator(_own_key)]]

    @classmethod
    def known_keys(cls) -> frozenset[str]:
        """The keys an author may write, beside those that begin with `x-`."""
        return _keys(cls)

    @model_validator(mode="before")
    @classmethod
    def _written(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = _keys(cls)
        return {
            key: value if key in known or key.startswith("x-") else _Unknown(key, known, value is None)
            for key, value in data.items()
            if value is not None or key not in known
        }

    @property
    def x(self) -> Mapping[str, Any]:
        """The author's own keys, those that begin with `x-`."""
        return self.__pydantic_extra__ or {}


@cache
def _keys(model: type[Entry]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in model.model_fields.items())


class Link(Entry):
    """An address with a title."""

    model_config = ConfigDict(title=forms.LINK.title)
    text_form: ClassVar[Any] = Url
    url: Url
    """Where it leads: http, https, mailto, or a relative page."""
    title: Text | None = None
    """What to call it; default the address itself."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"url": data} if isinstance(data, str) else data


class Record(Entry):
    """A record of a list section."""

    id: Id
    """Unique in the project over all sections."""
    links: tuple[Link, ...] = ()
    """Where more is to be found."""
    tags: tuple[Text, ...] = ()
    """Words to filter by."""
    audience: Audience = "public"
    """Who may read it: an internal record is not in the public edition."""
