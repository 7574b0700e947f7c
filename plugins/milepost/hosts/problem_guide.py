"""The guide's pages about problems: one a code, with what is printed about its example, and a table of all."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from milepost.build import Built, build, show
from milepost.diagnostics import Located, Place
from milepost.hosts import report
from milepost.hosts.extension import MARKER, located, read_marker
from milepost.publish.problems import Example, ProblemPage, problem_pages
from milepost.render.context import Context

PLAN = "content/plan"
_PAGES = "content/pages"
_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_NO_PACKAGE = "pip uninstall --yes holidays"


def problem_guide() -> Mapping[str, str]:
    """The guide's pages, by their path in it."""
    problems = {code: problems_of(page.wrong) for code, page in problem_pages().items()}
    pages = {f"{code}.md": _page(page, problems[code]) for code, page in problem_pages().items()}
    return {"index.md": _index(problems), **pages}


def problems_of(example: Example) -> tuple[Located, ...]:
    """Everything that is wrong with an example."""
    with TemporaryDirectory() as name, chdir(name):
        for path, text in example.files:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(text, "utf-8")
        gone: list[str] = []
        for command in map(str.strip, example.commands):
            if command == _NO_PACKAGE:  # not done in earnest
                gone.append("holidays")
            else:  # a command of our own pages
                subprocess.run(["sh", "-ec", command], check=True, env={"PATH": os.environ["PATH"]})  # noqa: S603, S607
        with _without(gone):
            built = build(Path(PLAN), now=_NOON)
        return (*built.problems, *_on_pages(built, example))


@contextmanager
def _without(packages: Iterable[str]) -> Iterator[None]:
    """Let it look as if packages were not installed; what else is imported meanwhile stays (NumPy loads only once)."""
    modules: dict[str, Any] = sys.modules  # None there says that there is no such module
    before = {name: modules[name] for name in packages if name in modules}
    modules.update(dict.fromkeys(packages))
    try:
        yield
    finally:
        for name in packages:
            del modules[name]
        modules.update(before)


def _on_pages(built: Built, example: Example) -> Iterator[Located]:
    for path, text in example.files:
        for line in text.splitlines() if path.endswith(".md") else ():
            if marker := MARKER.match(line):
                asked = read_marker(marker["asked"])
                shown = show(built, *asked, Place(path), lambda _: Context("en", lambda _: None, lambda _: None))
                yield from (located(problem, path, text, line) for problem in shown.problems)


def printed(problems: tuple[Located, ...]) -> str:
    """What `milepost check`, or a build, prints about the problems of an example."""
    on_page = any(problem.spot.file.endswith(".md") for problem in problems)
    return report.text(problems, "." if on_page else PLAN)


def _page(page: ProblemPage, problems: tuple[Located, ...]) -> str:
    fixed = any(problem.diagnostic.fix is not None for problem in problems)
    said = ["", "Milepost prints:", "", "```text", printed(problems), "```", ""]
    said += ["`milepost check --fix` writes what is right.", ""] if fixed else []
    head, _, right = page.markdown.partition("\n## Right\n")
    return "\n".join(
        [
            head.replace(f"# {page.code}: ", f"# `{page.code}`: ", 1).rstrip(),
            *said,
            f"## Right\n{right}",
            "[All problems](index.md)",
            "",
        ]
    )


def _index(problems: Mapping[str, tuple[Located, ...]]) -> str:
    rows = [
        f"| [`{code}`]({code}.md) | {found[0].diagnostic.severity.value} | {problem_pages()[code].title} |"
        for code, found in problems.items()
    ]
    return "\n".join(
        [
            "# What can be wrong",
            "",
            "Each problem that Milepost tells has a code, which stays the same. An *error* costs something of the",
            "plan: a record, or a value of it. A *warning* costs nothing. In a terminal, `milepost code bad-day` tells",
            "the same as these pages.",
            "",
            "| Code | Severity | What it is |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
