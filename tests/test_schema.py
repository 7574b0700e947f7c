"""The JSON Schema of plan files accepts what the reader accepts, and refuses what an author could mistype."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from milepost.hosts.generate import generated
from milepost.records.records import SECTIONS
from milepost.records.schema import plan_schema, record_schema

ROOT = Path(__file__).parents[1]
PLANS = (ROOT / "content/plan", *(ROOT.parent / "shared/plans" / name for name in ("kubernetes", "cpython")))
PLAN = jsonschema.Draft202012Validator(plan_schema(), format_checker=jsonschema.FormatChecker(["date"]))
FEATURE = jsonschema.Draft202012Validator(record_schema("features"), format_checker=jsonschema.FormatChecker(["date"]))

_CORE = (  # the core schema of YAML 1.2.2, chapter 10.3
    (re.compile(r"~|null|Null|NULL|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)


def core(text: str) -> Any:
    """YAML as an editor reads it: numbers are numbers, and keys are text."""
    return _value(yaml.compose(text, yaml.SafeLoader))


def _value(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(value) for value in node.value]
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        return next((read(node.value) for form, read in _CORE if form.fullmatch(node.value)), node.value)
    return node.value if node else None


def plan_files() -> Iterator[Any]:
    for folder in PLANS:
        files = sorted(folder.rglob("*.yml"))
        missing = pytest.mark.skipif(not files, reason=f"{folder.name} is not here")
        for file in files or [folder]:
            yield pytest.param(file, id=f"{folder.name}-{file.stem}", marks=missing)


@pytest.mark.parametrize("file", list(plan_files()))
def test_real_plans_are_valid(file: Path) -> None:
    written = core(file.read_text("utf-8"))
    alone = file.parent.name in SECTIONS and file.parent.name not in written
    schema = FEATURE if alone else PLAN
    assert [f"{e.json_path}: {e.message[:200]}" for e in schema.iter_errors(written)] == []


@pytest.mark.parametrize("path", [path for path in generated() if path.endswith(".json")])
def test_committed_schema_is_the_generated_one(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == generated()[path], "run “make generate”"


def test_schemas_are_schemas() -> None:
    files = [str(ROOT / path) for path in generated() if path.endswith(".json")]
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("section", SECTIONS)
def test_one_record_needs_no_id(section: str) -> None:
    schema = record_schema(section)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "id" not in schema["required"]
    assert "id" in schema["properties"]
    assert set(re.findall(r"#/\$defs/(\w+)", json.dumps(schema))) == set(schema["$defs"])


@pytest.mark.parametrize(
    "written",
    [
        "project: {name: A, x-cost-centre: 12}",
        "x-notes: [1, 2]\nproject: {name: 2026}",
        "milestones:",
        "milestones: [{id: 3141, title: 1.10, due: 2026, owner: null, status: , links: [https://example.org]}]",
        "milestones: [{id: a, title: A, due: 2026-q4, links: [{url: a.md, title: A}]}]",
        "features: [{id: a, title: A, duration: 3d, effort: {low: 1d, likely: 2d, high: 1w}}]",
        "features: [{id: a, title: A, depends_on: [b, {id: c}]}]",
        "features: [{id: a, title: A, score: {rice: {reach: 1, impact: 2, confidence: 80%}}}]",
        "features: [{id: a, title: A, score: {ice: {impact: {low: 1, likely: 2, high: 9}, confidence: 1, ease: 2}}}]",
        "features: [{id: a, title: A, score: {kano: must_be, weighted: {fit: 3, 2027: 4}, moscow: wont}}]",
        "features: [{id: a, title: A, score: {kano: {must_be: 3}}, progress: 100%}]",
        "budget: [{id: a, title: A, planned: 12_500}, {id: b, title: B, planned: {2026: 5, 2026-Q2: 7.50 USD}}]",
        "project: {name: A, rates: {USD: 0.9, CHF: {2026-01-01: 1.1}}, forecast: {runs: 500}, ranking: {method: ice}}",
        "updates: [{on: 2026-02-01, summary: Fine.}]",
        "risks: [{id: a, title: A, probability: 1, impact: '5'}]",
    ],
)
def test_accepts(written: str) -> None:
    assert [f"{e.json_path}: {e.message[:200]}" for e in PLAN.iter_errors(core(written))] == []


@pytest.mark.parametrize(
    "written",
    [
        "milstones: []",
        "- id: a",
        "project: {title: A}",
        "milestones: {id: a, title: A}",
        "milestones: [{id: Beta, title: A}]",
        "milestones: [{id: a}]",
        "milestones: [{id: a, title: true}]",
        'milestones: [{id: a, title: "one\\ntwo"}]',
        "milestones: [{id: a, title: A, millestone: b}]",
        "milestones: [{id: a, title: A, due: soon}]",
        "milestones: [{id: a, title: A, done: 2026-02-30}]",
        "milestones: [{id: a, title: A, done: 2026-Q1}]",
        "milestones: [{id: a, title: A, status: activ}]",
        "milestones: [{id: a, title: A, progress: 80}]",
        "milestones: [{id: a, title: A, progress: 101%}]",
        "milestones: [{id: a, title: A, health: {because: B}}]",
        "milestones: [{id: a, title: A, tags: beta}]",
        "features: [{id: a, title: A, duration: 3}]",
        "features: [{id: a, title: A, duration: {low: 1d, likely: 2d}}]",
        "features: [{id: a, title: A, depends_on: [{id: b, tipe: FS}]}]",
        "features: [{id: a, title: A, score: {rice: {reach: 1, impact: 1, confidence: 0.8}}}]",
        "budget: [{id: a, title: A, planned: '12,500'}]",
        "budget: [{id: a, title: A, planned: {soon: 12500}}]",
        "risks: [{id: a, title: A, probability: 6, impact: 1}]",
        "project: {name: A, rates: {usd: 0.9}}",
    ],
)
def test_refuses(written: str) -> None:
    assert not PLAN.is_valid(core(written))


def test_nothing_of_the_type_names_shows() -> None:
    """Titles are those of values in an author's words; names of classes stay inside."""
    shown = json.dumps([plan_schema()["properties"], plan_schema()["$defs"]["Feature"]["properties"]])
    assert set(re.findall(r'"title": "([A-Z]\w*)"', shown)) == set()
    assert plan_schema()["$defs"]["Assignment"]["properties"]["share"]["default"] == "100%"
