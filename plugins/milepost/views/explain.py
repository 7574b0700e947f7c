"""Where every computed figure comes from: of the project, a milestone, a feature or a budget line."""

from collections.abc import Iterable, Sequence

from milepost.diagnostics import nearest
from milepost.plan.plan import Plan
from milepost.records.budget import BudgetLine
from milepost.records.feature import Feature
from milepost.records.milestone import Milestone
from milepost.views.explain_forecast import forecast_figures, no_pace_figures, pace_figures
from milepost.views.explain_levelled import levelled_figures
from milepost.views.explain_money import line_figures, money_figures
from milepost.views.explain_rank import rank_figures
from milepost.views.explain_reserve import earned_schedule_figures, runway_figures
from milepost.views.explain_schedule import schedule_figures
from milepost.views.explain_state import health_figures, horizon_figures, progress_figures
from milepost.views.explanation import Explanation, anchor

SECTIONS = ("milestones", "features", "budget")
"""The sections whose records have computed figures."""


def shown(found: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """Those that pages show."""
    return tuple(one for one in found if one.in_views)


def anchors(found: Iterable[Explanation]) -> frozenset[str]:
    """The anchors of the figures that have a value."""
    return frozenset(one.anchor for one in found if one.value is not None)


def explain(plan: Plan, identity: str) -> tuple[Explanation, ...]:
    """Every computed figure of an item in the order in which pages show them; "" is the project. Empty for the rest.

    Each has the name it has below `computed` in plan.json, and the same value.
    """
    _, found = plan.links.by_id.get(identity, ("", None))
    if identity == "":
        return (
            *progress_figures(plan, ""),
            *health_figures(plan, ""),
            *money_figures(plan, ""),
            *earned_schedule_figures(plan),
            *runway_figures(plan),
        )
    if isinstance(found, Milestone):
        return (
            *schedule_figures(plan, found),
            *levelled_figures(plan, found),
            *forecast_figures(plan, found),
            *pace_figures(plan, found),
            *progress_figures(plan, identity),
            *health_figures(plan, identity),
            *money_figures(plan, identity),
        )
    if isinstance(found, Feature):
        return (
            *rank_figures(plan, found),
            *schedule_figures(plan, found),
            *levelled_figures(plan, found),
            *forecast_figures(plan, found),
            *no_pace_figures(),
            *progress_figures(plan, identity),
            *health_figures(plan, identity),
            *horizon_figures(plan, found),
        )
    return line_figures(plan, found) if isinstance(found, BudgetLine) else ()


def of_groups(found: Sequence[Explanation], *groups: str) -> tuple[Explanation, ...]:
    """The figures of some groups, as `money`, `runway`, `progress`."""
    return tuple(figure for figure in found if figure.field.partition(".")[0] in groups)


def select(found: Sequence[Explanation], field: str) -> tuple[Explanation, ...]:
    """The figures that a name means: `schedule.finish`, `finish`, `eac.cpi`, or a group as `schedule` or `eac`."""
    asked = field.casefold().replace("-", "_").strip(".")
    if exact := [f for f in found if f.field == asked or f.field.endswith(f".{asked}") or _short(f) == asked]:
        direct = [f for f in exact if f.field == asked or _short(f) == asked]
        return tuple(direct or exact)
    return tuple(f for f in found if f".{f.field}".find(f".{asked}.") >= 0)


def nearest_field(found: Sequence[Explanation], field: str) -> str | None:
    """The known name of a figure that `field` was most likely meant to be."""
    names = {_short(f).replace("-", "."): f.field for f in found} | {f.field: f.field for f in found}
    return nearest(field, names)


def _short(found: Explanation) -> str:
    return anchor(found.field).replace("-", "_")
