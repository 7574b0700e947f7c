"""What each kind of problem means: one Markdown page a code, with an example of it and of what is right.

The pages are the only source: the guide's pages, its table of codes, `milepost code`, the rules of SARIF, and the tests
that run every example are made of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GUIDE = "https://mkdocs-milepost.github.io/mkdocs-milepost/"
"""Where the guide is published."""

_PAGE = re.compile(
    r"# (?P<code>[a-z0-9-]+): (?P<title>[^\n]+)\n\n(?P<why>.+?)\n\n"
    r"## Wrong\n\n(?P<wrong>.+?)\n\n## Right\n\n(?P<right>.+)",
    re.DOTALL,
)
_FENCE = re.compile(r'```(?P<language>\w+)(?: title="(?P<file>[^"]+)")?(?P<more>[^\n]*)\n(?P<text>.*?)```', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """Files by their path in a site, and commands of a shell that are run in it where a file can't be shown."""

    files: tuple[tuple[str, str], ...]
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """The page of a code: its one-line `title`, `why` it is a problem, and the whole as `markdown`."""

    code: str
    title: str
    why: str
    wrong: Example
    right: Example
    markdown: str

    @property
    def url(self) -> str:
        """Where the page is published."""
        return f"{GUIDE}guide/problems/{self.code}/"


@cache
def problem_pages() -> Mapping[str, ProblemPage]:
    """The page of every code, in alphabetical order."""
    pages = (_page(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.md")))
    return {page.code: page for page in pages}


def _page(text: str) -> ProblemPage:
    found = _PAGE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"no page of a problem: {text[:40]!r}")
    code, title, why, wrong, right = found.group("code", "title", "why", "wrong", "right")
    return ProblemPage(code, title, why.replace("\n", " "), _example(wrong), _example(right), text)


def _example(text: str) -> Example:
    fences = list(_FENCE.finditer(text))
    files = tuple((fence["file"], fence["text"]) for fence in fences if fence["file"])
    return Example(files, tuple(fence["text"] for fence in fences if fence["language"] == "sh"))
