"""What can stand in a field: days, periods, durations, percentages, money, numbers, texts, links and references.

Every type reads the text of a YAML scalar itself. Pydantic's own conversions are too forgiving for a plan: they take
`"29.0"` as 29 and `1` as true.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from milepost.records import forms
from milepost.records.forms import ID_PATTERN
from milepost.records.periods import Period, read_period

__all__ = ["ID_PATTERN"]
_ID = re.compile(ID_PATTERN)
_NUMBER = re.compile(r"[-+]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(h|d|w)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPELT_OUT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(hours?|days?|weeks?)")
_SPACED = re.compile(r"[-+]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_MAX_DIGITS = 18


def wrong(code: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """The error a reader of a value raises; code, message and hint become those of the diagnostic."""
    context = {"code": code, "said": message, "hint": hint}
    return PydanticCustomError("milepost", "{said}", context)


def _scalar(value: Any, kind: str, code: str, example: str) -> str:
    """The text of a scalar, or an error that says what was expected."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        raise wrong(code, f"expected {kind}, found {str(value).lower()}", f"for example {example}")
    found = "a mapping" if isinstance(value, Mapping) else "nothing" if value is None else "a list"
    raise wrong(code, f"expected {kind}, found {found}", f"for example {example}")


def read_text(value: Any) -> str:
    """One line of text, without control characters."""
    if isinstance(value, bool):
        raise wrong("wrong-value", "expected a text, found true or false", f'put it in quotes: "{str(value).lower()}"')
    text = _scalar(value, "a text", "wrong-value", "Public beta")
    if not text:
        raise wrong("wrong-value", "expected a text, found nothing")
    if "\n" in text:
        raise wrong("wrong-value", "expected one line, found several", "write it in one line")
    if _CONTROL.search(text):
        raise wrong("bad-character", "a control character in a text", "delete it")
    return text


def read_rich(value: Any) -> str:
    """Markdown: the text as written, without control characters."""
    if isinstance(value, bool):
        return read_text(value)
    text = _scalar(value, "a text", "wrong-value", "A paragraph in Markdown.")
    if _CONTROL.search(text):
        raise wrong("bad-character", "a control character in a text", "delete it")
    return text


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
    hint = period.hint if period.hint and _ISO_DAY.search(period.hint) else "write it like 2026-12-15"
    raise wrong("bad-day", f"“{text[:40]}” is not a day{period.because}", hint)


def read_period_value(value: Any) -> Period:
    """A year, half-year, quarter, month, week or day."""
    text = _scalar(value, "a period", "bad-day", "2026-Q4 or 2026-12-15")
    period = read_period(text)
    if isinstance(period, Period):
        return period
    hint = period.hint or "write 2026, 2026-H2, 2026-Q4, 2026-12, 2026-W50 or 2026-12-15"
    raise wrong("bad-day", f"“{text[:40]}” is not a period{period.because}", hint)


def read_number(value: Any) -> Decimal:
    """A decimal number of at most 18 digits; `12_500` is 12500."""
    text = _scalar(value, "a number", "bad-number", "12.5")
    if _THOUSANDS.fullmatch(text):
        raise wrong("bad-number", f"“{text}” has thousands commas", f"write {text.replace(',', '')}")
    if text.endswith("%"):
        raise wrong(
            "bad-number",
            f"“{text[:40]}” is a percentage; a number is needed here",
            f"write {text[:-1].strip()}",
        )
    if not _NUMBER.fullmatch(text):
        decimal_comma = re.fullmatch(r"[-+]?[0-9]+,[0-9]{1,2}", text)
        hint = f"write {text.replace(',', '.')}" if decimal_comma else "write it like 12 or 0.5"
        raise wrong("bad-number", f"“{text[:40]}” is not a number", hint)
    if sum(c.isdigit() for c in text) > _MAX_DIGITS:
        raise wrong("bad-number", f"a number of more than {_MAX_DIGITS} digits")
    return Decimal(text.replace("_", ""))


def read_percent(value: Any) -> Decimal:
    """A share as a fraction: `80%` is 0.8."""
    text = _scalar(value, "a percentage", "bad-percent", "80%")
    if not text.endswith("%") or not _NUMBER.fullmatch(text[:-1].strip()):
        raise wrong("bad-percent", f"“{text[:40]}” is not a percentage", _percent_hint(text))
    share = read_number(text[:-1]) / 100
    if share < 0:
        raise wrong("bad-percent", f"“{text}” is below 0%")
    return share


def read_part(value: Any) -> Decimal:
    """A share of a whole, from 0% to 100%."""
    share = read_percent(value)
    if share > 1:
        raise wrong("bad-percent", f"{write_percent(share)} is more than all of it", "write at most 100%")
    return share


