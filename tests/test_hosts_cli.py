"""The command `milepost`, as a person or a workflow calls it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from milepost import __version__
from milepost.hosts import clock
from milepost.hosts.cli import milepost
from milepost.hosts.generate import generated
from milepost.records.records import SECTIONS

GOOD = "project: {name: Demo, today: 2026-11-23}\nmilestones: [{id: beta, title: Beta, due: 2026-Q4}]\n"
BAD = "project: {name: Demo}\nmilestones: [{id: kept, title: Kept}, {id: beta, title: Beta, due: 2026-02-30}]\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(milepost, arguments, prog_name="milepost")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, "utf-8")
    return folder


def test_check_of_a_good_plan(site: Path) -> None:
    write(site / "content/plan", plan=GOOD)
    result = run("check", "content/plan")
    assert (result.exit_code, result.output) == (0, "content/plan: no problems in 1 file\n")


def test_check_of_a_bad_plan(site: Path) -> None:
    write(site / "content/plan", plan=BAD)
    result = run("check", "content/plan")
    assert result.exit_code == 1
    assert result.stdout.startswith("content/plan/plan.yml:2:68: error[bad-day]: “2026-02-30” is not a period")
    assert result.stdout.endswith("\n\n1 error in 1 file\n")
    assert "\x1b" not in result.stdout


def test_warnings_do_not_fail(site: Path) -> None:
    write(site / "plan", plan=GOOD, empty="")
    result = run("check", "plan")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 warning in 1 file")


def test_check_for_github(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site / "sub/plan", plan=BAD)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site))
    monkeypatch.chdir(site / "sub")
    result = run("check", "plan", "--format", "github")
    assert result.exit_code == 1
    command, summary = result.stdout.splitlines()
    assert command.startswith(
        "::error file=sub/plan/plan.yml,line=2,endLine=2,col=68,endColumn=78,title=bad-day::“2026-02-30”"
    )
    assert summary == "1 error in 1 file"
    assert run("check", str(write(site / "good", plan=GOOD)), "--format", "github").stdout == "no problems\n"


def test_check_for_programs(site: Path) -> None:
    write(site / "plan", plan=BAD)
    result = run("check", "plan", "--format", "json")
    assert result.exit_code == 1
    assert [(p["code"], p["file"], p["line"]) for p in json.loads(result.stdout)] == [("bad-day", "plan/plan.yml", 2)]


def test_the_plan_of_the_site_here_or_above(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site / "content/plan", plan=GOOD)
    write(site / "other", plan=BAD)
    (site / "mkdocs.yml").write_text("plugins: [search, milepost]")
    assert run("check").output == "content/plan: no problems in 1 file\n"
    (site / "mkdocs.yml").write_text("x: !!python/name:os.abort\nplugins: [milepost: {plan: other}]")
    (site / "docs/deep").mkdir(parents=True)
    monkeypatch.chdir(site / "docs/deep")
    result = run("check")
    assert result.exit_code == 1
    assert f"{(site / 'other').as_posix()}/plan.yml:2:68" in result.stdout


def test_a_plan_folder_that_is_named_but_missing_is_an_error(site: Path) -> None:
    (site / "mkdocs.yml").write_text("plugins: [milepost]")
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("content/plan: error[no-plan]: the plan folder doesn't exist\nhelp: create it")


def test_without_a_site_the_usual_folder_is_taken(site: Path) -> None:
    write(site / "content/plan", plan=GOOD)
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "There is no mkdocs.yml here or above that names a plan folder."),
        (["check", "nowhere"], "'nowhere' does not exist"),
        (["check", "file.yml"], "'file.yml' is a file"),
        (["check", ".", "--format", "xml"], "'xml' is not one of 'text', 'github', 'json'"),
        (["export", ".", "--today", "2026-02-30"], "“2026-02-30” is not a day: did you mean 2026-02-28?"),
        (["export", ".", "--today", "2026-Q4"], "“2026-Q4” is not a day: write it like 2026-12-15."),
        (["export", ".", "--today", "x\x1b[31m"], "“x\\u001b[31m” is not a day"),
        (["schema", "project"], "'project' is not one of"),
        (["publish"], "No such command 'publish'"),
    ],
)
def test_misuse(site: Path, arguments: list[str], said: str) -> None:
    (site / "file.yml").write_text("")
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_export(site: Path) -> None:
    write(site / "plan", plan=GOOD)
    result = run("export", "plan")
    assert (result.exit_code, result.stderr) == (0, "")
    plan = json.loads(result.stdout)
    assert (plan["milepost"], plan["as_of"], plan["edition"]) == (1, "2026-11-23", "full")
    assert [milestone["id"] for milestone in plan["milestones"]] == ["beta"]
    assert json.loads(run("export", "plan", "--today", "2027-01-04").stdout)["as_of"] == "2027-01-04"
    assert json.loads(run("export", "plan", "--edition", "public").stdout)["edition"] == "public"


def test_export_of_a_bad_plan_prints_what_could_be_read(site: Path) -> None:
    write(site / "plan", plan=BAD)
    result = run("export", "plan", "--today", "2026-11-23")
    assert result.exit_code == 1
    assert [milestone["id"] for milestone in json.loads(result.stdout)["milestones"]] == ["kept"]
    assert "error[bad-day]" in result.stderr


def test_export_of_a_portfolio(site: Path) -> None:
    write(site / "plan/north", plan=GOOD)
    write(site / "plan/south", plan=GOOD)
    plans = json.loads(run("export", "plan").stdout)["projects"]
    assert [plan["milestones"][0]["id"] for plan in plans] == ["beta", "beta"]


def test_export_of_nothing_prints_nothing(site: Path) -> None:
    result = run("export", str(write(site / "plan")))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the plan folder holds no YAML file" in result.stderr


def test_the_clock_can_be_fixed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site / "plan", plan="project: {name: Demo, timezone: Pacific/Auckland}\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767182400")  # 2025-12-31T12:00:00Z, in Auckland already the new year
    assert clock.now() == datetime(2025, 12, 31, 12, tzinfo=UTC)
    assert json.loads(run("export", "plan").stdout)["as_of"] == "2026-01-01"
    for broken in ("tomorrow", "1e3", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", broken)
        result = run("export", "plan")
        assert result.exit_code == 2
        assert "SOURCE_DATE_EPOCH is not a number of seconds since 1970" in result.stderr


def test_the_clock_runs_without_that() -> None:
    assert "SOURCE_DATE_EPOCH" in os.environ or abs(clock.now() - datetime.now(UTC)).total_seconds() < 60


def test_schema() -> None:
    assert run("schema").stdout == generated()["content/plan.schema.json"]
    assert run("schema", "features").stdout == generated()["content/feature.schema.json"]
    for section in SECTIONS:
        assert json.loads(run("schema", section).stdout)["additionalProperties"] is False


def test_version_and_help() -> None:
    assert run("--version").stdout == f"milepost, version {__version__}\n"
    for command in ((), *((name,) for name in milepost.commands)):
        text = run(*command, "--help").stdout
        assert "Usage: milepost" in text
        assert max(map(len, text.splitlines())) <= 100
        assert "\n  milepost " in text, "an example to copy"
    assert run("-h").stdout == run("--help").stdout


def test_every_option_is_explained() -> None:
    for command in milepost.commands.values():
        assert all(option.help for option in command.params if isinstance(option, click.Option))


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "milepost", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_output_is_utf8_whatever_the_terminal_says(site: Path) -> None:
    write(site / "plan", plan=BAD)
    done = command("check", "plan", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 1
    assert "“2026-02-30”" in done.stdout.decode("utf-8")


def test_a_closed_pipe_is_no_traceback(site: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "schema"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_on_a_terminal_alone(site: Path, no_color: str, coloured: bool) -> None:
    import pty

    write(site / "plan", plan=BAD)
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NO_COLOR": no_color, "TERM": "xterm"}
    subprocess.run([sys.executable, "-m", "milepost", "check", "plan"], stdout=theirs, env=environment, check=False)
    os.close(theirs)
    output = os.read(ours, 65536)
    os.close(ours)
    assert (b"\x1b[" in output) is coloured


def test_the_command_needs_no_mkdocs() -> None:
    code = "import sys; sys.modules['mkdocs'] = None; import milepost.hosts.cli"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
