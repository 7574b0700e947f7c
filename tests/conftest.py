"""What many test modules share: the demo, built once in a run of the tests."""

from pathlib import Path

import pytest

from sites import Site


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's built site. Nothing may be written into it."""
    folder = tmp_path_factory.mktemp("demo")
    done = Site(Path(__file__).parents[1]).command("mkdocs", "build", "--strict", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    return folder
