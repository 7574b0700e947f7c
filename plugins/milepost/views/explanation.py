"""What an explanation of a figure is made of: its value, its formula, the inputs, and where each of them is written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from string import Formatter
from typing import Any, Literal

from milepost.diagnostics import Place
from milepost.plan.phrase import Amount, Phrase
from milepost.plan.plan import Plan
from milepost.records.entry import Entry
from milepost.records.periods import Period
from milepost.views.item import Target

Kind = Literal["money", "day", "period", "days", "months", "percent", "chance", "number", "ranks", "flag", "text"]
_GROUPS = ("schedule", "money", "forecast", "earned_schedule", "runway")
_DUST = 1e-9
_DIGITS: Mapping[Kind, int] = {"number": 3, "months": 2, "percent": 2}
MOST = 5
"""Inputs that are listed at most; what is left is counted."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that keeps what it is, so that it can be written in the language of its reader.

    `raw` is an `Amount` for money, a `date`, a `Period`, a pair of ranks, a truth or a text; else a number: working
    `days`, `months`, a fraction for `percent` and `chance`.
    """

    kind: Kind
    raw: Any


@dataclass(frozen=True, slots=True)
class Given:
    """An input: its `label`, its value, and where it comes from.

    A label that is text is the plan's own, or a symbol that all languages share. `name` is the name that the formula
    has for it. It is written at `place`, or is itself the explained figure `field` of the same page; `target` is the
    page of what it is called after. `note` says more of it.
    """

    label: Phrase | str
    value: Value | None
    place: Place | None = None
    target: Target | None = None
    field: str = ""
    note: Phrase | None = None
    name: str = ""

    @property
    def anchor(self) -> str:
        """The anchor of the figure that it is."""
        return anchor(self.field) if self.field else ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a figure comes from. `field` is its name in plan.json, dotted; None as `value` is told with its `reason`.

    `formula` has the textbook's symbols, each under the name that the input has: with `fill` the values can be put in
    their places. `because` says in words what decided. `in_views` tells that pages show it: the others are for those
    who ask.
    """

    field: str
    label: Phrase
    value: Value | None
    formula: Phrase | None = None
    inputs: tuple[Given, ...] = ()
    because: tuple[Phrase, ...] = ()
    reason: Phrase | None = None
    in_views: bool = True
    fill: bool = True
    written: tuple[Value | str, ...] = ()

    def filled(self, formula: str = "") -> tuple[Value | str, ...]:
        """The right side of the formula with the values in it, and the result; empty where there is nothing to fill.

        It is a sequence of texts and values: as `written`, where names alone can't be replaced. `formula` is its text
        in another language.
        """
        if self.written or not self.fill or self.formula is None or not _can_be_filled(self.formula.text):
            return self.written
        return worked(formula or self.formula.text, self.inputs, self.value)

    @property
    def anchor(self) -> str:
        """The anchor of it on a page, as `spi`, `eac-cpi`, `p80`."""
        return anchor(self.field)


@lru_cache(maxsize=500)
def anchor(field: str) -> str:
    """The name of a figure without its group, fit for an address: `money.eac.cpi` is `eac-cpi`."""
    group, _, rest = field.partition(".")
    short = rest if group in _GROUPS and rest else group if rest in ("is", "value") else field
    return short.replace(".", "-").replace("_", "-")


def figure(
    field: str,
    label: Phrase,
    value: Value | None,
    formula: Phrase | None = None,
    inputs: Iterable[Given] = (),
    because: Iterable[Phrase] = (),
    reason: Phrase | None = None,
    *,
    in_views: bool = True,
    fill: bool = True,
) -> Explanation:
    """An explanation from any iterables."""
    return Explanation(field, label, value, formula, tuple(inputs), tuple(because), reason, in_views, fill)


