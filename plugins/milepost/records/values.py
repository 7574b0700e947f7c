"""What can stand in a field: days, periods, durations, percentages, money, numbers, texts, links and references.

Every type reads the text of a YAML scalar itself. Pydantic's own conversions are too forgiving for a plan: they take
`"29.0"` as 29 and `1` as true.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from milepost.diagnostics import Code
from milepost.records import forms
from milepost.records.forms import ID_PATTERN
from milepost.records.meant import (
    MAX_DIGITS,
    NUMBER,
    SPACED,
    THOUSANDS,
    is_shared,
    meant_currency,
    meant_duration,
    meant_money,
    meant_number,
    meant_percent,
    plain,
)
from milepost.records.periods import Period, read_period

__all__ = ["ID_PATTERN"]
_ID = re.compile(ID_PATTERN)
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(h|d|w)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_RICH = 20_000  # characters of Markdown: some ten pages
_MOST_DAYS = 100_000  # working days: four centuries
_MOST_MONEY = 10**15
_NOT_KNOWN = frozenset({"tbd", "tba", "tbc", "?", "??", "???", "n/a", "-", "–", "unknown", "none", "todo"})
# What is never seen, or turns the order of what is. Tags (U+E0020 …) may follow a black flag, to spell whose it is.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e001f]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007f]"
)


def wrong(code: Code, message: str, hint: str | None = None, fix: str | None = None) -> PydanticCustomError:
    """The error a reader of a value raises; code, message, hint and fix become those of the diagnostic.

    `fix` is what to write instead where only that can be meant; without a `hint` it is the hint, too.
    """
    context = {"code": code, "said": message, "hint": hint or (f"write {fix}" if fix else None), "fix": fix}
    return PydanticCustomError("milepost", "{said}", context)


def _scalar(value: Any, kind: str, code: Code, example: str) -> str:
    """The text of a scalar, or an error that says what was expected."""
    if isinstance(value, str):
        text = value.strip()
        if code != "bad-id" and text.casefold() in _NOT_KNOWN:
            raise wrong(code, f"expected {kind}, found “{text}”", "leave the key out until it is known")
        return text
    if isinstance(value, bool):
        raise wrong(code, f"expected {kind}, found {str(value).lower()}", f"for example {example}")
    found = "a mapping" if isinstance(value, Mapping) else "nothing" if value is None else "a list"
    raise wrong(code, f"expected {kind}, found {found}", f"for example {example}")


def read_text(value: Any) -> str:
    """One line of text, without control and invisible characters."""
    text = _written(value)
    if not text:
        raise wrong("bad-text", "expected a text, found nothing", "write one, or leave the key out")
    if "\n" in text:
        raise wrong("bad-text", "expected one line, found several", "write it in one line")
    return text


def read_rich(value: Any) -> str:
    """Markdown: the text as written, without control and invisible characters."""
    text = _written(value)
    if len(text) > _MOST_RICH:
        message = f"a text of more than {_MOST_RICH:,} characters"
        raise wrong("bad-text", message, "write it on a page of its own, and link to that")
    return text


def _written(value: Any) -> str:
    if isinstance(value, bool):
        said = str(value).lower()
        raise wrong("bad-text", f"expected a text, found {said}", f'put it in quotes: "{said}"', f'"{said}"')
    if not isinstance(value, str):
        found = "a mapping" if isinstance(value, Mapping) else "nothing" if value is None else "a list"
        hint = 'put a text with “: ” in quotes: "like: this"' if found == "a mapping" else None
        raise wrong("bad-text", f"expected a text, found {found}", hint)
    text = value.strip()
    if not text.isascii() or not text.isprintable():
        check_characters(text)
    return text


def check_characters(text: str) -> None:
    """Raise on a character that is not seen, and that makes a text look or sort otherwise than it reads.

    Marks that scripts need (joiners, U+200E, U+200F), emoji and the flags that tags spell are let through.
    """
    if found := _HIDDEN.search(text):
        name = unicodedata.name(found[0], "a control character").lower()
        where = f" after “{text[: found.start()][-20:]}”" if found.start() else " at the beginning"
        raise wrong("bad-character", f"U+{ord(found[0]):04X} ({name}) in a text", f"delete it; it stands{where}")


def read_id(value: Any) -> str:
    """An identifier, as `public-beta`."""
    text = _scalar(value, "an id", "bad-id", "public-beta")
    if not _ID.fullmatch(text):
        raise wrong(
            "bad-id",
            f"“{text[:90]}” is not an id: small letters, digits, “.”, “_”, “-”, at most 80",
            suggest_id(text),
        )
    return text


def suggest_id(text: str) -> str | None:
    """The id that a text was probably meant to be."""
    slug = re.sub(r"[^a-z0-9._-]+", "-", text.casefold()).strip("-._")[:80].rstrip("-._")
    return f"write {slug}" if slug else None


def read_ref(value: Any) -> str:
    """An id, or `project/id` for a record of another project."""
    text = _scalar(value, "an id", "bad-id", "public-beta")
    if not all(_ID.fullmatch(part) for part in text.split("/", 1)):
        raise wrong("bad-id", f"“{text[:90]}” is not an id", suggest_id(text) or "name a record by its id")
    return text


def read_day(value: Any) -> date:
    """An ISO 8601 calendar day."""
    text = _scalar(value, "a day", "bad-day", "2026-12-15")
    period = read_period(text)
    if isinstance(period, Period) and period.kind == "day":
        return period.first
    if isinstance(period, Period):
        raise wrong("bad-day", f"“{text}” is a {period.kind}; a day is needed here", f"for example {period.last}")
    is_day = bool(period.meant and _ISO_DAY.fullmatch(period.meant))
    hint, fix = (period.hint, period.fix) if is_day else (None, None)
    raise wrong("bad-day", f"“{text[:40]}” is not a day{period.because}", hint or "write it like 2026-12-15", fix)


def read_period_value(value: Any) -> Period:
    """A year, half-year, quarter, month, week or day."""
    text = _scalar(value, "a period", "bad-day", "2026-Q4 or 2026-12-15")
    period = read_period(text)
    if isinstance(period, Period):
        return period
    hint = period.hint or "write 2026, 2026-H2, 2026-Q4, 2026-12, 2026-W50 or 2026-12-15"
    raise wrong("bad-day", f"“{text[:40]}” is not a period{period.because}", hint, period.fix)


def read_number(value: Any) -> Decimal:
    """A decimal number of at most 18 digits; `12_500` is 12500."""
    text = _scalar(value, "a number", "bad-number", "12.5")
    if THOUSANDS.fullmatch(text):
        raise wrong("bad-number", f"“{text[:40]}” has thousands commas", fix=text.replace(",", ""))
    if SPACED.fullmatch(text):
        raise wrong("bad-number", f"“{text[:40]}” has spaces in it", fix=re.sub(r"\s", "", text))
    if text.endswith("%"):
        hint = f"write {text[:-1].strip()[:40]}"
        raise wrong("bad-number", f"“{text[:40]}” is a percentage; a number is needed here", hint)
    if not NUMBER.fullmatch(text):
        fix = meant_number(text)
        raise wrong("bad-number", f"“{text[:40]}” is not a number", None if fix else "write it like 12 or 0.5", fix)
    if sum(c.isdigit() for c in text) > MAX_DIGITS:
        raise wrong("bad-number", f"a number of more than {MAX_DIGITS} digits", f"at most {MAX_DIGITS} are kept")
    return Decimal(text.replace("_", ""))


def read_percent(value: Any) -> Decimal:
    """A share as a fraction: `80%` is 0.8."""
    text = _scalar(value, "a percentage", "bad-percent", "80%")
    if not text.endswith("%") or not NUMBER.fullmatch(text[:-1].strip()):
        hint, fix = meant_percent(text)
        raise wrong("bad-percent", f"“{text[:40]}” is not a percentage", hint, fix)
    share = read_number(text[:-1]) / 100
    if share < 0:
        raise wrong("bad-percent", f"“{text[:40]}” is below 0%", "write 0% or more")
    return share


def read_part(value: Any) -> Decimal:
    """A share of a whole, from 0% to 100%."""
    share = read_percent(value)
    if share > 1:
        raise wrong("bad-percent", f"{write_percent(share)} is more than all of it", "write at most 100%")
    return share


def json_number(number: Decimal) -> int | float:
    """A decimal as a JSON number: whole numbers stay whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def write_percent(share: Decimal) -> str:
    """A fraction as a percentage: 0.8 is `80%`."""
    return f"{plain(share * 100)}%"


