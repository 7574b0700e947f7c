"""Why an item starts and finishes when it does, and how much room it has."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from milepost.diagnostics import Place
from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.schedule import Schedule
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.work import Dependency, DependencyType
from milepost.views.explain_float import LABELS, float_figures
from milepost.views.explanation import (
    Explanation,
    Given,
    day,
    days,
    figure,
    listed,
    period,
    place,
    share,
    words,
)
from milepost.views.item import target_of
from milepost.views.terms import TERMS, term

_TOLERANCE = 1e-6
_AFTER: Mapping[DependencyType, Phrase] = {
    "FS": Phrase("it begins after the finish of “{title}”, {day}"),
    "SS": Phrase("it begins after the start of “{title}”, {day}"),
    "FF": Phrase("it finishes after the finish of “{title}”, {day}"),
    "SF": Phrase("it finishes after the start of “{title}”, {day}"),
}
_LATER: Mapping[DependencyType, Phrase] = {
    "FS": Phrase("it begins {lag} after the finish of “{title}”, {day}"),
    "SS": Phrase("it begins {lag} after the start of “{title}”, {day}"),
    "FF": Phrase("it finishes {lag} after the finish of “{title}”, {day}"),
    "SF": Phrase("it finishes {lag} after the start of “{title}”, {day}"),
}
_EARLIER: Mapping[DependencyType, Phrase] = {
    "FS": Phrase("it begins {lag} before the finish of “{title}”, {day}"),
    "SS": Phrase("it begins {lag} before the start of “{title}”, {day}"),
    "FF": Phrase("it finishes {lag} before the finish of “{title}”, {day}"),
    "SF": Phrase("it finishes {lag} before the start of “{title}”, {day}"),
}


@dataclass(frozen=True, slots=True)
class _Bound:
    """A moment before which an item can't begin: the `offset` allowed, the day it comes from, and why in words."""

    given: Given
    offset: float
    because: Phrase


def schedule_figures(plan: Plan, item: Milestone | Feature) -> tuple[Explanation, ...]:
    """Start, finish, margin and floats; without a schedule each says why."""
    found = plan.schedule.get(item.id)
    if found is None:
        reason = _why_none(item)
        return tuple(
            figure(f"schedule.{key}", label, None, reason=reason, in_views=False) for key, label in LABELS.items()
        )
    bounds = _bounds(plan, item, found)
    return (
        _start(plan, item, found, bounds),
        _finish(plan, item, found, bounds),
        _margin(plan, item, found),
        *float_figures(plan, item, found, _rows(bounds)),
    )


def _is_running(item: Milestone | Feature) -> bool:
    """Whether it has begun; a milestone has no work of its own that could."""
    return isinstance(item, Feature) and item.status == "active"


def _why_none(item: Milestone | Feature) -> Phrase:
    if item.status == "dropped":
        return Phrase("it is dropped")
    if item.status == "done":
        return Phrase("it is done, and the day is not written")
    if item.status == "idea":
        return Phrase("an idea without dates is no commitment yet")
    return Phrase("it has no duration, no effort, no dates and nothing scheduled before it")


def _duration(plan: Plan, feature: Feature) -> tuple[float | None, list[Given]]:
    """The expected duration in working days, with what it is worked out from."""
    week = plan.calendar.week
    estimate, key = (feature.duration, "duration") if feature.duration else (feature.effort, "effort")
    if estimate:
        note = None
        if not estimate.is_point:
            points = {name: str(getattr(estimate, name)) for name in ("low", "likely", "high")}
            note = Phrase("(low {low} + 4 × likely {likely} + high {high}) ÷ 6", points)
        expected = estimate.expected(week)
        given = [term(key, days(expected), place(plan, feature.id, key), note=note)]
        shares = sum((a.share for a in feature.assigned), Decimal(0)) if key == "effort" else Decimal(0)
        if not shares:
            return expected, given
        given.append(term("shares", share(shares), place(plan, feature.id, "assigned")))
        return expected / float(shares), given
    if feature.start and feature.due:
        span = float(plan.calendar.between(feature.start.first, feature.due.last))
        return span, [
            Given(Phrase("start written"), period(feature.start), place(plan, feature.id, "start")),
            term("due", period(feature.due), place(plan, feature.id, "due")),
        ]
    return None, []


