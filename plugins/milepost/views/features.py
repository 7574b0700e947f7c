"""Features: ranked, with the inputs their rank comes from."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from milepost.plan.phrase import Amount, Phrase
from milepost.plan.plan import Plan
from milepost.plan.rank_range import Swing
from milepost.plan.ranking import Ranked
from milepost.plan.what_if import Terms, WhatIf, what_if
from milepost.records.feature import Feature, Horizon
from milepost.records.score import Method
from milepost.records.work import Status
from milepost.views.facets import Facets, FacetValues, facet_values, facets
from milepost.views.item import ItemRef, Target, item_ref, target_of
from milepost.views.quadrants import ValueEffort, value_effort
from milepost.views.score_inputs import Cell, Column, cells_of, columns_of, score_inputs


@dataclass(frozen=True, slots=True)
class FeaturesOptions:
    """Which to show: only features of a `status`, with a `tag`, of a `milestone`."""

    status: tuple[Status, ...] = ()
    tag: tuple[str, ...] = ()
    milestone: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """The ranks a feature can take; `start`, `at` (its rank) and `end` are fractions of the way to the last rank."""

    best: int
    worst: int
    start: float
    at: float
    end: float


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature: its `rank` and `value`, or the `gap` that leaves it unranked; `cells` in column order.

    `chance_above` and `above_cut` are those of `Ranked`. `terms` and `size` are those of `WhatIf`.
    """

    item: ItemRef
    facets: FacetValues
    rank: int | None
    interval: Interval | None
    chance_above: float | None
    above_cut: bool | None
    value: Fraction | None
    gap: Phrase | None
    cells: tuple[Cell | None, ...]
    milestone: tuple[Target, str] | None
    horizon: Horizon | None
    cut_after: bool
    blocked: str | None
    terms: Terms | None
    size: int | None


@dataclass(frozen=True, slots=True)
class FeaturesView:
    """All features. Without a `method` there are no ranks and `ranked` holds the open ones in the order written.

    `cut_days` or `cut_money` is what fits above the cut line, `cut_first` tells that the line stands above them all.
    `with_interval` tells whether any can take another rank, `with_chance` whether chances to stand above the line are
    known, `chosen` that options narrow the features down; `swings`, `chart` and `what_if` speak of all, so not then.
    """

    method: Method | None
    columns: tuple[Column, ...]
    ranked: tuple[FeatureRow, ...]
    unranked: tuple[FeatureRow, ...]
    done: tuple[FeatureRow, ...]
    dropped: tuple[FeatureRow, ...]
    cut_days: float | None
    cut_money: Amount | None
    cut_first: bool
    with_interval: bool
    with_chance: bool
    swings: tuple[tuple[Swing, str, str], ...]
    chart: ValueEffort | None
    what_if: WhatIf | None
    facets: Facets
    total: int
    chosen: bool


def features(plan: Plan, options: FeaturesOptions) -> FeaturesView:
    """The features of a plan."""
    wanted = {f.id: f for f in plan.records.features if _wanted(f, options)}
    chosen = options != FeaturesOptions()
    method, ranked = plan.ranking.method, plan.ranking.ranked
    inputs = {
        name: score_inputs(feature, method, plan.calendar.week) if method else () for name, feature in wanted.items()
    }
    columns = columns_of(plan, (found for name in plan.ranking.order for found in inputs.get(name, ())))
    cells = cells_of(columns, inputs, plan)
    titles = {m.id: (target_of(m), m.title) for m in plan.records.milestones}
    values = facet_values(plan)
    tried = None if chosen else what_if(plan.records, plan.ranking)
    last = sum(found.rank is not None for found in ranked.values())

    def row(feature: Feature) -> FeatureRow:
        found = ranked.get(feature.id)
        return FeatureRow(
            item=item_ref(plan, feature),
            facets=values(feature),
            rank=found.rank if found else None,
            interval=_interval(found, last) if found else None,
            chance_above=found.chance_above if found else None,
            above_cut=found.above_cut if found else None,
            value=found.value if found else None,
            gap=found.gap if found else None,
            cells=cells[feature.id],
            milestone=titles.get(feature.milestone or ""),
            horizon=plan.horizon.get(feature.id),
            cut_after=feature.id == plan.ranking.cut_after,
            blocked=feature.blocked,
            terms=tried.terms.get(feature.id) if tried else None,
            size=tried.sizes.get(feature.id) if tried else None,
        )

    rows = {name: row(feature) for name, feature in wanted.items()}
    open_ = [rows[name] for name in plan.ranking.order if name in wanted]
    line = plan.ranking.line
    return FeaturesView(
        method=method,
        columns=columns,
        ranked=tuple(r for r in open_ if method is None or r.rank is not None),
        unranked=tuple(r for r in open_ if method is not None and r.rank is None),
        done=tuple(rows[f.id] for f in wanted.values() if f.status == "done"),
        dropped=tuple(rows[f.id] for f in wanted.values() if f.status == "dropped"),
        cut_days=float(line.limit) if line and not line.is_money else None,
        cut_money=Amount(_decimal(line.limit), plan.records.project.currency) if line and line.is_money else None,
        cut_first=plan.ranking.cut_after == "",
        with_interval=any(r.interval and r.interval.best < r.interval.worst for r in open_),
        with_chance=any(r.chance_above is not None for r in open_),
        swings=() if chosen else _swings(plan),
        chart=None if chosen else value_effort(plan),
        what_if=tried,
        facets=facets(plan, (r.facets for r in rows.values())),
        total=len(wanted),
        chosen=chosen,
    )


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator


def _interval(ranked: Ranked, last: int) -> Interval | None:
    if ranked.interval is None or ranked.rank is None:
        return None
    best, worst = ranked.interval
    start, at, end = ((rank - 1) / max(1, last - 1) for rank in (best, ranked.rank, worst))
    return Interval(best, worst, start, at, end)


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
