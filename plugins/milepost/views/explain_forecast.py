"""Why the forecast says these days: of the simulation, and of the pace at which features were finished."""

from decimal import Decimal

from milepost.plan.phrase import Phrase, Share
from milepost.plan.plan import Plan
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.explanation import Explanation, Given, Value, day, figure, number, period, place, words
from milepost.views.terms import TERMS, term

_NO_PACE = Phrase("only milestones are forecast from the pace")
_OLDEST = Phrase("full weeks, oldest first")
_SAME = (Phrase("counted in the runs that P80 is counted in"),)
_NO_SCHEDULE = Phrase("it has no schedule")
_LEVELS = {
    "p50": (
        Phrase("Forecast, P50"),
        Phrase("P50 = the day by which half of the runs through the network have finished it"),
    ),
    "p80": (
        Phrase("Forecast, P80"),
        Phrase("P80 = the day by which 80% of the runs through the network have finished it"),
    ),
    "p95": (
        Phrase("Forecast, P95"),
        Phrase("P95 = the day by which 95% of the runs through the network have finished it"),
    ),
}
"""Label and formula of each day."""
_PACE = {key: Share(Decimal(level)) for key, level in {"p50": "0.5", "p85": "0.85", "p95": "0.95"}.items()}


def forecast_figures(plan: Plan, item: Milestone | Feature) -> tuple[Explanation, ...]:
    """P50, P80, P95 and the chance to keep the promise."""
    found = plan.forecast.get(item.id)
    inputs: list[Given] = []
    if found and found.p50:
        rules = plan.records.project.forecast
        inputs = [
            term("runs", number(found.runs), place(plan, "", "forecast", "runs")),
            Given(Phrase("distribution"), words(rules.distribution), place(plan, "", "forecast", "distribution")),
            Given(Phrase("seed"), number(rules.seed), place(plan, "", "forecast", "seed")),
        ]
        inputs += _own_estimate(plan, item)
        inputs += [Given(key.upper(), day(getattr(found, key)), field=f"forecast.{key}") for key in ("p50", "p95")]
    gap = (found.gap if found else None) or (None if found else _NO_SCHEDULE)
    days = [
        figure(
            f"forecast.{key}",
            label,
            day(getattr(found, key, None)),
            formula,
            inputs if key == "p80" else inputs[:1],
            because=_SAME if key != "p80" and gap is None else (),
            reason=gap,
            in_views=key == "p80" and gap is None,
            fill=False,
        )
        for key, (label, formula) in _LEVELS.items()
    ]
    return *days, _chance(plan, item, gap)


def _own_estimate(plan: Plan, item: Milestone | Feature) -> list[Given]:
    if not isinstance(item, Feature):
        return []
    for key, estimate in (("duration", item.duration), ("effort", item.effort)):
        if estimate:
            points = (estimate.low, estimate.likely, estimate.high)
            text = str(estimate.likely) if estimate.is_point else " – ".join(map(str, points))
            label = Phrase("own duration") if key == "duration" else Phrase("own effort")
            return [Given(label, words(text), place(plan, item.id, key))]
    return []


def _chance(plan: Plan, item: Milestone | Feature, gap: Phrase | None) -> Explanation:
    found = plan.forecast.get(item.id)
    label, formula = Phrase("Chance of the promise"), Phrase("chance = {hits} ÷ {runs}", TERMS)
    if found is None or found.chance is None or item.due is None:
        reason = gap or Phrase("no date is promised")
        return figure("forecast.chance", label, None, formula, reason=reason, in_views=False)
    inputs = [
        term("hits", number(round(found.chance * found.runs))),
        term("runs", number(found.runs), place(plan, "", "forecast", "runs")),
        term("due", period(item.due), place(plan, item.id, "due")),
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
            Phrase("At the pace so far, {level}", {"level": level}),
            day(getattr(found, key, None)),
            Phrase(
                "the week by which {level} of the futures drawn from past weeks have finished the open features",
                {"level": level},
            ),
            [
                Given(Phrase("open features"), number(found.remaining)),
                Given(Phrase("finished a week"), words(", ".join(map(str, found.weekly))), note=_OLDEST),
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
        figure(
            f"forecast.throughput.{key}",
            Phrase("At the pace so far, {level}", {"level": level}),
            None,
            reason=_NO_PACE,
            in_views=False,
        )
        for key, level in _PACE.items()
    )
