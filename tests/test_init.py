"""`milepost init` writes a site that builds strictly at once, and never changes a file that exists."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from milepost import __version__
from milepost.hosts.cli import milepost

PACKAGE = str(Path(__file__).parents[1] / "plugins")
TODAY = ("--today", "2026-11-23")


def init(*arguments: str | Path) -> Result:
    return CliRunner().invoke(milepost, ["init", *map(str, arguments), *TODAY])


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(name)), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_an_empty_folder_becomes_a_site_that_builds_strictly(tmp_path: Path) -> None:
    done = init(tmp_path, "--name", 'Night: "train" # {1}')
    assert done.exit_code == 0, done.output
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795430000", "PYTHONPATH": PACKAGE}
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
    )
    assert built.returncode == 0, built.stderr
    plan = json.loads((tmp_path / "site" / "plan.json").read_text("utf-8"))
    assert plan["project"]["name"] == 'Night: "train" # {1}'
    assert all(m["computed"]["schedule"]["margin"] >= 0 for m in plan["milestones"])


@pytest.mark.parametrize("edition", ["full", "public"])
def test_the_workflows_are_sound(tmp_path: Path, edition: str) -> None:
    init(tmp_path, "--edition", edition)
    workflows = tmp_path / ".github" / "workflows"
    done = tool("zizmor", "--offline", "--no-progress", "--strict-collection", "--persona=auditor", workflows.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    done = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows.iterdir())
    assert done.returncode == 0, done.stdout + done.stderr
    deploy = (workflows / "deploy.yml").read_text("utf-8")
    assert f'"mkdocs-milepost[material]=={__version__}"' in deploy
    assert f"MILEPOST_EDITION: {edition}" in deploy
    assert ("milepost audit site" in deploy) == (edition == "public")


def test_every_plan_file_names_a_schema_that_is_there(tmp_path: Path) -> None:
    init(tmp_path)
    plan = sorted((tmp_path / "content" / "plan").rglob("*.yml"))
    assert len(plan) == 6
    for file in plan:
        schema = file.read_text("utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        done = tool("check-jsonschema", "--schemafile", (file.parent / schema).resolve(), file)
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_exists_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\n", "utf-8")
    (tmp_path / ".gitignore").write_text("mine\n", "utf-8")
    done = init(tmp_path)
    assert done.exit_code == 0
    assert (tmp_path / "mkdocs.yml").read_text("utf-8") == "site_name: Mine\n"
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine\n"
    assert "left as it is  mkdocs.yml" in done.output
    assert "    - milepost:\n" in done.output
    assert not (tmp_path / "content" / "pages").exists()


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    init(tmp_path)
    before = bytes_below(tmp_path)
    assert init(tmp_path, "--name", "Other").exit_code == 0
    assert bytes_below(tmp_path) == before


def test_an_existing_plan_gets_no_example_records(tmp_path: Path) -> None:
    plan = tmp_path / "content" / "plan"
    plan.mkdir(parents=True)
    (plan / "all.yml").write_text("project: {name: Mine}\n", "utf-8")
    assert init(tmp_path).exit_code == 0
    assert bytes_below(plan) == {"all.yml": b"project: {name: Mine}\n"}


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = init(tmp_path / "new", "--dry-run")
    assert "would write  mkdocs.yml" in done.output
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_where_something_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "linked").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "linked" / "content").symlink_to(tmp_path / "out")
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "content").write_text("a file where a folder should be")
    before = bytes_below(tmp_path)
    for wrong in ("file", "file/below", "linked", "half"):
        done = init(tmp_path / wrong)
        assert (done.exit_code, "Traceback" in done.output) == (2, False), wrong
        assert bytes_below(tmp_path) == before, wrong


@pytest.mark.parametrize("name", ["yes", "1.10", "- x", "@{version}", "null", "it's", "🚂", "a\u200db", "{{ 7*7 }}"])
def test_a_name_is_data(tmp_path: Path, name: str) -> None:
    assert init(tmp_path, "--name", name).exit_code == 0
    assert yaml.safe_load((tmp_path / "content" / "plan" / "project.yml").read_text("utf-8"))["project"]["name"] == name


@pytest.mark.parametrize("name", ["", "a\nb", "a\x1bb"])
def test_a_name_that_is_no_line_of_text_is_refused(tmp_path: Path, name: str) -> None:
    assert init(tmp_path, "--name", name).exit_code == 2
    assert list(tmp_path.iterdir()) == []
