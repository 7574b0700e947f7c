"""`mkdocs serve`: the open page follows the plan, and whatever is wrong with it, the site keeps answering."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from sites import PLAN, Site, site

PATIENCE = 60  # seconds for a rebuild on a busy machine
WORK = "content/plan/work.yml"


@dataclass(frozen=True, slots=True)
class Served:
    """A site that is being served."""

    site: Site
    address: str
    log: Path

    def status(self, path: str = "") -> tuple[int, str]:
        """The status and the text of a page."""
        try:
            with urlopen(f"{self.address}/{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def wait(self, path: str, text: str, *, absent: bool = False, status: int = 200) -> str:
        """Ask until a page has a text (or, with `absent`, has it no more) and answers with a status."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found, html = self.status(path)
            if found == status and (text in html) is not absent:
                return html
            time.sleep(0.1)
        raise AssertionError(f"/{path} never came to {status}, {'without' if absent else 'with'} {text!r}")


@contextmanager
def serving(made: Site) -> Iterator[Served]:
    """Serve a site until the test is done. mkdocs 1.6 follows changes with click ≥ 8.2.2 only if it is told to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = made.folder / "serve.log"
    words = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    with log.open("w") as out:
        process = subprocess.Popen(words, cwd=made.folder, stdout=out, stderr=subprocess.STDOUT)
    served = Served(made, f"http://127.0.0.1:{port}", log)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            try:
                served.status()
                break
            except URLError:
                time.sleep(0.1)
        yield served
        assert process.poll() is None, log.read_text()
        assert "Traceback" not in log.read_text()
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    yield opened
    context.close()


@pytest.mark.browser
def test_the_open_page_follows_the_plan(tmp_path: Path, page: Page) -> None:
    made = site(tmp_path)
    with serving(made) as served:
        page.goto(f"{served.address}/features/")
        banner = page.locator(".mp-banner")
        expect(page.locator("article")).to_contain_text("Sign-on")
        expect(banner).to_have_count(0)

        made.write({WORK: PLAN["work.yml"].replace("title: Sign-on", "title: One password for all")})
        expect(page.locator("article")).to_contain_text("One password for all")

        made.write({WORK: PLAN["work.yml"].replace("title: Sign-on", "titel: Sign-on")})
        expect(banner).to_contain_text("1 error in 1 file. The plan is shown as it was before.")
        expect(page.locator("article")).to_contain_text("One password for all")
        banner.locator("summary").click()
        expect(banner).to_contain_text("Line 4")
        expect(banner).to_contain_text("unknown key “titel”")
        expect(banner).to_contain_text("Did you mean “title”?")

        made.write({WORK: "features: [\n"})
        expect(banner).not_to_contain_text("unknown key “titel”")
        expect(banner).to_contain_text("1 error in 1 file")
        expect(page.locator("article")).to_contain_text("One password for all")

        made.write({WORK: PLAN["work.yml"]})
        expect(banner).to_have_count(0)
        expect(page.locator("article")).to_contain_text("Sign-on")


@pytest.mark.browser
def test_the_open_page_follows_new_and_deleted_files(tmp_path: Path, page: Page) -> None:
    made = site(tmp_path)
    new = "content/plan/features/export.yml"
    with serving(made) as served:
        page.goto(f"{served.address}/roadmap/")
        expect(page.locator("article")).to_contain_text("Sign-on")
        made.write({new: "title: Export to a sheet\n"})
        expect(page.locator("article")).to_contain_text("Export to a sheet")
        page.get_by_role("link", name="Export to a sheet").first.click()
        expect(page.locator("h1")).to_have_text("Export to a sheet")
        (tmp_path / new).unlink()
        served.wait("features/export/", "Export to a sheet", absent=True, status=404)
        page = page.context.new_page()  # the open one is being reloaded
        page.goto(f"{served.address}/roadmap/")
        expect(page.locator("article")).to_contain_text("Sign-on")
        expect(page.locator("article")).not_to_contain_text("Export to a sheet")


def test_a_plan_that_is_broken_from_the_start_is_served(tmp_path: Path) -> None:
    made = site(tmp_path, {**PLAN, "odd.yml": "features: [{id: x, titel: X}]\n"})
    with serving(made) as served:
        html = served.wait("status/", "mp-banner")
        assert "as it was before" not in html
        assert "Sign-on" in served.status("features/")[1]
        assert served.status("features/x/")[0] == 404
        made.write({"content/plan/odd.yml": "features: [{id: x, title: X}]\n"})
        served.wait("status/", "mp-banner", absent=True)
        assert served.status("features/x/")[0] == 200


def test_a_plan_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    made = site(tmp_path, {}, pages={"here.md": "<!-- milepost: milestones -->\n"})
    (tmp_path / "content").mkdir()
    with serving(made) as served:
        assert "There is no plan to show yet." in served.wait("here/", "the plan folder doesn&#39;t exist")
        made.write({f"content/plan/{name}": text for name, text in PLAN.items()})
        served.wait("here/", "Public beta")
        made.write({WORK: PLAN["work.yml"].replace("Public beta", "First bakery")})
        served.wait("here/", "First bakery")


def test_a_plan_folder_whose_files_all_go(tmp_path: Path) -> None:
    made = site(tmp_path)
    with serving(made) as served:
        served.wait("milestones/", "Public beta")
        for path in (tmp_path / "content" / "plan").iterdir():
            path.unlink()
        html = served.wait("milestones/", "mp-banner")
        assert "the plan folder holds no YAML file" in html
        assert "Public beta" in html
        made.write({f"content/plan/{name}": text for name, text in PLAN.items()})
        served.wait("milestones/", "mp-banner", absent=True)


def test_a_plan_folder_that_is_moved_away_and_back(tmp_path: Path) -> None:
    made = site(tmp_path)
    with serving(made) as served:
        served.wait("milestones/", "Public beta")
        shutil.move(tmp_path / "content", tmp_path / "away")
        made.write({"pages/index.md": "# Home anew\n"})  # MkDocs is not told when a whole folder goes
        html = served.wait("milestones/", "the plan folder doesn&#39;t exist")
        assert "The plan is shown as it was before." in html
        assert "Public beta" in html
        shutil.move(tmp_path / "away", tmp_path / "content")
        assert "Public beta" in served.wait("milestones/", "mp-banner", absent=True)
        made.write({WORK: PLAN["work.yml"].replace("Public beta", "First bakery")})
        assert "Public beta" not in served.wait("milestones/", "First bakery")


def test_a_wrong_marker_is_told_on_its_page(tmp_path: Path) -> None:
    made = site(tmp_path, pages={"here.md": "# Here\n\n<!-- milepost: roadmpa -->\n"})
    with serving(made) as served:
        html = served.wait("here/", "there is no view “roadmpa”; did you mean “roadmap”?")
        assert "as it was before" not in html
        made.write({"pages/here.md": "# Here\n\n<!-- milepost: roadmap -->\n"})
        html = served.wait("here/", "Sign-on")
        assert "mp-banner" not in html


def test_a_change_costs_one_rebuild(tmp_path: Path) -> None:
    made = site(tmp_path)
    with serving(made) as served:
        served.wait("milestones/", "Public beta")
        made.write({WORK: PLAN["work.yml"].replace("Public beta", "First bakery")})
        served.wait("milestones/", "First bakery")
        time.sleep(2)
        assert served.log.read_text().count("Building documentation...") == 2
