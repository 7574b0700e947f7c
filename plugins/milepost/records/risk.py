"""Risks: what may go wrong, how likely it is and how bad."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema

from milepost.records import forms
from milepost.records.entry import Record
from milepost.records.values import AnyRef, Day, MoneyValue, PersonRef, Rich, Text, read_number, wrong


def _grade(value: Any) -> int:
    number = read_number(value)
    if number not in (Decimal(n) for n in range(1, 6)):
        raise wrong("wrong-value", f"{number} is not a whole number from 1 to 5")
    return int(number)


Grade = Annotated[int, BeforeValidator(_grade), WithJsonSchema(forms.GRADE.json)]


class Risk(Record):
    """Something that may go wrong."""

    title: Text
    """In a few words."""
    summary: Rich | None = None
    """In a paragraph."""
    probability: Grade
    """How likely: 1 hardly, 5 nearly certain."""
    impact: Grade
    """How bad: 1 hardly felt, 5 the end of the project."""
    cost: MoneyValue | None = None
    """What it costs if it happens."""
    status: Literal["open", "mitigated", "happened", "closed"] = "open"
    """Where it stands."""
    owner: PersonRef | None = None
    """Who watches it."""
    response: Rich | None = None
    """What is done about it."""
    affects: tuple[AnyRef, ...] = ()
    """What it touches."""
    review: Day | None = None
    """When to look at it again."""
