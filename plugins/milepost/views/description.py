"""What a page says of itself where only its address is shown: in a chat, a mail, a list of results."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.work import HealthState, Status

_STATUS: dict[Status, Phrase] = {
    "idea": Phrase("An idea"),
    "planned": Phrase("Planned"),
    "active": Phrase("In progress"),
    "done": Phrase("Done"),
    "dropped": Phrase("Dropped"),
}
_HEALTH: dict[HealthState, Phrase] = {
    "on-track": Phrase("On track"),
    "at-risk": Phrase("At risk"),
    "off-track": Phrase("Off track"),
}


Sentence = tuple[Phrase | None, tuple[Phrase, ...]]
"""What it is about, None where that is clear, and what is said of it."""


def describe(plan: Plan, identity: str) -> tuple[Sentence, ...]:
    """How an item, or with "" the project, stands: its status, its dates and its health with the reason."""
    _, item = plan.links.by_id.get(identity, ("", None))
    said: list[Sentence] = []
    if isinstance(item, Feature | Milestone):
        said += [(None, (_STATUS[item.status], *_dates(plan, item)))]
    health = plan.health.get(identity)
    if health and health.is_ != "done":
        said.append((_HEALTH[health.is_], health.because))
    return tuple(said)


def dates(plan: Plan, item: Feature | Milestone) -> Phrase | None:
    """When an item is due and expected, or was finished; None where nothing is known."""
    schedule = plan.schedule.get(item.id)
    values: dict[str, object] = {"due": item.due, "finish": schedule.finish if schedule else None, "done": item.done}
    if item.done:
        return Phrase("Finished {done}", values)
    if item.due and schedule and item.status != "dropped":
        return Phrase("Due {due}, expected {finish}", values)
    if item.due:
        return Phrase("Due {due}", values)
    return Phrase("Expected {finish}", values) if schedule and item.status != "dropped" else None


def _dates(plan: Plan, item: Feature | Milestone) -> list[Phrase]:
    found = []
    if item.due:
        found.append(Phrase("due {due}", {"due": item.due}))
    schedule = plan.schedule.get(item.id)
    if schedule and item.status not in ("done", "dropped"):
        found.append(Phrase("expected {finish}", {"finish": schedule.finish}))
    if item.done:
        found.append(Phrase("finished {done}", {"done": item.done}))
    return found
