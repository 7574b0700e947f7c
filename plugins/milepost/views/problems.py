"""Problems: what is wrong with the plan, in words an author understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from milepost.diagnostics import Located


@dataclass(frozen=True, slots=True)
class ProblemsOptions:
    """The problems have no options."""


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """All problems by file, in the order they stand there."""

    is_older: bool
    """Whether what is shown is older than these problems."""
    errors: int
    warnings: int
    files: tuple[tuple[str, tuple[Located, ...]], ...]


def problems(located: Iterable[Located], *, is_older: bool = False) -> ProblemsView:
    """The problems of a plan folder."""
    found = sorted(located, key=lambda p: (p.spot.file, p.spot.line, p.spot.column))
    errors = sum(problem.diagnostic.is_error for problem in found)
    files = tuple((file, tuple(inside)) for file, inside in groupby(found, key=lambda p: p.spot.file))
    return ProblemsView(is_older, errors, len(found) - errors, files)
