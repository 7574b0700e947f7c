"""The curve of the budget: what was to be spent and what was spent, added up over the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Literal

from milepost.plan.money import Month
from milepost.records.periods import Period, read_period

_Y_TICKS, _X_TICKS = 5, 8  # at most so many, beside the zero
_FAN_ROOM = Decimal("1.5")  # an early estimate can be many times the plan, which it would press to the ground
_LAST_OPENING = 0.95
_LETTERS = 0.1  # the height of a label as a fraction of the chart's, with a little air
Point = tuple[float, float]
Name = Literal["planned", "forecast", "spent", "earned"]


@dataclass(frozen=True, slots=True)
class AmountTick:
    """A rounded amount on the upright axis; `at` is its height as a fraction of the chart's."""

    amount: Decimal
    at: float


@dataclass(frozen=True, slots=True)
class MonthTick:
    """The first day of a month on the lying axis; `at` is a fraction of the chart's width."""

    month: Period
    at: float


@dataclass(frozen=True, slots=True)
class Fan:
    """What the total may come to: the budget's own forecast, and the least and the greatest of all estimates.

    `low`, `middle` and `high` are the amounts, `ends` their heights as fractions; those too high for the chart end at
    its upper edge. `start` is where spending stands now.
    """

    start: Point
    ends: tuple[float, float, float]
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a line beside its end: `at` is a fraction of the chart's width, `height` that of its middle.

    Labels of lines that end at the same time stand apart from each other, at the price of a little distance.
    """

    name: Name
    at: float
    height: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines in a square of side 1, from the lower left: planned, and up to the as-of date spent and earned.

    `today` is None where the as-of date lies outside. The amounts are where the lines end. `fan` is what may come.
    """

    planned: tuple[Point, ...]
    spent: tuple[Point, ...]
    earned: tuple[Point, ...]
    fan: Fan | None
    today: float | None
    y_ticks: tuple[AmountTick, ...]
    x_ticks: tuple[MonthTick, ...]
    planned_end: Decimal
    spent_end: Decimal
    earned_end: Decimal
    labels: tuple[Label, ...]


def curve(
    months: Sequence[Month], as_of: date, forecast: Decimal | None = None, estimates: Sequence[Decimal] = ()
) -> Curve | None:
    """The curve of some months in a row; None where there is nothing to draw.

    `forecast` is the total expected, `estimates` are those of earned value: they open the fan.
    """
    planned = [(_end(month), month.cumulative_planned) for month in months]
    spent = [
        (min(_end(month), as_of + timedelta(days=1)), month.cumulative_spent)
        for month in months
        if month.cumulative_spent is not None
    ]
    earned = [
        (min(_end(month), as_of + timedelta(days=1)), month.cumulative_earned)
        for month in months
        if month.cumulative_earned is not None
    ]
    highest = max((amount for _, amount in planned + spent + earned), default=Decimal(0))
    if highest <= 0:
        return None
    highest = max(highest, min(max(estimates, default=highest), highest * _FAN_ROOM), forecast or highest)
    first, days = months[0].first, (planned[-1][0] - months[0].first).days
    step = _step(highest)
    steps = ceil(highest / step)

    def points(line: Sequence[tuple[date, Decimal]]) -> tuple[Point, ...]:
        drawn = [((day - first).days / days, max(0.0, float(amount / (step * steps)))) for day, amount in line]
        return ((0.0, 0.0), *drawn)

    today = ((as_of - first).days + 1) / days if 0 <= (as_of - first).days < days else None  # its evening
    lines = points(planned), points(spent) if spent else (), points(earned) if any(a for _, a in earned) else ()
    fan = _fan(lines[1][-1], forecast, estimates, step * steps) if spent and today and forecast else None
    return Curve(
        *lines,
        fan=fan,
        today=today,
        y_ticks=tuple(AmountTick(step * i, i / steps) for i in range(steps + 1)),
        x_ticks=_month_ticks(months, first, days),
        planned_end=planned[-1][1],
        spent_end=spent[-1][1] if spent else Decimal(0),
        earned_end=earned[-1][1] if earned else Decimal(0),
        labels=_labels(*lines, fan),
    )


def _labels(
    planned: Sequence[Point], spent: Sequence[Point], earned: Sequence[Point], fan: Fan | None
) -> tuple[Label, ...]:
    """Planned and forecast at the right edge; spent and earned where they end, the upper one above its line."""
    ends: list[tuple[Name, float]] = [("planned", planned[-1][1])]
    if fan:
        ends.append(("forecast", fan.ends[1]))
    now: list[tuple[Name, Point]] = [("spent", spent[-1])] if spent else []
    if earned:
        now.append(("earned", earned[-1]))
    ends += [(name, height) for name, (at, height) in now if at >= 1]  # all is over: the four stand in one column
    now = [pair for pair in now if pair[1][0] < 1]
    now.sort(key=lambda pair: pair[1][1], reverse=True)
    shifted = [at[1] + (_LETTERS / 2 if i == 0 else -_LETTERS / 2) for i, (_, at) in enumerate(now)]
    right = zip(ends, _apart([height for _, height in ends]), strict=True)
    left = zip(now, _apart(shifted), strict=True)
    return (
        *(Label(name, 1.0, height) for (name, _), height in right),
        *(Label(name, at[0], height) for (name, at), height in left),
    )


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights of labels, moved until none lies on another or leaves the chart."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    found = list(heights)
    lowest = _LETTERS / 2
    for i in order:
        found[i] = lowest = max(found[i], lowest)
        lowest += _LETTERS
    highest = 1 - _LETTERS / 2
    for i in reversed(order):
        found[i] = highest = min(found[i], highest)
        highest -= _LETTERS
    return found


def _fan(start: Point, forecast: Decimal, estimates: Sequence[Decimal], top: Decimal) -> Fan | None:
    """The fan from where spending stands; None where the chart ends before it could open."""
    if start[0] > _LAST_OPENING:
        return None
    low, high = min((forecast, *estimates)), max((forecast, *estimates))
    ends = tuple(max(0.0, min(1.0, float(amount / top))) for amount in (low, forecast, high))
    return Fan(start, (ends[0], ends[1], ends[2]), low, forecast, high)


def _end(month: Month) -> date:
    """The morning after a month."""
    return (month.first + timedelta(days=32)).replace(day=1)


def _step(highest: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that reaches `highest` in few steps."""
    power = Decimal(10) ** ((highest / _Y_TICKS).adjusted())
    return next(power * Decimal(k) for k in ("1", "2", "2.5", "5", "10") if power * Decimal(k) * _Y_TICKS >= highest)


def _month_ticks(months: Sequence[Month], first: date, days: int) -> tuple[MonthTick, ...]:
    """Months at even distances that divide a year, or whole years."""
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60) if len(months) / n <= _X_TICKS), 120)
    ticks = []
    for month in months:
        if (month.first.year * 12 + month.first.month - 1) % every == 0:
            period = read_period(f"{month.first.year:04}-{month.first.month:02}")
            assert isinstance(period, Period), "records hold no day before 1900 or after 2999"
            ticks.append(MonthTick(period, (month.first - first).days / days))
    return tuple(ticks)
