"""What a page says of itself where only its address is shown: in a chat, a mail, a list of results."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.work import HealthState, Status

_STATUS: dict[Status, str] = {
    "idea": "An idea",
    "planned": "Planned",
    "active": "In progress",
    "done": "Done",
    "dropped": "Dropped",
}
_HEALTH: dict[HealthState, str] = {"on-track": "On track", "at-risk": "At risk", "off-track": "Off track"}


Sentence = tuple[str, tuple[Phrase, ...]]
"""What it is about, "" where that is clear, and what is said of it."""


def describe(plan: Plan, identity: str) -> tuple[Sentence, ...]:
    """How an item, or with "" the project, stands: its status, its dates and its health with the reason."""
    _, item = plan.links.by_id.get(identity, ("", None))
    said: list[Sentence] = []
    if isinstance(item, Feature | Milestone):
        said += [("", (Phrase(_STATUS[item.status]), *_dates(plan, item)))]
    health = plan.health.get(identity)
    if health and health.is_ != "done":
        said.append((_HEALTH[health.is_], health.because))
    return tuple(said)


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
