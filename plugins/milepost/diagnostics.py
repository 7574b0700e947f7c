"""What is wrong with a plan, where, and how to say it.

A step never raises on bad data: it returns its value beside a list of diagnostics. A diagnostic names its place by a
route of keys, because that is what a step knows; line and column are looked up only when it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal


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
    """One problem: a stable code, a message in an author's words, its place, and what to write instead if known."""

    code: str
    message: str
    place: Place
    hint: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity = Severity.ERROR

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
    by_fold = {k.casefold().replace("_", "-"): k for k in known}
    folded = word.casefold().replace("_", "-").replace(" ", "-")
    found = get_close_matches(folded, by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The hint that offers the nearest known word."""
    found = nearest(word, known)
    return f"did you mean “{found}”?" if found else None
