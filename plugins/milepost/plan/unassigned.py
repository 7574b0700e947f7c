"""A feature that lost people keeps its duration: who works on it is not told, how long it takes is."""

from decimal import Decimal

from milepost.records.feature import Feature
from milepost.records.values import Duration

_PLACES = 6


def keep_duration(feature: Feature, before: Feature) -> Feature:
    """`feature` with the duration that the effort and the people assigned in `before` give, if it is not theirs now.

    The duration is effort ÷ the sum of the shares, one person at 100% where none is assigned.
    """
    effort, was, now = before.effort, _shares(before), _shares(feature)
    if feature.duration or effort is None or was == now:
        return feature
    points = {
        name: Duration(round(duration.amount / was, _PLACES), duration.unit)
        for name, duration in (("low", effort.low), ("likely", effort.likely), ("high", effort.high))
    }
    return feature.model_copy(update={"duration": effort.model_copy(update=points)})


def _shares(feature: Feature) -> Decimal:
    return sum((assigned.share for assigned in feature.assigned), Decimal(0)) or Decimal(1)
