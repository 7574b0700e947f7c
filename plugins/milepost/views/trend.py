"""Trends: which way a figure goes and whether that is welcome, and the small picture of its past."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Direction = Literal["up", "down", "flat"]


@dataclass(frozen=True, slots=True)
class Trend:
    """Which way a figure went; `is_good` is None where it stays."""

    direction: Direction
    is_good: bool | None


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Two lines on one scale in a box of 100 by 100, as (x, y) from its upper left corner: `main` beside `other`."""

    main: tuple[tuple[float, float], ...]
    other: tuple[tuple[float, float], ...]


def trend(change: Decimal | int) -> Trend:
    """The trend of a figure of which more is better, by how much it changed."""
    if not change:
        return Trend("flat", None)
    return Trend("up", True) if change > 0 else Trend("down", False)


def sparkline(main: Sequence[Decimal], other: Sequence[Decimal]) -> Sparkline | None:
    """The lines of two rows of values, of the same times; None where they are too few to show a course."""
    if len(main) < 3:
        return None
    low, high = min([*main, *other]), max([*main, *other])
    if low == high:
        return None

    def points(values: Sequence[Decimal]) -> tuple[tuple[float, float], ...]:
        step, scale = 100 / (len(values) - 1), 100 / (high - low)
        return tuple((round(i * step, 1), round(float((high - value) * scale), 1)) for i, value in enumerate(values))

    return Sparkline(points(main), points(other))
