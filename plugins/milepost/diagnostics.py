"""What is wrong with a plan, where, and how to say it.

A step never raises on bad data: it returns its value beside a list of diagnostics. A diagnostic names its place by a
route of keys, because that is what a step knows; line and column are looked up only when it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal

Code = Literal[
    "bad-character",
    "bad-day",
    "bad-duration",
    "bad-id",
    "bad-link",
    "bad-money",
    "bad-number",
    "bad-percent",
    "bad-text",
    "circle",
    "dropped-reference",
    "due-before-start",
    "duplicate-id",
    "duplicate-key",
    "duplicate-project",
    "duplicate-project-id",
    "empty-file",
    "future-day",
    "missing-key",
    "no-currency",
    "no-holidays",
    "no-plan",
    "no-project",
    "no-rate",
    "not-a-list",
    "not-a-mapping",
    "not-utf8",
    "odd-amount",
    "outside-plan",
    "over-assigned",
    "same-name",
    "too-deep",
    "too-large",
    "too-many-musts",
    "unknown-choice",
    "unknown-country",
    "unknown-criterion",
    "unknown-key",
    "unknown-option",
    "unknown-reference",
    "unknown-region",
    "unknown-section",
    "unknown-view",
    "unreadable",
    "weights-sum",
    "wrong-option",
    "wrong-order",
    "wrong-reference",
    "wrong-shape",
    "wrong-value",
    "yaml-documents",
    "yaml-feature",
    "yaml-syntax",
    "zero-divisor",
    "zero-factor",
]
"""What kind of problem it is: the same for ever, so that it can be looked up. Each has a page in publish/problems."""


class Severity(StrEnum):
    """How bad it is: an error costs something of the plan, a warning costs nothing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a plan file.

    `file` is relative to the plan folder, with forward slashes. `keys` is the way from the top of the file:
    names in mappings, 0-based positions in lists. `part` says whether the key or its value is meant. `mark` is a
    0-based (line, column), given where no route can name the place, as at a syntax error or at a second key.
    """

    file: str
    keys: tuple[str | int, ...] = ()
    part: Literal["key", "value"] = "value"
    mark: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand a problem."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: a stable code, a message in an author's words, its place, and what to write instead if known.

    `fix` is set where only one thing can be meant: what to write for exactly the value (or key) at `place`.
    """

    code: Code
    message: str
    place: Place
    hint: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity = Severity.ERROR
    fix: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether the plan lost something by it."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is shown: 1-based `line` and `column`, the `text` of the line, `end_column` just after it.

    Line 0 stands for a file as a whole.
    """

    file: str
    line: int
    column: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Located:
    """A diagnostic with the spots of its places looked up; `related` pairs each message with its spot."""

    diagnostic: Diagnostic
    spot: Spot
    related: tuple[tuple[str, Spot], ...] = ()


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None if none is close."""
    by_fold = {_folded(k): k for k in known}
    found = get_close_matches(_folded(word), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The hint that offers the nearest known word."""
    found = nearest(word, known)
    return f"did you mean “{found}”?" if found else None


def misspelt(word: str, known: Iterable[str]) -> str | None:
    """The only known word that is `word` but for one slip (of four letters or more) or its case, “_” and spaces."""
    found = {
        k for k in known if _folded(k) == _folded(word) or (len(word) > 3 and _one_slip(_folded(word), _folded(k)))
    }
    return found.pop() if len(found) == 1 else None


def _folded(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")


def _one_slip(a: str, b: str) -> bool:
    """Whether a letter left out, put in, mistaken, or swapped with its neighbour turns `a` into `b` (Damerau, 1964)."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) < len(long):
        return short[i:] == long[i + 1 :]
    return short[i + 1 :] == long[i + 1 :] or (
        short[i + 2 :] == long[i + 2 :] and short[i : i + 2] == long[i : i + 2][::-1]
    )
