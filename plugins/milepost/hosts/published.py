"""The files that are published beside the pages: the plan as JSON, and the schemas."""

import json
from collections.abc import Mapping
from functools import cache

from milepost.build import Built
from milepost.publish.plan_json import dump
from milepost.publish.plan_json_schema import schema
from milepost.records.records import SECTIONS
from milepost.records.schema import plan_schema, record_schema


def published(built: Built) -> dict[str, str]:
    """The files by their path in the site; a sub-project's plan.json lies below its id."""
    files = {f"{plan.records.id}/plan.json" if plan.records.folder else "plan.json": dump(plan) for plan in built.plans}
    return files | _schemas()


@cache
def _schemas() -> dict[str, str]:
    """The schemas of plan.json, of a plan file, and of a file that holds one record of a section."""
    return {
        "plan.json.schema.json": _json(schema()),
        "schema/plan.json": _json(plan_schema()),
        **{f"schema/{section}.json": _json(record_schema(section)) for section in SECTIONS},
    }


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