def _bounds(plan: Plan, item: Milestone | Feature, found: Schedule) -> list[_Bound]:
    """What keeps an item that has not begun from beginning earlier, the latest bound first."""
    calendar = plan.calendar
    bounds = []
    if item.start:
        given = Given(Phrase("own start"), period(item.start), place(plan, item.id, "start"))
        offset = float(calendar.offset(item.start.first))
        because = Phrase("it begins no earlier than its own start, {day}", {"day": item.start})
        bounds.append(_Bound(given, offset, because))
    if not _is_running(item):
        given = term("as_of", day(plan.as_of), place(plan, "", "today"))
        because = Phrase("what is not begun can't begin before the as-of date, {day}", {"day": plan.as_of})
        bounds.append(_Bound(given, float(calendar.offset(plan.as_of)), because))
    for i, need in enumerate(plan.links.needs.get(item.id, ())):
        if bound := _dependency(plan, item, found, need, i):
            bounds.append(bound)
    if isinstance(item, Milestone):
        for feature in plan.links.members.get(item.id, ()):
            other = plan.schedule.get(feature.id)
            if other and feature.status != "dropped":
                at = place(plan, feature.id, "milestone")
                given = Given(feature.title, day(other.finish), at, target_of(feature))
                values = {"title": feature.title, "day": other.finish}
                bounds.append(_Bound(given, other.ef, Phrase("“{title}” finishes on {day}", values)))
    given = Given(Phrase("project's start"), day(calendar.start), place(plan, "", "start"))
    bounds.append(_Bound(given, 0.0, Phrase("the project starts on {day}", {"day": calendar.start})))
    return sorted(bounds, key=lambda bound: -bound.offset)


def _dependency(plan: Plan, item: Milestone | Feature, found: Schedule, need: Dependency, index: int) -> _Bound | None:
    at = _written(plan, item, need, index)
    _, other = plan.links.by_id.get(need.id, ("", None))
    schedule = plan.schedule.get(need.id)
    lag = need.lag.days(plan.calendar.week)
    duration = found.ef - found.es if isinstance(item, Feature) else 0.0
    if "/" in need.id and not isinstance(other, Milestone | Feature):
        given = Given(need.id, words(Phrase("another project")), at)
        return _Bound(given, found.es, Phrase("it waits for “{title}” of another project", {"title": need.id}))
    if schedule is None or not isinstance(other, Milestone | Feature):
        return None
    from_finish = need.type in ("FS", "FF")
    offset = (schedule.ef if from_finish else schedule.es) + lag - (duration if need.type in ("FF", "SF") else 0.0)
    when = schedule.finish if from_finish else schedule.start
    note = _moment(need, lag) if need.type != "FS" or lag else None
    given = Given(other.title, day(when), at, target_of(other), note=note)
    values = {"title": other.title, "day": when, "lag": str(need.lag).removeprefix("-")}
    said = _AFTER if lag == 0 else _LATER if lag > 0 else _EARLIER
    return _Bound(given, offset, replace(said[need.type], values=values))


def _moment(need: Dependency, lag: float) -> Phrase:
    """Which moment of the other item counts, and the time from it."""
    values = {"lag": str(need.lag)}
    if need.type in ("FS", "FF"):
        return Phrase("finishes, lag {lag}", values) if lag else Phrase("finishes")
    return Phrase("starts, lag {lag}", values) if lag else Phrase("starts")


def _written(plan: Plan, item: Milestone | Feature, need: Dependency, index: int) -> Place | None:
    """Where a dependency is written; its place in the list, from which circles and dropped work are left out."""
    written = next((i for i, own in enumerate(item.depends_on) if own is need), None)
    written = written if written is not None else next((i for i, d in enumerate(item.depends_on) if d == need), index)
    return place(plan, item.id, "depends_on", written)


def _driving(found: Schedule, bounds: list[_Bound]) -> list[_Bound]:
    """The bounds that decide: several if they fall together."""
    known = [bound for bound in bounds if abs(bound.offset - found.es) < _TOLERANCE]
    return known or bounds[:1]


