"""Why progress, health and horizon are what they are."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from milepost.diagnostics import Place
from milepost.plan.horizon import next_milestones
from milepost.plan.phrase import Phrase, Share
from milepost.plan.plan import Plan
from milepost.records.feature import Feature, Horizon
from milepost.records.milestone import Milestone
from milepost.records.work import HealthState, Status
from milepost.views.explanation import Explanation, Given, day, days, figure, listed, number, place, share, words
from milepost.views.item import person_name, target_of
from milepost.views.terms import TERMS, term

_STATES: Mapping[HealthState, Phrase] = {
    "on-track": Phrase("on track"),
    "at-risk": Phrase("at risk"),
    "off-track": Phrase("off track"),
    "done": Phrase("done"),
}
_STATUS: Mapping[Status, Phrase] = {
    "idea": Phrase("idea"),
    "planned": Phrase("planned"),
    "active": Phrase("active"),
    "done": Phrase("done"),
    "dropped": Phrase("dropped"),
}
_HORIZON: Mapping[Horizon, Phrase] = {"now": Phrase("now"), "next": Phrase("next"), "later": Phrase("later")}
_PROGRESS, _HEALTH, _LABEL = Phrase("Progress"), Phrase("Health"), Phrase("Horizon")
_WEIGHT = Phrase("weight 1: neither effort nor duration is written")


def progress_figures(plan: Plan, identity: str) -> tuple[Explanation, ...]:
    """The progress of an item, or of the project under ""."""
    value = plan.progress.get(identity)
    _, item = plan.links.by_id.get(identity, ("", None))
    if isinstance(item, Feature | Milestone) and item.progress is not None:
        given = term("progress", share(item.progress), place(plan, identity, "progress"))
        because = Phrase("its author writes it")
        return (figure("progress", _PROGRESS, share(value), Phrase("progress as written"), [given], [because]),)
    parts = _parts(plan, item)
    if isinstance(item, Feature | Milestone) and (item.status == "done" or not parts):
        key = "done" if item.done else "status"
        given = Given(Phrase("status"), words(_STATUS[item.status]), place(plan, identity, key))
        nothing = Phrase("nothing is written of its progress, so it is 0%")
        because = Phrase("done is 100%") if item.status == "done" else nothing
        formula = Phrase("progress = 100% if done, else 0%")
        return (figure("progress", _PROGRESS, share(value), formula, [given], [because], fill=False),)
    return (_mean(plan, value, parts),)


def _parts(plan: Plan, item: object) -> list[Feature | Milestone]:
    if isinstance(item, Milestone):
        return [feature for feature in plan.links.members.get(item.id, ()) if feature.status != "dropped"]
    if isinstance(item, Feature):
        return []
    whole: list[Feature | Milestone] = [f for f in plan.records.features if f.status != "dropped"]
    return whole + [m for m in plan.records.milestones if m.status != "dropped" and not plan.links.members.get(m.id)]


def _mean(plan: Plan, value: Decimal | None, parts: list[Feature | Milestone]) -> Explanation:
    """The mean of the parts, the heaviest of which are listed."""
    week = plan.calendar.week
    weighed = []
    for part in parts:
        estimate = (part.effort or part.duration) if isinstance(part, Feature) else None
        weighed.append((estimate.expected(week) if estimate else 1.0, part))
    weighed.sort(key=lambda pair: -pair[0])
    done = sum(float(plan.progress[part.id]) * weight for weight, part in weighed)
    inputs = [
        term("weighted_progress", number(round(done, 6))),
        term("weights", number(round(sum(weight for weight, _ in weighed), 6))),
    ]
    rows = []
    for weight, part in weighed:
        effort = isinstance(part, Feature) and (part.effort or part.duration)
        key = "effort" if isinstance(part, Feature) and part.effort else "duration"
        note = _weight(weight, key) if effort else _WEIGHT
        at = place(plan, part.id, key) if effort else None
        rows.append(Given(part.title, share(plan.progress[part.id]), at, target_of(part), note=note))
    formula = Phrase("progress = {weighted_progress} ÷ {weights}", TERMS)
    if not parts:
        return figure("progress", _PROGRESS, share(value), formula, (), [Phrase("there is no work yet, so it is 0%")])
    return figure("progress", _PROGRESS, share(value), formula, [*inputs, *listed(rows)])


def _weight(weight: float, key: str) -> Phrase:
    values = {"weight": round(weight, 2)}
    return (
        Phrase("weight {weight}, its effort", values)
        if key == "effort"
        else Phrase("weight {weight}, its duration", values)
    )


def health_figures(plan: Plan, identity: str) -> tuple[Explanation, ...]:
    """Health as it stands, and as computed where an author overrides it; nothing for dropped work."""
    found = plan.health.get(identity)
    if found is None:
        return (
            figure("health.is", _HEALTH, None, reason=Phrase("dropped work has no health"), in_views=False),
            figure("health.computed", Phrase("Health, computed"), None, reason=Phrase("it is dropped"), in_views=False),
        )
    formula = Phrase("health = the worst of time, money, blocked or late dependencies")
    if identity == "":
        formula = Phrase("health = the worst of its milestones, of features without one, of money and of silence")
    inputs = list(_thresholds(plan, identity))
    computed = figure(
        "health.computed",
        Phrase("Health, computed"),
        words(_STATES[found.computed]),
        formula,
        inputs,
        found.computed_because,
        in_views=False,
    )
    if found.override is None:
        value = words(_STATES[found.is_])
        return figure("health.is", _HEALTH, value, formula, inputs, found.because), computed
    own = Given(Phrase("computed"), words(_STATES[found.computed]), note=found.computed_because[0])
    said = Given(Phrase("judged"), words(_STATES[found.override.is_]), _judged_at(plan, identity))
    by = person_name(plan, found.override.by)
    rest = [Given(Phrase("by"), words(by))] if by else []
    rest += [Given(Phrase("on"), day(found.override.on))] if found.override.on else []
    judged = figure(
        "health.is",
        _HEALTH,
        words(_STATES[found.is_]),
        Phrase("health = the author's judgement"),
        [said, *rest, own],
        found.because,
        fill=False,
    )
    return judged, computed


def _judged_at(plan: Plan, identity: str) -> Place | None:
    """Where the judgement is written: on the record, or in the update that holds."""
    _, item = plan.links.by_id.get(identity, ("", None))
    override = plan.health[identity].override
    if isinstance(item, Milestone) and item.health is override:
        return place(plan, identity, "health")
    latest = next((u for u in plan.links.updates.get(identity, ()) if u.on <= plan.as_of), None)
    return place(plan, latest.id, "health") if latest else None


def _thresholds(plan: Plan, identity: str) -> Iterable[Given]:
    """What time and money are measured against, as far as either plays a part."""
    rules = plan.records.project.health
    schedule = plan.schedule.get(identity)
    if schedule and schedule.margin is not None:
        at_risk, off_track = rules.time.at_risk, rules.time.off_track
        note = Phrase("at risk from {a} late, off track from {b}", {"a": str(at_risk), "b": str(off_track)})
        at = place(plan, "", "health", "time")
        yield Given(Phrase("margin"), days(schedule.margin), at, field="schedule.margin", note=note)
    earned = plan.money.earned.get(identity)
    if earned and earned.bac and earned.eac_cpi is not None:
        over = earned.eac_cpi / earned.bac - 1
        limits = {"a": Share(rules.money.at_risk, exact=True), "b": Share(rules.money.off_track, exact=True)}
        note = Phrase("at risk from {a} over, off track from {b}", limits)
        at = place(plan, "", "health", "money")
        yield Given(Phrase("EAC over BAC"), share(over), at, field=_eac(plan, identity), note=note)


def _eac(plan: Plan, identity: str) -> str:
    """The figure to look at for it, which only milestones and the project have."""
    _, item = plan.links.by_id.get(identity, ("", None))
    return "" if isinstance(item, Feature) else "money.eac.cpi"


def horizon_figures(plan: Plan, feature: Feature) -> tuple[Explanation, ...]:
    """Now, next or later, and what puts it there."""
    found = plan.horizon.get(feature.id)
    formula = Phrase(
        "now: in work, or of the next milestone; next: of the one after, or due within two quarters; else later"
    )
    if found is None:
        reason = Phrase("what is done or dropped has no horizon")
        return (figure("horizon", _LABEL, None, formula, reason=reason, in_views=False),)
    inputs = [Given(Phrase("status"), words(_STATUS[feature.status]), place(plan, feature.id, "status"))]
    _, milestone = plan.links.by_id.get(feature.milestone or "", ("", None))
    if isinstance(milestone, Milestone):
        at = place(plan, feature.id, "milestone")
        inputs.append(Given(Phrase("milestone"), words(milestone.title), at, target_of(milestone)))
    if feature.horizon:
        because = Phrase("its author writes it")
        inputs = [Given(Phrase("horizon"), words(_HORIZON[feature.horizon]), place(plan, feature.id, "horizon"))]
    elif found == "now":
        because = Phrase("it is in work") if feature.status == "active" else Phrase("its milestone is the next one due")
    elif found == "next":
        because = _why_next(plan, feature)
    else:
        because = Phrase("it belongs to none of the next two milestones and is not due within two quarters")
    return (figure("horizon", _LABEL, words(_HORIZON[found]), formula, inputs, [because], fill=False),)


def _why_next(plan: Plan, feature: Feature) -> Phrase:
    by_milestone = feature.due is None
    if feature.due and feature.milestone:  # rarely both: looking at all milestones for every feature takes long
        coming = next_milestones(plan.records, plan.schedule)
        by_milestone = len(coming) > 1 and coming[1].id == feature.milestone
    if by_milestone:
        return Phrase("its milestone is the second one due")
    return Phrase("it is due within two quarters, {due}", {"due": feature.due})