def worked(formula: str, inputs: Sequence[Given], value: Value | None) -> tuple[Value | str, ...]:
    """The right side of a formula with values in place of the names, and the result; empty where one is missing."""
    if value is None:
        return ()
    known = {given.name: given.value for given in inputs if given.name}
    found: list[Value | str] = []
    for text, name in _right_side(formula):
        found += [text] if text else []
        if name:
            given = known.get(name)
            if given is None:
                return ()
            found.append(given)
    if len(found) < 2:
        return ()  # a single name: its value is the result
    return (*found, " ≈ " if any(_is_rounded(part) for part in found) else " = ", value)


@lru_cache(maxsize=500)
def _right_side(formula: str) -> tuple[tuple[str, str], ...]:
    """What follows the first “=” of a formula, as pairs of a text and the name after it."""
    right = formula.partition(" = ")[2]
    return tuple((text, name or "") for text, name, *_ in Formatter().parse(right))


@lru_cache(maxsize=500)
def _can_be_filled(formula: str) -> bool:
    """Whether there is a name to the right of “=” and no words, in which numbers would stand oddly."""
    parts = _right_side(formula)
    said = re.sub(r"\b(max|min)\b", "", " ".join(text for text, _ in parts))
    return any(name for _, name in parts) and not re.search(r"[^\W\d_]{2,}", said)


def names(formula: Phrase) -> tuple[str, ...]:
    """The names to the right of “=” in a formula, each once."""
    return tuple(dict.fromkeys(name for _, name in _right_side(formula.text) if name))


def _is_rounded(part: Value | str) -> bool:
    """Whether pages show it with fewer digits than it has, so that who calculates with them gets another result."""
    if isinstance(part, str) or part.kind not in _DIGITS:
        return False
    number = float(part.raw)
    return abs(number - round(number, _DIGITS[part.kind])) > _DUST


def money(value: Decimal | None, currency: str | None) -> Value | None:
    """An amount in a currency."""
    return None if value is None else Value("money", Amount(value, currency))


def number(value: Decimal | Fraction | float | None) -> Value | None:
    """A number without a unit."""
    return None if value is None else Value("number", value)


def share(value: Decimal | Fraction | float | None) -> Value | None:
    """A fraction, shown as a percentage."""
    return None if value is None else Value("percent", value)


def days(value: float | None) -> Value | None:
    """Working days."""
    return None if value is None else Value("days", value)


def months(value: Decimal | None) -> Value | None:
    """Months."""
    return None if value is None else Value("months", value)


def day(value: date | None) -> Value | None:
    """A day."""
    return None if value is None else Value("day", value)


def period(value: Period | None) -> Value | None:
    """A period as written."""
    return None if value is None else Value("period", value)


def words(value: Phrase | str | None) -> Value | None:
    """Words: a text of the plan, or of the interface's language."""
    return None if value is None else Value("text", value)


def place(plan: Plan, identity: str, *keys: str | int) -> Place | None:
    """Where a key of a record is written ("" = the project); None where it isn't, so that a default holds.

    The mark is that of the record: it is known without looking into the file.
    """
    at = plan.records.places.get(identity)
    if at is None or not _is_written(plan, identity, keys):
        return None
    return Place(at.file, (*at.keys, *keys), mark=at.mark)


def _is_written(plan: Plan, identity: str, keys: tuple[str | int, ...]) -> bool:
    section, found = plan.links.by_id.get(identity, ("", None)) if identity else ("", plan.records.project)
    if section == "budget" and plan.edition == "public" and plan.records.project.publish.budget != "full":
        return False  # its lines were added up from others, which are not told
    value: Any = found
    for key in keys:
        if isinstance(value, Entry):
            if key not in value.model_fields_set:
                return False
            value = getattr(value, str(key), None)
        elif isinstance(value, dict):
            value = next((part for name, part in value.items() if str(name) == str(key)), None)
        elif isinstance(value, tuple) and isinstance(key, int) and key < len(value):
            value = value[key]
        if value is None:
            return False
    return found is not None


def listed(inputs: Sequence[Given], most: int = MOST) -> list[Given]:
    """The first inputs, and after them how many more there are."""
    left = len(inputs) - most
    return [*inputs[:most], Given(Phrase("and {n} more", {"n": left}), words(""))] if left > 1 else list(inputs)