def _rows(bounds: list[_Bound]) -> list[Given]:
    return listed([bound.given for bound in bounds])


def _start(plan: Plan, item: Milestone | Feature, found: Schedule, bounds: list[_Bound]) -> Explanation:
    value, label = day(found.start), LABELS["start"]
    started = item.started if isinstance(item, Feature) else None
    if started:
        began = term("started", day(started), place(plan, item.id, "started"))
        fact = Phrase("it began on {day}, and facts win", {"day": started})
        return figure("schedule.start", label, value, Phrase("start = {started}", TERMS), [began], [fact])
    if item.status == "done":
        inputs = [term("done", day(item.done), place(plan, item.id, "done"))]
        if isinstance(item, Feature):
            inputs += _duration(plan, item)[1]
        return figure("schedule.start", label, value, Phrase("start = {done} − {duration}", TERMS), inputs, fill=False)
    inputs = _rows(bounds)
    because = [bound.because for bound in _driving(found, bounds)[:2]]
    formula = Phrase("start = the latest of what it waits for")
    if _is_running(item):
        formula = Phrase("start = the latest of what it waits for, no later than the as-of date")
    in_views = isinstance(item, Feature)
    return figure("schedule.start", label, value, formula, inputs, because, fill=False, in_views=in_views)


def _finish(plan: Plan, item: Milestone | Feature, found: Schedule, bounds: list[_Bound]) -> Explanation:
    value, label = day(found.finish), LABELS["finish"]
    if item.status == "done":
        fact = term("done", day(item.done), place(plan, item.id, "done"))
        return figure("schedule.finish", label, value, Phrase("finish = {done}", TERMS), [fact], [Phrase("facts win")])
    if isinstance(item, Milestone):
        inputs = _rows(bounds)
        because = [bound.because for bound in _driving(found, bounds)[:2]]
        formula = Phrase("finish = the latest of what it waits for")
        return figure("schedule.finish", label, value, formula, inputs, because, fill=False)
    duration, given = _duration(plan, item)
    inputs = [term("start", day(found.start), field="schedule.start"), *given]
    now = float(plan.calendar.offset(plan.as_of))
    full = found.es + (duration or 0.0)
    because, formula = [], Phrase("finish = {start} + {duration}", TERMS)
    if any(one.name == "shares" for one in given):
        formula = Phrase("finish = {start} + {effort} ÷ {shares}", TERMS)
    elif any(one.name == "effort" for one in given):
        formula = Phrase("finish = {start} + {effort}", TERMS)
    if _is_running(item) and found.ef > full + _TOLERANCE:
        formula = Phrase("finish = {as_of} + (1 − {progress}) × {duration}", TERMS)
        inputs = [
            term("as_of", day(plan.as_of), place(plan, "", "today")),
            term("progress", share(plan.progress[item.id]), field="progress"),
            term("duration", days(duration)),
            *(one for one in given if one.name != "duration"),
        ]
        because = [Phrase("its rest is still to do from the as-of date on")]
    elif not _is_running(item):
        because = [bound.because for bound in _driving(found, bounds)[:2]]
    elif found.finish == plan.as_of and found.ef < now:
        because = [Phrase("what is not done can't have finished before the as-of date")]
    return figure("schedule.finish", label, value, formula, inputs, because)


def _margin(plan: Plan, item: Milestone | Feature, found: Schedule) -> Explanation:
    label = LABELS["margin"]
    if item.due is None or found.margin is None:
        reason = Phrase("no date is promised")
        return figure("schedule.margin", label, None, reason=reason, in_views=False)
    inputs = [
        term("finish", day(found.finish), field="schedule.finish"),
        term("due", period(item.due), place(plan, item.id, "due")),
    ]
    if item.due.kind != "day":
        inputs.append(Given(Phrase("last day of due"), day(item.due.last)))
    late, exact = Phrase("late against the promise"), Phrase("on the day promised")
    because = [] if found.margin > 0 else [late if found.margin < 0 else exact]
    formula = Phrase("margin = working days from finish to the last day of due")
    return figure("schedule.margin", label, days(found.margin), formula, inputs, because, fill=False)
