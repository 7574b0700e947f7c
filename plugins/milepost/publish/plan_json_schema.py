"""The JSON Schema of plan.json: records as in plan files, and what is computed beside them."""

from typing import Any, get_args

from milepost.plan.currencies import SHARE
from milepost.plan.plan import Edition
from milepost.publish.plan_json import LISTS, VERSION
from milepost.records.feature import Horizon
from milepost.records.records import SECTIONS
from milepost.records.schema import DIALECT, plan_schema
from milepost.records.score import Method
from milepost.records.work import HealthState

Schema = dict[str, Any]

_NUMBER: Schema = {"type": ["number", "null"]}
_WHOLE: Schema = {"type": ["integer", "null"]}
_DAY: Schema = {"type": ["string", "null"], "format": "date"}
_TEXT: Schema = {"type": ["string", "null"]}
_MONEY: Schema = {
    "description": "in the project's currency, with its minor digits; a percentage where that is %",
    "type": ["string", "null"],
    "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
}
_FRACTION: Schema = {"description": "a fraction from 0 to 1", "type": ["number", "null"], "minimum": 0, "maximum": 1}


def schema() -> Schema:
    """The schema of plan.json, in JSON Schema 2020-12."""
    definitions: Schema = plan_schema()["$defs"]
    records: Schema = {}
    for name in LISTS:
        model = SECTIONS[name].__name__
        records[name] = {"type": "array", "items": {"$ref": f"#/$defs/{model}"}}
    definitions["Input"].pop("required", None)  # the public edition may tell no more of an input than that it is
    definitions["Input"]["required"] = ["id"]
    definitions["Project"]["properties"]["currency"] |= {
        "description": "ISO 4217 code; % where amounts are told as shares of all that is planned",
        "pattern": f"^([A-Z]{{3}}|{SHARE})$",
    }
    for model, computed in (
        ("Project", _PROJECT),
        ("Milestone", _MILESTONE),
        ("Feature", _FEATURE),
        ("BudgetLine", _LINE),
    ):
        _add_computed(definitions[model], computed)
    return {
        "$schema": DIALECT,
        "title": "Milepost plan.json",
        "description": "A plan with all that follows from it. What is not known or undefined is null.",
        **_object(
            {
                "milepost": {"description": "version of this format", "const": VERSION},
                "as_of": {"description": "the day the plan is looked at", "type": "string", "format": "date"},
                "edition": {"enum": list(get_args(Edition))},
                "project": {"$ref": "#/$defs/Project"},
                **records,
            }
        ),
        "$defs": {**definitions, "Health": _HEALTH, "Schedule": _SCHEDULE, "Totals": _LINE, "Money": _EARNED},
    }


def _object(properties: Schema, description: str = "") -> Schema:
    """A mapping that has all of these keys and no others."""
    about = {"description": description} if description else {}
    return {
        **about,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _add_computed(record: Schema, computed: Schema) -> None:
    record["properties"] = {**record["properties"], "computed": computed}
    record["required"] = [*record.get("required", ()), "computed"]


_TOTALS: Schema = {
    "planned": _MONEY,
    "committed": _MONEY,
    "spent": _MONEY,
    "remaining": {**_MONEY, "description": "planned − spent"},
    "forecast": {
        **_MONEY,
        "description": "the author's, else what is planned or already bound",
    },
    "variance": {**_MONEY, "description": "planned − forecast"},
}
_LINE = _object(_TOTALS, "the money of a line; null where an amount has no rate")
_EARNED = _object(
    {
        **_TOTALS,
        **dict.fromkeys(("bac", "pv", "ev", "ac", "cv", "sv"), _MONEY),
        "cpi": _NUMBER,
        "spi": _NUMBER,
        "eac": _object(dict.fromkeys(("cpi", "plan", "combined"), _MONEY)),
        "etc": _MONEY,
        "vac": _MONEY,
        "tcpi": _object(dict.fromkeys(("bac", "eac"), _NUMBER)),
    },
    "totals and earned value; a division by zero is null",
)
_SCHEDULE = _object(
    {
        **dict.fromkeys(("es", "ef", "ls", "lf", "total_float", "free_float"), _NUMBER),
        "critical": {"type": ["boolean", "null"]},
        "start": _DAY,
        "finish": _DAY,
        "margin": {**_WHOLE, "description": "working days from finish to the last day of due; negative is late"},
    },
    "offsets in working days from the project's start",
)
_STATE: Schema = {"enum": [*get_args(HealthState), None]}
_HEALTH = _object(
    {
        "is": _STATE,
        "because": {"type": "array", "items": {"type": "string"}},
        "computed": _STATE,
        "override": {
            "anyOf": [
                {"type": "null"},
                _object({"is": _STATE, "because": _TEXT, "by": _TEXT, "on": _DAY}),
            ]
        },
    },
    "how it stands and why; what was computed stays beside an override",
)
_REF_SCHEDULE: Schema = {"$ref": "#/$defs/Schedule"}
_REF_HEALTH: Schema = {"$ref": "#/$defs/Health"}
_REF_MONEY: Schema = {"$ref": "#/$defs/Money"}
_LEVELLED = _object(
    {"es": {"type": "number"}, "ef": {"type": "number"}, "start": _DAY, "finish": _DAY},
    "the schedule in which nobody works above capacity; null where nobody is assigned",
)
_FORECAST = _object(
    {
        "p50": {**_DAY, "description": "the day by which it is finished in half of all runs"},
        "p80": _DAY,
        "p95": _DAY,
        "chance": {**_FRACTION, "description": "the share of runs in which it is finished by due"},
        "throughput": _object(
            dict.fromkeys(("p50", "p85", "p95"), _DAY),
            "from features finished a week; null if too few",
        ),
    },
    "days by which it is finished with 50, 80 and 95 % certainty; null where nothing is left to chance",
)
_EARNED_SCHEDULE = _object(dict.fromkeys(("es", "sv_t", "spi_t", "eac_t"), _NUMBER), "earned schedule, in months")
_RUNWAY = _object({"months": _NUMBER, "day": _DAY, "net_burn": _MONEY}, "how long the money in hand lasts")
_WORK: Schema = {
    "schedule": _REF_SCHEDULE,
    "levelled": {"anyOf": [{"type": "null"}, _LEVELLED]},
    "forecast": _FORECAST,
    "progress": _FRACTION,
    "health": _REF_HEALTH,
}
_PROJECT = _object(
    {
        "progress": _FRACTION,
        "health": _REF_HEALTH,
        "money": _REF_MONEY,
        "earned_schedule": _EARNED_SCHEDULE,
        "runway": _RUNWAY,
    }
)
_MILESTONE = _object({**_WORK, "money": _REF_MONEY})
_FEATURE = _object(
    {
        **_WORK,
        "horizon": {"enum": [*get_args(Horizon), None]},
        "rank": {**_WHOLE, "minimum": 1},
        "score": _object({"method": {"enum": [*get_args(Method), None]}, "value": _NUMBER}),
        "interval": {
            "description": "the best and the worst rank it takes when inputs move inside their ranges",
            "type": ["array", "null"],
            "items": {"type": "integer"},
        },
    }
)
_COMPUTED = {"Project": _PROJECT, "Milestone": _MILESTONE, "Feature": _FEATURE, "BudgetLine": _LINE}
