"""What was meant by a value that can't be read: how it should be written, where only one thing is possible."""

import re
from decimal import Decimal

NUMBER = re.compile(r"[-+]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?")
THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
SPACED = re.compile(r"[-+]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_SPELT_OUT = re.compile(
    r"(?P<amount>[0-9]+(?:\.[0-9]+)?) ?(?P<unit>h|hours?|hrs?|d|days?|w|weeks?|wks?)", re.IGNORECASE
)
_ISO_DURATION = re.compile(r"P(?=[0-9]+[WD]$|T[0-9]+H$)T?(?P<amount>[0-9]+)(?P<unit>[WDH])")
MAX_DIGITS = 18
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN"}
_THOUSAND, _MILLION = 1000, 1_000_000


def meant_number(text: str) -> str | None:
    """The number that a decimal comma, an exponent or a sign of its own stands for."""
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]{1,2}", text):
        return text.replace(",", ".")
    if re.fullmatch(r"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?[eE][+]?[0-9]", text):
        return plain(Decimal(text))
    if re.fullmatch(r"\u2212[0-9]+(\.[0-9]+)?", text):  # a minus sign as typographers set it
        return f"-{text[1:]}"
    return f"0{text}" if re.fullmatch(r"\.[0-9]+", text) else None


def meant_percent(text: str) -> tuple[str | None, str | None]:
    """Hint and fix for a percentage without its sign, with a word for it, or with a decimal comma."""
    bare = re.sub(r"\s*(%|percent|per cent|pct)$", "", text, flags=re.IGNORECASE).replace(",", ".")
    if not NUMBER.fullmatch(bare) or sum(c.isdigit() for c in bare) > MAX_DIGITS:
        return "write it like 80%", None
    number = Decimal(bare.replace("_", ""))
    if NUMBER.fullmatch(text) and 0 < number <= 1:
        return f"write {plain(number)}% or {plain(number * 100)}%", None
    return None, f"{bare}%"


def meant_duration(text: str) -> tuple[str | None, str | None]:
    """Hint and fix for a duration without unit, in words, in minutes, or as ISO 8601 has it."""
    if match := _SPELT_OUT.fullmatch(text.replace(",", ".")) or _ISO_DURATION.fullmatch(text):
        return None, f"{match['amount']}{match['unit'][0].lower()}"
    if match := re.fullmatch(r"([0-9]{1,5}) ?(?:m|min|mins|minutes?)", text):
        return None, f"{plain((Decimal(match[1]) / 60).quantize(Decimal('0.01')))}h"
    if re.fullmatch(r"[0-9.]+ ?(?:mo|months?|y|years?)", text):
        return "months and years differ in length: write weeks, as 8w", None
    return (f"write {text}d" if NUMBER.fullmatch(text) else "write it like 3d, 2w or 4h"), None


def meant_currency(text: str) -> str | None:
    """The code that a sign, a name or small letters stand for."""
    if text.casefold() in ("euro", "euros"):
        return "EUR"
    return text.upper() if re.fullmatch(r"[A-Za-z]{3}", text) else _SIGNS.get(text)


def is_shared(text: str) -> bool:
    """Whether a text bears a sign that several currencies have, so that its code can only be guessed."""
    return "$" in text or "¥" in text


def meant_money(text: str) -> str | None:
    """The amount that a sign, a decimal comma, points or spaces between thousands, or a “k” stand for."""
    sign = next((f" {code}" for sign, code in _SIGNS.items() if sign in text), "")
    code = re.search(r"\b[A-Z]{3}\b", text)
    bare = re.sub(r"[€$£¥₹\s]|zł|\b[A-Z]{3}\b", "", text)
    currency = f" {code[0]}" if code and not sign else sign
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]{1,2}|[-+]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif match := re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([kKmM])", bare):
        bare = plain(Decimal(match[1]) * (_THOUSAND if match[2] in "kK" else _MILLION))
    return f"{bare}{currency}" if NUMBER.fullmatch(bare) else None


def plain(number: Decimal) -> str:
    """A decimal without exponent and trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