@dataclass(frozen=True, slots=True)
class Duration:
    """Working time as written: `amount` hours (h), days (d; 8 hours) or weeks (w; the calendar's working days)."""

    amount: Decimal
    unit: str

    def days(self, week: int = 5) -> float:
        """Working days, in a calendar of `week` working days a week."""
        return float(self.amount) * {"h": 1 / 8, "d": 1, "w": week}[self.unit]

    def __str__(self) -> str:
        return f"{plain(self.amount)}{self.unit}"


def read_duration(value: Any) -> Duration:
    """Working time, as `3d`, `2w`, `0.5d`, `4h`."""
    text = _scalar(value, "a duration", "bad-duration", "3d")
    match = _DURATION.fullmatch(text.replace(" ", ""))
    if not match:
        hint, fix = meant_duration(text)
        raise wrong("bad-duration", f"“{text[:40]}” is not a duration", hint, fix)
    found = Duration(read_number(match[1]), match[2])
    if found.days() > _MOST_DAYS:
        raise wrong("bad-duration", f"“{text[:40]}” is more than {_MOST_DAYS:,} working days", "is it the right unit?")
    return found


def read_lag(value: Any) -> Duration:
    """A duration that may be negative (a lead): `-2d`."""
    if isinstance(value, str) and value.strip().startswith("-"):
        lead = read_duration(value.strip()[1:])
        return Duration(-lead.amount, lead.unit)
    return read_duration(value)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; `currency` is None where the project's own is meant."""

    amount: Decimal
    currency: str | None = None

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}" if self.currency else f"{self.amount:f}"


