"""`milepost explain`: where a number comes from, as a person at a terminal asks."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from milepost.hosts.cli import milepost

PLAN = """\
project: {name: Test, start: 2026-01-05, today: 2026-01-05, currency: EUR, ranking: {method: rice}}
milestones:
  - id: beta
    title: Public beta
    due: 2026-01-16
features:
  - id: base
    title: Foundation
    duration: 3d
    milestone: beta
  - id: sso
    title: Sign-on
    duration: 5d
    milestone: beta
    depends_on: [base]
    score: {rice: {reach: 70, impact: 2, confidence: 60%, effort: 0.6}}
budget:
  - {id: design, title: Design, planned: 1000}
people:
  - {id: maya, name: Maya}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a plan, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    plan = tmp_path / "content" / "plan"
    plan.mkdir(parents=True)
    (plan / "plan.yml").write_text(PLAN, "utf-8")
    return plan


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(milepost, ["explain", *arguments], prog_name="milepost")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_one_figure(folder: Path) -> None:
    result = run("sso", "score.value")
    assert (result.exit_code, result.output) == (
        0,
        "Score (RICE): 140  [score.value]\n"
        "  RICE = reach × impact × confidence ÷ effort\n"
        "  = 70 × 2 × 60% ÷ 0.6 = 140\n"
        "    reach       70   content/plan/plan.yml:16\n"
        "    impact      2    content/plan/plan.yml:16\n"
        "    confidence  60%  content/plan/plan.yml:16\n"
        "    effort      0.6  content/plan/plan.yml:16\n",
    )


def test_places_are_those_of_the_keys(folder: Path) -> None:
    said = run("beta", "margin").output
    assert "due     2026-01-16  content/plan/plan.yml:5" in said
    assert "Foundation" in run("sso", "start").output
    assert "content/plan/plan.yml:15" in run("sso", "start").output


def test_all_figures_fit_a_terminal(folder: Path) -> None:
    for name in ("project", "beta", "sso", "design"):
        result = run(name)
        assert result.exit_code == 0
        assert max(len(line) for line in result.output.splitlines()) <= 100
    assert run("").output == run("project").output


def test_the_day_and_the_edition_can_be_chosen(folder: Path) -> None:
    assert "2026-01-14" in run("sso", "finish").output
    assert "2026-02-11" in run("sso", "finish", "--today", "2026-02-02").output
    assert "no amount is written" in run("project", "bac", "--edition", "public").output
    assert run("sso", "finish", "--path", str(folder)).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ssoo"], "There is no milestone, feature or budget line “ssoo”; did you mean “sso”?"),
        (["zzzzzz"], "There is no milestone, feature or budget line “zzzzzz”."),
        (["a\x1b[31m"], "“a\\u001b[31m”"),
        (["maya"], "“maya” is one of people: nothing is worked out of it."),
        (["sso", "finsh"], "There is no number “finsh” of “sso”; did you mean “finish”?"),
        (["sso", "rank", "--path", "nowhere"], "does not exist"),
        (["other/sso"], "“other/sso”; did you mean “sso”?"),
        ([], "Missing argument 'ID'"),
    ],
)
def test_misuse_is_told(folder: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def test_a_plan_with_errors_is_explained_all_the_same(folder: Path) -> None:
    (folder / "bad.yml").write_text("features: [{id: x, title: X, due: 2026-02-30}]", "utf-8")
    result = run("sso", "rank")
    assert result.exit_code == 1
    assert "rank = 1 + features" in result.stdout
    assert "milepost check" in result.stderr


def test_a_portfolio_is_asked_by_project(folder: Path) -> None:
    (folder / "app").mkdir()
    (folder / "app" / "project.yml").write_text(
        "project: {name: App, start: 2026-01-05}\nfeatures: [{id: only, title: Only, duration: 2d}]", "utf-8"
    )
    assert "2026-01-06" in run("app/only", "finish").output
    assert "2026-01-06" in run("only", "finish").output
    assert run("app/project", "progress").exit_code == 0


def test_control_characters_are_shown_not_obeyed(folder: Path) -> None:
    text = PLAN.replace("title: Foundation", 'title: "Found\\u200fation"')
    (folder / "plan.yml").write_text(text, "utf-8")
    assert "Found\\u200fation" in run("sso", "start").output


def test_the_help_teaches() -> None:
    said = run("--help").output
    assert "milepost explain sso rank" in said
    assert "2  there is no such record or number" in said
