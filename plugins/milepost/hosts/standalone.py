"""Views without the MkDocs plugin, as for Zensical: the extension reads the plan on its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from milepost.build import Built, Caches, build, show
from milepost.diagnostics import Place
from milepost.hosts import clock, report
from milepost.plan.plan import Edition
from milepost.render.context import Context
from milepost.source.folder import plan_files

log = logging.getLogger("milepost")

Stamp = tuple[date, tuple[tuple[str, int, int], ...]]
"""What must be the same for a plan to be the same: the day, and each file's path, time of change and size."""


@dataclass(slots=True)
class _Plan:
    """A plan folder in one edition, worked out anew when something of it changed."""

    folder: Path
    edition: Edition
    caches: Caches = field(default_factory=Caches)
    stamp: Stamp | None = None
    built: Built | None = None

    def now(self) -> Built:
        """The plan as it is now; its problems are logged each time it is worked out."""
        stamp = _stamp(self.folder)
        if self.built is None or stamp != self.stamp:
            self.built = build(self.folder, now=clock.now(), edition=self.edition, caches=self.caches)
            self.stamp = stamp
            for problem in report.in_order(self.built.problems):
                tell = log.error if problem.diagnostic.is_error else log.warning
                tell("%s", report.one(problem, self.folder.as_posix()))
        return self.built


_plans: dict[tuple[Path, Edition], _Plan] = {}


def standalone(folder: Path, language: str, edition: Edition) -> Callable[[str, dict[str, Any] | None, str], str]:
    """A renderer of markers for the plan in `folder`. It knows no other page, so nothing is a link."""
    key = folder.resolve(), edition
    plan = _plans.setdefault(key, _Plan(folder, edition))
    context = Context(language, link=lambda target: None, source=lambda place: None)

    def renderer(name: str, options: dict[str, Any] | None, line: str) -> str:
        shown = show(plan.now(), name, options, Place("page"), lambda project: context)
        for problem in shown.problems:
            log.warning(
                "%s: %s%s",
                report.visible(line.strip()[:100]),
                problem.message,
                f"; {problem.hint}" if problem.hint else "",
            )
        return shown.html

    return renderer


def _stamp(folder: Path) -> Stamp:
    files = plan_files(folder) if folder.is_dir() else ()
    return clock.now().date(), tuple(_state(path) for path in files)


def _state(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:  # gone since the folder was listed, or a link to nowhere: reading it tells
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