def read_currency(value: Any) -> str:
    """An ISO 4217 code in capitals."""
    text = _scalar(value, "a currency", "bad-money", "EUR")
    if not re.fullmatch(r"[A-Z]{3}", text):
        meant = meant_currency(text)
        hint = f"write {meant}" if meant else "three capital letters, for example EUR"
        raise wrong("bad-money", f"“{text[:40]}” is not a currency code", hint, None if is_shared(text) else meant)
    return text


def read_money(value: Any) -> Money:
    """An amount, `12500.50` or `12500 USD`."""
    text = _scalar(value, "an amount", "bad-money", "12500 or 12500 USD")
    amount, _, currency = text.partition(" ")
    if THOUSANDS.fullmatch(amount) and re.fullmatch(r"|[A-Z]{3}", currency):
        raise wrong("bad-money", f"“{text[:40]}” has thousands commas", fix=text.replace(",", ""))
    if not NUMBER.fullmatch(amount) or SPACED.fullmatch(text):
        meant = meant_money(text)
        hint = f"write {meant}" if meant else "write it like 12500, 12500.50 or 12500 USD"
        raise wrong("bad-money", f"“{text[:40]}” is not an amount", hint, None if is_shared(text) else meant)
    meant = meant_currency(currency.strip())
    if meant and meant != currency.strip():
        hint, fix = f"write {amount} {meant}", None if is_shared(text) else f"{amount} {meant}"
        raise wrong("bad-money", f"“{text[:40]}” has no currency code", hint, fix)
    number = read_number(amount)
    if abs(number) >= _MOST_MONEY:
        raise wrong("bad-money", f"“{text[:40]}” is an amount of more than 15 digits", "is it meant in a larger unit?")
    return Money(number, read_currency(currency.strip()) if currency else None)


