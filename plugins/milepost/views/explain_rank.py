"""Why a feature stands where it does in the ranking."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from milepost.diagnostics import Place
from milepost.plan.phrase import Phrase, Share
from milepost.plan.plan import Plan
from milepost.plan.ranking import Ranked
from milepost.plan.score import DAYS_A_MONTH, METHODS, Points
from milepost.records.feature import Feature
from milepost.records.score import Kano, Method
from milepost.views.explanation import Explanation, Given, Value, figure, number, place, share, words
from milepost.views.item import target_of
from milepost.views.terms import TERMS, term

FORMULAS: Mapping[Method, Phrase] = {
    "rice": Phrase("RICE = {reach} × {impact} × {confidence} ÷ {effort}", TERMS),
    "ice": Phrase("ICE = {impact} × {confidence} × {ease}", TERMS),
    "wsjf": Phrase("WSJF = ({value} + {urgency} + {risk}) ÷ {size}", TERMS),
    "cd3": Phrase("CD3 = {cost_of_delay} ÷ {duration}", TERMS),
    "opportunity": Phrase("opportunity = {importance} + max({importance} − {satisfaction}, 0)", TERMS),
    "value_effort": Phrase("score = {value} ÷ {effort}", TERMS),
    "moscow": Phrase("must 4, should 3, could 2, won't 1"),
    "kano": Phrase("the category of most answers; must-be 6, one-dimensional 5, attractive 4, indifferent 3"),
    "manual": Phrase("order as written"),
}
_CATEGORIES: Mapping[str, Phrase | str] = {
    "must": Phrase("must"),
    "should": Phrase("should"),
    "could": Phrase("could"),
    "wont": Phrase("won't"),
}
_INTERVAL = Phrase("Ranks it can take")
_NO_RANKING = Phrase("the project has no ranking")
_ICE = {
    "product": FORMULAS["ice"],
    "mean": Phrase("ICE = ({impact} + {confidence} + {ease}) ÷ 3", TERMS),
    "sum": Phrase("ICE = {impact} + {confidence} + {ease}", TERMS),
}


def rank_figures(plan: Plan, feature: Feature) -> tuple[Explanation, ...]:
    """Rank, score and interval; where there is none each says why."""
    method, ranked = plan.ranking.method, plan.ranking.ranked.get(feature.id)
    name = words(method)
    given = [Given(Phrase("method"), name, place(plan, "", "ranking", "method"))] if method else []
    how = figure(
        "score.method",
        Phrase("Ranking method"),
        name,
        inputs=given,
        reason=None if method else _NO_RANKING,
        in_views=False,
    )
    if ranked is None or ranked.rank is None or ranked.value is None:
        reason = _why_none(feature, ranked, method)
        listed = ranked is not None
        return (
            figure("rank", Phrase("Rank"), None, reason=reason, in_views=listed),
            figure("score.value", Phrase("Score"), None, FORMULAS.get(method or "rice"), reason=reason, in_views=False),
            how,
            figure("interval", _INTERVAL, None, reason=reason, in_views=False),
        )
    return _rank(plan, feature, ranked), _score(plan, feature, ranked), how, _interval(plan, feature, ranked)


def _why_none(feature: Feature, ranked: Ranked | None, method: Method | None) -> Phrase:
    if method is None:
        return _NO_RANKING
    if ranked and ranked.gap:
        return ranked.gap
    return Phrase("what is done or dropped is not ranked")


def _rank(plan: Plan, feature: Feature, ranked: Ranked) -> Explanation:
    """The place in the order, with the neighbours it stands between."""
    order, known = plan.ranking.order, plan.ranking.ranked
    at = order.index(feature.id)
    rank = ranked.rank or 0
    inputs = [Given(Phrase("score"), number(ranked.value), field="score.value")]
    lower, higher = Phrase("the next lower"), Phrase("the next higher")
    is_manual = ranked.method == "manual"
    before, after = (lower, higher) if is_manual else (higher, lower)
    for i, beside in ((at - 1, before), (at + 1, after)):
        other = known[order[i]] if 0 <= i < len(order) else None
        if other is None or other.rank is None:
            continue
        _, item = plan.links.by_id[order[i]]
        if isinstance(item, Feature):
            note = Phrase("the same score, the same rank") if other.rank == rank else beside
            inputs.append(Given(item.title, number(other.value), target=target_of(item), note=note))
    because = []
    if ranked.above_cut is not None:
        above, below = Phrase("it stands above the cut line"), Phrase("it stands below the cut line")
        because.append(above if ranked.above_cut else below)
    formula = Phrase("rank = 1 + {lower}", TERMS) if is_manual else Phrase("rank = 1 + {higher}", TERMS)
    counted = term("lower" if is_manual else "higher", number(rank - 1))
    return figure("rank", Phrase("Rank"), number(rank), formula, [*inputs, counted], because)


def _score(plan: Plan, feature: Feature, ranked: Ranked) -> Explanation:
    method, week = ranked.method, plan.calendar.week
    label = Phrase("Score ({method})", {"method": METHODS[method]})
    value = number(ranked.value)
    written: Any = getattr(feature.score, method) if feature.score else None
    if method in ("moscow", "kano") and isinstance(written, str):
        category = _CATEGORIES.get(written) or TERMS[written]
        given = Given(TERMS["category"], words(category), place(plan, feature.id, "score", method))
        return figure("score.value", label, value, FORMULAS[method], [given], fill=False)
    if isinstance(written, Kano):
        counts = [
            term(name, number(getattr(written, name)), _at(plan, feature, method, name)) for name in Kano.model_fields
        ]
        return figure("score.value", label, value, FORMULAS[method], counts, fill=False)
    inputs = [_input(plan, feature, method, name, points) for name, points in ranked.inputs.items()]
    formula = FORMULAS.get(method)
    if method == "ice" and feature.score and feature.score.ice:
        formula = _ICE[feature.score.ice.combine]
    if method == "weighted":
        return _weighted(plan, label, value, inputs)
    if method == "rice" and written.effort is None and feature.effort:
        days = feature.effort.expected(week)
        values = {"days": round(days, 2), "month": DAYS_A_MONTH}
        note = Phrase("{days} person-days, {month} working days a month", values)
        inputs[-1] = replace(inputs[-1], place=place(plan, feature.id, "effort"), note=note)
    return figure("score.value", label, value, formula, inputs)


def _input(plan: Plan, feature: Feature, method: Method, name: str, points: Points) -> Given:
    low, likely, high = points
    is_share = method == "rice" and name == "confidence"
    note = None
    if low != high:
        ends = [_share(end) if is_share else float(end) for end in (low, high)]
        note = Phrase("between {low} and {high}", {"low": ends[0], "high": ends[1]})
    value = share(likely) if is_share else number(likely)
    label = name if method == "weighted" else TERMS[name]
    return Given(label, value, _at(plan, feature, method, name), note=note, name=name)


def _share(value: Fraction) -> Share:
    return Share(Decimal(value.numerator) / value.denominator, exact=True)


def _at(plan: Plan, feature: Feature, method: Method, name: str) -> Place | None:
    return place(plan, feature.id, "score", method, name)


def _weighted(plan: Plan, label: Phrase, value: Value | None, inputs: list[Given]) -> Explanation:
    """Each criterion with its weight, and the sum worked out."""
    rules = plan.records.project.ranking
    weights = dict(rules.weights) if rules else {}
    filled: list[Value | str] = []
    listed = []
    for given in inputs:
        weight = Fraction(weights[given.name])
        filled += [" + " if filled else "", Value("number", weight), " × ", given.value or ""]
        listed.append(Given(given.label, given.value, given.place, note=Phrase("weight {w}", {"w": float(weight)})))
    formula = Phrase("score = Σ weight × number")
    done = tuple(part for part in filled if part != "")
    return Explanation("score.value", label, value, formula, tuple(listed), written=(*done, " = ", value or ""))


def _interval(plan: Plan, feature: Feature, ranked: Ranked) -> Explanation:
    label = _INTERVAL
    if ranked.interval is None:
        reason = Phrase("an input may be 0, so the value has no limit")
        return figure("interval", label, None, reason=reason, in_views=False)
    best, worst = ranked.interval
    inputs = [
        Given(Phrase("best"), number(best), note=Phrase("its inputs at their best, all others at their worst")),
        Given(Phrase("worst"), number(worst), note=Phrase("its inputs at their worst, all others at their best")),
    ]
    because = []
    if ranked.chance_above is not None:
        inputs.append(Given(Phrase("chance above the cut line"), Value("chance", ranked.chance_above)))
        because.append(Phrase("the chance is counted in random draws from the ranges"))
    formula = Phrase("from the best to the worst rank while inputs move inside their ranges")
    value = Value("ranks", (best, worst))
    return figure("interval", label, value, formula, inputs, because, in_views=best != worst, fill=False)
