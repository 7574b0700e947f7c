"""Explanations as text for a terminal: a figure, its formula, and a line for each input with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from textwrap import wrap

from milepost.diagnostics import Place, Spot
from milepost.hosts.report import columns, visible
from milepost.plan.phrase import Amount, Phrase
from milepost.source import Sources
from milepost.views.explanation import Explanation, Given, Value

_WIDTH = 100
_LABEL = 34  # columns of a label at most
Spots = Mapping[Place, Spot]


def text(found: Iterable[Explanation], sources: Sources, root: str) -> str:
    """The figures, one below the other; `root` is the plan folder as the reader knows it."""
    listed = list(found)
    spots = _spots(listed, sources)
    return "\n\n".join("\n".join(_figure(one, spots, root)) for one in listed)


def _spots(found: Iterable[Explanation], sources: Sources) -> Spots:
    """The line of every place, by its keys: more exact than the record's mark, which a page goes by."""
    places = list(dict.fromkeys(given.place for one in found for given in one.inputs if given.place))
    return {place: sources.spot(Place(place.file, place.keys)) for place in places}


def _figure(found: Explanation, spots: Spots, root: str) -> list[str]:
    label = _phrase(found.label)
    head = f"{label}: {written(found.value)}" if found.value else f"{label}: undefined"
    lines = [f"{visible(head)}  [{found.field}]"]
    if found.value is None and found.reason:
        lines += _said(visible(str(found.reason)))
    if found.formula:
        lines += _said(str(found.formula))
    if filled := found.filled():
        lines += _said("= " + "".join(part if isinstance(part, str) else written(part) for part in filled))
    if found.because:
        lines += _said("; ".join(_phrase(reason) for reason in found.because))
    return lines + _inputs(found.inputs, spots, root)


def _said(line: str) -> list[str]:
    return wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _inputs(inputs: Iterable[Given], spots: Spots, root: str) -> list[str]:
    """A line an input, aligned: its name, its value, and where it is written."""
    rows = []
    for given in inputs:
        value = visible(written(given.value))
        note = _phrase(given.note) if given.note else ""
        rows.append((_cut(visible(str(given.label))), value, note, _place(given, spots, root)))
    if not rows:
        return []
    widths = [max(columns(row[i]) for row in rows) for i in (0, 1)]
    lines = []
    for label, value, note, where in rows:
        line = f"    {_pad(label, widths[0])}  {_pad(value, min(widths[1], _WIDTH))}"
        rest = "  ".join(part for part in (where, f"({note})" if note else "") if part)
        if rest and len(line) + len(rest) + 2 > _WIDTH:
            lines += [line.rstrip(), *wrap(rest, _WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)]
        else:
            lines.append(f"{line}  {rest}".rstrip())
    return lines


def _place(given: Given, spots: Spots, root: str) -> str:
    if given.place:
        spot = spots[given.place]
        path = f"{root}/{spot.file}" if root != "." else spot.file
        return visible(f"{path}:{spot.line}" if spot.line else path)
    return f"see {given.field}" if given.field else ""


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"


def _pad(said: str, width: int) -> str:
    return said + " " * max(width - columns(said), 0)


def _phrase(phrase: Phrase) -> str:
    """A sentence with its numbers and amounts as the rest of the text has them."""
    values = {name: _plain(value) for name, value in phrase.values.items()}
    return visible(str(replace(phrase, values=values)))


def _plain(value: object) -> object:
    if isinstance(value, Amount):
        return _money(value)
    if isinstance(value, float):
        return _number(value)
    return _phrase(value) if isinstance(value, Phrase) else value


def written(value: Value | None) -> str:
    """A value in plain English with ISO days."""
    if value is None:
        return "–"
    raw = value.raw
    match value.kind:
        case "money":
            return _money(raw)
        case "day":
            return raw.isoformat() if isinstance(raw, date) else str(raw)
        case "days":
            return f"{_number(raw, 2)} working {'day' if abs(raw) == 1 else 'days'}"
        case "months":
            return f"{_number(raw, 2)} months"
        case "percent":
            return f"{_number(Fraction(raw) * 100, 1)}%"
        case "chance":
            return ">99%" if raw > 0.99 else "<1%" if raw < 0.01 else f"{_number(raw * 100, 0)}%"
        case "number":
            return _number(raw)
        case "ranks":
            return "–".join(map(str, raw))
        case "flag":
            return "yes" if raw else "no"
        case _:
            return str(raw)


def _money(amount: Amount) -> str:
    whole = amount.value == amount.value.to_integral_value()
    return f"{amount.value:,.{0 if whole else 2}f} {amount.currency or ''}".rstrip()


def _number(number: Decimal | Fraction | float, digits: int = 4) -> str:
    """A number with at most `digits` decimals and commas between thousands."""
    exact = Decimal(str(number)) if not isinstance(number, Fraction) else Decimal(number.numerator) / number.denominator
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    shown = f"{rounded:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
