"""On paper: a status is one page, a timeline lies across, and what is folded away takes no room."""

import re
from pathlib import Path

import pytest

from browser import chromium, served
from sites import Site

ROOT = Path(__file__).parents[1]
_PAGE = re.compile(rb"/Type\s*/Page[^s]")
_BOX = re.compile(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """Views of the demo as PDF, by their name and the size of the paper."""
    folder = tmp_path_factory.mktemp("print")
    done = Site(ROOT).command("mkdocs", "build", "--strict", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    found = {}
    with served(folder) as address, chromium() as browser:
        page = browser.new_page()
        for view in ("status", "timeline", "milestones", "budget", "features/vienna-open"):
            page.goto(f"{address}/{view}/")
            for paper in ("A4", "Letter"):
                found[view, paper] = page.pdf(format=paper, prefer_css_page_size=True)
    return found


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_views_take_as_many_pages_as_they_need(pdfs: dict[tuple[str, str], bytes], paper: str) -> None:
    pages = {view: len(_PAGE.findall(pdf)) for (view, size), pdf in pdfs.items() if size == paper}
    assert pages["status"] == 1
    assert pages["features/vienna-open"] == 1
    assert pages["timeline"] <= 2
    assert pages["milestones"] <= 2
    assert pages["budget"] <= 4


@pytest.mark.browser
def test_a_timeline_lies_across(pdfs: dict[tuple[str, str], bytes]) -> None:
    across = {view: all(float(w) > float(h) for w, h in _BOX.findall(pdf)) for (view, _), pdf in pdfs.items()}
    assert [view for view, is_wide in across.items() if is_wide] == ["timeline"]
