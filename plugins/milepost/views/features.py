"""Features: ranked, with the inputs their rank comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from milepost.plan.phrase import Phrase
from milepost.plan.plan import Plan
from milepost.plan.rank_range import Swing
from milepost.plan.score import DAYS_A_MONTH
from milepost.records.entry import Entry
from milepost.records.feature import Feature, Horizon
from milepost.records.score import Kano, Manual, Method, PercentRange, Range, Rice
from milepost.records.work import Status
from milepost.views.item import ItemRef, Target, item_ref, target_of
from milepost.views.quadrants import ValueEffort, value_effort

METHODS: Mapping[Method, str] = {
    "rice": "RICE",
    "ice": "ICE",
    "wsjf": "WSJF",
    "cd3": "CD3",
    "weighted": "Weighted",
    "opportunity": "Opportunity",
    "value_effort": "Value ÷ effort",
    "moscow": "MoSCoW",
    "kano": "Kano",
    "manual": "By hand",
}


@dataclass(frozen=True, slots=True)
class FeaturesOptions:
    """Which to show: only features of a `status`, with a `tag`, of a `milestone`."""

    status: tuple[Status, ...] = ()
    tag: tuple[str, ...] = ()
    milestone: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a score: a `number`, a `share` (fraction) or a `word`, and the range it may lie in."""

    name: str
    number: Decimal | None = None
    share: Decimal | None = None
    word: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature: its `rank` and `value`, or the `gap` that leaves it unranked; `inputs` in column order.

    `interval` and `chance_above` are those of `Ranked`.
    """

    item: ItemRef
    rank: int | None
    interval: tuple[int, int] | None
    chance_above: float | None
    value: Fraction | None
    gap: Phrase | None
    inputs: tuple[Input | None, ...]
    milestone: tuple[Target, str] | None
    horizon: Horizon | None
    cut_after: bool
    blocked: str | None


@dataclass(frozen=True, slots=True)
class FeaturesView:
    """All features. Without a `method` there are no ranks and `ranked` holds the open ones in the order written.

    `cut_first` tells that the cut line stands above all of them, `with_chance` whether chances to stand above it are
    known, `chosen` that options narrow them down; `swings` and `chart` speak of all features, so not then.
    """

    method: str | None
    columns: tuple[str, ...]
    ranked: tuple[FeatureRow, ...]
    unranked: tuple[FeatureRow, ...]
    done: tuple[FeatureRow, ...]
    dropped: tuple[FeatureRow, ...]
    cut_first: bool
    with_chance: bool
    swings: tuple[tuple[Swing, str, str], ...]
    chart: ValueEffort | None
    total: int
    chosen: bool


def features(plan: Plan, options: FeaturesOptions) -> FeaturesView:
    """The features of a plan."""
    wanted = {f.id: f for f in plan.records.features if _wanted(f, options)}
    method = plan.ranking.method
    inputs = {
        name: score_inputs(feature, method, plan.calendar.week) if method else () for name, feature in wanted.items()
    }
    columns = tuple(dict.fromkeys(found.name for row in inputs.values() for found in row))
    titles = {m.id: (target_of(m), m.title) for m in plan.records.milestones}

    def row(feature: Feature) -> FeatureRow:
        ranked = plan.ranking.ranked.get(feature.id)
        by_name = {found.name: found for found in inputs[feature.id]}
        return FeatureRow(
            item=item_ref(plan, feature),
            rank=ranked.rank if ranked else None,
            interval=ranked.interval if ranked else None,
            chance_above=ranked.chance_above if ranked else None,
            value=ranked.value if ranked else None,
            gap=ranked.gap if ranked else None,
            inputs=tuple(by_name.get(column) for column in columns),
            milestone=titles.get(feature.milestone or ""),
            horizon=plan.horizon.get(feature.id),
            cut_after=feature.id == plan.ranking.cut_after,
            blocked=feature.blocked,
        )

    chosen = options != FeaturesOptions()
    rows = {name: row(wanted[name]) for name in plan.ranking.order if name in wanted}
    return FeaturesView(
        method=METHODS[method] if method else None,
        columns=columns,
        ranked=tuple(r for r in rows.values() if method is None or r.rank is not None),
        unranked=tuple(r for r in rows.values() if method is not None and r.rank is None),
        done=tuple(row(f) for f in wanted.values() if f.status == "done"),
        dropped=tuple(row(f) for f in wanted.values() if f.status == "dropped"),
        cut_first=plan.ranking.cut_after == "",
        with_chance=any(r.chance_above is not None for r in rows.values()),
        swings=() if chosen else _swings(plan),
        chart=None if chosen else value_effort(plan),
        total=len(wanted),
        chosen=chosen,
    )


def _swings(plan: Plan) -> tuple[tuple[Swing, str, str], ...]:
    """The changes of a weight that turn the first two round, with the titles of these."""
    titles = {feature.id: feature.title for feature in plan.records.features}
    return tuple((swing, titles[swing.first], titles[swing.second]) for swing in plan.ranking.swings)


def _wanted(feature: Feature, options: FeaturesOptions) -> bool:
    return (
        (not options.status or feature.status in options.status)
        and (not options.tag or any(tag in options.tag for tag in feature.tags))
        and (options.milestone is None or feature.milestone == options.milestone)
    )


def score_inputs(feature: Feature, method: Method, week: int) -> tuple[Input, ...]:
    """What an author wrote of a method, in the method's order; RICE's effort falls back on the feature's own."""
    score = getattr(feature.score, method) if feature.score else None
    if score is None:
        return ()
    if isinstance(score, str):
        return (Input("category", word=score.replace("_", "-")),)
    if isinstance(score, Manual):
        return (Input("order", number=score.order),)
    if isinstance(score, Kano):
        return tuple(Input(name.replace("_", "-"), number=getattr(score, name)) for name in Kano.model_fields)
    if isinstance(score, Entry):
        values = {name: getattr(score, name) for name in type(score).model_fields}
        if isinstance(score, Rice) and score.effort is None and feature.effort:
            months = Decimal(repr(feature.effort.expected(week))) / DAYS_A_MONTH
            values["effort"] = Range.model_construct(low=months, likely=months, high=months)
    else:
        return tuple(_input(criterion, value) for criterion, value in score.items())  # an author's own words
    return tuple(_input(name.replace("_", " "), value) for name, value in values.items() if value is not None)


def _input(name: str, value: Range | PercentRange | str) -> Input:
    if isinstance(value, str):
        return Input(name, word=value)
    low, high = (None, None) if value.is_point else (value.low, value.high)
    if isinstance(value, PercentRange):
        return Input(name, share=value.likely, low=low, high=high)
    return Input(name, number=value.likely, low=low, high=high)
