"""A plan as one JSON object, for programs: every record as written, and what was worked out from it."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from milepost.plan.earned_schedule import EarnedSchedule
from milepost.plan.earned_value import EarnedValue
from milepost.plan.forecast import Forecast
from milepost.plan.health import Health
from milepost.plan.levelling import Levelled
from milepost.plan.money import Totals
from milepost.plan.plan import Plan
from milepost.plan.runway import Runway
from milepost.plan.schedule import Schedule
from milepost.plan.throughput import Throughput
from milepost.publish.amounts import money_text
from milepost.publish.as_written import as_written
from milepost.records.records import SECTIONS
from milepost.records.values import json_number

VERSION = 1
_FIRST = ("milestones", "features", "budget")
LISTS = (*_FIRST, *(name for name in SECTIONS if name not in _FIRST))
"""The list sections in the order of the file."""

Object = dict[str, Any]


def plan_json(plan: Plan) -> Object:
    """The plan as data for JSON.

    Money is text with the minor digits of its currency, a ratio or an offset a number, a day ISO text; what is not
    known or undefined is None, and its key is there all the same.
    """
    currency = plan.records.project.currency
    computed = {"milestones": _milestone, "features": _feature, "budget": _line}
    found: Object = {
        "milepost": VERSION,
        "as_of": plan.as_of.isoformat(),
        "edition": plan.edition,
        "project": {**as_written(plan.records.project, currency), "computed": _project(plan)},
    }
    for name in LISTS:
        entries = [as_written(record, currency) for record in plan.records.section(name)]
        if work_out := computed.get(name):
            for entry in entries:
                entry["computed"] = work_out(plan, entry["id"])
        found[name] = entries
    if plan.edition == "public" and plan.records.project.publish.inputs == "counts":
        found["inputs"] = [{"id": entry["id"]} for entry in found["inputs"]]  # that they are is all that is told
    return found


def dump(plan: Plan) -> str:
    """`plan_json` as text, one record a line, the same for the same plan; ends with a newline."""
    lines = []
    for key, value in plan_json(plan).items():
        if isinstance(value, list) and value:
            inside = ",\n".join(f"  {_text(record)}" for record in value)
            lines.append(f" {_text(key)}: [\n{inside}\n ]")
        else:
            lines.append(f" {_text(key)}: {_text(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _project(plan: Plan) -> Object:
    return {
        "progress": _number(plan.progress.get("")),
        "health": _health(plan.health.get("")),
        "money": _money(plan, "", plan.money.project if plan.money.currency else None),
        "earned_schedule": _earned_schedule(plan.money.earned_schedule.get("")),
        "runway": _runway(plan.money.runway, plan.money.currency),
    }


def _milestone(plan: Plan, identity: str) -> Object:
    return {
        "schedule": _schedule(plan.schedule.get(identity)),
        "levelled": _levelled(plan.levelling.items.get(identity)),
        "forecast": _forecast(plan.forecast.get(identity), plan.throughput.get(identity)),
        "progress": _number(plan.progress.get(identity)),
        "health": _health(plan.health.get(identity)),
        "money": _money(plan, identity, plan.money.milestones.get(identity)),
    }


def _feature(plan: Plan, identity: str) -> Object:
    ranked = plan.ranking.ranked.get(identity)
    return {
        "schedule": _schedule(plan.schedule.get(identity)),
        "levelled": _levelled(plan.levelling.items.get(identity)),
        "forecast": _forecast(plan.forecast.get(identity), None),
        "progress": _number(plan.progress.get(identity)),
        "health": _health(plan.health.get(identity)),
        "horizon": plan.horizon.get(identity),
        "rank": ranked.rank if ranked else None,
        "score": {"method": plan.ranking.method, "value": _number(ranked.value) if ranked else None},
        "interval": list(ranked.interval) if ranked and ranked.interval else None,
    }


def _line(plan: Plan, identity: str) -> Object:
    return _totals(plan.money.lines.get(identity), plan.money.currency)


def _schedule(found: Schedule | None) -> Object:
    keys = ("es", "ef", "ls", "lf", "total_float", "free_float", "critical")
    return {
        **{key: _offset(getattr(found, key)) if found else None for key in keys},
        "start": found.start.isoformat() if found else None,
        "finish": found.finish.isoformat() if found else None,
        "margin": found.margin if found else None,
    }


def _levelled(found: Levelled | None) -> Object | None:
    if found is None:
        return None
    return {
        "es": _offset(found.es),
        "ef": _offset(found.ef),
        "start": found.start.isoformat(),
        "finish": found.finish.isoformat(),
    }


def _forecast(found: Forecast | None, pace: Throughput | None) -> Object:
    return {
        **{key: _day(getattr(found, key, None)) for key in ("p50", "p80", "p95")},
        "chance": found.chance if found else None,
        "throughput": {key: _day(getattr(pace, key, None)) for key in ("p50", "p85", "p95")},
    }


def _earned_schedule(found: EarnedSchedule | None) -> Object:
    return {key: _number(getattr(found, key, None)) for key in ("es", "sv_t", "spi_t", "eac_t")}


def _runway(found: Runway | None, currency: str | None) -> Object:
    burn = found.net_burn if found else None
    return {
        "months": _number(found.months) if found else None,
        "day": _day(found.day) if found else None,
        "net_burn": None if burn is None else money_text(burn, currency),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _offset(value: float | bool | None) -> float | None:
    """Whole working days as whole numbers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _health(found: Health | None) -> Object:
    override = found.override if found else None
    return {
        "is": found.is_ if found else None,
        "because": [str(reason) for reason in found.because] if found else [],
        "computed": found.computed if found else None,
        "override": {
            "is": override.is_,
            "because": override.because,
            "by": override.by,
            "on": override.on.isoformat() if override.on else None,
        }
        if override
        else None,
    }


def _totals(totals: Totals | None, currency: str | None) -> Object:
    keys = ("planned", "committed", "spent", "remaining", "forecast", "variance")
    return {key: money_text(getattr(totals, key), currency) if totals else None for key in keys}


def _money(plan: Plan, identity: str, totals: Totals | None) -> Object:
    """Totals and earned value under the names of §8 of the format."""
    earned = plan.money.earned.get(identity)
    values: Mapping[str, Any] = {key: getattr(earned, key, None) for key in EarnedValue.__dataclass_fields__}

    def amount(key: str) -> str | None:
        return None if values[key] is None else money_text(values[key], plan.money.currency)

    return {
        **_totals(totals, plan.money.currency),
        **{key: amount(key) for key in ("bac", "pv", "ev", "ac", "cv", "sv")},
        **{key: _number(values[key]) for key in ("cpi", "spi")},
        "eac": {key: amount(f"eac_{key}") for key in ("cpi", "plan", "combined")},
        "etc": amount("etc"),
        "vac": amount("vac"),
        "tcpi": {key: _number(values[f"tcpi_{key}"]) for key in ("bac", "eac")},
    }


def _number(value: Decimal | Fraction | None) -> float | None:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return None if value is None else json_number(value)
