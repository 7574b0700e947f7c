"""Views as HTML: values in the site's language, and text of a plan that stays text whatever it looks like."""

import os
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from milepost.plan.phrase import Amount, Phrase, Share
from milepost.plan.plan import Plan
from milepost.records.periods import Period, read_period
from milepost.render.context import Context
from milepost.render.environment import environment
from milepost.render.formats import formats
from milepost.render.page import render
from milepost.render.rich import headline, rich
from milepost.views import VIEWS
from milepost.views.feature import feature
from milepost.views.item import initials
from milepost.views.milestone import milestone
from milepost.views.problems import problems
from plans import plan, plans

HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% include 'x' %}",
    "' onmouseover='alert(1)",
    "<!-- milepost: budget -->",
    '--8<-- "secret.txt"',
    "{: onclick=alert(1) }",
    "::stop-commands::x",
    "[a](javascript:alert(1))",
    "<a href='data:text/html,x'>x</a>",
    "&lt;b&gt; &amp;amp;",
)


def period(text: str) -> Period:
    found = read_period(text)
    assert isinstance(found, Period)
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Dec 15, 2026", "2026-Q4", "€12,500", "€12,500.50", "80%", "1,234.5"]),
        ("de", ["15. Dez. 2026", "2026-Q4", "12.500 €", "12.500,50 €", "80 %", "1.234,5"]),
        ("fr", ["15 déc. 2026", "2026-Q4", "12 500 €", "12 500,50 €", "80 %", "1 234,5"]),
        ("xx-nowhere", ["Dec 15, 2026", "2026-Q4", "€12,500", "€12,500.50", "80%", "1,234.5"]),
    ],
)
def test_values_in_the_language_of_the_site(language: str, expected: list[str]) -> None:
    to = formats(language)
    found = [
        to.day(date(2026, 12, 15)),
        to.period(period("2026-Q4")),
        to.money(Decimal("12499.50"), "EUR"),
        to.money(Decimal("12500.50"), "EUR", exact=True),
        to.percent(Decimal("0.8")),
        to.number(Decimal("1234.5")),
    ]
    assert [value.replace("\xa0", " ").replace("\u202f", " ") for value in found] == expected


def test_a_sentence_with_values() -> None:
    said = Phrase("{n} day, {due}, {money}, {over}", {
        "n": 2, "due": period("2026-12-15"), "money": Amount(Decimal(1200), "EUR"), "over": Share(Decimal("0.125")),
    }, "{n} days, {due}, {money}, {over}", 2)  # fmt: skip
    assert formats("en").phrase(said) == "2 days, Dec 15, 2026, €1,200, 12%"
    assert str(said) == "2 days, 2026-12-15, 1200.00 EUR, 12%"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain.", "<p>Plain.</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("*so* **much**", "<p><em>so</em> <strong>much</strong></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("# Big", "<h4>Big</h4>"),
        ("[a](https://x.example)", '<p><a href="https://x.example" rel="noopener noreferrer">a</a></p>'),
        ("[a](page.md)", '<p><a href="page.md" rel="noopener noreferrer">a</a></p>'),
        ("[a](javascript:alert(1))", '<p><a rel="noopener noreferrer">a</a></p>'),
        ("![x](https://x.example/p.png)", "<p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<b onclick=x>hi</b>", "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>"),
    ],
)
def test_rich_text(text: str, expected: str) -> None:
    assert str(rich(text)).startswith(expected)
    assert "<img" not in rich(text)


def test_the_headline_is_the_first_sentence() -> None:
    assert headline("**Beta** holds & we go on. More follows.\n\nAnd more.") == "Beta holds & we go on."


