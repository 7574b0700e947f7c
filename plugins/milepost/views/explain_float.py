"""How much room an item has: floats and the earliest and latest moments behind them."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.schedule import Schedule
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.explanation import Explanation, Given, Value, days, figure, listed
from milepost.views.item import target_of

LABELS = {
    "start": "Start",
    "finish": "Finish",
    "margin": "Margin",
    "total_float": "Total float",
    "free_float": "Free float",
    "critical": "On a critical path",
    "es": "Earliest start (ES)",
    "ef": "Earliest finish (EF)",
    "ls": "Latest start (LS)",
    "lf": "Latest finish (LF)",
}
"""The names of all figures of the schedule."""


def float_figures(
    plan: Plan, item: Milestone | Feature, found: Schedule, waits_for: list[Given]
) -> tuple[Explanation, ...]:
    """Floats, and the offsets they are worked out from; `waits_for` is what keeps it from beginning earlier."""
    gone = Phrase("what is done has no float") if item.status == "done" else None
    es, ef = Given("ES", days(found.es), field="schedule.es"), Given("EF", days(found.ef), field="schedule.ef")
    ls, lf = Given("LS", days(found.ls), field="schedule.ls"), Given("LF", days(found.lf), field="schedule.lf")
    duration = Given("duration", days(round(found.duration, 9)))
    fixed = item.status == "done"

    def one(key: str, value: Value | None, formula: str, given: list[Given], *said: Phrase) -> Explanation:
        shown = key == "total_float" and value is not None
        return figure(f"schedule.{key}", LABELS[key], value, formula, given, said, gone, in_views=shown)

    critical = Value("flag", found.critical)
    offset = Phrase("working days from the project's start, {day}", {"day": plan.calendar.start})
    successors = _successors(plan, item)
    es_formula = "ES = the day it began" if fixed else "ES = the latest of what it waits for"
    return (
        one("total_float", days(found.total_float), "total float = LS − ES", [ls, es]),
        one("free_float", days(found.free_float), "free float = earliest need of a successor − EF", [ef, *successors]),
        one("critical", critical, "critical: total float = 0", [Given("total float", days(found.total_float))]),
        one("es", days(found.es), es_formula, waits_for, offset),
        one("ef", days(found.ef), "EF = ES + duration", [es, duration], offset),
        one("ls", days(found.ls), "LS = LF − duration", [lf, duration]),
        one(
            "lf",
            days(found.lf),
            "LF = the latest finish that moves no other date",
            successors or [Given("latest finish of all", days(found.lf))],
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
            given = Given(other.title, days(schedule.ls), target=target_of(other), note=Phrase("LS"))
            rows.append((schedule.ls, given))
    rows.sort(key=lambda pair: pair[0])
    return listed([given for _, given in rows])
