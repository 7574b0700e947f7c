"""`csp: true`: a site runs the scripts of its theme and author, and no other, and still works."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, expect

from browser import chromium, served
from milepost.hosts.csp import ContentSecurityPolicy
from sites import PLAN, site

EVIL = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title = 'taken over'\">"
OWN = "<p id=own></p><script>document.getElementById('own').textContent = 'an author’s own script ran'</script>"
PALETTE = [
    {"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "dark"}},
    {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": "light"}},
]


def policy(html: str) -> dict[str, list[str]]:
    """The directives of a page's policy."""
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return {name: values for name, *values in (part.split() for part in unescape(found).split(";"))}


def test_what_the_theme_and_the_author_use_is_allowed_and_what_comes_from_the_plan_is_not(tmp_path: Path) -> None:
    made = ContentSecurityPolicy("https://github.com/o/r")
    page = made.page(
        "<html><head><meta charset=utf-8><script>a()</script><script type='application/json'>{}</script>"
        "<link rel=stylesheet href=https://fonts.googleapis.com/css></head><header></header><body>"
        f"<script src=https://cdn.example/x.js></script><img src=//img.example/a.png>{EVIL}</body></html>",
        [EVIL],
    )
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "index.html").write_text(page)
    made.write(tmp_path)
    text = (tmp_path / "deep" / "index.html").read_text()
    assert text.index("charset") < text.index("Content-Security-Policy") < text.index("<script>")
    found = policy(text)
    assert found["script-src"] == [
        "'self'",
        "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",
        "https://cdn.example",
    ]
    assert found["img-src"] == ["'self'", "data:", "https://img.example"]
    assert found["font-src"] == ["'self'", "data:", "https://fonts.gstatic.com"]
    assert found["connect-src"] == ["'self'", "https://api.github.com"]
    assert found["object-src"] == ["'none'"]


def test_all_pages_bear_the_same_policy_and_none_does_without_the_option(tmp_path: Path) -> None:
    made = site(tmp_path, PLAN).write({"pages/index.md": f"# Home\n\n{OWN}\n", "pages/a/b/c.md": "# Deep\n"})
    made.configure(plugins=["search", {"milepost": {"csp": True}}]).build()
    pages = list((tmp_path / "site").rglob("*.html"))
    assert {"404.html", "index.html"} == {path.name for path in pages}
    policies = {str(policy(path.read_text("utf-8"))) for path in pages}
    assert len(policies) == 1
    assert "unsafe-eval" not in policies.pop()
    made.configure().build()
    assert not [path for path in pages if "Content-Security-Policy" in path.read_text("utf-8")]


@pytest.mark.browser
def test_the_site_works_and_an_injected_script_does_not(tmp_path: Path) -> None:
    """A template that lets a title through as markup stands for a hole that nobody has found yet."""
    plan = {
        **PLAN,
        "work.yml": PLAN["work.yml"].replace("title: Sign-on", f"title: '{EVIL.replace(chr(39), chr(39) * 2)}'"),
    }
    made = site(tmp_path, plan).write(
        {
            "pages/index.md": f"# Home\n\n{OWN}\n",
            "overrides/milepost/feature.html": '{{ view.item.title | safe }}{% include "default/feature.html" %}',
        }
    )
    theme = {"name": "material", "font": False, "custom_dir": "overrides", "palette": PALETTE}
    theme["features"] = ["navigation.instant", "search.suggest", "search.highlight"]
    told: list[ConsoleMessage] = []
    with served(tmp_path / "site") as address, chromium() as browser:
        made.configure(theme=theme, plugins=["search", {"milepost": {"csp": True}}], site_url=f"{address}/").build()
        assert "<script>document.title" in made.html("features/sso/index.html")
        page = browser.new_page()
        page.on("console", lambda message: told.append(message) if message.type == "error" else None)
        page.goto(f"{address}/")
        expect(page.get_by_text("an author’s own script ran")).to_be_visible()
        page.evaluate("window.stayed = true")
        page.get_by_role("link", name="Roadmap").first.click()
        expect(page).to_have_title("Roadmap - Test")
        page.get_by_title("dark").click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.get_by_role("textbox", name="Search").click()
        page.keyboard.type("Foundation")
        page.locator(".md-search-result__link").first.click()
        expect(page).to_have_url(re.compile("features/base/"))
        assert page.evaluate("window.stayed"), "the page was loaded anew: instant navigation did not work"
        assert not told, [message.text for message in told]
        page.goto(f"{address}/features/sso/")
        expect(page.get_by_role("heading").first).to_be_visible()
        page.wait_for_timeout(300)
        assert page.title() != "taken over"
        assert any("Content Security Policy" in message.text for message in told)
