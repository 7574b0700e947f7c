"""Inputs: what customers, the market and colleagues said."""

from typing import Literal

from milepost.records.entry import Audience, Record
from milepost.records.values import Day, FeatureRef, MoneyValue, Number, Rich, Text


class Input(Record):
    """Something somebody said that speaks for or against a feature."""

    title: Text
    """In a few words."""
    on: Day
    """The day it was said."""
    kind: Literal["request", "interview", "survey", "support", "market", "internal"] = "request"
    """Where it came from."""
    source: Text | None = None
    """Who said it; never published."""
    segment: Text | None = None
    """The kind of customer."""
    revenue: MoneyValue | None = None
    """The money behind it; never published."""
    votes: Number | None = None
    """How many said so."""
    quote: Rich | None = None
    """In their words."""
    features: tuple[FeatureRef, ...] = ()
    """The features it speaks for."""
    audience: Audience = "internal"
    """Who may read it; internal unless you say public."""
