"""The format reference says of every field what the record types say, and the committed page is up to date."""

import re
from pathlib import Path

import markdown
import pytest

from milepost.hosts.generate import generated, main
from milepost.publish.reference import reference
from milepost.records.entry import Entry
from milepost.records.records import SECTIONS
from milepost.records.schema import field_docs, plan_schema

ROOT = Path(__file__).parents[1]
PAGE = reference(plan_schema())


def test_committed_page_is_the_generated_one() -> None:
    assert (ROOT / "content/pages/guide/format.md").read_text("utf-8") == PAGE, "run “make generate”"


def test_generate_writes_every_file(tmp_path: Path) -> None:
    (tmp_path / "content/pages/guide").mkdir(parents=True)
    main(tmp_path)
    for path, text in generated().items():
        assert (tmp_path / path).read_text("utf-8") == text


def test_sections_stand_in_the_order_of_the_format() -> None:
    headings = re.findall(r"^## (\w+)$", PAGE, re.MULTILINE)
    assert headings == ["Values", "project", *SECTIONS]


def entries(model: type[Entry]) -> set[type[Entry]]:
    return {model}.union(*(entries(inner) for inner in model.__subclasses__()))


@pytest.mark.parametrize("model", sorted(entries(Entry) - {Entry}, key=lambda m: m.__name__), ids=lambda m: m.__name__)
def test_every_field_is_explained(model: type[Entry]) -> None:
    docs = field_docs(model)
    for name in model.model_fields:
        assert docs.get(name, "").endswith("."), f"{model.__name__}.{name} has no docstring that is a sentence"


def test_tables_are_tables_and_links_lead_somewhere() -> None:
    html = markdown.markdown(PAGE, extensions=["tables", "attr_list", "toc", "fenced_code"])
    rows = [re.findall(r"<t[dh]", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    assert {len(row) for row in rows} == {3}
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))
    assert html.count("<h2") == 3 + len(SECTIONS)
    assert " | " not in re.sub(r"<[^>]+>", "", html.split("<table>", 1)[1]), "a row that is no row"


def test_a_field_reads_like_this() -> None:
    assert "| `progress` | [percentage](#value-percentage) | How far it is; default 100% if done, else 0%. |" in PAGE
    assert "| `name`\\* | [text](#value-text) | As it is shown. |" in PAGE
    assert "| `type` | `FS`, `SS`, `FF`, `SF` | FS: starts when" in PAGE
    assert "| `share` | [percentage](#value-percentage) | How much of their day. Default `100%`. |" in PAGE
