"""What happened to a milestone or feature, told by the dates that stand in the plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from milepost.plan.edition import NOT_TOLD
from milepost.plan.phrase import Amount
from milepost.plan.plan import Plan
from milepost.records.decision import Decision
from milepost.records.entry import Link
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.item import Target, person_name, target_of

EventKind = Literal["started", "done", "member", "decision", "update", "payment", "input"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day: `kind` says what, `title` to what or what about, `by` whose doing it was.

    A “member” is a feature of the milestone that was finished. `text` is rich text, `amount` what was paid.
    """

    on: date
    kind: EventKind
    title: str = ""
    by: str | None = None
    text: str | None = None
    amount: Amount | None = None
    target: Target | None = None
    link: Link | None = None


def history(plan: Plan, item: Milestone | Feature) -> tuple[Event, ...]:
    """All that happened to an item up to the as-of date, newest first."""
    return newest_first(event for event in _events(plan, item) if event.on <= plan.as_of)


def newest_first(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events of any source in one order; those of one day stay as they come."""
    return tuple(sorted(events, key=lambda event: event.on, reverse=True))


def _events(plan: Plan, item: Milestone | Feature) -> Iterator[Event]:
    links = plan.links
    if item.done:
        yield Event(item.done, "done")
    if isinstance(item, Milestone):
        for member in links.members.get(item.id, ()):
            if member.done:
                yield Event(member.done, "member", member.title, target=target_of(member))
    elif item.started:
        yield Event(item.started, "started")
    for update in links.updates.get(item.id, ()):
        yield Event(update.on, "update", by=person_name(plan, update.by), text=update.summary)
    yield from _decisions(plan, item)
    yield from _payments(plan, item)
    for said in links.inputs.get(item.id, ()):
        if said.on != NOT_TOLD:
            yield Event(said.on, "input", said.title)


def _decisions(plan: Plan, item: Milestone | Feature) -> Iterator[Event]:
    for identity in plan.links.affected_by.get(item.id, ()):
        _, found = plan.links.by_id.get(identity, ("", None))
        if isinstance(found, Decision) and found.on:
            names = [name for by in found.by if (name := person_name(plan, by))]
            yield Event(found.on, "decision", found.title, by=", ".join(names) or None)


def _payments(plan: Plan, item: Milestone | Feature) -> Iterator[Event]:
    """What was paid for it; sums of a month, as a public edition may have them, are no payments."""
    if plan.edition == "public" and plan.records.project.publish.budget != "full":
        return
    for line in plan.links.lines.get(item.id, ()):
        for spent in line.spent:
            amount = Amount(spent.amount.amount, spent.amount.currency or plan.money.currency)
            yield Event(spent.on, "payment", line.title, text=spent.note, amount=amount, link=spent.link)
