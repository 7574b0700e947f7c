"""The pictures of pages where they are linked: what they say, that they are text, and that they are there."""

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.plan.plan import Plan
from milepost.render import social as drawing
from milepost.render.social import broken, png, social_svg
from milepost.views.social import social
from plans import plan, plans
from sites import PLAN, counted_warnings, site

_SVG = "{http://www.w3.org/2000/svg}"


def said(made: Plan, identity: str, language: str = "en") -> list[str]:
    svg = ElementTree.fromstring(social_svg(social(made, identity), "Roadmap", language))
    return [" ".join((text.text or "").split()) for text in svg.iter(f"{_SVG}text")]


WORK = """
    project: {name: Krume, start: 2026-01-05}
    milestones: [{id: n, title: Later, due: 2026-Q4}, {id: m, title: Beta, due: 2026-01-07}]
    features: [{id: f, title: Find the bread, milestone: m, duration: 9d, progress: 25%, due: 2026-01-07},
      {id: g, title: Over, milestone: m, duration: 9d, done: 2026-01-02}]
"""


def test_an_item_tells_how_it_stands_and_when_it_is_due() -> None:
    made = plan(WORK)
    assert said(made, "f") == ["Krume", "Find the bread", "Off track", "Due Jan 7, 2026, expected Jan 15, 2026", "25%"]
    assert said(made, "g") == ["Krume", "Over", "Done", "Finished Jan 2, 2026", "100%"]
    assert said(made, "") == ["Krume", "Roadmap", "Off track", "Next: Beta, Jan 7, 2026", "59%"]


def test_a_title_is_text_and_no_drawing() -> None:
    bad = "</text><image href='file:///etc/passwd'/>{{7*7}} &amp;"
    made = plan(f'project: {{name: "{bad}"}}\nfeatures: [{{id: f, title: "{bad}"}}]')
    svg = social_svg(social(made, "f"), "", "en")
    assert not list(ElementTree.fromstring(svg).iter(f"{_SVG}image"))
    assert " ".join(said(made, "f")[1:3]) == "</text><image href='file:///etc/passwd'/>{"
    assert png(svg)[:4] == b"\x89PNG"


def test_the_public_edition_knows_nothing_internal() -> None:
    text = """
        project: {name: P}
        milestones: [{id: m, title: Secret, due: 2026-01-07, audience: internal}, {id: n, title: Open, due: 2026-Q4}]
    """
    (made,), _ = plans({"p.yml": text}, edition="public")
    assert "Next: Open, 2026-Q4" in said(made, "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("One order", ["One order"]),
        ("A website that sells while we sleep", ["A website that sells while we", "sleep"]),
        ("W" * 200, ["W" * 16, "W" * 16, "W" * 15 + "…"]),
        ("新しい工場の建設と古い工場の閉鎖", ["新しい工場の建設と古い工場の", "閉鎖"]),
    ],
)
def test_a_title_breaks_where_it_is_as_wide_as_the_picture(text: str, lines: list[str]) -> None:
    assert broken(text, 26, 3) == lines


@given(st.text(max_size=300), st.integers(1, 4))
def test_any_text_fits(text: str, most: int) -> None:
    lines = broken(text, 12, most)
    assert 1 <= len(lines) <= most
    assert all(drawing._width(line) <= 12 for line in lines)


def test_a_site_has_a_picture_for_each_view_and_item(tmp_path: Path) -> None:
    made = site(tmp_path).configure(
        site_url="https://plan.example/x/", plugins=["search", {"milepost": {"social": True}}]
    )
    made.build()
    html = made.html("features/sso/index.html")
    assert 'property="og:image" content="https://plan.example/x/assets/milepost/social/feature-sso.png"' in html
    assert 'property="og:image:width" content="1200"' in html
    assert 'property="og:image:alt" content="Sign-on. ' in html
    assert 'name="twitter:card" content="summary_large_image"' in html
    assert "social/page-status.png" in made.html("index.html") or "social/page-status.png" in made.html(
        "status/index.html"
    )
    picture = (tmp_path / "site/assets/milepost/social/feature-sso.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)


@pytest.mark.parametrize(("address", "reason"), [("", "set “site_url”"), ("https://plan.example/", "no font is found")])
def test_why_there_are_no_pictures_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, reason: str
) -> None:
    monkeypatch.setattr("milepost.hosts.plugin.why_not", lambda: "no font is found on this system")
    settings = {"site_url": address, "plugins": ["search", {"milepost": {"social": True}}]}
    with counted_warnings() as warnings:
        made = site(tmp_path, PLAN).configure(**settings).build()
    assert [reason in record.getMessage() for record in warnings] == [True]
    assert 'name="twitter:card" content="summary"' in made.html("status/index.html")
    assert not made.has("assets/milepost/social/page-status.png")
