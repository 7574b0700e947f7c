"""Health: on track, at risk or off track, always with the reason in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from milepost.plan.earned_value import EarnedValue
from milepost.plan.links import Links
from milepost.plan.phrase import Phrase, Share
from milepost.plan.schedule import Schedule
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.records.records import Records
from milepost.records.work import HealthOverride, HealthState

_BAD: Mapping[HealthState, int] = {"done": -1, "on-track": 0, "at-risk": 1, "off-track": 2}
Found = tuple[HealthState, Phrase]


@dataclass(frozen=True, slots=True)
class Health:
    """How something stands: `is_` with its reasons; where an author overrides it, what was computed stays beside it."""

    is_: HealthState
    because: tuple[Phrase, ...]
    computed: HealthState
    computed_because: tuple[Phrase, ...]
    override: HealthOverride | None = None


@dataclass(frozen=True, slots=True)
class _Facts:
    records: Records
    links: Links
    schedules: Mapping[str, Schedule]
    earned: Mapping[str, EarnedValue]
    as_of: date
    week: int


def health(
    records: Records,
    links: Links,
    schedules: Mapping[str, Schedule],
    earned: Mapping[str, EarnedValue],
    as_of: date,
    week: int,
) -> dict[str, Health]:
    """The health of every milestone and feature that is not dropped, and under "" of the project.

    The worst of time (late against the promise), money (EAC over BAC), blocked or late dependencies, and for the
    project silence. A milestone counts what blocks its features; the project is as bad as its worst milestone, or its
    worst feature without one.
    """
    facts = _Facts(records, links, schedules, earned, as_of, week)
    found: dict[str, Health] = {}
    for feature in records.features:
        if feature.status != "dropped":
            found[feature.id] = _judge(facts, feature.id, _of_feature(facts, feature), feature.status == "done", None)
    for milestone in records.milestones:
        if milestone.status != "dropped":
            done = milestone.status == "done"
            reasons = _of_milestone(facts, milestone)
            found[milestone.id] = _judge(facts, milestone.id, reasons, done, milestone.health)
    reasons = _of_project(facts, found)
    parts = [item for item in records.work if item.status != "dropped"]
    done = bool(parts) and all(item.status == "done" for item in parts)
    found[""] = _judge(facts, "", reasons, done, None)
    return found


def _judge(facts: _Facts, name: str, reasons: list[Found], done: bool, own: HealthOverride | None) -> Health:
    """The worst of the reasons, unless an author says otherwise: on the record, or in the latest update about it."""
    computed: HealthState = (
        "done" if done else max((state for state, _ in reasons), key=_BAD.__getitem__, default="on-track")
    )
    because = tuple(phrase for state, phrase in reasons if state == computed and not done)
    if not because:
        because = (Phrase("it is done") if done else Phrase("nothing is late, over budget or blocked"),)
    override = _override(facts, name, own)
    if override is None:
        return Health(computed, because, computed, because)
    said = (Phrase("{because}", {"because": override.because}),) if override.because else because
    return Health(override.is_, said, computed, because, override)


def _override(facts: _Facts, name: str, own: HealthOverride | None) -> HealthOverride | None:
    """The author's latest judgement. An update speaks for its day, and a later update without one takes it back."""
    latest = next((u for u in facts.links.updates.get(name, ()) if u.on <= facts.as_of), None)
    said = None
    if latest and latest.health:
        said = latest.health.model_copy(
            update={"on": latest.health.on or latest.on, "by": latest.health.by or latest.by}
        )
    if own and said and said.on:
        return said if own.on is None or said.on > own.on else own
    return own or said


def _time(facts: _Facts, name: str) -> list[Found]:
    """Late against the promise, by the project's thresholds in working time."""
    found = facts.schedules.get(name)
    if found is None or found.margin is None:
        return []
    item = facts.links.by_id[name][1]
    due = item.due if isinstance(item, Milestone | Feature) else None
    rules = facts.records.project.health.time
    late = -found.margin
    values: dict[str, object] = {"days": abs(late), "due": due}
    if late <= 0:
        return [("on-track", _early(-late, values))]
    state: HealthState = "on-track"
    if late >= rules.off_track.days(facts.week):
        state = "off-track"
    elif late >= rules.at_risk.days(facts.week):
        state = "at-risk"
    return [
        (
            state,
            Phrase(
                "finishes {days} working day after the promised {due}",
                values,
                "finishes {days} working days after the promised {due}",
                late,
            ),
        )
    ]


