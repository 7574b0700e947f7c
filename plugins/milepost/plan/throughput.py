"""The forecast from throughput: when a milestone's features will be finished if work goes on at the pace it had.

How many features were finished in each past week says how many the next may bring; the weeks to come are drawn from
those that were (Vacanti, “When Will It Be Done?”). The distribution of their sum is computed exactly, not sampled.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milepost.plan.links import Links
from milepost.plan.phrase import Phrase
from milepost.records.records import Records

LEVELS = (0.5, 0.85, 0.95)
_PAST = 26  # weeks looked back: how things went long ago says little of how they go
_FEWEST_WEEKS = 5
_FEWEST_FINISHED = 5
_LAST_WEEK = 520


@dataclass(frozen=True, slots=True)
class Throughput:
    """When the `remaining` features of a milestone are finished with a certainty of 50, 85 and 95 %.

    `weekly` counts the features of the project finished in each of the last full weeks, oldest first. Where these tell
    too little, the days are None and `gap` says why.
    """

    p50: date | None = None
    p85: date | None = None
    p95: date | None = None
    weekly: tuple[int, ...] = ()
    remaining: int = 0
    gap: Phrase | None = None


def throughput(records: Records, links: Links, as_of: date) -> dict[str, Throughput]:
    """The forecast from throughput of every milestone, by id."""
    weekly = weekly_counts([f.done for f in records.features if f.done and f.status == "done"], as_of)
    weeks: dict[int, tuple[int, ...] | None] = {}
    found = {}
    for name in (milestone.id for milestone in records.milestones):
        remaining = sum(f.status not in ("done", "dropped") for f in links.members.get(name, ()))
        if gap := _gap(weekly, remaining):
            found[name] = Throughput(weekly=weekly, remaining=remaining, gap=gap)
            continue
        if remaining not in weeks:
            weeks[remaining] = weeks_until(weekly, remaining)
        if ends := weeks[remaining]:
            days = [_later(as_of, week) for week in ends]
            found[name] = Throughput(days[0], days[1], days[2], weekly, remaining)
        else:
            gap = Phrase("at this pace it takes more than {years} years", {"years": _LAST_WEEK // 52})
            found[name] = Throughput(weekly=weekly, remaining=remaining, gap=gap)
    return found


def weekly_counts(done: Sequence[date], as_of: date) -> tuple[int, ...]:
    """How many of the days in `done` lie in each week, Monday to Sunday, from the first to the last that is over."""
    end = as_of - timedelta(days=(as_of.weekday() + 1) % 7)  # the last Sunday that is over, or today's
    past = [day for day in done if day <= end]
    if not past:
        return ()
    counts = Counter((end - day).days // 7 for day in past)
    return tuple(counts[back] for back in range(min(max(counts), _PAST - 1), -1, -1))


def _later(day: date, weeks: int) -> date:
    return date.fromordinal(min(day.toordinal() + 7 * weeks, date.max.toordinal()))


def weeks_until(weekly: Sequence[int], items: int, levels: Sequence[float] = LEVELS) -> tuple[int, ...] | None:
    """After how many weeks `items` are finished with each certainty, weeks drawn from `weekly` again and again.

    None where the last level lies more than ten years ahead.
    """
    import numpy as np  # takes longer to load than most plans to read

    chances = {count: n / len(weekly) for count, n in Counter(weekly).items()}
    left = np.zeros(items + 1)  # the probability of each number of items left
    left[items] = 1.0
    found: list[int] = []
    for week in range(1, _LAST_WEEK + 1):
        after = np.zeros(items + 1)
        for count, chance in chances.items():
            done = min(count, items)
            after[: items + 1 - done] += chance * left[done:]
            after[0] += chance * left[:done].sum()
        left = after
        while len(found) < len(levels) and left[0] >= levels[len(found)]:
            found.append(week)
        if len(found) == len(levels):
            return tuple(found)
    return None


def _gap(weekly: Sequence[int], remaining: int) -> Phrase | None:
    if not remaining:
        return Phrase("it has no open feature")
    if len(weekly) < _FEWEST_WEEKS or sum(weekly) < _FEWEST_FINISHED:
        values = {"finished": sum(weekly), "weeks": len(weekly), "least": _FEWEST_FINISHED, "span": _FEWEST_WEEKS}
        return Phrase(
            "too little was finished to tell: {finished} in {weeks} full weeks, and it takes {least} in {span}", values
        )
    return None
