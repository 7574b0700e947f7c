"""Why the forecast says these days: of the simulation, and of the pace at which features were finished."""

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.explanation import Explanation, Given, Value, day, figure, number, period, place, words

_NO_PACE = Phrase("only milestones are forecast from the pace")
_OLDEST = Phrase("full weeks, oldest first")
_SAME = (Phrase("counted in the runs that P80 is counted in"),)
_NO_SCHEDULE = Phrase("it has no schedule")
_LEVELS = {"p50": "half", "p80": "80%", "p95": "95%"}
_PACE = {"p50": "50%", "p85": "85%", "p95": "95%"}


def forecast_figures(plan: Plan, item: Milestone | Feature) -> tuple[Explanation, ...]:
    """P50, P80, P95 and the chance to keep the promise."""
    found = plan.forecast.get(item.id)
    inputs: list[Given] = []
    if found and found.p50:
        rules = plan.records.project.forecast
        inputs = [
            Given("runs", number(found.runs), place(plan, "", "forecast", "runs")),
            Given("distribution", words(rules.distribution), place(plan, "", "forecast", "distribution")),
            Given("seed", number(rules.seed), place(plan, "", "forecast", "seed")),
        ]
        inputs += _own_estimate(plan, item)
        inputs += [Given(key.upper(), day(getattr(found, key)), field=f"forecast.{key}") for key in ("p50", "p95")]
    gap = (found.gap if found else None) or (None if found else _NO_SCHEDULE)
    days = [
        figure(
            f"forecast.{key}",
            f"Forecast, {key.upper()}",
            day(getattr(found, key, None)),
            f"{key.upper()} = the day by which {share} of the runs through the network have finished it",
            inputs if key == "p80" else inputs[:1],
            because=_SAME if key != "p80" and gap is None else (),
            reason=gap,
            in_views=key == "p80" and gap is None,
            fill=False,
        )
        for key, share in _LEVELS.items()
    ]
    return *days, _chance(plan, item, gap)


def _own_estimate(plan: Plan, item: Milestone | Feature) -> list[Given]:
    if not isinstance(item, Feature):
        return []
    for key, estimate in (("duration", item.duration), ("effort", item.effort)):
        if estimate:
            points = (estimate.low, estimate.likely, estimate.high)
            text = str(estimate.likely) if estimate.is_point else " – ".join(map(str, points))
            return [Given(f"own {key}", words(text), place(plan, item.id, key))]
    return []


def _chance(plan: Plan, item: Milestone | Feature, gap: Phrase | None) -> Explanation:
    found = plan.forecast.get(item.id)
    label, formula = "Chance of the promise", "chance = runs that finish by due ÷ runs"
    if found is None or found.chance is None or item.due is None:
        reason = gap or Phrase("no date is promised")
        return figure("forecast.chance", label, None, formula, reason=reason, in_views=False)
    inputs = [
        Given("runs that finish by due", number(round(found.chance * found.runs))),
        Given("runs", number(found.runs), place(plan, "", "forecast", "runs")),
        Given("due", period(item.due), place(plan, item.id, "due")),
    ]
    over = [Phrase("the promise has passed")] if item.due.last < plan.as_of else []
    value = Value("chance", found.chance)
    return figure("forecast.chance", label, value, formula, inputs, over, fill=not over)


def pace_figures(plan: Plan, milestone: Milestone) -> tuple[Explanation, ...]:
    """When the open features will be finished at the pace so far."""
    found = plan.throughput.get(milestone.id)
    return tuple(
        figure(
            f"forecast.throughput.{key}",
            f"At the pace so far, {level}",
            day(getattr(found, key, None)),
            f"the week by which {level} of the futures drawn from past weeks have finished the open features",
            [
                Given("open features", number(found.remaining)),
                Given("finished a week", words(", ".join(map(str, found.weekly))), note=_OLDEST),
            ]
            if found and found.weekly
            else (),
            reason=found.gap if found else _NO_PACE,
            in_views=key != "p95" and bool(found and found.p50),
            fill=False,
        )
        for key, level in _PACE.items()
    )


def no_pace_figures() -> tuple[Explanation, ...]:
    """For a feature, which has no forecast from the pace."""
    return tuple(
        figure(f"forecast.throughput.{key}", f"At the pace so far, {level}", None, reason=_NO_PACE, in_views=False)
        for key, level in _PACE.items()
    )
