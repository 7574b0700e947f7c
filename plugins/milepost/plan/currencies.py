"""What is particular about currencies (ISO 4217)."""

SHARE = "%"
"""Stands for the currency where amounts are told as percentages of the project's planned total."""

_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_DIGITS = {
    **dict.fromkeys(_WHOLE.split(), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}


def minor_digits(currency: str | None) -> int:
    """The decimals of a currency's minor unit by ISO 4217; 2 for most."""
    return _DIGITS.get(currency or "", 2)
