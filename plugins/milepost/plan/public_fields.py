"""Which field of which record the public edition may tell; a field that is not named as public stays inside."""

from collections.abc import Mapping

from milepost.records.budget import BudgetLine, Funding, Spending
from milepost.records.decision import Decision, Option
from milepost.records.entry import Entry, Link, Record
from milepost.records.feature import Feature
from milepost.records.goal import Goal, KeyResult
from milepost.records.input import Input
from milepost.records.milestone import Milestone
from milepost.records.person import Away, Person
from milepost.records.project import (
    CalendarRules,
    Cut,
    ForecastRules,
    HealthRules,
    MoneyThreshold,
    Project,
    PublishRules,
    RankingRules,
    TimeThreshold,
)
from milepost.records.risk import Risk
from milepost.records.score import (
    Cd3,
    Ice,
    Kano,
    Manual,
    Opportunity,
    PercentRange,
    Range,
    Rice,
    Score,
    ValueEffort,
    Wsjf,
)
from milepost.records.update import Update
from milepost.records.work import Assignment, Dependency, Estimate, HealthOverride


def _fields(names: str, more: frozenset[str] = frozenset()) -> frozenset[str]:
    return frozenset(names.split()) | more


_RECORD = _fields("id links tags audience")
_THREE = _fields("low likely high")

PUBLIC_FIELDS: Mapping[type[Entry], frozenset[str]] = {
    Project: _fields(
        "name summary vision start end today timezone currency calendar rates ranking health forecast links publish"
    ),
    CalendarRules: _fields("workdays holidays country region"),
    RankingRules: _fields("method weights cut bands"),
    Cut: _fields("effort budget"),
    HealthRules: _fields("time money silence"),
    TimeThreshold: _fields("at_risk off_track"),
    MoneyThreshold: _fields("at_risk off_track"),
    ForecastRules: _fields("distribution runs seed"),
    PublishRules: _fields("budget people inputs"),
    Link: _fields("url title"),
    Record: _RECORD,
    Person: _fields("name role team capacity away", _RECORD),
    Away: _fields("from_ to"),
    Goal: _fields("title summary owner parent due key_results", _RECORD),
    KeyResult: _fields("id title from_ to now unit"),
    Milestone: _fields("title summary owner goal start due baseline done progress status health depends_on", _RECORD),
    Feature: _fields(
        "title summary why milestone goal owner team duration effort assigned start due started done progress status"
        " depends_on blocked score horizon inputs release",
        _RECORD,
    ),
    Dependency: _fields("id type lag"),
    Estimate: _THREE,
    Assignment: _fields("person share"),
    HealthOverride: _fields("is_ because by on"),
    Score: _fields("rice ice wsjf cd3 weighted opportunity value_effort moscow kano manual"),
    Range: _THREE,
    PercentRange: _THREE,
    Rice: _fields("reach impact confidence effort"),
    Ice: _fields("impact confidence ease combine"),
    Wsjf: _fields("value urgency risk size"),
    Cd3: _fields("cost_of_delay duration"),
    Opportunity: _fields("importance satisfaction"),
    ValueEffort: _fields("value effort"),
    Kano: _fields("attractive one_dimensional must_be indifferent reverse questionable"),
    Manual: _fields("order"),
    BudgetLine: _fields("title category milestone feature planned committed spent forecast owner", _RECORD),
    Spending: _fields("on amount"),
    Funding: _fields("title on amount kind certain", _RECORD),
    Risk: _fields("title summary probability impact cost status owner response affects review", _RECORD),
    Decision: _fields("title on status needed_by by context decision consequences options affects supersedes", _RECORD),
    Option: _fields("title for_ against"),
    Input: _fields("title on kind segment votes quote features", _RECORD),
    Update: _fields("on by about health summary done next help", _RECORD),
}
"""The fields that may be told, by record type. `project.publish` may hold back more."""

INTERNAL_FIELDS: Mapping[type[Entry], frozenset[str]] = {
    Person: _fields("rate"),
    Away: _fields("why"),
    Spending: _fields("note link"),
    Input: _fields("source revenue"),
}
"""The fields that are never told, by record type."""