def _percent_hint(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        return "write it like 80%"
    number = Decimal(text.replace("_", ""))
    return f"write {_plain(number)}% or {_plain(number * 100)}%" if 0 < number <= 1 else f"write {text}%"


def _plain(number: Decimal) -> str:
    """A decimal without exponent and trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def json_number(number: Decimal) -> int | float:
    """A decimal as a JSON number: whole numbers stay whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def write_percent(share: Decimal) -> str:
    """A fraction as a percentage: 0.8 is `80%`."""
    return f"{_plain(share * 100)}%"


@dataclass(frozen=True, slots=True)
class Duration:
    """Working time as written: `amount` hours (h), days (d; 8 hours) or weeks (w; the calendar's working days)."""

    amount: Decimal
    unit: str

    def days(self, week: int = 5) -> float:
        """Working days, in a calendar of `week` working days a week."""
        return float(self.amount) * {"h": 1 / 8, "d": 1, "w": week}[self.unit]

    def __str__(self) -> str:
        return f"{_plain(self.amount)}{self.unit}"


def read_duration(value: Any) -> Duration:
    """Working time, as `3d`, `2w`, `0.5d`, `4h`."""
    text = _scalar(value, "a duration", "bad-duration", "3d")
    match = _DURATION.fullmatch(text.replace(" ", ""))
    if not match:
        spelt = _SPELT_OUT.fullmatch(text)
        hint = f"write {spelt[1]}{spelt[2][0]}" if spelt else "write it like 3d, 2w or 4h"
        hint = f"write {text}d" if _NUMBER.fullmatch(text) else hint
        raise wrong("bad-duration", f"“{text[:40]}” is not a duration", hint)
    return Duration(read_number(match[1]), match[2])


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
        hint = (
            f"write {text.upper()}" if re.fullmatch(r"[A-Za-z]{3}", text) else "three capital letters, for example EUR"
        )
        raise wrong("bad-money", f"“{text[:40]}” is not a currency code", hint)
    return text


def read_money(value: Any) -> Money:
    """An amount, `12500.50` or `12500 USD`."""
    text = _scalar(value, "an amount", "bad-money", "12500 or 12500 USD")
    amount, _, currency = text.partition(" ")
    if _THOUSANDS.fullmatch(amount):
        raise wrong("bad-money", f"“{text[:40]}” has thousands commas", f"write {text.replace(',', '')}")
    if not _NUMBER.fullmatch(amount) or _SPACED.fullmatch(text):
        raise wrong("bad-money", f"“{text[:40]}” is not an amount", _money_hint(text))
    return Money(read_number(amount), read_currency(currency.strip()) if currency else None)


_SIGNS = {"€": " EUR", "$": " USD", "£": " GBP"}
_THOUSAND, _MILLION = 1000, 1_000_000


def _money_hint(text: str) -> str:
    """How to write an amount that bears a sign, a decimal comma, points between thousands, or a “k”."""
    sign = next((code for sign, code in _SIGNS.items() if sign in text), "")
    bare = re.sub(r"[€$£\s]", "", text)
    if _NUMBER.fullmatch(bare):
        return f"write {bare}{sign}"
    if _THOUSANDS.fullmatch(bare):
        return f"write {bare.replace(',', '')}{sign}"
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]{1,2}|[-+]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}", bare):
        return f"write {bare.replace('.', '').replace(',', '.')}{sign}"
    if match := re.fullmatch(r"([A-Z]{3}) ?([0-9]+(?:\.[0-9]+)?)", text):
        return f"write {match[2]} {match[1]}"
    if match := re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([kKmM])", bare):
        factor = _THOUSAND if match[2] in "kK" else _MILLION
        return f"write {_plain(Decimal(match[1]) * factor)}{sign}"
    return "write it like 12500, 12500.50 or 12500 USD"


def read_url(value: Any) -> str:
    """An address: http, https, mailto, or a relative page."""
    text = _scalar(value, "a link", "bad-link", "https://example.org")
    if not text or _CONTROL.search(text) or re.search(r"\s", text):
        raise wrong("bad-link", f"“{text[:60]}” is not a link", "write an address without spaces; %20 stands for one")
    scheme = _SCHEME.match(text)
    if (scheme and scheme[0].casefold() not in ("http:", "https:", "mailto:")) or text.startswith(("//", "\\")):
        raise wrong(
            "bad-link",
            f"“{text[:60]}” is not a link that is allowed",
            "a link begins with http:, https: or mailto:, or names a page of the site",
        )
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
