"""Tasks that share people, placed so that nobody is asked for more than there is, and the last one ends early.

The resource-constrained project scheduling problem. Schedules are generated serially from priority rules (Kelley 1963;
Kolisch 1996) and from rules shaken at random, each improved forwards and backwards (Tormos and Lova 2001).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import cycle
from math import inf
from random import Random

from milepost.plan.capacity import Capacity

_PLACES = 9
_MOST_PLACED = 8_000  # tasks placed in all schedules that are tried: a fraction of a second
_FEWEST_SCHEDULES = 2
_SHAKEN = (0.25, 0.25, 1.5)  # how far a rule is shaken, in turn, as a part of the length of the project
Starts = list[float]


@dataclass(frozen=True, slots=True)
class Task:
    """A block of time that is not interrupted. `needs` are tasks by number, each with the least time between the two
    starts; `demands` are units of resources by number. It does not start before `release`.

    A `first` task is placed before all that are not. `counts` marks those whose ends matter beside the last one, `due`
    is when such a one is promised to end.
    """

    duration: float
    release: float = 0.0
    needs: tuple[tuple[int, float], ...] = ()
    demands: tuple[tuple[int, int], ...] = ()
    first: bool = False
    counts: bool = False
    due: float = inf


def place(tasks: Sequence[Task], capacities: Sequence[Capacity]) -> Starts:
    """The start of every task in the best schedule found; the needs must be free of circles.

    The best ends first; of these, the one that breaks promises by the least time, then the one in which the tasks that
    count end first, then all. The same tasks give the same starts.
    """
    problem = _Problem(tasks, capacities)
    best = problem.generate(problem.early)
    if best == problem.early:
        return best  # nobody is asked for too much as it is
    left = max(_FEWEST_SCHEDULES, _MOST_PLACED // max(1, len(tasks)))
    found = problem.judge(best)
    for priority in problem.priorities():
        starts = problem.generate(priority)
        left -= 1
        judged = problem.judge(starts)
        while left > 0:
            better = problem.improve(starts)
            left -= 2
            if (again := problem.judge(better)) >= judged:
                break
            starts, judged = better, again
        if judged < found:
            best, found = starts, judged
        if left <= 0:
            return best
    return best


class _Problem:
    """The tasks with what the rules go by; `early` and `late` are starts if there were people enough."""

    def __init__(self, tasks: Sequence[Task], capacities: Sequence[Capacity]) -> None:
        self.tasks = tasks
        self.capacities = capacities
        self.waiting: list[list[tuple[int, float]]] = [[] for _ in tasks]
        for number, task in enumerate(tasks):
            for need, lag in task.needs:
                self.waiting[need].append((number, lag))
        self.early = self._early()
        end = max((start + task.duration for start, task in zip(self.early, tasks, strict=True)), default=0.0)
        self.late = self._late([end] * len(tasks))
        self.wanted = self._late([min(end, task.due) for task in tasks])

    def _early(self) -> Starts:
        starts = [task.release for task in self.tasks]
        for number in self._order():
            for after, lag in self.waiting[number]:
                starts[after] = max(starts[after], round(starts[number] + lag, _PLACES))
        return starts

    def _late(self, ends: Sequence[float]) -> Starts:
        """The latest starts with which each task ends by its day, and all that wait for it by theirs."""
        starts = [end - task.duration for end, task in zip(ends, self.tasks, strict=True)]
        for number in reversed(self._order()):
            for after, lag in self.waiting[number]:
                starts[number] = min(starts[number], starts[after] - lag)
        return starts

    def _order(self) -> list[int]:
        """The tasks, each after what it needs."""
        missing = [len(task.needs) for task in self.tasks]
        ready = [number for number, count in enumerate(missing) if not count]
        for number in ready:  # grows while it is read
            for after, _ in self.waiting[number]:
                missing[after] -= 1
                if not missing[after]:
                    ready.append(after)
        return ready

    def priorities(self) -> Iterator[Sequence[float]]:
        """The rules, the least number first; then the best of them shaken, without an end."""
        finish = [late + task.duration for late, task in zip(self.late, self.tasks, strict=True)]
        rules = [
            self.wanted,
            finish,
            self.late,
            [late - early for late, early in zip(self.late, self.early, strict=True)],
            self._weights(lambda task: -task.duration),
            self._weights(lambda task: -1.0),
        ]
        yield from rules
        random = Random(1)  # noqa: S311 (the same plan gives the same schedule)
        length = max(finish, default=0.0)
        for part in cycle(_SHAKEN):
            spread = length * part
            for rule in rules[:3]:
                yield [value + random.uniform(-spread, spread) for value in rule]

    def _weights(self, weight: Callable[[Task], float]) -> list[float]:
        """The weight of each task and of all that wait for it directly (rank positional weight)."""
        own = [weight(task) for task in self.tasks]
        return [own[number] + sum(own[after] for after, _ in waiting) for number, waiting in enumerate(self.waiting)]

    def generate(self, priority: Sequence[float]) -> Starts:
        """The serial scheme: of the tasks whose needs are placed, the most urgent is placed as early as it can be."""
        return _serial(self.tasks, self.waiting, self.capacities, priority)

    def improve(self, starts: Starts) -> Starts:
        """Push every task to the right as far as it goes, from the last on, and then back to the left."""
        tasks, end = self.tasks, self.judge(starts)[0]
        mirrored = [
            Task(
                task.duration,
                needs=tuple(
                    (after, lag + tasks[after].duration - task.duration) for after, lag in self.waiting[number]
                ),
                demands=task.demands,
            )
            for number, task in enumerate(tasks)
        ]
        waiting = [[(need, lag + task.duration - tasks[need].duration) for need, lag in task.needs] for task in tasks]
        capacities = [_mirror(capacity, end) for capacity in self.capacities]
        late = _serial(
            mirrored, waiting, capacities, [end - s - t.duration for s, t in zip(starts, tasks, strict=True)]
        )
        return self.generate([end - s - t.duration for s, t in zip(late, tasks, strict=True)])

    def judge(self, starts: Starts) -> tuple[float, float, float, float]:
        """How good a schedule is, the least first."""
        ends = [start + task.duration for start, task in zip(starts, self.tasks, strict=True)]
        broken = sum(max(0.0, end - task.due) for end, task in zip(ends, self.tasks, strict=True) if task.counts)
        counted = sum(end for end, task in zip(ends, self.tasks, strict=True) if task.counts)
        return round(max(ends, default=0.0), 6), round(broken, 6), round(counted, 6), round(sum(ends), 6)


def _mirror(capacity: Capacity, end: float) -> Capacity:
    """What is free when time runs backwards from `end`."""
    edges = [*capacity.times[1:], float("inf")]
    gaps = [
        (end - last, end - first)
        for first, last, free in zip(capacity.times, edges, capacity.free, strict=True)
        if free == 0 and last < float("inf")
    ]
    return Capacity(max(capacity.free), gaps)


def _serial(
    tasks: Sequence[Task],
    waiting: Sequence[Sequence[tuple[int, float]]],
    capacities: Sequence[Capacity],
    priority: Sequence[float],
) -> Starts:
    free = [capacity.copy() for capacity in capacities]
    starts = [task.release for task in tasks]
    missing = [len(task.needs) for task in tasks]
    ready = [(not tasks[n].first, priority[n], n) for n, count in enumerate(missing) if not count]
    heapify(ready)
    while ready:
        _, _, number = heappop(ready)
        task = tasks[number]
        start = _fitting(task, starts[number], free)
        starts[number] = start
        for resource, units in task.demands:
            free[resource].take(start, task.duration, units)
        for after, lag in waiting[number]:
            starts[after] = max(starts[after], round(start + lag, _PLACES))
            missing[after] -= 1
            if not missing[after]:
                heappush(ready, (not tasks[after].first, priority[after], after))
    return starts


def _fitting(task: Task, start: float, free: Sequence[Capacity]) -> float:
    """The first time from `start` on at which all resources of a task are free together."""
    if task.duration <= 0:
        return start
    moved = True
    while moved:
        moved = False
        for resource, units in task.demands:
            found = free[resource].earliest(start, task.duration, units)
            if found > start:
                start, moved = found, len(task.demands) > 1
    return start
