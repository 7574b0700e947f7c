"""Where a milestone or a feature stands on the timeline: its bar or diamond, its promise, and what lies between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from milepost.plan.forecast import Forecast
from milepost.plan.health import Health
from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.schedule import Schedule
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.periods import Period
from milepost.records.work import Status
from milepost.views.axis import Axis
from milepost.views.item import Target, person_name, target_of

Work = Milestone | Feature
Mark = Literal["bar", "vague", "critical", "point", "baseline", "promise", "whisker"]
_NOON = 0.5
_OPEN = timedelta(days=27)  # how far a bar fades whose end nobody has named: four weeks


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the axis: `at` days from its start, `width` days long; an end not known to the day fades."""

    at: float
    width: float
    fades_in: bool = False
    fades_out: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """What is known of an item's time: computed or real days, and periods as written. `margin` in working days."""

    start: date | None
    finish: date | None
    start_written: Period | None
    due: Period | None
    baseline: Period | None
    done: date | None
    margin: int | None
    p50: date | None = None
    p80: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day it touches."""
        periods = [period for period in (self.start_written, self.due, self.baseline) if period]
        known = [day for day in (self.start, self.finish, self.done, self.p80) if day]
        return tuple(known + [p.first for p in periods] + [p.last for p in periods])


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the timeline.

    It is drawn as a `bar`, or as a diamond at `point`, or, of a milestone with no more than a period promised, as its
    `promise` alone. `promise` stands only where it differs from the finish, `baseline` only where it differs from the
    promise. `slack` lies between promise and finish, `whisker` between the days by which
    it is finished in 50 and in 80 of 100 forecasts. `late` is in working days, 0 where it is not or is done.
    `depth` 1 is inside a milestone's lane. `needs` are the titles of what it waits for. `reasons` tell why it is at
    risk or off track; `free` is its total float in working days, `chance` that of the promise.
    """

    target: Target
    title: str
    kind: Literal["milestone", "feature"]
    status: Status
    progress: Decimal
    critical: bool
    blocked: str | None
    late: int
    dates: Dates
    bar: Stretch | None
    point: float | None
    promise: Stretch | None
    baseline: float | None
    slack: Stretch | None
    whisker: Stretch | None
    needs: tuple[str, ...]
    owner: str | None
    reasons: tuple[Phrase, ...]
    free: float | None
    chance: float | None
    depth: int = 0

    @property
    def head(self) -> float:
        """The left end of all that is drawn."""
        drawn = [s.at for s in (self.bar, self.promise, self.slack) if s]
        return min(drawn + [at for at in (self.point, self.baseline) if at is not None])

    @property
    def tail(self) -> float:
        """The right end of all that is drawn, where words may stand."""
        drawn = [s.at + s.width for s in (self.bar, self.promise, self.slack, self.whisker) if s]
        return max([*drawn, self.point or 0, self.baseline or 0])

    @property
    def ends(self) -> tuple[float, float]:
        """Its left and right ends, in days."""
        if self.point is not None:
            return self.point, self.point
        drawn = self.bar or self.promise
        assert drawn, "a row has something drawn in it"
        return drawn.at, drawn.at + drawn.width

    @property
    def marks(self) -> Iterator[Mark]:
        """The kinds of mark it is drawn with."""
        drawn: dict[Mark, object] = {
            "bar": self.bar,
            "vague": any(s.fades_in or s.fades_out for s in (self.bar, self.promise) if s),
            "critical": self.critical,
            "point": self.point is not None,
            "baseline": self.baseline is not None,
            "promise": self.promise,
            "whisker": self.whisker,
        }
        return (mark for mark, present in drawn.items() if present)

    @property
    def is_point(self) -> bool:
        """Whether it is a diamond."""
        return self.point is not None


def dates_of(item: Work, schedule: Schedule | None, forecast: Forecast | None = None) -> Dates:
    """What is known of an item's time."""
    return Dates(
        start=schedule.start if schedule else None,
        finish=schedule.finish if schedule else None,
        start_written=item.start,
        due=item.due,
        baseline=item.baseline if isinstance(item, Milestone) else None,
        done=item.done,
        margin=schedule.margin if schedule else None,
        p50=forecast.p50 if forecast else None,
        p80=forecast.p80 if forecast else None,
    )


