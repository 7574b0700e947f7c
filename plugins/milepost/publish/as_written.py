"""A record as plain data, as its author wrote it, with defaults filled in."""

from decimal import Decimal
from typing import Any

from milepost.publish.amounts import written_money
from milepost.records.entry import Entry
from milepost.records.score import PercentRange, Range
from milepost.records.values import Money, json_number
from milepost.records.work import Estimate


def as_written(entry: Entry, currency: str | None) -> dict[str, Any]:
    """The keys and values of an entry for JSON; what has no value is left out, `x-` keys stand last.

    Money is text with its minor digits, and its currency where that is not the project's `currency`. An estimate or a
    range of one point is that point.
    """
    # Pydantic knows how each type is written; it warns of days, which are text already when it looks at them.
    raw = entry.model_dump(mode="json", by_alias=True, exclude_none=True, warnings=False)
    return _entry(entry, raw, currency)


def _entry(entry: Entry, raw: dict[str, Any], currency: str | None) -> dict[str, Any]:
    found = {}
    for name, field in type(entry).model_fields.items():
        key = field.alias or name
        if key in raw:
            found[key] = _value(getattr(entry, name), raw[key], currency)
    return {**found, **entry.x}


def _value(value: Any, raw: Any, currency: str | None) -> Any:
    """`raw`, which pydantic made of `value`, in the form of plan.json."""
    if isinstance(value, Money):
        own = value.currency in (None, currency)
        text = written_money(value.amount, currency if own else value.currency)
        return text if own else f"{text} {value.currency}"
    if isinstance(value, Estimate | Range | PercentRange) and value.is_point:
        return raw["likely"]
    if isinstance(value, Entry):
        return _entry(value, raw, currency)
    if isinstance(value, tuple):
        return [_value(one, made, currency) for one, made in zip(value, raw, strict=True)]
    if isinstance(value, dict):
        return {key: _value(one, raw[key], currency) for one, key in zip(value.values(), raw, strict=True)}
    if isinstance(value, Decimal) and not str(raw).endswith("%"):
        return json_number(value)
    return raw
