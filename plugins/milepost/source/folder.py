"""A plan folder → its documents."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from os import fsencode
from os.path import isdir, realpath  # Path.is_dir raises where a link names more than a path can hold
from pathlib import Path
from unicodedata import normalize

from milepost.diagnostics import Code, Diagnostic, Located, Place, Related, Severity, Spot
from milepost.source import limits
from milepost.source.lines import lines_at, mark_at
from milepost.source.positions import Positions, find, positions, routes_of, spot
from milepost.source.yaml import Document, read_document

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # no page, log or address can hold one
SUFFIXES = frozenset({".yml", ".yaml"})


@dataclass(slots=True)
class Cache:
    """Documents read before, by file and content hash; kept between two readings of one folder."""

    documents: dict[str, tuple[bytes, Document, tuple[Diagnostic, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """All documents of a plan folder, by file, in path order. `name` is the name of the folder."""

    name: str
    documents: Mapping[str, Document]

    def locate(self, problems: Iterable[Diagnostic]) -> tuple[Located, ...]:
        """Look up line and column of every place of `problems`; of each file, at most as many as one can read."""
        told = list(_first_of_each(problems))
        places = [place for p in told for place in (p.place, *(r.place for r in p.related))]
        spots = self._spots(places)
        return tuple(Located(p, spots[p.place], tuple((r.message, spots[r.place]) for r in p.related)) for p in told)

    def exact(self, place: Place) -> Place:
        """The place with the line and column of its key looked up."""
        document = self.documents.get(place.file)
        if document is None or not place.keys:
            return place
        return Place(place.file, place.keys, place.part, find(_positions(document.text), place)[0])

    def spot(self, place: Place) -> Spot:
        """Look up line and column of a place."""
        document = self.documents.get(place.file)
        if document is None or (not place.keys and place.mark is None):
            return Spot(place.file, 0, 0, 0, "")
        start, end = find(_positions(document.text), place)
        return spot(place, start, end, lines_at(document.text, {start[0]}).get(start[0], ""))

    def _spots(self, places: Iterable[Place]) -> dict[Place, Spot]:
        """The spots of many places; each file is looked through once."""
        asked: dict[str, list[Place]] = {}
        for place in places:
            asked.setdefault(place.file, []).append(place)
        spots: dict[Place, Spot] = {}
        for file, inside in asked.items():
            document = self.documents.get(file)
            found = _found(document.text, inside) if document else {}
            spots.update((place, found.get(place) or Spot(file, 0, 0, 0, "")) for place in inside)
        return spots


def _found(text: str, places: Iterable[Place]) -> dict[Place, Spot]:
    """The spots of the places in one file, but for those that mean the file as a whole."""
    exact = [place for place in places if place.keys or place.mark]
    routes = routes_of(place for place in exact if place.mark is None)
    known = positions(text, routes) if routes else {}
    marks = {place: find(known, place) for place in exact}
    lines = lines_at(text, {start[0] for start, _ in marks.values()})
    return {place: spot(place, start, end, lines.get(start[0], "")) for place, (start, end) in marks.items()}


def _first_of_each(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The problems, but of each file no more than the limit, and then that there are more."""
    counts: dict[str, int] = {}
    for problem in problems:
        file = problem.place.file
        counts[file] = counts.get(file, 0) + 1
        if counts[file] <= limits.PROBLEMS or (counts[file] == limits.PROBLEMS + 1 and problem.code == "too-large"):
            yield problem
        elif counts[file] == limits.PROBLEMS + 1:
            yield limits.too_many(Place(file))


@lru_cache(maxsize=256)
def _positions(text: str) -> Positions:
    return positions(text)


