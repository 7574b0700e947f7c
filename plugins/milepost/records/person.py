"""People: who does the work, how much of a week they have, and what a day of them costs."""

from decimal import Decimal

from pydantic import Field

from milepost.records.entry import Entry, Record
from milepost.records.values import Day, MoneyValue, Percent, Text


class Away(Entry):
    """A span of days on which a person does not work."""

    from_: Day = Field(alias="from")
    """First day away."""
    to: Day
    """Last day away."""
    why: Text | None = None
    """The reason; never published."""


class Person(Record):
    """Someone who works on the project."""

    name: Text
    """As it is shown."""
    role: Text | None = None
    """What they do."""
    team: Text | None = None
    """The team they belong to."""
    capacity: Percent = Decimal(1)
    """How much of a working day they have for the project."""
    rate: MoneyValue | None = None
    """What a day of theirs costs; never published."""
    away: tuple[Away, ...] = ()
    """When they do not work."""
