"""Sites for tests: a folder with mkdocs.yml, pages and a plan, built in this process or by a command."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[1]
PLAN = {
    "project.yml": "project: {name: Test, start: 2026-01-05, today: 2026-01-07, currency: EUR}\n",
    "work.yml": """\
milestones:
  - {id: beta, title: Public beta, due: 2026-Q1}
features:
  - {id: sso, title: Sign-on, milestone: beta, duration: 5d, depends_on: [base]}
  - {id: base, title: Foundation, duration: 2d, score: {ice: {impact: 2, confidence: 3, ease: 4}}}
budget:
  - {id: design, title: Design, milestone: beta, planned: 1200}
""",
}
VIEWS = ("status", "roadmap", "timeline", "milestones", "features", "budget")
ITEMS = ("milestones/krume-1", "features/vienna-open")  # pages of the demo that show every part an item can have
COMPONENTS = "guide/components"  # and the one that shows every component in every state


@dataclass(frozen=True, slots=True)
class Site:
    """A site to build in `folder`."""

    folder: Path

    def write(self, files: Mapping[str, str]) -> "Site":
        """Write files by their path in the folder."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), "utf-8")
        return self

    def configure(self, **settings: Any) -> "Site":
        """Write mkdocs.yml: what is named here, and the least that is needed beside it."""
        least = {"site_name": "Test", "plugins": ["search", "milepost"], "theme": {"name": "material", "font": False}}
        (self.folder / "mkdocs.yml").write_text(json.dumps({"docs_dir": "pages", **least, **settings}))
        return self

    def build(self, **settings: Any) -> "Site":
        """Build it here; raises as `mkdocs build` does."""
        config = load_config(str(self.folder / "mkdocs.yml"), **settings)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        return self

    def command(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a Python module in the folder, as `mkdocs build`."""
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.folder,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )

    def html(self, path: str) -> str:
        """A page of the built site."""
        return (self.folder / "site" / path).read_text("utf-8")

    def has(self, path: str) -> bool:
        """Whether the built site has a file."""
        return (self.folder / "site" / path).is_file()

    def search(self) -> list[dict[str, Any]]:
        """The entries of the search index."""
        found: list[dict[str, Any]] = json.loads(self.html("search/search_index.json"))["docs"]
        return found


def site(folder: Path, plan: Mapping[str, str] | None = None, pages: Mapping[str, str] | None = None) -> Site:
    """A site with a plan and one page, its configuration the smallest."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    made = Site(folder).configure()
    made.write({f"content/plan/{name}": text for name, text in (PLAN if plan is None else plan).items()})
    return made.write({f"pages/{name}": text for name, text in ({"index.md": "# Home\n"} | dict(pages or {})).items()})


def untouched(folder: Path) -> Path:
    """The demo's site as Material builds it without Milepost: same configuration and navigation, pages of a title."""
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\nplugins: [search]\ndocs_dir: pages\nnot_in_nav: ''\n"
        f"theme: {{custom_dir: {ROOT / 'content' / 'overrides'}}}\n"
    )
    for name in ("index", *VIEWS):
        Site(folder).write({f"pages/{name}.md": f"# {name.capitalize()}\n"})
    for page in (ROOT / "content" / "pages" / "guide").glob("*.md"):
        Site(folder).write({f"pages/guide/{page.name}": page.read_text("utf-8").split("\n")[0]})
    Site(folder).write({"pages/guide/problems/index.md": "# What can be wrong\n"})
    done = Site(folder).command("mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@contextmanager
def counted_warnings() -> Iterator[list[logging.LogRecord]]:
    """What strict mode counts: warnings and worse of the loggers below `mkdocs`."""
    found: list[logging.LogRecord] = []

    class _Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record)

    keeper = _Keep(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(keeper)
    try:
        yield found
    finally:
        logging.getLogger("mkdocs").removeHandler(keeper)
