"""What the items of a view can be filtered by: status, goal, team, owner and tag."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from milepost.plan.plan import Plan
from milepost.records.work import Status
from milepost.views.lanes import Work, lane_rule

_STATUSES: tuple[Status, ...] = ("active", "planned", "idea", "done", "dropped")


@dataclass(frozen=True, slots=True)
class FacetValues:
    """The values one item is found by; "" where it has none. `id` names the item on the page."""

    id: str
    status: Status
    goal: str
    team: str
    owner: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value in use, what it is called, and how many items have it. The value "" stands for having none."""

    value: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of each facet, in the order of the plan, and how many items there are to choose from."""

    status: tuple[Choice, ...]
    goal: tuple[Choice, ...]
    team: tuple[Choice, ...]
    owner: tuple[Choice, ...]
    tag: tuple[Choice, ...]
    count: int


def facet_values(plan: Plan) -> Callable[[Work], FacetValues]:
    """What gives the values of an item. As in lanes, a goal defaults to the milestone's and a team to the owner's.

    A goal is named by its id, which is short and stays. An owner is named as shown: where only roles are published,
    two people of one role are one to a reader.
    """
    goal, team, owner = lane_rule(plan, "goal"), lane_rule(plan, "team"), lane_rule(plan, "owner")

    def values(item: Work) -> FacetValues:
        tags = tuple(dict.fromkeys(item.tags))
        return FacetValues(item.id, item.status, goal.of(item), team.of(item), owner.title(owner.of(item)), tags)

    return values


def facets(plan: Plan, found: Iterable[FacetValues]) -> Facets:
    """The choices among items with the values `found`."""
    items = list(found)
    return Facets(
        status=_choices(Counter(item.status for item in items), {status: status for status in _STATUSES}),
        goal=_choices(Counter(item.goal for item in items), lane_rule(plan, "goal").titles),
        team=_choices(Counter(item.team for item in items), lane_rule(plan, "team").titles),
        owner=_choices(Counter(item.owner for item in items), {name: name for name in _names(plan)}),
        tag=_choices(Counter(tag for item in items for tag in item.tags or ("",)), {}),
        count=len(items),
    )


def _names(plan: Plan) -> Iterable[str]:
    return lane_rule(plan, "owner").titles.values()


def _choices(counts: Mapping[str, int], titles: Mapping[str, str]) -> tuple[Choice, ...]:
    """The values in use: known ones in their order, then others by name, then having none."""
    others = sorted(counts.keys() - titles.keys() - {""}, key=lambda value: (value.casefold(), value))
    order = [value for value in (*titles, *others, "") if value in counts]
    return tuple(Choice(value, titles.get(value, value), counts[value]) for value in order)
