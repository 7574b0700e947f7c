"""What a pasted address shows, and the way from item to item."""

from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sites import PLAN, Site, site

EVIL = '"><script>window.hit=1</script>'
WORK = """\
milestones:
  - {id: beta, title: Public beta, due: 2026-Q1, summary: "Anybody may come. And stay."}
features:
  - {id: sso, title: Sign-on, milestone: beta, duration: 5d, status: active, why: "One password less. Really."}
  - {id: base, title: Foundation, due: 2026-01-01, duration: 2d, score: {ice: {impact: 2, confidence: 3, ease: 4}}}
  - {id: old, title: Old, done: 2026-01-05}
  - id: evil
    title: '"><script>window.hit=1</script>'
    summary: '"><script>window.hit=1</script>'
    score: {ice: {impact: 9, confidence: 9, ease: 9}}
"""


class Metas(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            self.found[name] = given.get("content") or ""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    plan = {**PLAN, "work.yml": WORK}
    plan["project.yml"] = plan["project.yml"].replace("}", ", ranking: {method: ice}, summary: A test. Of all.}")
    made = site(tmp_path_factory.mktemp("described"), plan)
    return made.configure(site_name='T "est"', site_url="https://example.org/").build()


@pytest.mark.parametrize(
    ("page", "title", "description"),
    [
        (
            "features/sso",
            "Sign-on",
            "In progress, expected Jan 13, 2026. On track: nothing is late, ",
        ),
        (
            "features/base",
            "Foundation",
            "Planned, due Jan 1, 2026, expected Jan 8, 2026. Off track: ",
        ),
        ("features/old", "Old", "Done, finished Jan 5, 2026."),
        ("milestones/beta", "Public beta", "Planned, due 2026-Q1, expected Jan 13, 2026."),
        ("status", "Status", "Off track: "),
        ("roadmap", "Roadmap", "Off track: "),
        ("features/evil", EVIL, "Planned."),
    ],
)
def test_a_pasted_address_shows_how_it_stands(built: Site, page: str, title: str, description: str) -> None:
    found = Metas(built.html(f"{page}/index.html")).found
    assert found["og:title"] == title
    assert found["og:description"].startswith(description)
    assert found["og:url"] == f"https://example.org/{page}/"
    assert found["og:site_name"] == 'T "est"'
    assert len(found["og:description"]) <= 202


def test_the_first_sentence_of_what_it_is_about_is_told(built: Site) -> None:
    for page, said in (("features/sso", "One password less."), ("milestones/beta", "Anybody may come.")):
        assert Metas(built.html(f"{page}/index.html")).found["og:description"].endswith(f" {said}")
    assert Metas(built.html("status/index.html")).found["og:description"].endswith(" A test.")
    assert unescape(Metas(built.html("features/evil/index.html")).found["og:description"]).endswith(EVIL)


def test_an_authors_page_is_left_alone(built: Site, tmp_path: Path) -> None:
    made = site(tmp_path, PLAN).write({"pages/index.md": "# Home\n"}).configure().build()
    assert "og:" not in str(Metas(made.html("index.html")).found)


def test_features_lead_on_in_the_order_of_their_ranks(built: Site) -> None:
    evil, base, old = (built.html(f"features/{name}/index.html") for name in ("evil", "base", "old"))
    assert '<a rel="next" href="../base/">Foundation ' in evil
    assert 'rel="prev"' not in evil.partition("<main")[2]
    assert '<a rel="prev" href="../evil/">' in base
    assert "mp-neighbours" not in old
