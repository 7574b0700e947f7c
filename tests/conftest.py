"""What many test modules share: the demo, built once in a run of the tests, and a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import chromium
from sites import Site


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's built site. Nothing may be written into it."""
    folder = tmp_path_factory.mktemp("demo")
    done = Site(Path(__file__).parents[1]).command("mkdocs", "build", "--strict", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; a test closes the contexts that it opens."""
    with chromium() as found:
        yield found
