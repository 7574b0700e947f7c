"""How far work is: of a feature as written, of a milestone and of the project by the weight of their parts."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from milepost.diagnostics import Diagnostic, Place, Severity
from milepost.plan.links import Links
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.records import Records

NONE, ALL = Decimal(0), Decimal(1)
Finished = Callable[[date], Decimal]


def progress(records: Records, links: Links, week: int = 5) -> dict[str, Decimal]:
    """The progress of every feature and milestone as a fraction, and under "" that of the project.

    A feature's is the one written, else 1 if it is done, else 0. A milestone's is the mean of its features weighted by
    effort (else duration, else 1); the project's is the same over its features and the milestones without any.
    Dropped work counts nowhere.
    """
    found = {feature.id: _own(feature) for feature in records.features}
    for milestone in records.milestones:
        parts = [feature for feature in links.members.get(milestone.id, ()) if feature.status != "dropped"]
        if milestone.progress is not None or milestone.status == "done" or not parts:
            found[milestone.id] = _own(milestone)
        else:
            found[milestone.id] = _mean((found[f.id], _weight(f, week)) for f in parts)
    whole: list[Feature | Milestone] = [f for f in records.features if f.status != "dropped"]
    whole += [m for m in records.milestones if m.status != "dropped" and not links.members.get(m.id)]
    found[""] = _mean((found[item.id], _weight(item, week)) for item in whole)
    return found


def finished_shares(records: Records, links: Links, week: int = 5) -> dict[str, Finished]:
    """How much of each feature and milestone was finished by a day, as a fraction, by the days written as `done`."""
    found: dict[str, Finished] = {feature.id: _share([(feature.done, ALL)]) for feature in records.features}
    for milestone in records.milestones:
        parts = [feature for feature in links.members.get(milestone.id, ()) if feature.status != "dropped"]
        if milestone.done or not parts:
            found[milestone.id] = _share([(milestone.done, ALL)])
        else:
            found[milestone.id] = _share([(feature.done, _weight(feature, week)) for feature in parts])
    return found


def _share(parts: list[tuple[date | None, Decimal]]) -> Finished:
    return lambda day: _mean((ALL if done and done <= day else NONE, weight) for done, weight in parts)


def _own(item: Feature | Milestone) -> Decimal:
    if item.progress is not None:
        return item.progress
    return ALL if item.status == "done" else NONE


def _weight(item: Feature | Milestone, week: int) -> Decimal:
    estimate = (item.effort or item.duration) if isinstance(item, Feature) else None
    return Decimal(repr(estimate.expected(week))) if estimate else ALL


def _mean(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The weighted mean of (value, weight) pairs, rounded to 12 places; 0 of nothing."""
    pairs = list(parts)
    total = sum((weight for _, weight in pairs), NONE)
    if not total:
        return NONE
    return round(sum((value * weight for value, weight in pairs), NONE) / total, 12).normalize() + 0


def doubtful(records: Records) -> list[Diagnostic]:
    """Warnings for what is written of milestones and features but can't be so."""
    problems = []
    for item in records.work:
        for key, message, hint in _doubts(item):
            place = records.places[item.id]
            found = Place(place.file, (*place.keys, key))
            problems.append(Diagnostic("due-before-start", message, found, hint, severity=Severity.WARNING))
    return problems


def _doubts(item: Feature | Milestone) -> Iterable[tuple[str, str, str]]:
    if item.start and item.due and item.due.last < item.start.first:
        yield "due", f"due {item.due} comes before the start {item.start}", "turn the two round, or mend one"