def _early(days: int, values: Mapping[str, object]) -> Phrase:
    if not days:
        return Phrase("finishes on the day promised, {due}", values)
    return Phrase(
        "finishes {days} working day before the promised {due}",
        values,
        "finishes {days} working days before the promised {due}",
        days,
    )


def _money(facts: _Facts, name: str) -> list[Found]:
    """The estimate at completion over the budget at completion."""
    earned = facts.earned.get(name)
    if earned is None or not earned.bac or earned.eac_cpi is None:
        return []
    rules = facts.records.project.health.money
    over = earned.eac_cpi / earned.bac - 1
    if over <= 0 or over < rules.at_risk:
        return []
    state: HealthState = "off-track" if over >= rules.off_track else "at-risk"
    return [(state, Phrase("is expected to cost {over} more than planned", {"over": Share(Decimal(over))}))]


def _blocked(facts: _Facts, feature: Feature) -> list[Found]:
    """What stops a feature that is not finished: what it is blocked by, and dependencies that are late."""
    if feature.status == "done":
        return []
    found: list[Found] = []
    if feature.blocked:
        found.append(("at-risk", Phrase("is blocked: {by}", {"by": feature.blocked})))
    return [*found, *_late_dependencies(facts, feature.id)]


def _late_dependencies(facts: _Facts, name: str) -> list[Found]:
    """The unfinished dependencies of an item that miss their own promise."""
    found: list[Found] = []
    for dependency in facts.links.needs.get(name, ()):
        target = facts.links.by_id.get(dependency.id)
        item = target[1] if target else None
        schedule = facts.schedules.get(dependency.id)
        if isinstance(item, Milestone | Feature) and item.status != "done" and schedule and (schedule.margin or 0) < 0:
            late = -(schedule.margin or 0)
            waits = Phrase(
                "waits for “{title}”, which is {days} working day late",
                {"title": item.title, "days": late},
                "waits for “{title}”, which is {days} working days late",
                late,
            )
            found.append(("at-risk", waits))
    return found


def _of_feature(facts: _Facts, feature: Feature) -> list[Found]:
    return [*_time(facts, feature.id), *_blocked(facts, feature), *_money(facts, feature.id)]


def _of_milestone(facts: _Facts, milestone: Milestone) -> list[Found]:
    found = [
        *_time(facts, milestone.id),
        *_late_dependencies(facts, milestone.id),
        *_money(facts, milestone.id),
    ]
    blocked = [
        feature
        for feature in facts.links.members.get(milestone.id, ())
        if feature.blocked and feature.status not in ("done", "dropped")
    ]
    if blocked:
        stopped = Phrase(
            "“{title}” is blocked",
            {"title": blocked[0].title, "count": len(blocked)},
            "{count} of its features are blocked, “{title}” among them",
            len(blocked),
        )
        found.append(("at-risk", stopped))
    return found


def _of_project(facts: _Facts, found: Mapping[str, Health]) -> list[Found]:
    """The worst milestones and features without one, the project's own money, and silence."""
    reasons: list[Found] = []
    for item in facts.records.work:
        if isinstance(item, Feature) and item.milestone:
            continue
        state = found.get(item.id)
        if state and state.is_ in ("at-risk", "off-track"):
            values: dict[str, object] = {"title": item.title, "reason": state.because[0]}
            judged, computed = Phrase("“{title}”: {reason}", values), Phrase("“{title}” {reason}", values)
            reasons.append((state.is_, judged if state.override else computed))
    return [*reasons, *_money(facts, ""), *_silence(facts)]


def _silence(facts: _Facts) -> list[Found]:
    """No update for longer than the project allows; a plan without updates is not asked for them."""
    days = [update.on for update in facts.records.updates if update.on <= facts.as_of]
    if not days:
        return []
    silent = (facts.as_of - max(days)).days
    rule = facts.records.project.health.silence
    allowed = float(rule.amount) * {"h": 1 / 24, "d": 1, "w": 7}[rule.unit]  # silence is counted in calendar days
    if silent <= allowed:
        return []
    said = Phrase("there was no update for {days} day", {"days": silent}, "there was no update for {days} days", silent)
    return [("at-risk", said)]
