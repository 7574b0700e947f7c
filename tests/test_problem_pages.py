"""Each code has a page: its wrong example gives that problem and no other, its right one none."""

from pathlib import Path
from typing import get_args

import pytest

from milepost.diagnostics import Code
from milepost.hosts.generate import generated
from milepost.hosts.problem_guide import problems_of
from milepost.publish.problems import problem_pages

ROOT = Path(__file__).parents[1]
PAGES = problem_pages()


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(PAGES) == sorted(get_args(Code))


@pytest.mark.parametrize("code", PAGES)
def test_the_wrong_example_gives_the_problem_and_the_right_one_none(code: str) -> None:
    assert {problem.diagnostic.code for problem in problems_of(PAGES[code].wrong)} == {code}
    assert not problems_of(PAGES[code].right)


def test_the_guide_holds_the_printed_text_of_every_example() -> None:
    """The committed pages pin what is printed: a change of a message shows up as a change of its page."""
    pages = {path: text for path, text in generated().items() if "/problems/" in path}
    assert len(pages) == len(PAGES) + 1
    for path, text in pages.items():
        assert (ROOT / path).read_text("utf-8") == text, "run “make generate”"
    committed = {found.name for found in (ROOT / "content/pages/guide/problems").iterdir()}
    assert committed == {Path(path).name for path in pages}
