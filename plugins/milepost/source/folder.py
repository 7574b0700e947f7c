"""A plan folder → its documents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from os.path import realpath
from pathlib import Path
from unicodedata import normalize

from milepost.diagnostics import Code, Diagnostic, Located, Place, Related, Severity, Spot
from milepost.source import limits
from milepost.source.lines import mark_at
from milepost.source.positions import Positions, find, positions, spot
from milepost.source.yaml import Document, read_document

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
        """Look up line and column of every place of `problems`."""
        known: dict[str, Positions] = {}
        return tuple(
            Located(
                p,
                self._spot(p.place, known),
                tuple((r.message, self._spot(r.place, known)) for r in p.related),
            )
            for p in problems
        )

    def exact(self, place: Place) -> Place:
        """The place with the line and column of its key looked up."""
        document = self.documents.get(place.file)
        if document is None or not place.keys:
            return place
        return Place(place.file, place.keys, place.part, find(_positions(document.text), place)[0])

    def spot(self, place: Place) -> Spot:
        """Look up line and column of a place."""
        document = self.documents.get(place.file)
        return self._spot(place, {place.file: _positions(document.text)} if document else {})

    def _spot(self, place: Place, known: dict[str, Positions]) -> Spot:
        document = self.documents.get(place.file)
        if document is None or (not place.keys and place.mark is None):
            return Spot(place.file, 0, 0, 0, "")
        if place.file not in known and place.mark is None:
            known[place.file] = positions(document.text)
        return spot(document, known.get(place.file, {}), place)


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
    for path in plan_files(folder):
        document, found = _read_file(root, path, path.relative_to(folder).as_posix(), cache)
        documents[document.file] = document
        problems += found
        if len(documents) > limits.FILES:
            problems.append(Diagnostic("too-large", f"more than {limits.FILES:,} files", Place(document.file)))
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
        if path.is_dir() and (path == folder or not path.is_symlink()):
            try:
                entries = [entry for entry in path.iterdir() if not entry.name.startswith((".", "_"))]
            except OSError:
                yield path
            else:
                waiting += sorted(entries, key=lambda entry: entry.name, reverse=True)
        elif path.suffix in SUFFIXES or path.is_dir():
            yield path


def _read_file(
    root: Path, path: Path, file: str, cache: Cache
) -> tuple[Document, tuple[Diagnostic, ...] | list[Diagnostic]]:
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
