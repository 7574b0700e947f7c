"""The files that are published beside the pages: the plan as JSON, the budget as a table, and the schemas."""

from pathlib import Path

from milepost.build import Built
from milepost.hosts.pages import prefix
from milepost.publish import plan_json
from milepost.publish.budget_csv import budget_csv

# Generated from the record types by `make generate`, and held equal by a test: making them takes longer than a plan.
_SCHEMAS = Path(plan_json.__file__).parent / "schemas"


def published(built: Built) -> dict[str, str]:
    """The files by their path in the site; those of a sub-project lie below its id."""
    plans = {f"{prefix(plan)}plan.json": plan_json.dump(plan) for plan in built.plans}
    tables = {f"{prefix(plan)}budget.csv": table for plan in built.plans if (table := budget_csv(plan))}
    schemas = {
        path.relative_to(_SCHEMAS).as_posix(): path.read_text("utf-8") for path in sorted(_SCHEMAS.rglob("*.json"))
    }
    return plans | tables | schemas