class _Tags(HTMLParser):
    """All tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [f"{name}={value}" for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def quoted(text: str) -> str:
    """A text as a YAML scalar in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def hostile(text: str) -> Plan:
    """A plan with the text in every field that takes one."""
    t = quoted(text)
    return plan(f"""
        project: {{name: {t}, summary: {t}, start: 2026-01-05, currency: EUR, ranking: {{method: ice}}}}
        people: [{{id: p, name: {t}, role: {t}, team: {t}}}]
        goals: [{{id: g, title: {t}, summary: {t}}}]
        milestones: [{{id: m, title: {t}, summary: {t}, due: 2026-02, tags: [{t}], owner: p, goal: g, x-own: {t},
          health: {{is: at-risk, because: {t}}}}}]
        features:
          - {{id: f, title: {t}, summary: {t}, why: {t}, milestone: m, owner: p, team: {t}, duration: 3d, blocked: {t},
             release: {t}, tags: [{t}], status: active, x-own: {t}, x-more: [{t}], depends_on: [d], goal: g,
             score: {{ice: {{impact: 1, confidence: 2, ease: 3}}}}, links: [{{title: {t}, url: "https://x.example"}}]}}
          - {{id: d, title: {t}, duration: 2d, due: 2026-01-05}}
          - {{id: u, title: {t}}}
        budget: [{{id: b, title: {t}, category: {t}, feature: f, planned: 10,
          spent: [{{on: 2026-01-05, amount: 1, note: {t}}}]}}]
        risks: [{{id: r, title: {t}, response: {t}, probability: 2, impact: 2, affects: [f]}}]
        decisions: [{{id: c, title: {t}, context: {t}, by: [p], affects: [f]}}]
        inputs: [{{id: i, title: {t}, quote: {t}, source: {t}, segment: {t}, on: 2026-01-02, features: [f]}}]
        updates: [{{on: 2026-01-03, summary: {t}, by: p, done: [{t}], next: [{t}], help: {t}, about: m}}]
        """)


def pages(made: Plan) -> dict[str, str]:
    """Every view and item page as HTML."""
    context = Context(
        "en", lambda target: f"../{target.kind}/{target.id}/", lambda place: f"https://r.example/{place.file}"
    )
    found = {name: render(name, kind.make(made, kind.options()), context) for name, kind in VIEWS.items()}
    for item in made.records.features:
        found[item.id] = render("feature", feature(made, item), context)
    for goal in made.records.milestones:
        found[goal.id] = render("milestone", milestone(made, goal), context)
    return found


HARMLESS = {name: _Tags(html) for name, html in pages(hostile("Harmless")).items()}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_markup(text: str) -> None:
    for name, html in pages(hostile(text)).items():
        found = _Tags(html)
        assert not {"script", "img", "iframe", "object"} & set(found.tags), name
        assert not [a for a in found.attributes if a.startswith(("on", "href=javascript:", "href=data:"))], name
        extra = set(found.tags) - set(HARMLESS[name].tags)
        assert extra <= {"a", "ul", "li", "em", "code"}, name  # what Markdown of a rich text may bring
        if name not in ("d", "u", "budget"):  # pages without another's title; the budget's text is cut by its links
            assert _plain(text) in _plain("".join(found.said)), name


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_problems_show_their_lines_as_text() -> None:
    _, found = plans({"plan.yml": 'project: {name: P}\nfeatures:\n- {id: a, titel: "<script>alert(1)</script>"}\n'})
    html = render("problems", problems(found), Context("en", lambda target: None, lambda place: None))
    assert "<script" not in html
    assert "Did you mean “title”?" in html
    assert "Line 3" in html


def test_an_authors_template_wins_and_reaches_the_original(tmp_path: Path) -> None:
    (tmp_path / "budget.html").write_text('{% include "default/budget.html" %}<p>Ours.</p>')
    made = plan("milestones: [{id: m, title: M}]")
    context = Context("en", lambda target: None, lambda place: None, tmp_path)
    html = render("budget", VIEWS["budget"].make(made, VIEWS["budget"].options()), context)
    assert "This plan holds no amounts." in html
    assert html.endswith("<p>Ours.</p>")


def test_the_smallest_plan_has_every_view() -> None:
    made = plan("project: {name: Small}\nmilestones: [{id: m, title: First ride}]")
    found = pages(made)
    assert "First ride" in found["status"]
    assert "No feature is written yet." in found["features"]
    assert "no date promised" in found["status"]


@pytest.mark.parametrize(
    ("name", "expected"), [("Ann Lee", "AL"), ("Ann Mary Lee", "AL"), ("山田太郎", "山"), ("ä b", "ÄB"), ("", "")]
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize("kept", ["nothing", "no room"])
def test_templates_render_where_compiled_ones_cannot_be_kept(
    kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is somebody's file, and one that is gone when a template is to be kept."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = tmp_path / f"_jinja2-cache-{os.getuid()}"
    if kept == "nothing":
        folder.write_text("")
    environment.cache_clear()
    made = environment("en")
    if kept == "no room":
        folder.rmdir()
    assert "On track" in made.get_template("every_component.html").render(propose=None)
    environment.cache_clear()


def test_constants_of_a_template_are_kept_for_each_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jinja works out “12500|number” when it compiles."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    environment.cache_clear()
    said = [environment(name).get_template("every_component.html").render(propose=None) for name in ("en", "de")]
    assert ["12,500" in said[0], "12.500" in said[1]] == [True, True]
    environment.cache_clear()
