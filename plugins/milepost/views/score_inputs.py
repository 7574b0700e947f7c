"""The inputs of scores, as an author wrote them, and as columns in which they can be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from milepost.plan.plan import Plan
from milepost.plan.score import DAYS_A_MONTH
from milepost.records.entry import Entry
from milepost.records.feature import Feature
from milepost.records.score import Kano, Manual, Method, PercentRange, Range, Rice

OTHER_COLUMNS = frozenset({"rank", "title", "status", "progress", "score", "interval", "chance", "milestone"})
"""What the other columns are called in the address of the page."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a score: a `number`, a `share` (fraction) or a `word`, and the range it may lie in."""

    name: str
    number: Decimal | None = None
    share: Decimal | None = None
    word: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def most(self) -> Decimal:
        """The largest number it may be; 0 for a word."""
        return next((found for found in (self.high, self.share, self.number) if found is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of inputs; `key` names it in the address of the page. A criterion is in its author's words.

    `weight` is that of a criterion, a fraction.
    """

    key: str
    name: str
    is_criterion: bool = False
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """An input in its column: its `share`, and the ends it may have, are fractions of the column's largest number.

    `order` is what a word is sorted by, where it has an order.
    """

    input: Input
    share: float | None
    spread: tuple[float, ...]
    order: Fraction | None = None


def score_inputs(feature: Feature, method: Method, week: int) -> tuple[Input, ...]:
    """What an author wrote of a method, in the method's order; RICE's effort falls back on the feature's own."""
    score = getattr(feature.score, method) if feature.score else None
    if score is None:
        return ()
    if isinstance(score, str):
        return (Input("category", word=score.replace("_", "-")),)
    if isinstance(score, Manual):
        return (Input("order", number=score.order),)
    if isinstance(score, Kano):
        return tuple(Input(name.replace("_", "-"), number=getattr(score, name)) for name in Kano.model_fields)
    if isinstance(score, Entry):
        values = {name: getattr(score, name) for name in type(score).model_fields}
        if isinstance(score, Rice) and score.effort is None and (effort := feature.effort):
            low, likely, high = (
                Decimal(repr(days)) / DAYS_A_MONTH
                for days in (effort.low.days(week), effort.expected(week), effort.high.days(week))
            )
            values["effort"] = Range.model_construct(low=low, likely=likely, high=high)
    else:
        return tuple(_input(criterion, value) for criterion, value in score.items())  # an author's own words
    return tuple(_input(name.replace("_", " "), value) for name, value in values.items() if value is not None)


def _input(name: str, value: Range | PercentRange | str) -> Input:
    if isinstance(value, str):
        return Input(name, word=value)
    low, high = (None, None) if value.is_point else (value.low, value.high)
    if isinstance(value, PercentRange):
        return Input(name, share=value.likely, low=low, high=high)
    return Input(name, number=value.likely, low=low, high=high)


def columns_of(plan: Plan, found: Iterable[Input]) -> tuple[Column, ...]:
    """The columns for inputs, in the order they are met. What is the same word for all features tells nothing."""
    words: dict[str, set[str | None]] = {}
    for one in found:
        words.setdefault(one.name, set()).add(one.word)
    rules = plan.records.project.ranking
    criteria = plan.ranking.method == "weighted"
    return tuple(
        Column(
            key=f"score.{name}" if name in OTHER_COLUMNS else name.replace(" ", "-"),
            name=name,
            is_criterion=criteria,
            weight=rules.weights.get(name) if rules and criteria else None,
        )
        for name, different in words.items()
        if None in different or len(different) > 1 or plan.ranking.method in ("moscow", "kano")
    )


def cells_of(
    columns: tuple[Column, ...], inputs: Mapping[str, tuple[Input, ...]], plan: Plan
) -> dict[str, tuple[Cell | None, ...]]:
    """The inputs of each feature by column; the largest number of a column is that of the open features."""
    largest: dict[str, Decimal] = {}
    for name in plan.ranking.order:
        for found in inputs.get(name, ()):
            largest[found.name] = max(largest.get(found.name, Decimal(0)), found.most)

    def cell(feature: str, found: Input | None) -> Cell | None:
        if found is None:
            return None
        whole, likely = largest.get(found.name), found.share if found.share is not None else found.number
        if likely is None or not whole:
            ranked = plan.ranking.ranked.get(feature)
            return Cell(found, None, (), ranked.value if ranked and found.word else None)
        ends = (found.low, found.high)
        return Cell(found, _share(likely, whole), tuple(_share(end, whole) for end in ends if end is not None))

    made = {}
    for feature, row in inputs.items():
        by_name = {found.name: found for found in row}
        made[feature] = tuple(cell(feature, by_name.get(column.name)) for column in columns)
    return made


def _share(number: Decimal, whole: Decimal) -> float:
    return min(1.0, max(0.0, float(number / whole)))
