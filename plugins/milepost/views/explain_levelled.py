"""Why the levelled schedule, in which nobody works above capacity, says these days."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.person import Person
from milepost.records.values import write_percent
from milepost.views.explanation import Explanation, Given, day, days, figure, listed, place, share
from milepost.views.item import person_name
from milepost.views.terms import TERMS, term

_NOBODY = Phrase("nobody is assigned to open work, so there is nothing to level")
_FORMULA = Phrase("levelled start = the earliest at which what it waits for is finished and its people have room")


def levelled_figures(plan: Plan, item: Milestone | Feature) -> tuple[Explanation, ...]:
    """Start and finish where people are assigned; one figure without a value where they are not."""
    found, schedule = plan.levelling.items.get(item.id), plan.schedule.get(item.id)
    if found is None or schedule is None:
        reason = _NOBODY if schedule else Phrase("it has no schedule")
        return (figure("levelled", Phrase("Levelled"), None, reason=reason, in_views=False),)
    plain = Given(Phrase("finish without levelling"), day(schedule.finish), field="schedule.finish")
    later = plan.calendar.end_offset(found.finish) - plan.calendar.end_offset(schedule.finish)
    because = [Phrase("as early as without regard to people")]
    if later:
        because = [_later(later)]
    inputs = [plain, *_people(plan, item)]
    offset = Phrase("working days from the project's start, {day}", {"day": plan.calendar.start})
    start = Given(Phrase("levelled start"), day(found.start), field="levelled.start")
    moment = Given(Phrase("earliest start unlevelled"), days(schedule.es), field="schedule.es")
    return (
        figure(
            "levelled.finish",
            Phrase("Finish, nobody above capacity"),
            day(found.finish),
            Phrase("levelled finish = levelled start + duration"),
            [start, *inputs],
            because,
            in_views=bool(later),
            fill=False,
        ),
        figure(
            "levelled.start", Phrase("Start, nobody above capacity"), day(found.start), _FORMULA, inputs, in_views=False
        ),
        figure(
            "levelled.es",
            Phrase("Levelled start, offset"),
            days(found.es),
            _FORMULA,
            [moment],
            [offset],
            in_views=False,
        ),
        figure(
            "levelled.ef",
            Phrase("Levelled finish, offset"),
            days(found.ef),
            Phrase("EF = {levelled_es} + {duration}", TERMS),
            [term("levelled_es", days(found.es), field="levelled.es"), term("duration", days(schedule.duration))],
            [offset],
            in_views=False,
            fill=isinstance(item, Feature) and item.status not in ("active", "done"),
        ),
    )


def _later(days: int) -> Phrase:
    """How many working days later, or with a negative number earlier, it is finished."""
    n = abs(days)
    if days > 0:
        return Phrase(
            "{n} working day later than without regard to people",
            {"n": n},
            "{n} working days later than without regard to people",
            n,
        )
    return Phrase(
        "{n} working day earlier than without regard to people",
        {"n": n},
        "{n} working days earlier than without regard to people",
        n,
    )


def _people(plan: Plan, item: Milestone | Feature) -> list[Given]:
    """Who is assigned, with the share and the capacity."""
    rows = []
    for i, assigned in enumerate(item.assigned if isinstance(item, Feature) else ()):
        _, person = plan.links.by_id.get(assigned.person, ("", None))
        note = None
        if isinstance(person, Person):
            note = Phrase("of a capacity of {share}", {"share": write_percent(person.capacity)})
        name = person_name(plan, assigned.person) or assigned.person
        rows.append(Given(name, share(assigned.share), place(plan, item.id, "assigned", i), note=note))
    return listed(rows)
