"""The built wheel, installed in an environment of its own, does what the README says."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.wheel

PROJECT = """\
project: {name: Night train}
milestones:
  - {id: first-ride, title: First ride, due: 2027-Q2}
"""
CONFIG = """\
site_name: Night train
docs_dir: content/pages
theme: {name: material, font: false}
plugins: [search, milepost]
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that has the wheel; what it depends on comes from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    venv.create(folder / "env", with_pip=True)  # an environment made by uv has no pip to lend
    python = folder / "env" / "bin" / "python"
    (wheel,) = folder.glob("*.whl")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    site = folder / "env" / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    # A folder named in a .pth file is searched, its own .pth files are not: the source tree stays out of reach.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def run(scripts: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    arguments = [str(scripts / "python"), "-m", *command]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(arguments, cwd=cwd, capture_output=True, text=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository as the README has it."""
    (tmp_path / "content" / "plan").mkdir(parents=True)
    (tmp_path / "content" / "pages").mkdir()
    (tmp_path / "content" / "plan" / "project.yml").write_text(PROJECT)
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return tmp_path


def test_the_package_comes_from_the_wheel(scripts: Path, tmp_path: Path) -> None:
    code = "import milepost, pathlib; print(pathlib.Path(milepost.__file__).parent)"
    found = subprocess.run([scripts / "python", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(scripts.parent) in found.stdout
    assert (Path(found.stdout.strip()) / "py.typed").exists()


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_the_readme_site_builds_strictly(scripts: Path, repository: Path, host: str) -> None:
    done = run(scripts, host, "build", "--strict", cwd=repository)
    assert done.returncode == 0, done.stderr
    for page in ("status", "roadmap", "timeline", "milestones", "features", "budget"):
        found = [
            p for p in (repository / "site" / page / "index.html", repository / "site" / "index.html") if p.exists()
        ]
        assert any("mp-" in p.read_text("utf-8") for p in found), page
    assert "First ride" in (repository / "site" / "milestones" / "first-ride" / "index.html").read_text("utf-8")


def test_the_command_line(scripts: Path, repository: Path) -> None:
    assert run(scripts, "milepost", "check", cwd=repository).returncode == 0
    exported = run(scripts, "milepost", "export", "--today", "2027-01-04", cwd=repository)
    assert '"as_of": "2027-01-04"' in exported.stdout.replace('":"', '": "')
    assert '"$schema"' in run(scripts, "milepost", "schema", cwd=repository).stdout


def test_a_new_plan_builds_strictly_before_and_after_something_is_added(scripts: Path, tmp_path: Path) -> None:
    for command in (
        ["milepost", "init", "--name", "Night train"],
        ["mkdocs", "build", "--strict"],
        ["milepost", "new", "feature", "Single sign-on", "--milestone", "first-release"],
        ["milepost", "check"],
        ["mkdocs", "build", "--strict"],
    ):
        done = run(scripts, *command, cwd=tmp_path)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert "Single sign-on" in (tmp_path / "site" / "features" / "single-sign-on" / "index.html").read_text("utf-8")


def test_the_demo_builds_strictly(scripts: Path, tmp_path: Path) -> None:
    done = run(
        scripts,
        "mkdocs",
        "build",
        "--strict",
        "-f",
        str(ROOT / "mkdocs.yml"),
        "-d",
        str(tmp_path / "site"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
