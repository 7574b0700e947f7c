"""The inputs of a feature's scores as bars: each as long as it is against the largest of all features."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from milepost.plan.plan import Plan
from milepost.plan.score import METHODS
from milepost.records.feature import Feature
from milepost.records.score import Method
from milepost.views.score_inputs import Input, score_inputs


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """An input, and its length as a fraction of the largest; None where it is no amount, as a word."""

    input: Input
    share: float | None


def score_bars(plan: Plan, feature: Feature, method: Method) -> tuple[ScoreBar, ...]:
    """What an author wrote of a method."""
    found = score_inputs(feature, method, plan.calendar.week)
    if not found:
        return ()
    largest = _largest(_Same(plan))[method]
    return tuple(ScoreBar(one, _share(one, largest)) for one in found)


def _share(found: Input, largest: Mapping[str, Decimal]) -> float | None:
    value, whole = _amount(found), largest.get(found.name)
    return min(1.0, max(0.0, float(value / whole))) if value is not None and whole else None


def _amount(found: Input) -> Decimal | None:
    return found.share if found.share is not None else found.number


class _Same:
    """A plan that is equal to itself alone: to compare two by their values takes long."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.plan is other.plan


@lru_cache(maxsize=2)  # of the plan whose pages are being made, one after the other
def _largest(same: _Same) -> Mapping[Method, Mapping[str, Decimal]]:
    """By method, and by the name of an input."""
    week = same.plan.calendar.week
    found: dict[Method, dict[str, Decimal]] = {method: {} for method in METHODS}
    for feature in same.plan.records.features:
        if feature.status == "dropped" or feature.score is None:
            continue
        for method, largest in found.items():
            for one in score_inputs(feature, method, week):
                if (value := _amount(one)) is not None:
                    largest[one.name] = max(largest.get(one.name, Decimal(0)), value)
    return found
