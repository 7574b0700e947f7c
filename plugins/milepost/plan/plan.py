"""One project with all that follows from its records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from milepost.diagnostics import Diagnostic
from milepost.plan.activities import Activity, activities
from milepost.plan.calendar import Calendar, calendar_of, project_start
from milepost.plan.edition import prune
from milepost.plan.forecast import Forecast, forecast
from milepost.plan.health import Health, health
from milepost.plan.horizon import horizon
from milepost.plan.levelling import Levelling, level
from milepost.plan.links import Links, Node, link
from milepost.plan.money import MoneyBook, money
from milepost.plan.names import same_names
from milepost.plan.progress import doubtful, progress
from milepost.plan.public_holidays import public_holidays
from milepost.plan.ranking import Ranking, ranking
from milepost.plan.schedule import Schedule, schedule
from milepost.plan.throughput import Throughput, throughput
from milepost.records.feature import Horizon
from milepost.records.records import Records

Edition = Literal["full", "public"]


@dataclass(frozen=True, slots=True)
class Plan:
    """One project, its records and all that was worked out from them.

    Everything keyed by an id holds milestones and features; the key "" stands for the project.
    `schedule` has only the items that have one, `throughput` only milestones. `progress` is a fraction from 0 to 1.
    """

    records: Records
    as_of: date
    edition: Edition
    calendar: Calendar
    links: Links
    schedule: Mapping[str, Schedule]
    levelling: Levelling
    forecast: Mapping[str, Forecast]
    throughput: Mapping[str, Throughput]
    progress: Mapping[str, Decimal]
    money: MoneyBook
    ranking: Ranking
    horizon: Mapping[str, Horizon]
    health: Mapping[str, Health]


def make_plans(
    portfolio: tuple[Records, ...], as_of: date, edition: Edition = "full", unreadable: str = ""
) -> tuple[tuple[Plan, ...], list[Diagnostic]]:
    """Work out what follows from the records of all projects, as seen on `as_of`.

    `unreadable` is the text of files of which something was lost; a reference to an id in it is no second error.
    For another edition than the full one the records are pruned first; the problems are those of the full one, since
    what is wrong in what is left out is wrong all the same.
    """
    if edition != "full":
        _, problems = make_plans(portfolio, as_of, "full", unreadable)
        portfolio, _, _ = link(portfolio, unreadable)
        plans, _ = _work_out(*link(prune(portfolio, edition, as_of), unreadable), as_of, edition)
        return plans, problems
    return _work_out(*link(portfolio, unreadable), as_of, edition)


def _work_out(
    portfolio: tuple[Records, ...], links: tuple[Links, ...], problems: list[Diagnostic], as_of: date, edition: Edition
) -> tuple[tuple[Plan, ...], list[Diagnostic]]:
    calendars = []
    for records in portfolio:
        start = project_start(records, as_of)
        public, unknown = public_holidays(records, start, as_of)
        calendars.append(calendar_of(records.project.calendar, start, public))
        problems = [*problems, *unknown]
    progresses = tuple(
        progress(records, linked, calendar.week)
        for records, linked, calendar in zip(portfolio, links, calendars, strict=True)
    )
    by_project = {records.id: calendar for records, calendar in zip(portfolio, calendars, strict=True)}
    nodes: dict[Node, Activity] = {}
    for parts in zip(portfolio, links, calendars, progresses, strict=True):
        nodes.update(activities(*parts))
    schedules = schedule(nodes, by_project, as_of)
    rules = {records.id: records.project.forecast for records in portfolio}
    forecasts = forecast(nodes, schedules, by_project, rules, as_of)
    plans = []
    for records, linked, calendar, progressed in zip(portfolio, links, calendars, progresses, strict=True):
        plan, told = _plan(
            records, linked, calendar, progressed, schedules[records.id], forecasts[records.id], nodes, as_of, edition
        )
        plans.append(plan)
        problems = [*problems, *told]
    return tuple(plans), problems


def _plan(
    records: Records,
    links: Links,
    calendar: Calendar,
    progressed: Mapping[str, Decimal],
    schedules: Mapping[str, Schedule],
    forecasts: Mapping[str, Forecast],
    nodes: Mapping[Node, Activity],
    as_of: date,
    edition: Edition,
) -> tuple[Plan, list[Diagnostic]]:
    book, unvalued = money(records, links, calendar, progressed, as_of)
    levelled, over_assigned = level(records, calendar, nodes, schedules, as_of)
    ranked, unranked = ranking(records, book, calendar.week)
    plan = Plan(
        records=records,
        as_of=as_of,
        edition=edition,
        calendar=calendar,
        links=links,
        schedule=schedules,
        levelling=levelled,
        forecast=forecasts,
        throughput=throughput(records, links, as_of),
        progress=progressed,
        money=book,
        ranking=ranked,
        horizon=horizon(records, schedules, as_of),
        health=health(records, links, schedules, book.earned, as_of, calendar.week),
    )
    return plan, [*doubtful(records), *same_names(records), *over_assigned, *unvalued, *unranked]
