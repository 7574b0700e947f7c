"""Makes the fixes that are certain in the files of a plan: `milepost check --fix`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from milepost.build import Built
from milepost.diagnostics import Located
from milepost.source.edit import Edit, edited
from milepost.source.write import write_file

_PASSES = 5  # a record that can be read again may show what was hidden before
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fixed:
    """The plan after its fixes: what was `done`, and what was `refused`, with the reason."""

    built: Built
    done: tuple[Located, ...] = ()
    refused: tuple[tuple[Located, str], ...] = ()


def fix(folder: Path, built: Built, rebuild: Callable[[], Built]) -> Fixed:
    """Write the certain fixes of all problems of `built` into the files of `folder`; `rebuild` reads the plan again.

    Each fix replaces one value or key and nothing beside it. A file is left as it was where it has changed since it was
    read, where it can't be written, or where the problem would still be there.
    """
    done: list[Located] = []
    refused: list[tuple[Located, str]] = []
    tried: set[object] = set()
    for _ in range(_PASSES):
        todo = [p for p in built.problems if p.diagnostic.fix is not None and _key(p) not in tried]
        if not todo:
            break
        tried |= {_key(problem) for problem in todo}
        for file, problems in groupby(sorted(todo, key=_file), _file):
            for batch in _batches(built, file, list(problems)):
                reason = _write(folder / file, built, batch, rebuild)
                done += batch if reason is None else []
                refused += [(problem, reason) for problem in batch] if reason else []
                built = rebuild()
    return Fixed(built, tuple(done), tuple(refused))


def _file(problem: Located) -> str:
    return problem.spot.file


def _key(problem: Located) -> object:
    told = problem.diagnostic
    return told.code, told.message, told.place


def _batches(built: Built, file: str, problems: Sequence[Located]) -> Iterable[list[Located]]:
    """All fixes of a file at once; each by itself where together they would change more than they should."""
    together = edited(built.sources.documents[file], [_edit(problem) for problem in problems]) is not None
    return [list(problems)] if together else [[problem] for problem in problems]


def _edit(problem: Located) -> Edit:
    return problem.diagnostic.place, problem.diagnostic.fix or ""


def _write(path: Path, built: Built, problems: Sequence[Located], rebuild: Callable[[], Built]) -> str | None:
    """Make fixes in one file; the reason where that is refused."""
    document = built.sources.documents[problems[0].spot.file]
    text = edited(document, [_edit(problem) for problem in problems])
    if text is None:
        return "more than this value would change"
    try:
        raw = path.read_bytes()
        bom = _BOM if raw.startswith(_BOM) else b""
        if raw != bom + document.text.encode():
            return "the file has changed meanwhile"
        write_file(path, bom + text.encode())
        left = {_key(problem) for problem in rebuild().problems}
        if any(_key(problem) in left for problem in problems):
            write_file(path, raw)
            return "the problem would still be there"
    except OSError as error:
        return f"the file can't be written: {error.strerror}"
    return None
