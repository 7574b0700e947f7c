"""`milepost pdf`: views of a built site on paper, by the Chromium of this machine, and what it says where it can't."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from milepost.hosts import chromium, pdf
from milepost.hosts.cli import milepost
from sites import PLAN, site

_PAGE = re.compile(rb"/Type\s*/Page[^s]")
_BOX = re.compile(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")


PRINTED = ("bakery-status", "bakery-timeline")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which a second project lies beside the first, and which is dark."""
    folder = tmp_path_factory.mktemp("pdf")
    made = site(folder, {**PLAN, "bakery/project.yml": "project: {name: Bakery}\n"})
    made.configure(theme={"name": "material", "font": False, "palette": {"scheme": "slate"}})
    made.build()
    return folder


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(milepost, ["pdf", *map(str, arguments)], prog_name="milepost")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.browser
def test_pages_on_paper_of_the_size_asked_for(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built)
    done = run("--paper", "Letter", "--view", "bakery/status", "--view", "bakery/timeline/")
    assert (done.exit_code, done.output) == (0, "".join(f"pdf/{name}.pdf\n" for name in PRINTED)), done.output
    sizes = {}
    for name in PRINTED:
        content = (built / "pdf" / f"{name}.pdf").read_bytes()
        assert len(_PAGE.findall(content)) == 1
        sizes[name] = [round(float(side)) for side in _BOX.findall(content)[0]]
    assert sizes == {"bakery-status": [612, 792], "bakery-timeline": [792, 612]}
    assert sorted(path.name for path in (built / "pdf").iterdir()) == sorted(f"{name}.pdf" for name in PRINTED)


def test_pages_are_named_by_view_or_address(built: Path) -> None:
    folder = built / "site"
    assert pdf._pages(folder, (), False) == ["status", "bakery/status", "timeline", "bakery/timeline"]
    assert len(pdf._pages(folder, (), True)) == 12
    assert pdf._pages(folder, ("/features/sso/", "bakery/budget", "features/sso/index.html"), False) == [
        "features/sso",
        "bakery/budget",
    ]


def test_a_page_is_served_with_its_size_and_light(built: Path) -> None:
    from urllib.request import urlopen

    with pdf._served(built / "site", "A4") as address:
        with urlopen(f"{address}/status/index.html") as answer:
            html = answer.read().decode()
        with urlopen(f"{address}/assets/milepost/milepost.css") as answer:
            assert answer.headers["Content-Type"] == "text/css"
    assert "@page{size:A4}@page mp-wide{size:A4 landscape}</style></head>" in html
    assert 'data-md-color-scheme="default"' in html


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("nowhere",), 2, "There is no folder nowhere; build the site first, with “mkdocs build”."),
        (("content",), 2, "There is no view in content: is it a built site?"),
        (("site", "--view", "gantt"), 2, "There is no view “gantt” in site; there is status, bakery/status,"),
        (("site", "--view", "../pages/index.md"), 2, "There is no view “../pages/index.md” in site"),
        (("site", "--view", "404"), 2, "There is no view “404” in site"),
        (("site", "--paper", "A3"), 2, "'A3' is not one of 'A4', 'Letter'"),
        (("site", "--out", "mkdocs.yml"), 2, "mkdocs.yml can't be a folder"),
        (("site", "--browser", "nowhere/chromium"), 1, "chromium doesn't start (No such file or directory)"),
        (("site", "--browser", "/bin/true"), 1, "true printed nothing (exit status 0); is it a Chromium?"),
        (("site", "--browser", "/bin/ls"), 1, "ls printed nothing: "),
    ],
)
def test_what_is_wrong_is_told_in_a_line(
    built: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], status: int, said: str
) -> None:
    monkeypatch.chdir(built)
    done = run(*arguments)
    assert done.exit_code == status
    assert said in done.output.splitlines()[-1]


def test_without_any_browser_it_says_what_to_install(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    done = run(built / "site")
    assert done.exit_code == 1
    assert "Install Chromium, Chrome or Edge" in done.output


def test_the_site_of_the_configuration_here_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "name the built site" in run().output
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nsite_dir: public\n")
    assert f"There is no folder {tmp_path / 'public'}" in run().output.replace("\n", "")


def test_browsers_are_looked_for_where_systems_install_them() -> None:
    mac = [str(path) for path in chromium._usual_places("darwin", {}, Path("/Users/m"))]
    assert "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" in mac
    assert "/Users/m/Applications/Chromium.app/Contents/MacOS/Chromium" in mac
    windows = chromium._usual_places("win32", {"PROGRAMFILES": "C:/Program Files"}, Path())
    assert "C:/Program Files/Microsoft/Edge/Application/msedge.exe" in [path.as_posix() for path in windows]
    assert list(chromium._usual_places("linux", {}, Path())) == []
