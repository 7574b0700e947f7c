"""Score inputs of a feature, one model a method. What they are worth is worked out in the ranking."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator

from milepost.records import forms
from milepost.records.entry import Entry
from milepost.records.values import Number, Percent, Text, wrong

Method = Literal["rice", "ice", "wsjf", "cd3", "weighted", "opportunity", "value_effort", "moscow", "kano", "manual"]
KanoCategory = Literal["attractive", "one_dimensional", "must_be", "indifferent", "reverse", "questionable"]


class Range(Entry):
    """A number, or the range it lies in."""

    model_config = ConfigDict(title=forms.RANGE.title)
    text_form: ClassVar[Any] = Number
    low: Number
    """The least it may be."""
    likely: Number
    """What is most likely; the rank is taken from it."""
    high: Number
    """The most it may be."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"low": data, "likely": data, "high": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _ordered(self) -> "Range":
        if not self.low <= self.likely <= self.high:
            raise wrong("wrong-order", "low ≤ likely ≤ high does not hold")
        return self

    @property
    def is_point(self) -> bool:
        """Whether one number was written."""
        return self.low == self.high


class PercentRange(Entry):
    """A percentage, or the range it lies in."""

    model_config = ConfigDict(title=forms.PERCENT_RANGE.title)
    text_form: ClassVar[Any] = Percent
    low: Percent
    """The least it may be."""
    likely: Percent
    """What is most likely."""
    high: Percent
    """The most it may be."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"low": data, "likely": data, "high": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _ordered(self) -> "PercentRange":
        if not self.low <= self.likely <= self.high:
            raise wrong("wrong-order", "low ≤ likely ≤ high does not hold")
        return self

    @property
    def is_point(self) -> bool:
        """Whether one percentage was written."""
        return self.low == self.high


class Rice(Entry):
    """Reach, impact, confidence, effort (Intercom, Sean McBride)."""

    reach: Range
    """People or events in a period."""
    impact: Range
    """How much each is helped: 3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal."""
    confidence: PercentRange
    """How sure you are."""
    effort: Range | None = None
    """Person-months; default from the feature's `effort`."""


class Ice(Entry):
    """Impact, confidence, ease (Sean Ellis), each usually 1–10."""

    impact: Range
    """How much it would help."""
    confidence: Range
    """How sure you are."""
    ease: Range
    """How easy it is."""
    combine: Literal["product", "mean", "sum"] = "product"
    """How the three become one number."""


class Wsjf(Entry):
    """Weighted shortest job first (SAFe): cost of delay over job size."""

    value: Range
    """User and business value."""
    urgency: Range
    """Time criticality."""
    risk: Range
    """Risk reduction and opportunity enablement."""
    size: Range
    """Job size."""


class Cd3(Entry):
    """Cost of delay divided by duration (Black Swan Farming)."""

    cost_of_delay: Range
    """What a week of delay costs."""
    duration: Range
    """Weeks it takes."""


class Opportunity(Entry):
    """Opportunity score (Anthony Ulwick), both usually 1–10."""

    importance: Range
    """How important the outcome is."""
    satisfaction: Range
    """How satisfied people are with it today."""


class ValueEffort(Entry):
    """Value against effort."""

    value: Range
    """What it brings."""
    effort: Range
    """What it takes."""


class Kano(Entry):
    """Answers of a Kano survey, counted by category."""

    attractive: Number = Decimal(0)
    """Delighters."""
    one_dimensional: Number = Decimal(0)
    """Performance: the more the better."""
    must_be: Number = Decimal(0)
    """Taken for granted."""
    indifferent: Number = Decimal(0)
    """Nobody minds."""
    reverse: Number = Decimal(0)
    """Not wanted."""
    questionable: Number = Decimal(0)
    """Contradictory answers."""


class Manual(Entry):
    """An order given by hand."""

    order: Number
    """1 stands first."""


def _kano_form(value: Any) -> str:
    return "counts" if isinstance(value, dict | Kano) else "category"


class Score(Entry):
    """Score inputs, by method. The project's method ranks; the others stay readable."""

    rice: Rice | None = None
    """reach × impact × confidence ÷ effort."""
    ice: Ice | None = None
    """Impact, confidence and ease, combined."""
    wsjf: Wsjf | None = None
    """(value + urgency + risk) ÷ size."""
    cd3: Cd3 | None = None
    """Cost of delay ÷ duration."""
    weighted: dict[Text, Range] | None = None
    """Criterion → number; Σ weight × number."""
    opportunity: Opportunity | None = None
    """importance + max(importance − satisfaction, 0)."""
    value_effort: ValueEffort | None = None
    """value ÷ effort."""
    moscow: Literal["must", "should", "could", "wont"] | None = None
    """Must, should, could or won't have."""
    kano: (
        Annotated[
            Annotated[Kano, Tag("counts")] | Annotated[KanoCategory, Tag("category")],
            Discriminator(_kano_form),
        ]
        | None
    ) = None
    """Counts by category, or the category itself."""
    manual: Manual | None = Field(default=None)
    """An order given by hand."""
