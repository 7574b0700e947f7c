"""The levelled schedule, in which nobody works above capacity, and the weeks in which the other one asks for that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import inf

from milepost.diagnostics import Diagnostic, Place, Severity
from milepost.plan.activities import Activity, Need
from milepost.plan.calendar import Calendar
from milepost.plan.capacity import TOLERANCE, Capacity
from milepost.plan.links import Node
from milepost.plan.placement import Task, place
from milepost.plan.schedule import Schedule
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.person import Person
from milepost.records.records import Records

_MOST_WEEKS = 520
_PLACES = 9


@dataclass(frozen=True, slots=True)
class Levelled:
    """When an item happens if nobody works above capacity; offsets in working days, as in `Schedule`."""

    es: float
    ef: float
    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class Overload:
    """A week in which the schedule asks more of a person than there is.

    `week` is its Monday; `load` and `capacity` are in person-days, from the as-of date on.
    """

    person: str
    week: date
    load: float
    capacity: float


@dataclass(frozen=True, slots=True)
class Levelling:
    """The levelled schedule by id of item, empty where nobody is assigned to open work, and the overloaded weeks."""

    items: Mapping[str, Levelled]
    overloads: tuple[Overload, ...]


@dataclass(frozen=True, slots=True)
class _Staff:
    """People in the order of their ids, their capacity in whole `unit`s of a share, and when they are away."""

    people: tuple[Person, ...]
    unit: Decimal
    away: tuple[tuple[tuple[float, float], ...], ...]

    def units(self, share: Decimal) -> int:
        return int(share / self.unit)


def level(
    records: Records,
    calendar: Calendar,
    found: Mapping[Node, Activity],
    schedules: Mapping[str, Schedule],
    as_of: date,
) -> tuple[Levelling, list[Diagnostic]]:
    """Level the schedule of a project.

    Every assignment takes its share of the person for the whole of the item, which is not interrupted. What has begun
    keeps its start, and its rest is placed before what has not. A share above a person's capacity can't be met: the
    person then works at capacity, and a warning says so. Across projects an item waits as it does unlevelled.
    """
    names = sorted(name for name, schedule in schedules.items() if found[records.id, name].ended is None)
    if not any(_assigned(found[records.id, name].item) for name in names):
        return Levelling({}, ()), []
    staff = _staff(records, calendar)
    blocks = _Blocks(records.id, names, found, schedules, calendar, as_of, staff)
    starts = place(
        blocks.tasks, [Capacity(staff.units(p.capacity), a) for p, a in zip(staff.people, staff.away, strict=True)]
    )
    items = {
        name: Levelled(schedule.es, schedule.ef, schedule.start, schedule.finish)
        for name, schedule in schedules.items()
        if found[records.id, name].ended is not None
    }
    for name, start, task in zip(names, starts, blocks.tasks, strict=True):
        begun = found[records.id, name].is_running
        es = schedules[name].es if begun else round(start, _PLACES)
        ef = round(start + task.duration, _PLACES)
        finish = calendar.day_of_finish(ef)
        if finish < as_of:
            finish = calendar.day_of_start(blocks.now)  # what is not done can't have finished before today
        items[name] = Levelled(es, ef, min(calendar.day_of_start(es), finish), finish)
    return Levelling(items, tuple(_overloads(records, calendar, found, schedules, staff, as_of))), blocks.problems(
        records
    )


def _assigned(item: Milestone | Feature) -> bool:
    return isinstance(item, Feature) and bool(item.assigned)


def _staff(records: Records, calendar: Calendar) -> _Staff:
    """The people; a unit is small enough for every share and capacity written to be a whole number of it."""
    people = tuple(sorted(records.people, key=lambda person: person.id))
    shares = [a.share for f in records.features for a in f.assigned] + [person.capacity for person in people]
    exponents = [share.normalize().as_tuple().exponent for share in shares]
    smallest = min([e for e in exponents if isinstance(e, int)], default=0)
    away = tuple(
        tuple((float(calendar.offset(a.from_)), float(calendar.end_offset(a.to))) for a in person.away)
        for person in people
    )
    return _Staff(people, Decimal(1).scaleb(min(0, smallest)), away)


class _Blocks:
    """The open items as tasks, in the order of their ids."""

    def __init__(
        self,
        project: str,
        names: list[str],
        found: Mapping[Node, Activity],
        schedules: Mapping[str, Schedule],
        calendar: Calendar,
        as_of: date,
        staff: _Staff,
    ) -> None:
        self.project = project
        self.number = {name: i for i, name in enumerate(names)}
        self.found = found
        self.schedules = schedules
        self.calendar = calendar
        self.now = float(calendar.offset(as_of))
        self.staff = staff
        self.person = {person.id: i for i, person in enumerate(staff.people)}
        self.clipped: list[tuple[Feature, int]] = []
        self.demands = {name: self._demands(found[project, name].item) for name in names}
        self.tasks = [self._task(name) for name in names]

    def _task(self, name: str) -> Task:
        activity, schedule = self.found[self.project, name], self.schedules[name]
        demands = self.demands[name]
        if activity.is_running:  # what remains of it is one block; without anybody assigned it stays where it is
            start = max(self.now, schedule.es) if demands else schedule.es
            return Task(max(0.0, schedule.ef - start), start, demands=demands, first=True)
        duration = schedule.ef - schedule.es
        release = max(0.0, activity.earliest, self.now)
        needs: dict[int, float] = {}
        for need in activity.needs:
            project, other = need.node
            if project != self.project:
                release = max(release, schedule.es)
            elif other in self.number:
                target = self._least_distance(need, duration)
                if target is None:
                    release = max(release, self._bound(need, duration))
                else:
                    number = self.number[other]
                    needs[number] = max(needs.get(number, target), target)
            elif other in self.schedules:
                release = max(release, self._bound(need, duration))
        due = activity.item.due if isinstance(activity.item, Milestone) else None
        return Task(
            duration,
            release,
            tuple(needs.items()),
            demands,
            counts=isinstance(activity.item, Milestone),
            due=float(self.calendar.end_offset(due.last)) if due else inf,
        )

    def _demands(self, item: Milestone | Feature) -> tuple[tuple[int, int], ...]:
        """The units of each person; no more than there are of them."""
        units: dict[int, int] = {}
        for i, assigned in enumerate(item.assigned if isinstance(item, Feature) else ()):
            if assigned.person not in self.person:
                continue  # somebody of another project
            number = self.person[assigned.person]
            most = self.staff.units(self.staff.people[number].capacity)
            wanted = units.get(number, 0) + self.staff.units(assigned.share)
            if wanted > most and isinstance(item, Feature):
                self.clipped.append((item, i))
            units[number] = min(wanted, most)
        return tuple((number, found) for number, found in units.items() if found > 0)

    def _least_distance(self, need: Need, duration: float) -> float | None:
        """The least time from the start of an open block to that of one that waits for it; None if it is a fact."""
        before, schedule = self.found[need.node], self.schedules[need.node[1]]
        length = schedule.ef - schedule.es
        if before.is_running:
            if need.type in ("SS", "SF"):
                return None  # its start is a fact
            start = max(self.now, schedule.es) if self.demands[need.node[1]] else schedule.es
            length = max(0.0, schedule.ef - start)
        from_finish = length if need.type in ("FS", "FF") else 0.0
        return from_finish + need.lag - (duration if need.type in ("FF", "SF") else 0.0)

    def _bound(self, need: Need, duration: float) -> float:
        """The earliest start that a predecessor whose days are facts allows."""
        schedule = self.schedules[need.node[1]]
        moment = schedule.ef if need.type in ("FS", "FF") else schedule.es
        return moment + need.lag - (duration if need.type in ("FF", "SF") else 0.0)

    def problems(self, records: Records) -> list[Diagnostic]:
        """A warning for each share that is more than the person has."""
        told = []
        for feature, i in self.clipped:
            at, assigned = records.places[feature.id], feature.assigned[i]
            person = self.staff.people[self.person[assigned.person]]
            message = (
                f"“{feature.id}” takes {assigned.share:.0%} of “{person.id}”, who has {person.capacity:.0%};"
                " the levelled schedule takes what there is"
            )
            place_ = Place(at.file, (*at.keys, "assigned", i))
            hint = "lower the share, or raise the capacity of the person"
            told.append(Diagnostic("over-assigned", message, place_, hint, severity=Severity.WARNING))
        return told


def _overloads(
    records: Records,
    calendar: Calendar,
    found: Mapping[Node, Activity],
    schedules: Mapping[str, Schedule],
    staff: _Staff,
    as_of: date,
) -> Iterator[Overload]:
    """The weeks from the as-of date on in which the unlevelled schedule asks too much of somebody."""
    loads: dict[tuple[date, str], float] = {}
    for name, schedule in schedules.items():
        activity = found[records.id, name]
        if activity.ended is not None or not isinstance(activity.item, Feature):
            continue
        for week, first, last in _weeks(calendar, schedule, as_of):
            time = min(schedule.ef, last) - max(schedule.es, first)
            for assigned in activity.item.assigned if time > TOLERANCE else ():
                key = week, assigned.person
                loads[key] = loads.get(key, 0.0) + time * float(assigned.share)
    known = {person.id: (person, away) for person, away in zip(staff.people, staff.away, strict=True)}
    for (week, name), load in sorted(loads.items()):
        if name in known:
            person, away = known[name]
            first, last = _span(calendar, week, as_of)
            there = _worked(first, last, away) * float(person.capacity)
            if load > there + 1e-6:
                yield Overload(name, week, round(load, 6), round(there, 6))


def _worked(first: float, last: float, away: Iterable[tuple[float, float]]) -> float:
    """The working time between two offsets outside the spans away, which may overlap."""
    worked = 0.0
    for begin, end in sorted(away):
        worked += max(0.0, min(begin, last) - first)
        first = max(first, end)
    return worked + max(0.0, last - first)


def _weeks(calendar: Calendar, schedule: Schedule, as_of: date) -> Iterator[tuple[date, float, float]]:
    """The Mondays of the weeks an item lies in, from the as-of date on, with the offsets of their ends."""
    day = max(schedule.start, as_of)
    monday = day - timedelta(days=day.weekday())
    for _ in range(_MOST_WEEKS):
        if monday > schedule.finish:
            return
        yield (monday, *_span(calendar, monday, as_of))
        monday += timedelta(weeks=1)


def _span(calendar: Calendar, monday: date, as_of: date) -> tuple[float, float]:
    """The offsets between which a week lies; it begins at the as-of date if that is later."""
    return float(calendar.offset(max(monday, as_of))), float(calendar.end_offset(monday + timedelta(days=6)))
