"""How much of a person, or of anything else that several tasks share, is free at each time."""

from bisect import bisect_right
from collections.abc import Iterable

TOLERANCE = 1e-9


class Capacity:
    """What is free over time, in whole units: `times` are where it changes, `free` is what there is from each on.

    It begins at minus infinity and never ends; only `take` changes it.
    """

    __slots__ = ("free", "times")

    def __init__(self, units: int, gaps: Iterable[tuple[float, float]] = ()) -> None:
        self.times = [float("-inf")]
        self.free = [units]
        for first, last in gaps:
            if last - first > TOLERANCE:
                start, end = self._cut(first), self._cut(last)
                self.free[start:end] = [0] * (end - start)

    def copy(self) -> "Capacity":
        """The same, to be changed on its own."""
        twin = Capacity.__new__(Capacity)
        twin.times, twin.free = self.times.copy(), self.free.copy()
        return twin

    def earliest(self, start: float, duration: float, units: int) -> float:
        """The first time from `start` on at which `units` are free for all of `duration`."""
        times, free = self.times, self.free
        last = len(times) - 1
        at = bisect_right(times, start + TOLERANCE) - 1
        end = start + duration - TOLERANCE
        while True:
            if free[at] < units:
                if at == last:
                    raise ValueError("more units are asked for than there will ever be")
                at += 1
                start = times[at]
                end = start + duration - TOLERANCE
                continue
            ahead = at + 1
            while ahead <= last and times[ahead] < end:
                if free[ahead] < units:
                    break
                ahead += 1
            else:
                return start
            at = ahead

    def take(self, start: float, duration: float, units: int) -> None:
        """Take units for a time, whether they are free or not."""
        if duration > TOLERANCE:
            first = self._cut(start)
            for i in range(first, self._cut(start + duration)):
                self.free[i] -= units

    def _cut(self, time: float) -> int:
        """The place of `time` among the times, made if it is not there."""
        at = bisect_right(self.times, time + TOLERANCE) - 1
        if time - self.times[at] <= TOLERANCE:
            return at
        self.times.insert(at + 1, time)
        self.free.insert(at + 1, self.free[at])
        return at + 1
