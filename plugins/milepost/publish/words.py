"""Texts and amounts as sequences of words, so that they are found again whatever markup or separators stand between."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import product
from unicodedata import normalize

Words = tuple[str, ...]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# Scripts without spaces: each of their characters is a word of its own.
_NO_SPACES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_SIGNS = "$€£¥₹"
_WORD = re.compile(rf"[{_NO_SPACES}{_SIGNS}]|[^\W{_NO_SPACES}]+")
_THOUSAND, _CLEAR = 1000, 10_000


def words(text: str) -> list[str]:
    """The words of a text: compatibility forms made one (NFKC), case folded, what is never seen left out."""
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    return normalize("NFKC", _INVISIBLE.sub("", text)).casefold()


def spellings(amount: Decimal, currency: str | None = None) -> frozenset[Words]:
    """The ways an amount is written, as words: with and without minor digits, any separators, rounded, in thousands.

    One of less than five digits is like too many other numbers: it counts with minor digits or beside a currency alone.
    """
    found: set[Words] = set()
    amount = abs(amount)
    exact = f"{amount:f}"
    decimals = exact.partition(".")[2].rstrip("0")
    for number in {int(amount.quantize(Decimal(1), how)) for how in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)}:
        forms = ((str(number),), *_grouped(number))
        if number >= _CLEAR:
            found |= {*forms}
            continue
        near = (*_SIGNS, currency.casefold()) if currency else (*_SIGNS,)
        found |= {pair for form in forms for sign in near for pair in ((sign, *form), (*form, sign))}
        found |= {(*form, "00") for form in forms}
    number = int(amount)
    for ending in {decimals, decimals.ljust(2, "0")} - {""}:
        found |= {(*start, ending) for start in ((str(number),), *_grouped(number))}
    if amount >= _THOUSAND:
        for digits, how in product(("0.1", "0.01"), (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)):
            found.add(tuple(words(f"{(amount / _THOUSAND).quantize(Decimal(digits), how)}k")))
    return frozenset(found)


def _grouped(number: int) -> Iterator[Words]:
    """A whole number with separators: by thousands, as in India, and with “_”."""
    if number >= _THOUSAND:
        yield tuple(words(f"{number:,}"))
        yield (f"{number:_}",)
        head, last = divmod(number, _THOUSAND)
        lakhs = f"{head:d}"
        parts = [lakhs[max(i - 2, 0) : i] for i in range(len(lakhs), 0, -2)][::-1]
        yield (*parts, f"{last:03}")


def stands_alone(number: Words, text: str) -> bool:
    """Whether the words of a number stand in a text as that number, and not as part of a longer one."""
    grouped = " " if len(number[0]) == 3 else ""  # as in French
    before = rf"(?<![0-9])(?<![0-9][.,’'{grouped}])"
    after = r"(?![0-9])(?![.,’' ][0-9]{3}(?![0-9]))(?![.,](?!0+(?![0-9]))[0-9])"
    return bool(re.search(before + "[.,’'_ ]?".join(map(re.escape, number)) + after, _plain(text)))
