"""One document → its records, each on its own: a bad record costs itself only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from milepost.diagnostics import Code, Diagnostic, Place, Severity, did_you_mean
from milepost.records.entry import Record
from milepost.records.errors import broken_inside, diagnostics
from milepost.records.project import Project
from milepost.records.records import SECTIONS
from milepost.source import BROKEN, Document, Value, limits
from milepost.source.lines import mark_at


@dataclass(frozen=True, slots=True)
class FileRecords:
    """What one file holds: its records with section and place, the project's own record if it stands here.

    `lost` are the ids of records that could not be read.
    """

    records: tuple[tuple[str, Record, Place], ...] = ()
    project: tuple[Project | None, Place] | None = None
    lost: frozenset[str] = frozenset()
    problems: tuple[Diagnostic, ...] = ()


def read_file(document: Document) -> FileRecords:
    """The records of one document."""
    return _FileReader(document).read()


def section_of_folder(file: str) -> str | None:
    """The list section whose folder `file` lies in, if it does."""
    return next((name for name in reversed(PurePosixPath(file).parts[:-1]) if name in SECTIONS), None)


class _FileReader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.records: list[tuple[str, Record, Place]] = []
        self.project: tuple[Project | None, Place] | None = None
        self.lost: set[str] = set()
        self.problems: list[Diagnostic] = []

    def read(self) -> FileRecords:
        top, file = self.document.value, self.document.file
        section = section_of_folder(file)
        if top is None:
            self._empty()
        elif not isinstance(top, dict):
            what = "a list" if isinstance(top, list) else "a text"
            hint = f"write “{section or 'features'}:” above the list" if isinstance(top, list) else "write “key: value”"
            self._tell("not-a-mapping", f"the top of a file is a mapping, not {what}", (), hint)
        elif section and section not in top:
            self._single(section, top)
        else:
            self._sections(top)
        return FileRecords(tuple(self.records), self.project, frozenset(self.lost), tuple(self.problems))

    def _tell(self, code: Code, message: str, keys: tuple[str | int, ...], hint: str | None = None) -> None:
        place = Place(self.document.file, keys, "key", None if keys else (0, 0))
        self.problems.append(Diagnostic(code, message, place, hint))

    def _empty(self) -> None:
        if not self.document.damaged:
            place = Place(self.document.file)
            message, hint = "the file is empty", "delete it, or write a section"
            self.problems.append(Diagnostic("empty-file", message, place, hint, severity=Severity.WARNING))
        elif section_of_folder(self.document.file):
            self.lost.add(PurePosixPath(self.document.file).stem)

    def _single(self, section: str, top: dict[str, Value]) -> None:
        place = Place(self.document.file, mark=(0, 0))
        self._record(section, {"id": PurePosixPath(self.document.file).stem, **top}, place)

    def _sections(self, top: dict[str, Value]) -> None:
        for name, value in top.items():
            if len(self.problems) > limits.PROBLEMS:
                return
            if name == "project":
                self._project(value)
            elif name in SECTIONS:
                self._section(name, value)
            elif not name.startswith("x-"):
                hint = did_you_mean(name, ["project", *SECTIONS])
                if hint is None and name in Project.known_keys():
                    hint = "indent it under “project:”"
                self._tell("unknown-section", f"unknown section “{name[:60]}”", (name,), hint)

    def _section(self, name: str, value: Value) -> None:
        if value is None or value is BROKEN:
            return
        if not isinstance(value, list):
            hint = "begin each record with “- ”"
            self._tell("not-a-list", f"“{name}” holds a list of records", (name,), hint)
            return
        for i, written in enumerate(value):
            if len(self.problems) > limits.PROBLEMS:
                return
            mark = (self.document.lines.get((name, i), 0), 0)
            self._record(name, written, Place(self.document.file, (name, i), mark=mark))

    def _record(self, section: str, written: Value, place: Place) -> None:
        if not isinstance(written, dict):
            if written is not BROKEN:
                hint = "write its keys under it, as in “- id: …”"
                message = f"an entry of “{section}” is a mapping"
                self.problems.append(Diagnostic("wrong-value", message, Place(place.file, place.keys), hint))
            return
        try:
            record = SECTIONS[section].model_validate(written)
        except ValidationError as error:
            self.problems += diagnostics(error, written, place.file, place.keys)
            self._lose(written)
            return
        if self.document.damaged and any(broken_inside(written)):
            self._lose(written)
            return
        self.records.append((section, record, place))

    def _lose(self, written: Mapping[str, Value]) -> None:
        identity = written.get("id") or written.get("on")
        if isinstance(identity, str):
            self.lost.add(identity)

    def _project(self, written: Value) -> None:
        place = Place(self.document.file, ("project",), mark=(self._line("project"), 0))
        if not isinstance(written, dict):
            if written is not BROKEN:
                self._tell("wrong-value", "“project” holds a mapping", ("project",), "write its “name:” under it")
            self.project = (None, place)
            return
        self.project = (self._project_record(written, place), place)

    def _project_record(self, written: dict[str, Any], place: Place) -> Project | None:
        """The project's record; a key with an error is left out, since everything else hangs on the rest."""
        good = {key: value for key, value in written.items() if not any(broken_inside(value))}
        try:
            return Project.model_validate(good)
        except ValidationError as error:
            self.problems += diagnostics(error, good, place.file, place.keys)
            bad = {item["loc"][0] for item in error.errors() if item["loc"]}
        good = {key: value for key, value in good.items() if key not in bad}
        try:
            return Project.model_validate(good)
        except ValidationError:
            return None

    def _line(self, key: str) -> int:
        """The 0-based line of a top key, as far as a look at the text tells."""
        found = re.search(rf"^[\"']?{re.escape(key)}", self.document.text, re.MULTILINE)
        return mark_at(self.document.text, found.start())[0] if found else 0
