"""The steps from a plan folder to plans that can be shown, in their order."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from milepost.diagnostics import Located
from milepost.plan.plan import Edition, Plan, make_plans
from milepost.records.read import RecordCache, read_records, unreadable_text
from milepost.records.records import Records
from milepost.source import Cache, Sources, read_folder


@dataclass(frozen=True, slots=True)
class Caches:
    """What one build leaves for the next: documents and records by the content of their file."""

    documents: Cache = field(default_factory=Cache)
    records: RecordCache = field(default_factory=RecordCache)


@dataclass(frozen=True, slots=True)
class Built:
    """A plan folder as read and worked out: one plan a project, and every problem with its place looked up."""

    sources: Sources
    plans: tuple[Plan, ...]
    problems: tuple[Located, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something of the plan was lost."""
        return any(problem.diagnostic.is_error for problem in self.problems)


def build(
    folder: Path, *, now: datetime, today: date | None = None, edition: Edition = "full", caches: Caches | None = None
) -> Built:
    """Read the plan in `folder` and work out what follows from it.

    `now` is an aware time; the as-of date is `today`, else the day the project freezes, else the day of `now` in the
    project's time zone. Bad data never raises: it is told in `problems`.
    """
    caches = caches or Caches()
    sources, unread = read_folder(folder, caches.documents)
    projects, unclear = read_records(sources, caches.records)
    as_of = today or _as_of(projects, now)
    plans, unfit = make_plans(projects, as_of, edition, unreadable_text(sources))
    return Built(sources, plans, sources.locate([*unread, *unclear, *unfit]))


def _as_of(projects: tuple[Records, ...], now: datetime) -> date:
    """The day that all projects of a plan folder are looked at: the first one's that says so."""
    frozen = next((records.project.today for records in projects if records.project.today), None)
    zone = projects[0].project.timezone if projects else "UTC"
    return frozen or now.astimezone(ZoneInfo(zone)).date()
