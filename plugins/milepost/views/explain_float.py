"""How much room an item has: floats and the earliest and latest moments behind them."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.schedule import Schedule
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.explanation import Explanation, Given, Value, days, figure, listed
from milepost.views.item import target_of
from milepost.views.terms import TERMS, term

LABELS = {
    "start": Phrase("Start"),
    "finish": Phrase("Finish"),
    "margin": Phrase("Margin"),
    "total_float": Phrase("Total float"),
    "free_float": Phrase("Free float"),
    "critical": Phrase("On a critical path"),
    "es": Phrase("Earliest start (ES)"),
    "ef": Phrase("Earliest finish (EF)"),
    "ls": Phrase("Latest start (LS)"),
    "lf": Phrase("Latest finish (LF)"),
}
"""The names of all figures of the schedule."""


def float_figures(
    plan: Plan, item: Milestone | Feature, found: Schedule, waits_for: list[Given]
) -> tuple[Explanation, ...]:
    """Floats, and the offsets they are worked out from; `waits_for` is what keeps it from beginning earlier."""
    gone = Phrase("what is done has no float") if item.status == "done" else None
    es, ef = term("es", days(found.es), field="schedule.es"), term("ef", days(found.ef), field="schedule.ef")
    ls, lf = term("ls", days(found.ls), field="schedule.ls"), term("lf", days(found.lf), field="schedule.lf")
    duration = term("duration", days(round(found.duration, 9)))
    fixed = item.status == "done"

    def one(key: str, value: Value | None, formula: Phrase, given: list[Given], *said: Phrase) -> Explanation:
        shown = key == "total_float" and value is not None
        return figure(f"schedule.{key}", LABELS[key], value, formula, given, said, gone, in_views=shown)

    critical = Value("flag", found.critical)
    offset = Phrase("working days from the project's start, {day}", {"day": plan.calendar.start})
    successors = _successors(plan, item)
    es_formula = Phrase("ES = the day it began") if fixed else Phrase("ES = the latest of what it waits for")
    return (
        one("total_float", days(found.total_float), Phrase("total float = {ls} − {es}", TERMS), [ls, es]),
        one(
            "free_float",
            days(found.free_float),
            Phrase("free float = earliest need of a successor − {ef}", TERMS),
            [ef, *successors],
        ),
        one(
            "critical",
            critical,
            Phrase("critical: total float = 0"),
            [Given(Phrase("total float"), days(found.total_float))],
        ),
        one("es", days(found.es), es_formula, waits_for, offset),
        one("ef", days(found.ef), Phrase("EF = {es} + {duration}", TERMS), [es, duration], offset),
        one("ls", days(found.ls), Phrase("LS = {lf} − {duration}", TERMS), [lf, duration]),
        one(
            "lf",
            days(found.lf),
            Phrase("LF = the latest finish that moves no other date"),
            successors or [Given(Phrase("latest finish of all"), days(found.lf))],
        ),
    )


def _successors(plan: Plan, item: Milestone | Feature) -> list[Given]:
    """What waits for an item, with its latest start, the tightest first."""
    names = [name for name in plan.links.waiting.get(item.id, ()) if name in plan.schedule]
    if isinstance(item, Feature) and item.milestone and item.milestone in plan.schedule:
        names.append(item.milestone)  # a milestone waits for its features
    rows = []
    for name in dict.fromkeys(names):
        _, other = plan.links.by_id.get(name, ("", None))
        schedule = plan.schedule[name]
        if isinstance(other, Milestone | Feature) and schedule.ls is not None:
            given = Given(
                other.title, days(schedule.ls), target=target_of(other), note=Phrase("{symbol}", {"symbol": "LS"})
            )
            rows.append((schedule.ls, given))
    rows.sort(key=lambda pair: pair[0])
    return listed([given for _, given in rows])
