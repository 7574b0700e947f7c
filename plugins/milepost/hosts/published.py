"""The files that are published beside the pages: the plan as JSON, and the schemas."""

from pathlib import Path

from milepost.build import Built
from milepost.publish import plan_json

# Generated from the record types by `make generate`, and held equal by a test: making them takes longer than a plan.
_SCHEMAS = Path(plan_json.__file__).parent / "schemas"


def published(built: Built) -> dict[str, str]:
    """The files by their path in the site; a sub-project's plan.json lies below its id."""
    plans = {
        f"{plan.records.id}/plan.json" if plan.records.folder else "plan.json": plan_json.dump(plan)
        for plan in built.plans
    }
    schemas = {
        path.relative_to(_SCHEMAS).as_posix(): path.read_text("utf-8") for path in sorted(_SCHEMAS.rglob("*.json"))
    }
    return plans | schemas
