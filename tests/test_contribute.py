"""Ways from a reader back into the plan: propose a feature, edit an item, check before a commit."""

import re
import shlex
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from click.testing import CliRunner

from milepost import __version__
from milepost.hosts.cli import milepost
from milepost.hosts.repository import Repository
from sites import PLAN, site

ROOT = Path(__file__).parents[1]
GITHUB = {"repo_url": "https://github.com/a/b", "edit_uri": "edit/main/pages/"}
GITLAB = {"repo_url": "https://gitlab.com/a/b", "edit_uri": "-/edit/main/pages/"}
PORTFOLIO = {
    **PLAN,
    "app/project.yml": "project: {name: App}\n",
    "app/features/export.yml": "title: Export <b>all</b>\n",
}
PROPOSE, FEATURE, MILESTONE = "Propose a feature", "Edit this feature", "Edit this milestone"


class _Links(HTMLParser):
    """The addresses of the links of a page by their text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.href: str | None = None
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.href = dict(attributes).get("href")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.href = None

    def handle_data(self, data: str) -> None:
        if self.href and data in (PROPOSE, FEATURE, MILESTONE):
            self.found[data] = self.href


def proposal(edit: str, project: str = "") -> str | None:
    return Repository(edit, "", "content/plan").propose_url(project)


def test_each_item_has_a_visible_link_to_where_it_is_edited(tmp_path: Path) -> None:
    made = site(tmp_path, PORTFOLIO).configure(**GITHUB).build(strict=True)
    top = "https://github.com/a/b/edit/main/content/plan"
    assert _Links(made.html("features/sso/index.html")).found == {FEATURE: f"{top}/work.yml#L4"}
    assert _Links(made.html("milestones/beta/index.html")).found == {MILESTONE: f"{top}/work.yml#L2"}
    assert _Links(made.html("app/features/export/index.html")).found == {FEATURE: f"{top}/app/features/export.yml#L1"}
    assert not any("Edit this" in entry["text"] or PROPOSE in entry["text"] for entry in made.search())


def test_a_proposal_is_a_file_of_the_project_it_is_asked_from(tmp_path: Path) -> None:
    made = site(tmp_path, PORTFOLIO).configure(**GITHUB).build(strict=True)
    for page in ("roadmap", "features", "app/roadmap", "app/features"):
        address = urlsplit(_Links(made.html(f"{page}/index.html")).found[PROPOSE])
        assert address.path == "/a/b/new/main/content/plan" + ("/app" if page.startswith("app") else "")
    for page in ("status", "milestones", "timeline", "budget"):
        assert _Links(made.html(f"{page}/index.html")).found == {}


def test_other_forges_have_links_to_edit_and_none_to_propose(tmp_path: Path) -> None:
    made = site(tmp_path).configure(**GITLAB).build(strict=True)
    assert FEATURE in _Links(made.html("features/sso/index.html")).found
    assert _Links(made.html("roadmap/index.html")).found == {}


@pytest.mark.parametrize(
    ("settings", "edition"), [(GITHUB, "public"), ({}, "full"), ({"repo_url": "https://github.com/a/b"}, "full")]
)
def test_neither_in_a_public_edition_nor_without_a_repository(
    tmp_path: Path, settings: dict[str, str], edition: str
) -> None:
    uri = {"edit_uri": ""} if "edit_uri" not in settings else {}
    plugins = ["search", {"milepost": {"edition": edition}}]
    made = site(tmp_path).configure(plugins=plugins, **settings, **uri).build()
    for page in ("features/sso", "milestones/beta", "roadmap", "features"):
        assert _Links(made.html(f"{page}/index.html")).found == {}


@pytest.mark.parametrize(("project", "folder"), [("", ""), ("bäker", "/b%C3%A4ker")])
def test_the_address_names_branch_folder_and_file(project: str, folder: str) -> None:
    address = urlsplit(proposal("https://github.com/a/b/edit/main/", project) or "")
    assert (address.netloc, address.path) == ("github.com", f"/a/b/new/main/content/plan{folder}")
    assert parse_qs(address.query)["filename"] == ["features/new-feature.yml"]


@pytest.mark.parametrize(
    ("edit", "new"),
    [
        ("https://github.com/edit/edit/edit/main/", "https://github.com/edit/edit/new/main/content/plan"),
        ("https://github.com/a/b/edit/team/plan/docs/", "https://github.com/a/b/new/team/plan/docs/content/plan"),
        ("https://github.com/a/b/edit/x/edit/", "https://github.com/a/b/new/x/edit/content/plan"),
    ],
    ids=["owner called edit", "branch with slashes", "branch that ends with edit"],
)
def test_the_words_of_an_address_are_told_by_their_place(edit: str, new: str) -> None:
    assert (proposal(edit) or "").partition("?")[0] == new


@pytest.mark.parametrize(
    "edit",
    [
        "",
        "https://gitlab.com/o/r/-/edit/main/",
        "https://github.com/o/r/raw/",
        "http://github.com/a/b/edit/main/",
        "https://github.com@evil.example/a/b/edit/main/",
        "https://github.com.evil.example/a/b/edit/main/",
        "https://evil.example/github.com/a/b/edit/main/",
        "https://github.com/a/b/edit/main/?x=",
        "https://github.com/a/b/edit/",
        "https://github.com/a/edit/main/",
    ],
)
def test_what_is_not_the_editor_of_github_gets_no_proposal(edit: str) -> None:
    assert proposal(edit) is None


def test_every_line_of_a_proposal_is_valid_once_it_is_filled_in(tmp_path: Path) -> None:
    asked = parse_qs(urlsplit(proposal("https://github.com/a/b/edit/main/") or "").query)
    text = asked["value"][0].replace("title:", "title: Export").replace("the id of the milestone it", "beta #")
    lines = [
        line.removeprefix("# ") if line.startswith(("# milestone", "# effort")) else line for line in text.split("\n")
    ]
    made = site(tmp_path).write({f"content/plan/{asked['filename'][0]}": "\n".join(lines)})
    done = CliRunner().invoke(milepost, ["check", str(made.folder / "content/plan")])
    assert (done.exit_code, "no problems in 3 files" in done.output) == (0, True), done.output


def test_hooks_run_a_command_there_is_at_every_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that only takes a file away has no files to check, and may leave references to nothing behind."""
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert set(hooks) == {"milepost-check", "milepost-check-fix"}
    made = site(tmp_path, {**PLAN, "features/sso2.yml": "titel: Sign-on again\nmilestone: beta\n"})
    monkeypatch.chdir(made.folder)
    for identity, status in (("milepost-check", 1), ("milepost-check-fix", 0), ("milepost-check", 0)):
        hook = hooks[identity]
        assert (hook["always_run"], hook["pass_filenames"], hook["language"]) == (True, False, "python")
        command, *words = shlex.split(hook["entry"])
        assert (command, CliRunner().invoke(milepost, words).exit_code) == ("milepost", status)
    (made.folder / "content/plan/work.yml").unlink()
    assert CliRunner().invoke(milepost, shlex.split(hooks["milepost-check"]["entry"])[1:]).exit_code == 1


def test_the_guide_names_hooks_there_are_at_this_version() -> None:
    guide = (ROOT / "content/pages/guide/publish.md").read_text("utf-8")
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    [block] = re.findall(r"```yaml\n(repos:.*?)```", guide, re.DOTALL)
    [repo] = yaml.safe_load(block)["repos"]
    assert repo["rev"] == f"v{__version__}"
    assert {hook["id"] for hook in repo["hooks"]} <= hooks
