"""The forecast: when milestones and features will be finished, with what certainty, and the chance to keep the date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from milepost.plan.activities import Activity
from milepost.plan.calendar import Calendar
from milepost.plan.links import Node
from milepost.plan.phrase import Phrase
from milepost.plan.schedule import Schedule
from milepost.records.project import ForecastRules

NO_SCHEDULE = Phrase("it has no schedule")
DONE = Phrase("it is done")
NO_RANGE = Phrase("no estimate before it is a range, so nothing is left to chance")


@dataclass(frozen=True, slots=True)
class Forecast:
    """When an item will be finished in 50, 80 and 95 of 100 runs, and in how many of all by its `due`.

    `chance` is a fraction from 0 to 1, None where nothing is promised. Where there is no forecast all are None and
    `gap` says why.
    """

    p50: date | None = None
    p80: date | None = None
    p95: date | None = None
    chance: float | None = None
    runs: int = 0
    gap: Phrase | None = None


def forecast(
    nodes: Mapping[Node, Activity],
    schedules: Mapping[str, Mapping[str, Schedule]],
    calendars: Mapping[str, Calendar],
    rules: Mapping[str, ForecastRules],
    as_of: date,
) -> dict[str, dict[str, Forecast]]:
    """The forecast of every project by the ids of its items: the schedule's network, run with random durations.

    The runs are seeded, so the same plan gives the same forecast. An item in which no chance plays a part has none.
    """
    found: dict[str, dict[str, Forecast]] = {project: {} for project in calendars}
    uncertain = _uncertain(nodes)
    for (project, name), activity in nodes.items():
        if (project, name) not in uncertain:
            gap = DONE if activity.ended is not None else NO_RANGE if name in schedules[project] else NO_SCHEDULE
            found[project][name] = Forecast(gap=gap)
    if not uncertain:
        return found
    import numpy as np  # takes longer to load than most plans to read

    from milepost.plan.simulation import runs_of, simulate

    runs = min(runs_of(rules[project], len(nodes)) for project in {project for project, _ in uncertain})
    for (project, name), finish in simulate(nodes, calendars, rules, as_of, runs):
        if (project, name) not in uncertain:
            continue
        calendar, due = calendars[project], nodes[project, name].item.due
        days = [
            max(calendar.day_of_finish(float(offset)), as_of)
            for offset in np.quantile(finish, (0.5, 0.8, 0.95), method="inverted_cdf")
        ]
        chance = None
        if due:
            in_time = finish <= calendar.end_offset(due.last) + 1e-9
            chance = float(np.count_nonzero(in_time) / runs) if due.last >= as_of else 0.0
        found[project][name] = Forecast(days[0], days[1], days[2], chance, runs)
    return found


def _uncertain(nodes: Mapping[Node, Activity]) -> set[Node]:
    """What is not done and has a range in its own estimate, or waits for such work before it can begin."""
    waiting: dict[Node, list[Node]] = {}
    for node, activity in nodes.items():
        for need in activity.needs:
            if activity.ended is None and not activity.is_running:
                waiting.setdefault(need.node, []).append(node)
    found: set[Node] = set()
    reached = [n for n, a in nodes.items() if a.ended is None and a.points[0] < a.points[2]]
    while reached:
        node = reached.pop()
        if node not in found:
            found.add(node)
            reached += waiting.get(node, ())
    return found
