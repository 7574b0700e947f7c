"""Sentences with values in them: words are chosen here, numbers and dates are formatted where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in a currency."""

    value: Decimal
    currency: str | None

    def __str__(self) -> str:
        return f"{self.value:.2f} {self.currency or ''}".rstrip()


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction shown as a percentage: a whole one, or `exact`, with the digits it has."""

    value: Decimal
    exact: bool = False

    def __str__(self) -> str:
        return f"{float(self.value) * 100:.4g}%" if self.exact else f"{self.value * 100:.0f}%"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence: `text` with a {name} for each of `values` that it takes.

    Values are text, whole numbers, days, periods, `Amount`s, `Share`s and phrases. `count` decides between `text` and
    `plural`. As a string it is plain English with ISO days, as exports and the terminal show it. Where a phrase is
    made, `text` and `plural` are literals: from there the catalogues of other languages get them.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1

    def __str__(self) -> str:
        chosen = self.text if self.plural is None or self.count == 1 else self.plural
        return chosen.format_map(self.values)
