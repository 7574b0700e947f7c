"""Documents → projects: every file's records, gathered by the project whose folder they lie in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from milepost.diagnostics import Diagnostic, Place, Related
from milepost.records.entry import Record
from milepost.records.file import FileRecords, read_file
from milepost.records.project import Project
from milepost.records.records import SECTIONS, Records
from milepost.records.values import ID_PATTERN
from milepost.source import Document, Sources

_PROJECT_KEY = re.compile(r"^project\s*:", re.MULTILINE)


@dataclass(slots=True)
class RecordCache:
    """Records of files read before; a file's are kept as long as its document is the same."""

    files: dict[str, tuple[Document, FileRecords]] = field(default_factory=dict)

    def read(self, document: Document) -> FileRecords:
        """The records of a document, validated at most once."""
        known = self.files.get(document.file)
        if known is None or known[0] is not document:
            known = self.files[document.file] = (document, read_file(document))
        return known[1]


def read_records(sources: Sources, cache: RecordCache | None = None) -> tuple[tuple[Records, ...], list[Diagnostic]]:
    """The projects of a plan folder, the one of the folder itself first, then in path order."""
    cache = cache or RecordCache()
    files = {name: cache.read(document) for name, document in sources.documents.items()}
    problems = [problem for found in files.values() for problem in found.problems]
    folders = _project_folders(sources)
    owned: dict[str, dict[str, FileRecords]] = {folder: {} for folder in sorted(folders)}
    for name, found in files.items():
        owned.setdefault(_owner(name, folders), {})[name] = found
    projects: dict[str, Records] = {}
    for folder, inside in sorted(owned.items()):
        records, told = _project(sources, folder, inside)
        problems += told
        if records is None:
            continue
        if other := projects.get(records.id):
            problems.append(_second_project(records, other))
            continue
        projects[records.id] = records
    return tuple(projects.values()), problems


def unreadable_text(sources: Sources) -> str:
    """The text of all files of which something was lost: an id in it may be that of a lost record."""
    return "\n".join(document.text for document in sources.documents.values() if document.damaged)


def _project_folders(sources: Sources) -> frozenset[str]:
    """The folders that have a `project` of their own, also where its file could not be read."""
    return frozenset(
        _folder(document.file)
        for document in sources.documents.values()
        if (isinstance(document.value, dict) and "project" in document.value)
        or (document.value is None and document.damaged and _PROJECT_KEY.search(document.text))
    )


def _folder(file: str) -> str:
    parent = PurePosixPath(file).parent.as_posix()
    return "" if parent == "." else parent


def _owner(file: str, folders: frozenset[str]) -> str:
    """The nearest folder above `file` that is a project, else the plan folder."""
    above = (("" if p.as_posix() == "." else p.as_posix()) for p in PurePosixPath(file).parents)
    return next((folder for folder in above if folder in folders), "")


def _project(
    sources: Sources, folder: str, files: Mapping[str, FileRecords]
) -> tuple[Records | None, list[Diagnostic]]:
    name = PurePosixPath(folder).name if folder else sources.name
    if folder and not re.match(ID_PATTERN, name):
        place = next((found.project[1] for found in files.values() if found.project), Place(folder))
        hint = "rename the folder: small letters, digits, “.”, “_”, “-”"
        return None, [Diagnostic("bad-id", f"the folder name “{name[:80]}” is no project id", place, hint)]
    project, place, problems = _own_record(sources, files, folder, name)
    records, places, doubles = _unique(files.values())
    lost = frozenset().union(*(found.lost for found in files.values())) if files else frozenset()
    sections: dict[str, Any] = {section: tuple(records.get(section, ())) for section in SECTIONS}
    return Records(name, folder, project, **sections, places={"": place, **places}, lost=lost), problems + doubles


def _own_record(
    sources: Sources, files: Mapping[str, FileRecords], folder: str, name: str
) -> tuple[Project, Place, list[Diagnostic]]:
    """The project's own record; one that is named after its folder where none can be had."""
    written = [found.project for found in files.values() if found.project]
    stand_in = Project(name=name)
    if not written:
        first = next(iter(files), "project.yml")
        place = Place(first, mark=(0, 0))
        hidden = any(document.damaged for file, document in sources.documents.items() if file in files)
        if hidden or not files:
            return stand_in, place, []
        missing = Place(f"{folder}/project.yml" if folder else "project.yml")
        message = "no project is written anywhere in the plan"
        return (
            stand_in,
            place,
            [Diagnostic("no-project", message, missing, "write “project: {name: …}” in project.yml")],
        )
    (project, place), *others = written
    problems = [
        Diagnostic(
            "duplicate-project",
            "the project is written twice",
            Place(other.file, other.keys, "key"),
            "keep one of them",
            (Related("first written here", Place(place.file, place.keys, "key")),),
        )
        for _, other in others
    ]
    return project or stand_in, place, problems


def _unique(
    files: Iterable[FileRecords],
) -> tuple[dict[str, list[Record]], dict[str, Place], list[Diagnostic]]:
    """The records by section, those with an id of an earlier one left out and told."""
    records: dict[str, list[Record]] = {}
    places: dict[str, Place] = {}
    problems = []
    for found in files:
        for section, record, place in found.records:
            if first := places.get(record.id):
                problems.append(_second_id(record.id, section, place, first))
            else:
                places[record.id] = place
                records.setdefault(section, []).append(record)
    return records, places, problems


def _second_id(identity: str, section: str, place: Place, first: Place) -> Diagnostic:
    hint = "give it an “id” of its own" if section == "updates" else "ids are unique in a project over all sections"
    return Diagnostic(
        "duplicate-id",
        f"the id “{identity}” is used twice",
        _id_place(place),
        hint,
        (Related("first used here", _id_place(first)),),
    )


def _id_place(place: Place) -> Place:
    return Place(place.file, (*place.keys, "id"))


def _second_project(records: Records, other: Records) -> Diagnostic:
    related = (Related("the other is here", _without_mark(other.places[""])),)
    message = f"two projects have the id “{records.id}”, the name of their folder"
    return Diagnostic(
        "duplicate-project-id",
        message,
        _without_mark(records.places[""]),
        "rename one of the folders",
        related,
    )


def _without_mark(place: Place) -> Place:
    return Place(place.file, place.keys, "key")
