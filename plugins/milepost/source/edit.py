"""Replaces single values and keys in the text of a file, and not one character beside them."""

from collections.abc import Iterable

from milepost.diagnostics import Place
from milepost.source.lines import index_of
from milepost.source.positions import exact_spans
from milepost.source.yaml import Document, Value, read_document

Edit = tuple[Place, str]
"""A place, and what to write for the value or the key there, as it would stand in the file."""


def edited(document: Document, edits: Iterable[Edit]) -> str | None:
    """The text of `document` with every edit made; None where that would change anything else.

    A value in quotes keeps its quotes. The new text is read again: it must hold exactly the old values with the new
    ones in their places, and be no less readable.
    """
    wanted = {(place.keys, place.part): (place, new) for place, new in edits}.values()
    spans = exact_spans(document.text, [place for place, _ in wanted])
    if any(span is None for span in spans):
        return None
    text, expected = document.text, _copy(document.value)
    marks = index_of(text, [mark for span in spans if span for mark in span])
    found = zip(wanted, marks[::2], marks[1::2], strict=True)
    for (_, new), start, end in sorted(found, key=lambda each: each[1], reverse=True):
        old = text[start:end]
        quote = old[0] if old[:1] in ('"', "'") else ""
        if not old or "\n" in old or (quote and set(new) & set("[]\"'\\")):
            return None
        text = text[:start] + quote + new + quote + text[end:]
    for place, new in sorted(wanted, key=lambda each: len(each[0].keys), reverse=True):  # a key changes routes below it
        expected = _expected(expected, place, new)
    read, problems = read_document(document.file, text)
    before = len(read_document(document.file, document.text)[1])
    return text if len(problems) <= before and read.value == expected else None


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _expected(top: Value, place: Place, new: str) -> Value:
    """The values of a document with one of them replaced, or under another key."""
    holder = top
    for key in place.keys[:-1]:
        holder = holder[key]
    last = place.keys[-1]
    if place.part == "value":
        holder[last] = read_document("", new)[0].value
        return top
    renamed = {(new if key == last else key): value for key, value in holder.items()}
    holder.clear()
    holder.update(renamed)
    return top
