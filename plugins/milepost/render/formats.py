"""Numbers, money, days and sentences in the language of the site (Babel)."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, reduce

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

from milepost.plan.currencies import SHARE
from milepost.plan.phrase import Amount, Phrase, Share
from milepost.records.periods import Period
from milepost.render.words import words
from milepost.views.explanation import Value

Number = int | float | Decimal
_PARTS = {"y": 1, "Q": 4, "M": 4, "d": 1}
"""The parts of a date that a skeleton has, in its order, and how many of the sign at most."""
_YES, _NO = Phrase("yes"), Phrase("no")


class Formats:
    """How values are written in one language; an unknown language is written as English."""

    def __init__(self, language: str) -> None:
        self.locale = _locale(language)
        self.words = words(language)
        self._share = self.locale.percent_formats[None].pattern.replace("0", "0.##")
        self._whole = re.sub(r"[.,](?=[0#])[0#]+", _without_decimals, self.locale.currency_formats["standard"].pattern)
        # Babel takes some 50 µs a value, and a plan repeats few values many times.
        self.day = lru_cache(maxsize=20_000)(self._day)
        self.money = lru_cache(maxsize=20_000)(self._money)
        self.percent = lru_cache(maxsize=2_000)(self._percent)
        self.number = lru_cache(maxsize=20_000)(self._number)

    def _day(self, day: date, form: str = "yMMMd") -> str:
        """A day, as 15 Dec 2026; or as much of it as `form` names in any order, as `MMM y`: a skeleton of CLDR."""
        return format_date(day, self._pattern(form), locale=self.locale)

    def _pattern(self, form: str) -> str:
        """The order and signs that the language has for the parts of a date; `yy` is a year of two digits."""
        known, parts = self.locale.datetime_skeletons, form.replace("L", "M")
        skeleton = "".join(sign * min(parts.count(sign), most) for sign, most in _PARTS.items())
        if skeleton in known:
            pattern = str(known[skeleton].pattern)
        elif (short := skeleton.replace("MMMM", "MMM")) in known:  # a long month stands where a short one does
            pattern = str(known[short].pattern).replace("MMM", "MMMM").replace("LLL", "LLLL")
        else:
            pattern = form
        return pattern.replace("y", "yy") if "yy" in parts else pattern

    def period(self, period: Period | None) -> str:
        """A period as it was written; only a day is put in the language's own form."""
        if period is None:
            return ""
        return self.day(period.first) if period.kind == "day" else period.text

    def _money(self, value: Amount | Decimal, currency: str | None = None, exact: bool = False) -> str:
        """An amount in whole units of its currency; with its minor digits if `exact`."""
        amount, code = (value.value, value.currency) if isinstance(value, Amount) else (value, currency)
        if code == SHARE:
            return self._exact(round(amount, 1) / 100 + 0)
        if exact and amount != amount.to_integral_value():
            return format_currency(amount, code or "XXX", locale=self.locale)
        whole = amount.quantize(Decimal(1), ROUND_HALF_UP) + 0
        if code is None:
            return format_decimal(whole, locale=self.locale)
        return format_currency(whole, code, format=self._whole, locale=self.locale, currency_digits=False)

    def compact(self, amount: Decimal, currency: str) -> str:
        """An amount on a scale, as €1.25M; whole where the language has no short word for it."""
        if currency == SHARE:
            return self.money(amount, currency)
        short = format_compact_currency(amount, currency, locale=self.locale, fraction_digits=2)
        return self.money(amount, currency) if sum(map(str.isdigit, short)) > 4 else short

    def _percent(self, share: Number) -> str:
        """A fraction as a whole percentage."""
        return format_percent(share, locale=self.locale)

    def _exact(self, share: Decimal) -> str:
        """A fraction as a percentage with at most two decimals."""
        return format_percent(round(share, 4), format=self._share, locale=self.locale)

    def chance(self, chance: float) -> str:
        """A probability as a percentage; what was seen in all runs or in none is not certain for that."""
        if chance > 0.99:
            return f">{self.percent(0.99)}"
        return f"<{self.percent(0.01)}" if chance < 0.01 else self.percent(chance)

    def _number(self, number: Number, digits: int = 2) -> str:
        """A number with at most `digits` decimals."""
        return format_decimal(round(Decimal(str(number)), digits), locale=self.locale)

    def days(self, days: Number) -> str:
        """Working days, as “1 working day”, “3.5 working days”."""
        size = days if days >= 0 else -days
        return self.phrase(_days(size, self.number(size, 1), self.locale))

    def person_days(self, days: Number) -> str:
        """The work of people, as “1 person-day”, “3.5 person-days”."""
        number, plural = self.number(days, 1), _plural(days, self.locale)
        return self.phrase(Phrase("{days} person-day", {"days": number}, "{days} person-days", plural))

    def months(self, months: float) -> str:
        """Months to a tenth, as “1 month”, “4.4 months”."""
        return self.phrase(_months(round(months, 1), self.number(months, 1), self.locale))

    def phrase(self, phrase: Phrase) -> str:
        """A sentence in this language, with its values written in it."""
        return self.told(phrase).format_map(_Written(phrase.values, self.value))

    def in_a_row(self, phrases: Iterable[Phrase]) -> str:
        """Reasons as one sentence, “; ” between them."""
        parts = tuple(phrases)
        return self.phrase(reduce(_and, parts)) if parts else ""

    def told(self, phrase: Phrase) -> str:
        """The text of a sentence in this language, with names for its values."""
        if phrase.plural is None:
            return self.words.gettext(phrase.text)
        return self.words.ngettext(phrase.text, phrase.plural, phrase.count)

    def value(self, value: object) -> str:
        """Any value that can stand in a sentence; a text is the plan's own."""
        if isinstance(value, Phrase):
            return self.phrase(value)
        if isinstance(value, Amount):
            return self.money(value)
        if isinstance(value, Share):
            return self._exact(value.value) if value.exact else self.percent(value.value)
        if isinstance(value, Period):
            return self.period(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self.number(value)
        return str(value)

    def explained(self, value: Value | None) -> str:
        """The value of a figure, or of what it was worked out from."""
        if value is None:
            return "–"
        kind, raw = value.kind, value.raw
        match kind:
            case "day":
                return self.day(raw)
            case "money":
                return self.money(raw, exact=True)
            case "number":
                return self.number(float(raw), 4)
            case "days":
                return f"{'−' if raw < 0 else ''}{self.days(raw)}"
            case "percent":
                return self.percent(float(raw))
            case "chance":
                return self.chance(raw)
            case "months":
                return self.phrase(_months(raw, self.number(float(raw)), self.locale))
            case "ranks":
                return "–".join(str(rank) for rank in raw)
            case "flag":
                return self.phrase(_YES if raw else _NO)
        return self.value(raw)


class _Written(dict[str, str]):
    """The values of a sentence, each written only when the sentence takes it."""

    def __init__(self, values: Mapping[str, object], write: Callable[[object], str]) -> None:
        self.raw, self.write = values, write

    def __missing__(self, name: str) -> str:
        return self.write(self.raw[name])


def _and(said: Phrase, more: Phrase) -> Phrase:
    return Phrase("{said}; {more}", {"said": said, "more": more})


def _days(days: Number, written: str, locale: Locale) -> Phrase:
    return Phrase("{days} working day", {"days": written}, "{days} working days", _plural(days, locale))


def _months(months: Number, written: str, locale: Locale) -> Phrase:
    return Phrase("{months} month", {"months": written}, "{months} months", _plural(months, locale))


def _plural(number: Number, locale: Locale) -> int:
    """A whole number of the same plural as this one: in French 1.5 goes with 1, in English with 2."""
    if number == int(number):
        return int(number)
    size = number if number >= 0 else -number
    return 1 if locale.plural_form(float(size)) == "one" else int(size) + 2


def _without_decimals(match: re.Match[str]) -> str:
    """Drop the decimals of a number pattern: in CLDR patterns “.” is the decimal sign and “,” groups."""
    return "" if match[0].startswith(".") else match[0]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    for candidate in (language, language.split("-")[0].split("_")[0], "en"):
        try:
            return Locale.parse(candidate, sep="-" if "-" in candidate else "_")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=64)
def formats(language: str) -> Formats:
    """The formats of a language, made once."""
    return Formats(language)