def read_url(value: Any) -> str:
    """An address: http, https, mailto, or a relative page."""
    text = _scalar(value, "a link", "bad-link", "https://example.org")
    if not text or _HIDDEN.search(text) or re.search(r"\s", text):
        raise wrong("bad-link", f"“{text[:60]}” is not a link", "write an address without spaces; %20 stands for one")
    scheme = _SCHEME.match(text)
    if (scheme and scheme[0].casefold() not in ("http:", "https:", "mailto:")) or text.startswith(("//", "\\")):
        hint = "a link begins with http:, https: or mailto:, or names a page of the site"
        raise wrong("bad-link", f"“{text[:60]}” is not a link that is allowed", hint)
    if text.startswith("www.") or (not scheme and re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text)):
        kind = "https://" if text.startswith("www.") else "mailto:"
        raise wrong("bad-link", f"“{text[:60]}” would be a page of this site", fix=f"{kind}{text}")
    return text


@dataclass(frozen=True, slots=True)
class To:
    """Marks a reference: the sections whose records it may name, and whether only those of its `own` project."""

    sections: tuple[str, ...]
    own: bool = False


_REF = PlainValidator(read_ref)
_NUMBER_JSON = PlainSerializer(json_number, when_used="json")
_TEXT_JSON = PlainSerializer(str, when_used="json")

Text = Annotated[str, PlainValidator(read_text), WithJsonSchema(forms.TEXT.json)]
Rich = Annotated[str, PlainValidator(read_rich), WithJsonSchema(forms.RICH.json)]
Id = Annotated[str, PlainValidator(read_id), WithJsonSchema(forms.ID.json)]
Day = Annotated[date, PlainValidator(read_day), WithJsonSchema(forms.DAY.json)]
PeriodValue = Annotated[Period, PlainValidator(read_period_value), _TEXT_JSON, WithJsonSchema(forms.PERIOD.json)]
Number = Annotated[Decimal, PlainValidator(read_number), _NUMBER_JSON, WithJsonSchema(forms.NUMBER.json)]
Percent = Annotated[
    Decimal,
    PlainValidator(read_percent),
    PlainSerializer(write_percent, when_used="json"),
    WithJsonSchema(forms.PERCENT.json),
]
Part = Annotated[
    Decimal,
    PlainValidator(read_part),
    PlainSerializer(write_percent, when_used="json"),
    WithJsonSchema(forms.PART.json),
]
DurationValue = Annotated[Duration, PlainValidator(read_duration), _TEXT_JSON, WithJsonSchema(forms.DURATION.json)]
Lag = Annotated[Duration, PlainValidator(read_lag), _TEXT_JSON, WithJsonSchema(forms.LAG.json)]
Currency = Annotated[str, PlainValidator(read_currency), WithJsonSchema(forms.CURRENCY.json)]
MoneyValue = Annotated[Money, PlainValidator(read_money), _TEXT_JSON, WithJsonSchema(forms.MONEY.json)]
Url = Annotated[str, PlainValidator(read_url), WithJsonSchema(forms.URL.json)]
PersonRef = Annotated[str, _REF, To(("people",)), WithJsonSchema(forms.reference("a person"))]
GoalRef = Annotated[str, _REF, To(("goals",)), WithJsonSchema(forms.reference("a goal"))]
MilestoneRef = Annotated[str, _REF, To(("milestones",)), WithJsonSchema(forms.reference("a milestone"))]
OwnMilestoneRef = Annotated[str, _REF, To(("milestones",), own=True), WithJsonSchema(forms.reference("a milestone"))]
FeatureRef = Annotated[str, _REF, To(("features",)), WithJsonSchema(forms.reference("a feature"))]
InputRef = Annotated[str, _REF, To(("inputs",)), WithJsonSchema(forms.reference("an input"))]
DecisionRef = Annotated[str, _REF, To(("decisions",)), WithJsonSchema(forms.reference("a decision"))]
WorkRef = Annotated[
    str, _REF, To(("milestones", "features")), WithJsonSchema(forms.reference("a milestone or feature"))
]
AnyRef = Annotated[str, _REF, To(()), WithJsonSchema(forms.reference("any record"))]
