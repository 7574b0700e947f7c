"""Labels beside marks on one axis, in rows, so that no label lies on another or on a mark.

`assets/timeline_labels.js` does the same with measured widths after each zoom; a test holds the two together.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MARK = 9.0  # pixels from the middle of a mark to its edge, with air
GAP = 4.0  # pixels between mark and label
ROWS = 6  # rows with labels; below them a row for marks that have room for none
_EM = 11.5  # pixels
_LETTER, _WIDE = 0.6, 1.05  # em; a letter of most fonts takes half an em, an ideograph a whole one
_MOST = 18.0  # em; a longer label is cut


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: its `row` from the top, whether it stands `before` its mark, whether it is `shown`."""

    row: int
    before: bool = False
    shown: bool = True


def label_width(text: str) -> float:
    """An upper bound of the width of a label in em, at which it is cut."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return min(wide * _WIDE + (len(text) - wide) * _LETTER, _MOST)


def pixels(em: float) -> float:
    """The width of a label in pixels, from its width in em."""
    return em * _EM


def place_labels(marks: Sequence[tuple[float, float, float]], width: float) -> tuple[Label, ...]:
    """The place of each label, given the edges of its mark and its own width in pixels, from left to right.

    A label follows its mark where it fits into `width`, else it stands before it; those that can't follow choose first,
    from the right. One that has room in no row is not shown; its mark stands in a row where it covers nothing, at worst
    in the last row, among others without a label.
    """
    spans: list[list[tuple[float, float]]] = [[] for _ in range(ROWS)]
    cramped = [i for i, (_, right, label) in enumerate(marks) if right + GAP + label > width]
    first = set(cramped)
    placed: dict[int, Label] = {}
    for i in [*reversed(cramped), *(i for i in range(len(marks)) if i not in first)]:
        left, right, label = marks[i]
        after, before = (left, right + GAP + label), (left - GAP - label, right)
        tries = [(after, False)] * (after[1] <= width) + [(before, True)] * (before[0] >= 0)
        found = next(((_free(spans, span), span, flip) for span, flip in tries if _free(spans, span) < ROWS), None)
        row, span, flip = found or (_free(spans, (left, right)), (left, right), False)
        if row < ROWS:
            spans[row].append(span)
        placed[i] = Label(row, flip, shown=found is not None)
    return tuple(placed[i] for i in range(len(marks)))


def _free(spans: Sequence[Sequence[tuple[float, float]]], span: tuple[float, float]) -> int:
    """The first row in which a span covers no other; `ROWS` if there is none."""
    return next((row for row in range(ROWS) if all(b <= span[0] or span[1] <= a for a, b in spans[row])), ROWS)