def read_folder(folder: Path, cache: Cache | None = None) -> tuple[Sources, list[Diagnostic]]:
    """Read every YAML file below `folder`; what can't be read is told and left out."""
    cache = cache if cache is not None else Cache()
    if not folder.is_dir():
        return Sources(folder.name, {}), [
            Diagnostic(
                "no-plan",
                "the plan folder doesn't exist",
                Place("."),
                "create it with a project.yml in it, or name another one with the option “plan”",
            )
        ]
    documents: dict[str, Document] = {}
    problems: list[Diagnostic] = []
    root = folder.resolve()
    left = limits.ALL_CHARACTERS
    for path in plan_files(folder):
        document, found = _read_file(root, path, _name(path.relative_to(folder)), cache)
        documents[document.file] = document
        problems += found
        if len(documents) > limits.FILES:
            problems.append(Diagnostic("too-large", f"more than {limits.FILES:,} files", Place(document.file)))
            break
        if (left := left - len(document.text)) < 0:
            message = f"all files together are over {limits.ALL_CHARACTERS // 2**20} MiB; the rest is not read"
            problems.append(Diagnostic("too-large", message, Place(document.file), "split the plan folder"))
            break
    problems += _same_names(documents)
    if not documents:
        problems.append(
            Diagnostic("no-plan", "the plan folder holds no YAML file", Place("."), "begin with project.yml")
        )
    for gone in cache.documents.keys() - documents.keys():
        del cache.documents[gone]
    return Sources(root.name, documents), problems


def plan_files(folder: Path) -> Iterator[Path]:
    """The YAML files below `folder` in path order, without names that begin with “.” or “_”.

    Links to folders, and folders that can't be listed, are among them: to read one tells why it is left out.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if isdir(path) and (path == folder or not path.is_symlink()):
            try:
                entries = [entry for entry in path.iterdir() if not entry.name.startswith((".", "_"))]
            except OSError:
                yield path
            else:
                waiting += sorted(entries, key=lambda entry: entry.name, reverse=True)
        elif path.suffix in SUFFIXES or isdir(path):
            yield path


def _name(path: Path) -> str:
    """The path with forward slashes; what of it is no UTF-8 is replaced, since nothing could print it."""
    return fsencode(path.as_posix()).decode("utf-8", "replace")


def _read_file(
    root: Path, path: Path, file: str, cache: Cache
) -> tuple[Document, tuple[Diagnostic, ...] | list[Diagnostic]]:
    if _CONTROL.search(file):
        return _lost(file, "bad-character", "a control character in the name of the file", "rename it")
    try:
        if not Path(realpath(path)).is_relative_to(root):  # Path.resolve raises where links run in a circle
            return _lost(file, "outside-plan", "the file is a link out of the plan folder", "put the file itself here")
        if path.is_symlink() and path.is_dir():
            return _lost(file, "outside-plan", "a link to a folder is not followed", "put the files themselves here")
        if path.exists() and not (path.is_file() or path.is_dir()):
            return _lost(file, "unreadable", "it is neither a file nor a folder", "delete it, or rename it")
        if path.stat().st_size > limits.FILE_BYTES:
            return _lost(
                file,
                "too-large",
                f"the file is over {limits.FILE_BYTES // 2**20} MiB",
                "split it into several",
            )
        raw = path.read_bytes()
    except OSError as error:
        return _lost(file, "unreadable", f"the file can't be read: {error.strerror}")
    digest = sha256(raw).digest()
    known = cache.documents.get(file)
    if known and known[0] == digest:
        return known[1], known[2]
    document, problems = _decode(file, raw)
    cache.documents[file] = (digest, document, tuple(problems))
    return document, problems


def _decode(file: str, raw: bytes) -> tuple[Document, list[Diagnostic]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        problem = Diagnostic(
            "not-utf8",
            f"the file is not UTF-8: byte 0x{raw[error.start]:02X}",
            Place(file, mark=mark_at(before, len(before))),
            "save it as UTF-8",
        )
        return Document(file, raw.decode("utf-8", "replace"), None, damaged=True), [problem]
    return read_document(file, text)


def _lost(file: str, code: Code, message: str, hint: str | None = None) -> tuple[Document, list[Diagnostic]]:
    return Document(file, "", None, damaged=True), [Diagnostic(code, message, Place(file), hint)]


def _same_names(files: Iterable[str]) -> Iterator[Diagnostic]:
    """A warning for each file whose name is another's but for case or normal form: some disks can't hold both."""
    first: dict[str, str] = {}
    for file in files:
        other = first.setdefault(normalize("NFKC", file).casefold(), file)
        if other != file:
            yield Diagnostic(
                "same-name",
                "the name of this file differs from another one's in case or in how an accent is encoded only",
                Place(file),
                "rename one of them: some computers take the two for one file",
                (Related("the other one", Place(other)),),
                Severity.WARNING,
            )
