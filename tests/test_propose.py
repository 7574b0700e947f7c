"""“Propose a feature” leads to GitHub's page for a new file, filled in; nowhere else."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from milepost.hosts.cli import milepost
from milepost.hosts.repository import Repository

PACKAGE = str(Path(__file__).parents[1] / "plugins")
GITHUB = Repository("https://github.com/o/r/edit/main/", "https://github.com/o/r/blob/main/", "content/plan")


@pytest.mark.parametrize(("project", "folder"), [("", "content/plan"), ("bäker", "content/plan/b%C3%A4ker")])
def test_the_address_names_branch_folder_and_file(project: str, folder: str) -> None:
    address = urlsplit(GITHUB.propose_url(project) or "")
    assert (address.netloc, address.path) == ("github.com", f"/o/r/new/main/{folder}")
    assert parse_qs(address.query)["filename"] == ["features/new-feature.yml"]


def test_the_proposal_has_no_problems_once_the_title_is_written(tmp_path: Path) -> None:
    [text] = parse_qs(urlsplit(GITHUB.propose_url("") or "").query)["value"]
    (tmp_path / "project.yml").write_text("project: {name: Mine}\nmilestones: [{id: a, title: A}]\n", "utf-8")
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "new-feature.yml").write_text(text.replace("title:", "title: Export"), "utf-8")
    done = CliRunner().invoke(milepost, ["check", str(tmp_path)])
    assert (done.exit_code, "no problems in 2 files" in done.output) == (0, True), done.output


@pytest.mark.parametrize(
    "edit",
    [
        "",
        "https://gitlab.com/o/r/-/edit/main/",
        "https://github.com.evil.example/o/r/edit/main/",
        "https://github.com/o/r/raw/",
    ],
)
def test_elsewhere_there_is_no_such_page(edit: str) -> None:
    assert Repository(edit, edit, "content/plan").propose_url("") is None


@pytest.mark.parametrize("edition", ["full", "public"])
def test_only_the_full_edition_asks_for_proposals(tmp_path: Path, edition: str) -> None:
    CliRunner().invoke(milepost, ["init", str(tmp_path), "--today", "2026-11-23"])
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "MILEPOST_EDITION": edition,
        "REPO_URL": "https://github.com/o/r",
        "EDIT_URI": "edit/main/content/pages/",
        "SOURCE_DATE_EPOCH": "1795430000",
        "PYTHONPATH": PACKAGE,
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=environment)
    assert built.returncode == 0, built.stderr
    for view in ("roadmap", "features"):
        page = (tmp_path / "site" / view / "index.html").read_text("utf-8")
        assert ("github.com/o/r/new/main/content/plan?filename=" in page) == (edition == "full")
    assert "/new/main/" not in (tmp_path / "site" / "budget" / "index.html").read_text("utf-8")