def row_of(item: Work, plan: Plan, axis: Axis, depth: int = 0) -> Row | None:
    """The row of an item, or None if nothing of it lies on the axis."""
    schedule, forecast = plan.schedule.get(item.id), plan.forecast.get(item.id)
    dates = dates_of(item, schedule, forecast)
    milestone = isinstance(item, Milestone)
    bar = None if milestone else _bar(item, dates, axis)
    point = _noon(_day(dates), axis) if milestone else None
    promise = _promise(dates, axis)
    if bar is None and point is None and (promise is None or not milestone or _day(dates)):
        return None  # a milestone whose day lies beyond the axis does so with its promise
    return Row(
        target=target_of(item),
        title=item.title,
        kind="milestone" if milestone else "feature",
        status=item.status,
        progress=plan.progress.get(item.id, Decimal(0)),
        critical=bool(schedule and schedule.critical),
        blocked=item.blocked if isinstance(item, Feature) and item.status != "done" else None,
        late=_late(item, dates),
        dates=dates,
        bar=bar,
        point=point,
        promise=promise,
        baseline=_baseline(dates, axis),
        slack=_slack(dates, axis) if milestone or (dates.margin or 0) < 0 else None,
        whisker=_whisker(forecast, axis),
        needs=_needs(item, plan),
        owner=person_name(plan, item.owner),
        reasons=_reasons(plan.health.get(item.id)),
        free=schedule.total_float if schedule else None,
        chance=forecast.chance if forecast else None,
        depth=depth,
    )


def _reasons(health: Health | None) -> tuple[Phrase, ...]:
    return health.because if health and health.is_ in ("at-risk", "off-track") else ()


def _late(item: Work, dates: Dates) -> int:
    """Working days an open item will be late."""
    return -dates.margin if dates.margin is not None and dates.margin < 0 and item.status != "done" else 0


def _whisker(forecast: Forecast | None, axis: Axis) -> Stretch | None:
    """From the day of 50 % certainty to that of 80 %; nothing where they are one."""
    if not (forecast and forecast.p50 and forecast.p80) or forecast.p50 == forecast.p80:
        return None
    found = axis.clip(forecast.p50, forecast.p80)
    return Stretch(found[0] + _NOON, found[1] - found[0] - 1) if found else None


def _needs(item: Work, plan: Plan) -> tuple[str, ...]:
    known = plan.links.by_id
    found = (known.get(need.id) for need in plan.links.needs.get(item.id, ()))
    return tuple(str(getattr(entry[1], "title", "")) for entry in found if entry)


def _day(dates: Dates) -> date | None:
    """The day a milestone is drawn at: reached, else expected, else promised to the day."""
    promised = dates.due.last if dates.due and dates.due.kind == "day" else None
    return dates.done or dates.finish or promised


def _noon(day: date | None, axis: Axis) -> float | None:
    return axis.at(day) + _NOON if day and axis.first <= day <= axis.last else None


def _bar(item: Work, dates: Dates, axis: Axis) -> Stretch | None:
    """The bar of a feature: its computed days, else the periods its author wrote, fading at ends that are vague."""
    if dates.start and dates.finish:
        estimated = isinstance(item, Feature) and bool(item.duration or item.effort)
        begun = isinstance(item, Feature) and item.started is not None
        vague_start = not (estimated or begun) and _is_vague(dates.start_written)
        return _stretch(
            dates.start, dates.finish, axis, vague_start, not (estimated or dates.done) and _is_vague(dates.due)
        )
    start, due = dates.start_written, dates.due
    if item.status == "done" or not (start or due):
        return _stretch(dates.done, dates.done, axis) if dates.done else None
    if start and due:
        return _stretch(start.first, max(start.first, due.last), axis, _is_vague(start), _is_vague(due))
    if due:
        return _stretch(due.first, due.last, axis, _is_vague(due), _is_vague(due))
    assert start
    return _stretch(start.first, max(start.last, start.first + _OPEN), axis, _is_vague(start), True)


def _is_vague(period: Period | None) -> bool:
    return period is not None and period.kind != "day"


def _stretch(first: date, last: date, axis: Axis, fades_in: bool = False, fades_out: bool = False) -> Stretch | None:
    found = axis.clip(first, last)
    return Stretch(found[0], found[1] - found[0], fades_in, fades_out) if found else None


def _promise(dates: Dates, axis: Axis) -> Stretch | None:
    """The period promised, unless the item finishes, or has finished, on that very day."""
    due = dates.due
    if not due or (due.kind == "day" and due.last == _day(dates)):
        return None
    return _stretch(due.first, due.last, axis, _is_vague(due), _is_vague(due))


def _baseline(dates: Dates, axis: Axis) -> float | None:
    first = dates.baseline
    if not first or (dates.due and (first.first, first.last) == (dates.due.first, dates.due.last)):
        return None
    return _noon(first.last, axis)


def _slack(dates: Dates, axis: Axis) -> Stretch | None:
    """From the day it ends to the last day promised, or the other way round."""
    end = _day(dates)
    if not dates.due or not end or end == dates.due.last:
        return None
    first, last = sorted((end, dates.due.last))
    found = axis.clip(first, last)
    return Stretch(found[0] + _NOON, found[1] - found[0] - 1) if found else None
