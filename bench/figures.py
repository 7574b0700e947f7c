"""The time that numbers take, each beside the least work that any way of doing it has.

usage: figures.py [RUNS]
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from milepost.plan.activities import Activity, activities
from milepost.plan.calendar import Calendar
from milepost.plan.forecast import forecast
from milepost.plan.levelling import level
from milepost.plan.links import Node
from milepost.plan.plan import Plan, make_plans
from milepost.plan.schedule import schedule
from milepost.records.read import read_records
from milepost.source import Sources
from milepost.source.yaml import read_document

MONDAY = date(2026, 1, 5)


def main() -> None:
    """Print the medians and their ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    large, uncertain = _plan(2000, "3d"), _plan(200, "{low: 2d, likely: 3d, high: 7d}")
    print(f"numbers, medians of {runs}")
    _row("critical path of 2,000 activities", runs, lambda: _schedule(large), lambda: _textbook(large))
    team = _plan(120, "3d", people=4)
    _row(
        "levelling 120 activities × 4 people", runs, lambda: _level(team), lambda: _schedule(team), "its critical path"
    )
    _row("10,000 runs of 200 activities", runs, lambda: _forecast(uncertain), lambda: _draws(200, 10_000))


def _row(
    name: str, runs: int, ours: Callable[[], object], least: Callable[[], object], what: str = "the least work"
) -> None:
    pairs = [(_seconds(ours), _seconds(least)) for _ in range(runs)]
    ratio = statistics.median(a / b for a, b in pairs)
    mine, other = (statistics.median(part) for part in zip(*pairs, strict=True))
    print(f"  {name:36} {mine:7.3f} s   {ratio:5.1f} × {what} ({other:.3f} s)")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _plan(size: int, duration: str, people: int = 0) -> Plan:
    """Activities that each wait for up to three earlier ones, in one milestone; each has one of the people."""
    draw = random.Random(1)
    rows = []
    for i in range(size):
        needs = sorted({draw.randrange(max(0, i - 40), i) for _ in range(3)}) if i else []
        listed = ", ".join(f"f{n}" for n in needs)
        assigned = f"{{person: p{draw.randrange(people)}, share: {draw.choice((50, 100))}%}}" if people else ""
        rows.append(
            f"  - {{id: f{i}, title: F, milestone: end, duration: {duration}, depends_on: [{listed}],"
            f" assigned: [{assigned}]}}\n"
        )
    head = f"project: {{name: B, start: {MONDAY}, today: {MONDAY}}}\n"
    staff = "".join(f"  - {{id: p{i}, name: P}}\n" for i in range(people))
    milestone = "milestones: [{id: end, title: E, due: 2027-06-30}]\n"
    document, problems = read_document(
        "plan.yml", f"{head}people:\n{staff or '  []'}\n{milestone}features:\n{''.join(rows)}"
    )
    portfolio, found = read_records(Sources("plan", {"plan.yml": document}))
    assert not problems + found
    return make_plans(portfolio, MONDAY)[0][0]


def _network(plan: Plan) -> tuple[dict[Node, Activity], dict[str, Calendar]]:
    name = plan.records.id
    return activities(plan.records, plan.links, plan.calendar, plan.progress), {name: plan.calendar}


def _schedule(plan: Plan) -> object:
    nodes, calendars = _network(plan)
    return schedule(nodes, calendars, MONDAY)


def _level(plan: Plan) -> object:
    nodes, _ = _network(plan)
    return level(plan.records, plan.calendar, nodes, plan.schedule, MONDAY)


def _forecast(plan: Plan) -> object:
    nodes, calendars = _network(plan)
    name = plan.records.id
    return forecast(nodes, {name: plan.schedule}, calendars, {name: plan.records.project.forecast}, MONDAY)


def _textbook(plan: Plan) -> float:
    """Forward and backward pass over numbers alone: no calendar, no facts, no lags, no days."""
    needs = {f.id: [d.id for d in f.depends_on] for f in plan.records.features}
    es: dict[str, float] = {}
    for name, found in needs.items():  # written in order
        es[name] = max((es[need] + 3 for need in found), default=0)
    end = max(es.values()) + 3
    late = dict.fromkeys(needs, end)
    for name in reversed(needs):
        for need in needs[name]:
            late[need] = min(late[need], late[name] - 3)
    return sum(late[name] - 3 - es[name] for name in needs)


def _draws(activities: int, runs: int) -> object:
    """The random numbers alone."""
    drawn = np.random.default_rng(1)
    return [drawn.beta(1.8, 4.2, runs) for _ in range(activities)]


if __name__ == "__main__":
    main()
