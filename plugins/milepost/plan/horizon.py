"""Now, next, later: where an open feature stands, from its status, its milestone and its promise."""

from collections.abc import Mapping
from datetime import date

from milepost.plan.schedule import Schedule
from milepost.records.feature import Feature, Horizon
from milepost.records.milestone import Milestone
from milepost.records.records import Records


def horizon(records: Records, schedules: Mapping[str, Schedule], as_of: date) -> dict[str, Horizon]:
    """The horizon of every feature that is neither done nor dropped.

    Now: active, or in the next milestone due. Next: in the one after, or due within two quarters of the as-of date.
    Later: the rest. A feature's own `horizon` overrides.
    """
    coming = next_milestones(records, schedules)
    places = {milestone.id: place for place, milestone in enumerate(coming)}
    until = _two_quarters(as_of)
    return {
        feature.id: feature.horizon or _horizon(feature, places, until)
        for feature in records.features
        if feature.status not in ("done", "dropped")
    }


def next_milestones(records: Records, schedules: Mapping[str, Schedule]) -> list[Milestone]:
    """The milestones still to be reached that have a date, by the day promised, else the day computed."""
    dated = []
    for milestone in records.milestones:
        found = schedules.get(milestone.id)
        day = milestone.due.last if milestone.due else found.finish if found else None
        if day and milestone.status not in ("done", "dropped"):
            dated.append((day, milestone.id, milestone))
    return [milestone for _, _, milestone in sorted(dated, key=lambda entry: entry[:2])]


def _horizon(feature: Feature, places: Mapping[str, int], until: date) -> Horizon:
    place = places.get(feature.milestone or "")
    if feature.status == "active" or place == 0:
        return "now"
    if place == 1 or (feature.due and feature.due.last <= until):
        return "next"
    return "later"


def _two_quarters(day: date) -> date:
    """The last day of the quarter after the next one."""
    quarter = (day.month - 1) // 3 + 3  # the first month after the second quarter from this one, counted from 0
    year, month = day.year + (quarter * 3) // 12, (quarter * 3) % 12 + 1
    return date.fromordinal(date(year, month, 1).toordinal() - 1)
