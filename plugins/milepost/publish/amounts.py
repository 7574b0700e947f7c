"""Money as text, with the minor digits of its currency."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from milepost.plan.currencies import minor_digits

_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


def money_text(amount: Decimal, currency: str | None) -> str:
    """An amount rounded to the minor digits of its currency, half to even: `12500.00`; zero has no sign."""
    rounded = amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), context=_WIDE)
    return f"{rounded if rounded else abs(rounded):f}"


def written_money(amount: Decimal, currency: str | None) -> str:
    """An amount as its author wrote it, with at least the minor digits of its currency; nothing is rounded away."""
    exponent = amount.as_tuple().exponent
    digits = max(minor_digits(currency), -exponent if isinstance(exponent, int) else 0)
    return f"{amount:.{digits}f}"
