"""Writes what is generated from the record types and committed: `python -m milepost.hosts.generate [FOLDER]`."""

import sys
from collections.abc import Mapping
from pathlib import Path

from milepost.hosts.problem_guide import problem_guide
from milepost.hosts.report import dump
from milepost.publish.plan_json_schema import schema as plan_json_schema
from milepost.publish.reference import reference
from milepost.records.records import SECTIONS
from milepost.records.schema import plan_schema, record_schema


def generated() -> Mapping[str, str]:
    """The content of every generated file, by its path in the repository."""
    schema = plan_schema()
    schemas = {"plan.json.schema.json": plan_json_schema(), "schema/plan.json": schema}
    schemas |= {f"schema/{section}.json": record_schema(section) for section in SECTIONS}
    return {
        **{f"plugins/milepost/publish/schemas/{path}": dump(found) + "\n" for path, found in schemas.items()},
        "content/plan.schema.json": dump(schema) + "\n",
        "content/feature.schema.json": dump(record_schema("features")) + "\n",
        "content/pages/guide/format.md": reference(schema),
        **{f"content/pages/guide/problems/{path}": text for path, text in problem_guide().items()},
    }


def main(root: Path) -> None:
    """Write the generated files below `root`."""
    for path, text in generated().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
