"""The curve of the budget: what was to be spent and what was spent, added up over the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from milepost.plan.money import Month
from milepost.records.periods import Period, read_period

_Y_TICKS, _X_TICKS = 5, 8  # at most so many, beside the zero
Point = tuple[float, float]


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
class Curve:
    """Two lines in a square of side 1, from the lower left: planned, and spent up to the as-of date.

    `today` is None where the as-of date lies outside. The amounts are where the lines end; `spent_above` tells whether
    the second one ends above the first.
    """

    planned: tuple[Point, ...]
    spent: tuple[Point, ...]
    today: float | None
    y_ticks: tuple[AmountTick, ...]
    x_ticks: tuple[MonthTick, ...]
    planned_end: Decimal
    spent_end: Decimal
    spent_above: bool


def curve(months: Sequence[Month], as_of: date) -> Curve | None:
    """The curve of some months in a row; None where there is nothing to draw."""
    planned = [(_end(month), month.cumulative_planned) for month in months]
    spent = [
        (min(_end(month), as_of + timedelta(days=1)), month.cumulative_spent)
        for month in months
        if month.cumulative_spent is not None
    ]
    highest = max((amount for _, amount in planned + spent), default=Decimal(0))
    if highest <= 0:
        return None
    first, days = months[0].first, (planned[-1][0] - months[0].first).days
    step = _step(highest)
    steps = ceil(highest / step)

    def points(line: Sequence[tuple[date, Decimal]]) -> tuple[Point, ...]:
        drawn = [((day - first).days / days, max(0.0, float(amount / (step * steps)))) for day, amount in line]
        return ((0.0, 0.0), *drawn)

    return Curve(
        planned=points(planned),
        spent=points(spent) if spent else (),
        today=(as_of - first).days / days if 0 <= (as_of - first).days < days else None,
        y_ticks=tuple(AmountTick(step * i, i / steps) for i in range(steps + 1)),
        x_ticks=_month_ticks(months, first, days),
        planned_end=planned[-1][1],
        spent_end=spent[-1][1] if spent else Decimal(0),
        spent_above=bool(spent) and spent[-1][1] > planned[len(spent) - 1][1],
    )


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
