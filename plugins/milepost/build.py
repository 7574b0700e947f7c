"""The steps from a plan folder to plans that can be shown, in their order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from milepost.diagnostics import Code, Diagnostic, Located, Place, did_you_mean
from milepost.plan.phrase import Phrase
from milepost.plan.plan import Edition, Plan, make_plans
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.read import RecordCache, read_records, unreadable_text
from milepost.records.records import Records
from milepost.render.context import Context
from milepost.render.formats import formats
from milepost.render.page import render
from milepost.source import Cache, Sources, read_folder
from milepost.source.shown import visible
from milepost.views import VIEWS
from milepost.views.feature import feature
from milepost.views.milestone import milestone
from milepost.views.options import read_options
from milepost.views.problems import problems


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
    is_older: bool = False
    """Whether the problems are those of a newer state, and this is the last one without errors."""

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


@dataclass(frozen=True, slots=True)
class Shown:
    """The HTML of one view, and what was wrong with the way it was asked for."""

    html: str
    problems: tuple[Diagnostic, ...] = ()


def show(built: Built, name: str, raw: Mapping[str, Any] | None, place: Place, lent: Callable[[str], Context]) -> Shown:
    """The HTML of the view `name` with the options `raw`, as a marker at `place` asks for it; None is no mapping.

    The option `project` names a project of a portfolio, by default the first; `lent` gives what the page lends to
    the views of a project, by its id. `feature` and `milestone` take the `id` of the item to show.
    """
    if raw is None:
        return _wrong("wrong-option", "the options of the marker are no mapping", place, "write {key: value}")
    options = dict(raw)

    def context(project: str) -> Context:
        if any(plan.edition == "public" for plan in built.plans):  # the plan's files are nobody else's business
            return replace(lent(project), spot=lambda place: None, source=lambda place: None)
        return replace(lent(project), spot=built.sources.exact)

    if name == "problems":
        if any(plan.edition == "public" for plan in built.plans):  # they quote lines of what is internal
            hidden = Phrase("What is wrong with the plan is not told in its public edition.")
            return Shown(_note(formats(context("").language).phrase(hidden)))
        project = built.plans[0].records.id if built.plans else ""
        return Shown(render(name, problems(built.problems, is_older=built.is_older), context(project)))
    if name == "components":
        return Shown(render("every_component", None, context("")))
    known = {plan.records.id: plan for plan in built.plans}
    wanted = options.pop("project", None)
    if wanted is not None and (not isinstance(wanted, str) or wanted not in known):
        return _wrong("unknown-option", f"there is no project “{wanted}”", place, did_you_mean(str(wanted), known))
    plan = known[wanted] if wanted else next(iter(built.plans), None)
    if plan is None:
        return Shown(_note(formats(context("").language).phrase(Phrase("There is no plan to show yet."))))
    if name in ("feature", "milestone"):
        return _item(plan, name, options, place, context(plan.records.id))
    kind = VIEWS.get(name)
    if kind is None:
        known_views = [*VIEWS, "problems", "components", "feature", "milestone"]
        hint = did_you_mean(name, known_views) or f"the views are {', '.join(known_views)}"
        return _wrong("unknown-view", f"there is no view “{name}”", place, hint)
    chosen: Any
    chosen, told = read_options(kind.options, options, place)
    notes = "".join(_told(problem) for problem in told)
    return Shown(notes + render(name, kind.make(plan, chosen), context(plan.records.id)), tuple(told))


def _item(plan: Plan, name: str, options: Mapping[str, Any], place: Place, context: Context) -> Shown:
    identity = options.get("id")
    if identity is None:
        return _wrong("unknown-option", f"the marker names no {name}", place, f"write “{name} {{id: …}}”")
    _, item = plan.links.by_id.get(str(identity), ("", None))
    if isinstance(item, Feature) and name == "feature":
        return Shown(render(name, feature(plan, item), context))
    if isinstance(item, Milestone) and name == "milestone":
        return Shown(render(name, milestone(plan, item), context))
    ids = [key for key, (section, _) in plan.links.by_id.items() if section == f"{name}s"]
    return _wrong("unknown-option", f"there is no {name} “{identity}”", place, did_you_mean(str(identity), ids))


def _wrong(code: Code, message: str, place: Place, hint: str | None) -> Shown:
    problem = Diagnostic(code, message, place, hint)
    return Shown(_told(problem), (problem,))


def _told(problem: Diagnostic) -> str:
    return _note(f"Milepost: {problem.message}{f'; {problem.hint}' if problem.hint else ''}")


def _note(text: str) -> str:
    return f'<div class="mp"><p class="mp-soft">{escape(visible(text))}</p></div>'
