"""Random durations, and the forward pass over thousands of runs at once (Monte Carlo)."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from milepost.plan.activities import Activity
from milepost.plan.calendar import Calendar
from milepost.plan.forward import Arithmetic, Forward, in_order, other_calendar
from milepost.plan.links import Node
from milepost.records.project import ForecastRules

Runs = NDArray[np.float64]
_MOST_NUMBERS = 2_500_000  # drawn in about a third of a second
_FEWEST_RUNS = 1_000


def runs_of(rules: ForecastRules, activities: int) -> int:
    """How many runs are made: as many as asked, fewer where the network is very large."""
    return max(1, min(rules.runs, max(_FEWEST_RUNS, _MOST_NUMBERS // max(1, activities))))


def draw(rules: ForecastRules, name: str, low: float, likely: float, high: float, runs: int) -> Runs:
    """Numbers from the distribution of a three-point estimate, one a run.

    `pert` is the beta distribution with the mean (low + 4·likely + high)/6 (Malcolm et al. 1959, Vose 2008). Each
    `name` has numbers of its own, which no other record changes: neither by its order nor by being there at all.
    """
    if low == high:
        return np.full(runs, low)
    random = np.random.default_rng(int.from_bytes(sha256(f"{rules.seed}\0{name}".encode()).digest()))
    if rules.distribution == "triangular":
        return random.triangular(low, likely, high, runs)
    span = high - low
    return low + span * random.beta(1 + 4 * (likely - low) / span, 1 + 4 * (high - likely) / span, runs)


def simulate(
    nodes: Mapping[Node, Activity],
    calendars: Mapping[str, Calendar],
    rules: Mapping[str, ForecastRules],
    as_of: date,
    runs: int,
) -> Iterator[tuple[Node, Runs]]:
    """The finish of every activity in working days of its project's calendar, one number a run, as they are computed.

    Each run walks the whole network, so a milestone waits for the latest of its predecessors in each (merge bias).
    """

    def duration(node: Node, activity: Activity) -> Runs:
        low, likely, high = activity.points
        return draw(rules[node[0]], "/".join(node), low, likely, high, runs)

    forward: Forward[Runs] = Forward(
        nodes, calendars, as_of, duration, Arithmetic(np.maximum, np.minimum, _other_calendar)
    )
    waiting: dict[Node, int] = {}
    for activity in nodes.values():
        for need in activity.needs:
            waiting[need.node] = waiting.get(need.node, 0) + 1
    for node, (_, finish) in forward.walk(in_order(nodes)):
        yield node, finish
        for name in (node, *(need.node for need in nodes[node].needs)):
            waiting[name] = waiting.get(name, 0) - (name != node)
            if waiting[name] <= 0:
                forward.span.pop(name, None)  # nothing asks for it any more: an array a node adds up


def _other_calendar(theirs: Calendar, ours: Calendar, offsets: Runs, is_finish: bool) -> Runs:
    """`other_calendar` for an array; only whole days differ, so few values are looked up."""
    whole, back = np.unique(np.ceil(offsets - 1e-9) if is_finish else np.floor(offsets + 1e-9), return_inverse=True)
    found = map(partial(other_calendar, theirs, ours, is_finish=is_finish), whole.tolist())
    return np.fromiter(found, float, len(whole))[back]
