"""Budget lines and funding: what is planned, committed and spent, and where the money comes from."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag, model_validator

from milepost.records.entry import Entry, Link, Record
from milepost.records.values import (
    Day,
    FeatureRef,
    MilestoneRef,
    Money,
    MoneyValue,
    Part,
    PeriodValue,
    PersonRef,
    Text,
    wrong,
)


class Spending(Entry):
    """Money that went out."""

    on: Day
    """The day it was spent."""
    amount: MoneyValue
    """How much; negative is a refund."""
    note: Text | None = None
    """What for; never published."""
    link: Link | None = None
    """The invoice."""


def _planned_form(value: Any) -> str:
    return "by_period" if isinstance(value, dict) else "amount"


Planned = Annotated[
    Annotated[MoneyValue, Tag("amount")] | Annotated[dict[PeriodValue, MoneyValue], Tag("by_period")],
    Discriminator(_planned_form),
]


class BudgetLine(Record):
    """One line of the budget."""

    title: Text
    """In a few words."""
    category: Text | None = None
    """What kind of cost it is."""
    milestone: MilestoneRef | None = None
    """The milestone it pays for; neither = the project."""
    feature: FeatureRef | None = None
    """The feature it pays for."""
    planned: Planned
    """One amount, or an amount for each period."""
    committed: MoneyValue | None = None
    """Ordered, and not paid yet."""
    spent: tuple[Spending, ...] = ()
    """What went out."""
    forecast: MoneyValue | None = None
    """Your own estimate at completion."""
    owner: PersonRef | None = None
    """Who answers for it."""

    @model_validator(mode="after")
    def _one_purpose(self) -> "BudgetLine":
        if self.milestone and self.feature:
            raise wrong("wrong-value", "pays for a milestone and for a feature", "keep one of the two")
        return self

    @property
    def planned_parts(self) -> tuple[tuple[PeriodValue | None, Money], ...]:
        """The planned amounts with their periods; a single amount has none."""
        return tuple(self.planned.items()) if isinstance(self.planned, dict) else ((None, self.planned),)


class Funding(Record):
    """Money that comes in."""

    title: Text
    """In a few words."""
    on: Day
    """The day it comes."""
    amount: MoneyValue
    """How much; negative is paid back."""
    kind: Literal["capital", "income"] = "capital"
    """Capital, or income of the business."""
    certain: Part = Decimal(1)
    """How sure it is, for days to come."""
