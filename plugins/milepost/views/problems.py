"""Problems: what is wrong with the plan, in words an author understands.

The messages themselves are English in all languages: they are those of the command line, and what people search for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from milepost.diagnostics import Located, Spot
from milepost.plan.phrase import Phrase
from milepost.source.shown import visible, window


@dataclass(frozen=True, slots=True)
class ProblemsOptions:
    """The problems have no options."""


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """All problems by file, in the order they stand there."""

    is_older: bool
    """Whether what is shown is older than these problems."""
    errors: int
    told: Phrase
    files: tuple[tuple[str, tuple[Located, ...]], ...]


def problems(located: Iterable[Located], *, is_older: bool = False) -> ProblemsView:
    """The problems of a plan folder."""
    found = sorted(located, key=lambda p: (p.spot.file, p.spot.line, p.spot.column))
    errors = sum(problem.diagnostic.is_error for problem in found)
    files = tuple(
        (visible(file), tuple(_visible(problem) for problem in inside))
        for file, inside in groupby(found, key=lambda p: p.spot.file)
    )
    return ProblemsView(is_older, errors, _counted(found), files)


def headline(located: Iterable[Located], *, is_older: bool) -> Phrase:
    """How many problems there are, and whether what is shown is older than they."""
    values = {"told": _counted(tuple(located))}
    if is_older:
        return Phrase("{told}. The plan is shown as it was before.", values)
    return Phrase("{told}.", values)


def _counted(found: Sequence[Located]) -> Phrase:
    """As “2 errors, 1 warning in 3 files”."""
    wrong = sum(problem.diagnostic.is_error for problem in found)
    odd, places = len(found) - wrong, len({problem.spot.file for problem in found})
    values = {
        "errors": Phrase("{n} error", {"n": wrong}, "{n} errors", wrong),
        "warnings": Phrase("{n} warning", {"n": odd}, "{n} warnings", odd),
        "files": Phrase("{n} file", {"n": places}, "{n} files", places),
    }
    if wrong and odd:
        return Phrase("{errors}, {warnings} in {files}", values)
    return Phrase("{errors} in {files}", values) if wrong else Phrase("{warnings} in {files}", values)


def _visible(problem: Located) -> Located:
    """The problem as a page can hold it: it quotes what may hold any character, in lines of any length."""
    told = problem.diagnostic
    hint = visible(told.hint) if told.hint else None
    related = tuple((visible(message), replace(spot, file=visible(spot.file))) for message, spot in problem.related)
    return Located(replace(told, message=visible(told.message), hint=hint), _cut(problem.spot), related)


def _cut(spot: Spot) -> Spot:
    start = spot.column - 1
    before, meant, after = window(spot.text, max(start, 0), max(spot.end_column - 1, start + 1))
    column = len(before) + 1 if spot.line else spot.column
    return Spot(visible(spot.file), spot.line, column, column + max(len(meant), 1), before + meant + after)
