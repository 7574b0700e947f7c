"""Workflows, Dependabot and issue forms are valid, pinned and without needless rights."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parents[1] / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")

PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*")
OWN = re.compile(r"\$/\.github/workflows/[\w-]+\.yml")  # $/ is this repository at the commit that runs

Mapping = dict[str, Any]

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool that is installed beside this Python."""
    command = [str(Path(sys.executable).with_name(tool)), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def load(path: Path) -> Mapping:
    """Read a workflow with every scalar as text, since YAML 1.1 would take the key `on` for true."""
    workflow: Mapping = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return workflow


def rights_asked_for(workflow: Mapping) -> set[tuple[str, str]]:
    """Every permission that any job of the workflow asks for."""
    return {right for job in workflow["jobs"].values() for right in job["permissions"].items()}


def test_the_workflows_are_those_the_guide_names() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "deploy.yml", "refresh.yml"]


def test_zizmor_finds_nothing() -> None:
    done = run("zizmor", "--offline", "--no-progress", "--strict-collection", "--persona=auditor", GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr
    audited = re.findall(r"completed \S*?([\w-]+\.yml)", done.stderr)
    assert sorted(audited) == ["ci.yml", "dependabot.yml", "deploy.yml", "refresh.yml"]


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", WORKFLOWS),
        ("dependabot", [GITHUB / "dependabot.yml"]),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_files_follow_their_schema(schema: str, paths: list[Path]) -> None:
    done = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *paths)
    assert done.returncode == 0, done.stdout + done.stderr


@each_workflow
def test_actions_are_pinned_by_hash_with_their_version_beside_it(path: Path) -> None:
    uses = re.findall(r"^\s*(?:- )?uses: *(.+)$", path.read_text("utf-8"), re.MULTILINE)
    assert uses
    assert [use for use in uses if not PINNED.fullmatch(use) and not OWN.fullmatch(use)] == []


@each_workflow
def test_rights_are_given_job_by_job(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert [name for name, job in workflow["jobs"].items() if "permissions" not in job] == []


@each_workflow
def test_each_job_ends_in_time(path: Path) -> None:
    # GitHub forbids a limit where a job calls a workflow.
    jobs = {name: job for name, job in load(path)["jobs"].items() if "uses" not in job}
    assert [name for name, job in jobs.items() if not 0 < int(job.get("timeout-minutes", 0)) <= 30] == []


@each_workflow
def test_a_checkout_leaves_no_credentials(path: Path) -> None:
    steps = [step for job in load(path)["jobs"].values() for step in job.get("steps", [])]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["name"] for step in checkouts if step["with"].get("persist-credentials") != "false"] == []


def test_only_publishing_may_write() -> None:
    writers = {
        f"{path.stem}/{name}"
        for path in WORKFLOWS
        for name, job in load(path)["jobs"].items()
        if "write" in job["permissions"].values()
    }
    assert writers == {"deploy/deploy", "refresh/deploy"}


def test_the_gate_waits_for_every_job() -> None:
    jobs = load(GITHUB / "workflows" / "ci.yml")["jobs"]
    gate = jobs.pop("ok")
    assert gate["if"] == "always()"
    assert set(gate["needs"]) == set(jobs)


def test_a_caller_grants_what_the_called_workflow_asks_for() -> None:
    # Less than that, and GitHub refuses to start the run.
    deploy = load(GITHUB / "workflows" / "deploy.yml")
    granted = load(GITHUB / "workflows" / "refresh.yml")["jobs"]["deploy"]["permissions"]
    enough = set(granted.items()) | {(name, "read") for name in granted}
    assert rights_asked_for(deploy) <= enough


def test_no_two_workflows_share_a_concurrency_group() -> None:
    # A caller and the workflow it calls in one group would wait for each other.
    groups = [load(path)["concurrency"]["group"] for path in WORKFLOWS]
    assert len(set(groups)) == len(groups)


def test_nothing_else_starts_with_the_schedule() -> None:
    # After 60 quiet days GitHub disables a scheduled workflow together with its other triggers.
    scheduled = {path.name: list(load(path)["on"]) for path in WORKFLOWS if "schedule" in load(path)["on"]}
    assert scheduled == {"refresh.yml": ["schedule"]}
