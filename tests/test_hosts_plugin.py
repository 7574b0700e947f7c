"""The MkDocs plugin: which pages there are, what is in them and about them, and how a build ends."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from milepost.hosts import plugin as plugin_module
from sites import PLAN, VIEWS, Site, counted_warnings, site

BROKEN = {"project.yml": PLAN["project.yml"], "a.yml": "features: [{id: x, titel: X}]\n", "b.yml": "milstones: []\n"}


class _Nav(HTMLParser):
    """The texts of the links of the primary navigation of a Material page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth, self.inside, self.texts = 0, False, list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self.depth += tag == "nav" and (self.depth > 0 or "md-nav--primary" in (named.get("class") or ""))
        if self.depth and tag in ("a", "label") and "md-nav__link" in (named.get("class") or ""):
            self.inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "nav" and self.depth > 0
        self.inside = self.inside and tag not in ("a", "label")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def navigation(html: str) -> list[str]:
    """The titles in the navigation, each once, in their order."""
    return list(dict.fromkeys(" ".join(text.split()) for text in _Nav(html).texts if text.strip()))


def plugin(**options: object) -> list[object]:
    return ["search", {"milepost": options}]


def test_with_nothing_else_every_view_has_its_page_in_the_navigation(tmp_path: Path) -> None:
    made = site(tmp_path, pages={"about.md": "# About us\n"})
    with counted_warnings() as warnings:
        made.build()
    assert not warnings
    assert navigation(made.html("index.html")) == ["Home", *(view.title() for view in VIEWS), "About us"]
    status = made.html("status/index.html")
    assert re.findall(r'<link rel="(prev|next)" href="([^"]+)"', status) == [("prev", ".."), ("next", "../roadmap/")]
    for view in VIEWS:
        page = made.html(f"{view}/index.html")
        assert f"<h1>{view.title()}</h1>" in page
        assert "milepost:" not in page


def test_items_have_pages_out_of_the_navigation_that_search_finds(tmp_path: Path) -> None:
    made = site(tmp_path).build()
    assert "<h1>Sign-on</h1>" in made.html("features/sso/index.html")
    assert "<h1>Public beta</h1>" in made.html("milestones/beta/index.html")
    assert "Sign-on" not in navigation(made.html("index.html"))
    titles = {entry["title"]: entry["location"] for entry in made.search()}
    assert titles["Sign-on"] == "features/sso/"
    assert titles["Public beta"] == "milestones/beta/"
    assert titles["Status"] == "status/"
    assert "Timeline" not in titles


def test_the_roadmap_has_plain_pages_for_its_other_arrangements(tmp_path: Path) -> None:
    """As far as the plan has something to arrange by; neither the navigation nor search tells of them."""
    made = site(tmp_path).build()
    ways = {way: made.has(f"roadmap/by-{way}/index.html") for way in ("quarter", "milestone", "goal", "team", "owner")}
    assert ways == {"quarter": True, "milestone": True, "goal": False, "team": False, "owner": False}
    assert "<h1>Roadmap by milestone</h1>" in made.html("roadmap/by-milestone/index.html")
    assert 'href="by-milestone/"' in made.html("roadmap/index.html")
    assert "by-milestone" not in navigation(made.html("index.html"))
    assert not [entry for entry in made.search() if entry["location"].startswith("roadmap/")]


def test_search_finds_the_words_of_an_item_and_the_page_keeps_its_markup(tmp_path: Path) -> None:
    plan = {**PLAN, "more.yml": "features: [{id: long, title: Long one, summary: 'Zebra *crossing* & <b>more</b>'}]\n"}
    made = site(tmp_path, plan).build()
    text = next(entry["text"] for entry in made.search() if entry["location"] == "features/long/")
    assert "Zebra" in text
    assert "crossing" in text
    assert "<em>crossing</em>" in made.html("features/long/index.html")


def test_links_between_pages_are_relative(tmp_path: Path) -> None:
    made = site(tmp_path).build()
    assert 'href="../base/"' in made.html("features/sso/index.html")
    assert 'href="../../milestones/beta/"' in made.html("features/sso/index.html")
    assert 'href="../features/sso/"' in made.html("features/index.html") + made.html("timeline/index.html")


def test_an_authors_own_page_wins(tmp_path: Path) -> None:
    own = {"roadmap.md": "# Our own way\n", "features/sso.md": "# All about sign-on\n", "plan.json": "{}"}
    made = site(tmp_path, pages=own)
    with counted_warnings() as warnings:
        made.build()
    assert not warnings
    assert "Our own way" in made.html("roadmap/index.html")
    assert "All about sign-on" in made.html("features/sso/index.html")
    assert made.html("plan.json") == "{}"
    assert 'href="../sso/"' in made.html("features/base/index.html")  # links lead to the author's page


def test_an_authors_own_page_that_is_left_out_is_no_link(tmp_path: Path) -> None:
    made = site(tmp_path, pages={"features/sso.md": "# Draft\n"}).configure(exclude_docs="features/sso.md").build()
    assert not made.has("features/sso/index.html")
    assert "../sso/" not in made.html("features/base/index.html")
    assert "Sign-on" in made.html("features/base/index.html")


def test_a_site_without_a_home_page_shows_the_status(tmp_path: Path) -> None:
    made = site(tmp_path)
    (tmp_path / "pages" / "index.md").unlink()
    made.build(strict=True)
    assert "<h1>Status</h1>" in made.html("index.html")
    assert "<h1>Status</h1>" in made.html("status/index.html")
    assert [entry["location"] for entry in made.search() if entry["title"] == "Status"] == ["status/"]


def test_readme_is_a_home_page(tmp_path: Path) -> None:
    made = site(tmp_path, pages={"README.md": "# Read me\n"})
    (tmp_path / "pages" / "index.md").unlink()
    assert "Read me" in made.build(strict=True).html("index.html")


def test_pages_chooses_the_views_and_their_items(tmp_path: Path) -> None:
    made = site(tmp_path).configure(plugins=plugin(pages=["status", "milestones"])).build(strict=True)
    assert made.has("status/index.html")
    assert made.has("milestones/beta/index.html")
    assert not made.has("roadmap/index.html")
    assert not made.has("features/sso/index.html")
    milestone = made.html("milestones/beta/index.html")
    assert "Sign-on" in milestone  # named, but no link into the void
    assert "features/" not in re.sub(r"<(script|head).*?</\1>", "", milestone, flags=re.DOTALL)


def test_pages_names_a_view_that_does_not_exist(tmp_path: Path) -> None:
    done = site(tmp_path).configure(plugins=plugin(pages=["statsu"])).command("mkdocs", "build")
    assert done.returncode == 1
    assert "statsu" in done.stderr
    assert "Traceback" not in done.stderr


def test_in_an_authors_own_navigation_generated_pages_resolve(tmp_path: Path) -> None:
    nav = [{"Home": "index.md"}, {"Where we stand": "status.md"}, {"Sign-on": "features/sso.md"}]
    made = site(tmp_path).configure(nav=nav, validation={"nav": {"omitted_files": "warn"}})
    with counted_warnings() as warnings:
        made.build()
    assert not warnings
    assert {"Home", "Sign-on"} <= set(navigation(made.html("index.html")))
    assert 'href="status/"' in made.html("index.html")
    assert made.has("roadmap/index.html")
    assert "Roadmap" not in navigation(made.html("index.html"))


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_titles_are_text_whatever_the_theme(tmp_path: Path, theme: str) -> None:
    title = "</title><script>alert(1)</script>{{ 7*7 }} & <!-- milepost: status -->"
    plan = {
        **PLAN,
        "odd.yml": f"milestones: [{{id: odd, title: '{title}'}}]\nfeatures: [{{id: off, title: '{title}'}}]\n",
    }
    made = site(tmp_path, plan).configure(theme={"name": theme}, nav=["index.md", "features/off.md"]).build()
    for path in ("milestones/odd", "features/off", "milestones", "features", "roadmap", "timeline", "status"):
        page = made.html(f"{path}/index.html")
        assert "<script>alert" not in page, path
        assert "</title><" not in page.split("</head>")[0].replace("</title>\n", ""), path
        assert "49" not in re.findall(r"<h1>(.*?)</h1>", page)[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }} &amp; &lt;!-- milepost" in made.html(
        "milestones/odd/index.html"
    )
    if theme == "material":  # its index holds HTML; the others' holds text, which their script escapes
        assert not any("<script" in entry["title"] + entry["text"] for entry in made.search())


def test_rich_text_meets_neither_the_sites_markdown_nor_its_templates(tmp_path: Path) -> None:
    summary = "x {{ config.site_name }} <!-- milepost: status --> ==mark== ![i](x.png) <script>alert(1)</script>"
    plan = {**PLAN, "odd.yml": f"features: [{{id: odd, title: Odd, summary: '{summary}'}}]\n"}
    made = site(tmp_path, plan).configure(markdown_extensions=["pymdownx.mark", "attr_list"]).build()
    page = made.html("features/odd/index.html")
    assert "{{ config.site_name }}" in page
    assert "<mark>" not in page
    assert "<script>alert" not in page
    assert "<img" not in page.split('class="mp ')[1]
    assert page.count("mp-status") == 0


def test_a_marker_works_in_any_page_and_links_from_there(tmp_path: Path) -> None:
    pages = {
        "deep/er/page.md": "# Deep\n\n<!-- milepost: features -->\n\n!!! note\n\n    <!-- milepost: milestones -->\n"
    }
    made = site(tmp_path, pages=pages).configure(markdown_extensions=["admonition"]).build(strict=True)
    page = made.html("deep/er/page/index.html")
    assert 'href="../../../features/sso/"' in page
    assert 'href="../../../milestones/beta/"' in page


def test_a_wrong_marker_is_told_with_its_page_and_line(tmp_path: Path) -> None:
    pages = {"guide/x.md": "---\ntitle: X\n---\n\n# X\n\n<!-- milepost: raodmap -->\n"}
    done = site(tmp_path, pages=pages).command("mkdocs", "build")
    assert done.returncode == 1
    assert "pages/guide/x.md:7:1: error[unknown-view]: there is no view “raodmap”" in done.stderr
    assert "did you mean “roadmap”?" in done.stderr
    assert "Traceback" not in done.stderr


def test_errors_end_a_build_after_all_of_them_are_told(tmp_path: Path) -> None:
    done = site(tmp_path, BROKEN, pages={"x.md": "<!-- milepost: statsu -->\n"}).command("mkdocs", "build", "-q")
    assert done.returncode == 1
    for told in ("content/plan/a.yml:1:", "“titel”", "content/plan/b.yml:1:1:", "did you mean “milestones”?", "statsu"):
        assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(r"The plan has \d errors in 3 files", done.stderr + done.stdout)


def test_warnings_count_in_strict_mode_alone(tmp_path: Path) -> None:
    plan = {
        **PLAN,
        "odd.yml": "features: [{id: done, title: Done, start: 2026-06, due: 2026-02}]\n",
    }
    made = site(tmp_path, plan)
    with counted_warnings() as warnings:
        made.build()
    assert [record.levelname for record in warnings] == ["WARNING"]
    strict = made.command("mkdocs", "build", "--strict")
    assert strict.returncode == 1
    assert "content/plan/odd.yml:1:" in strict.stderr


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (None, "the plan folder doesn't exist"),
        ({}, "the plan folder holds no YAML file"),
        ({"project.yml": ""}, "project"),
        ({"project.yml": "- a\n- b\n"}, "project.yml:1"),
        ({"project.yml": "[" * 30_000}, "project.yml:1"),
        ({"project.yml": "project: 3\n"}, "project.yml:1"),
    ],
    ids=["no folder", "empty folder", "empty file", "list", "brackets", "no mapping"],
)
def test_a_plan_that_is_none_ends_the_build_in_words(tmp_path: Path, plan: dict[str, str] | None, said: str) -> None:
    made = site(tmp_path, plan or {})
    if plan is not None:
        (tmp_path / "content" / "plan").mkdir(parents=True, exist_ok=True)
    done = made.command("mkdocs", "build")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_utf8_ends_the_build_in_words(tmp_path: Path) -> None:
    made = site(tmp_path)
    (tmp_path / "content" / "plan" / "odd.yml").write_bytes(b"features: [{id: x, title: \xff}]")
    done = made.command("mkdocs", "build")
    assert done.returncode == 1
    assert "content/plan/odd.yml:1:27: error[not-utf8]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_public_edition_from_the_option_and_from_the_environment(tmp_path: Path) -> None:
    secret = {**PLAN, "secret.yml": "features: [{id: takeover, title: Takeover, audience: internal}]\n"}
    made = site(tmp_path, secret)
    assert made.command("mkdocs", "build").returncode == 0
    assert made.has("features/takeover/index.html")
    for settings, environment in (
        (plugin(edition="public"), {}),
        (["search", "milepost"], {"MILEPOST_EDITION": "public"}),
    ):
        made.configure(plugins=settings)
        assert made.command("mkdocs", "build", **environment).returncode == 0
        everything = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
        assert not [path for path in everything if b"akeover" in path.read_bytes() or "takeover" in str(path)]


def test_a_misspelt_environment_never_publishes_everything(tmp_path: Path) -> None:
    for environment in ({"MILEPOST_EDITION": "pubilc"}, {"SOURCE_DATE_EPOCH": "yesterday"}):
        done = site(tmp_path).command("mkdocs", "build", **environment)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "site" / "status").exists()


def test_a_plan_among_the_pages_is_not_copied_into_the_site(tmp_path: Path) -> None:
    made = site(tmp_path, {}, pages={f"plan/{name}": text for name, text in PLAN.items()})
    made.configure(plugins=plugin(plan="pages/plan")).build()
    assert "Sign-on" in made.html("features/sso/index.html")
    assert not list((tmp_path / "site").rglob("*.yml"))


def test_published_files(tmp_path: Path) -> None:
    made = site(tmp_path).build()
    plan = json.loads(made.html("plan.json"))
    assert [entry["id"] for entry in plan["features"]] == ["sso", "base"]
    for path in ("plan.json.schema.json", "schema/plan.json", "schema/features.json", "schema/milestones.json"):
        assert json.loads(made.html(path))["$schema"].startswith("https://json-schema.org/")


def test_the_authors_style_sheets_and_scripts_come_last(tmp_path: Path) -> None:
    made = site(tmp_path, pages={"own.css": "", "own.js": ""})
    page = made.configure(extra_css=["own.css"], extra_javascript=["own.js"]).build().html("status/index.html")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert sheets[-2:] == ["../assets/milepost/milepost.css", "../own.css"]
    assert re.findall(r'<script src="([^"]+)"', page)[-2:] == ["../assets/milepost/milepost.js", "../own.js"]
    assert '<script src="../assets/milepost/milepost.js" defer>' in page
    assert made.has("assets/milepost/milepost.css")
    assert made.has("assets/milepost/milepost.js")


def test_an_authors_file_replaces_ours(tmp_path: Path) -> None:
    pages = {"assets/milepost/milepost.css": "/* mine */", "assets/milepost/milepost.js": "// mine"}
    made = site(tmp_path, pages=pages).build()
    assert made.html("assets/milepost/milepost.css") == "/* mine */"
    assert made.html("assets/milepost/milepost.js") == "// mine"


def test_an_authors_own_template(tmp_path: Path) -> None:
    made = site(tmp_path).write({"overrides/milepost/status.html": "<p>Ours</p>{% include 'default/status.html' %}"})
    made.configure(theme={"name": "material", "custom_dir": "overrides"}).build()
    page = made.html("status/index.html")
    assert "<p>Ours</p>" in page
    assert "mp-status" in page


def test_language_of_the_theme_and_of_the_option(tmp_path: Path) -> None:
    made = site(tmp_path).configure(theme={"name": "material", "language": "de"}).build()
    assert "1.200\xa0€" in made.html("budget/index.html")
    made.configure(theme={"name": "material", "language": "de"}, plugins=plugin(language="en")).build()
    assert "€1,200" in made.html("budget/index.html")


@pytest.mark.parametrize(
    ("settings", "edit", "view"),
    [
        (
            {"repo_url": "https://github.com/a/b", "edit_uri": "edit/main/pages/"},
            "https://github.com/a/b/edit/main/content/plan/work.yml#L4",
            "https://github.com/a/b/blob/main/content/plan/work.yml#L4",
        ),
        (
            {"repo_url": "https://gitlab.com/a/b", "edit_uri": "-/edit/main/pages/"},
            "https://gitlab.com/a/b/-/edit/main/content/plan/work.yml#L4",
            "https://gitlab.com/a/b/-/blob/main/content/plan/work.yml#L4",
        ),
        ({"repo_url": "https://github.com/a/b", "edit_uri": ""}, None, None),
        ({}, None, None),
    ],
    ids=["GitHub", "GitLab", "no edit_uri", "no repository"],
)
def test_edit_leads_to_the_line_in_the_repository(
    tmp_path: Path, settings: dict[str, str], edit: str | None, view: str | None
) -> None:
    theme = {"name": "material", "features": ["content.action.edit"]}
    made = site(tmp_path).configure(theme=theme, **settings).build()
    item, listed = made.html("features/sso/index.html"), made.html("features/index.html")
    found = re.findall(r'<a href="([^"]+)"[^>]*class="md-content__button', item)
    assert found == ([edit] if edit else [])
    assert "md-content__button" not in listed
    assert (f'href="{view}"' in item) == (view is not None)
    assert "work.yml, line 4" in item


def test_edit_in_a_site_below_the_top_of_its_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    theme = {"name": "material", "features": ["content.action.edit"]}
    settings = {"repo_url": "https://github.com/a/b", "edit_uri": "edit/main/docs/pages/"}
    made = site(tmp_path / "docs").configure(theme=theme, **settings).build()
    assert "https://github.com/a/b/edit/main/docs/content/plan/work.yml#L4" in made.html("features/sso/index.html")


def test_a_portfolio_has_a_section_for_each_project(tmp_path: Path) -> None:
    plan = {
        **PLAN,
        "app/project.yml": "project: {name: The <app> & more}\nfeatures: [{id: sso, title: App sign-on}]\n",
    }
    made = site(tmp_path, plan).build(strict=True)
    assert "<h1>App sign-on</h1>" in made.html("app/features/sso/index.html")
    assert "<h1>Sign-on</h1>" in made.html("features/sso/index.html")
    assert "App sign-on" in made.html("app/roadmap/index.html")
    assert "App sign-on" not in made.html("roadmap/index.html")
    titles = navigation(made.html("index.html"))
    section = titles.index("The <app> & more")
    assert titles[section - 1] == "Budget"
    assert "Status" in titles[:section]
    assert "The <app>" not in made.html("index.html")
    assert json.loads(made.html("app/plan.json"))["features"][0]["title"] == "App sign-on"


@pytest.mark.parametrize("identity", ["index", "readme", "404", "1.10", "a_b-c.d"])
def test_any_id_gives_a_page_of_its_own(tmp_path: Path, identity: str) -> None:
    plan = {**PLAN, "odd.yml": f"features: [{{id: {identity}, title: Odd one, depends_on: [base]}}]\n"}
    for urls in (True, False):
        made = site(tmp_path, plan).configure(use_directory_urls=urls).build(strict=True)
        location = next(entry["location"] for entry in made.search() if entry["title"] == "Odd one")
        assert "<h1>Odd one</h1>" in made.html(f"{location}index.html" if urls else location)
        assert "<h1>Features</h1>" in made.html("features/index.html" if urls else "features.html")


@pytest.mark.parametrize("urls", [True, False], ids=["directory addresses", "file addresses"])
@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_item_pages_are_what_the_theme_makes_of_each(
    tmp_path: Path, theme: str, urls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = [
        {"id": f"f{i}", "title": f"Feature {i} & <b>{{{{", "depends_on": [f"f{i - 1}"] * (i > 0)} for i in range(6)
    ]
    made = site(tmp_path, {**PLAN, "more.yml": json.dumps({"features": features})}).configure(
        theme={"name": theme},
        use_directory_urls=urls,
        site_url="https://plan.example/team/",
        repo_url="https://github.com/a/b",
        edit_uri="edit/main/pages/",
        nav=["index.md", "status.md", "features/f2.md", "features/f4.md"],
    )
    filled = html_of(made.build())
    monkeypatch.setattr(plugin_module, "use_shells", lambda main, pages: None)
    rendered = html_of(made.build())
    assert [path for path in rendered if filled[path] != rendered[path]] == []


def test_an_item_in_the_navigation_has_its_place_there(tmp_path: Path) -> None:
    """Behind enough others that the theme's page is only filled in by then."""
    features = [{"id": f"f{i}", "title": f"Feature {i}"} for i in range(6)]
    nav = ["index.md", "features/f4.md", "features/f5.md", "status.md"]
    made = site(tmp_path, {**PLAN, "more.yml": json.dumps({"features": features})}).configure(nav=nav).build()
    page = made.html("features/f5/index.html")
    assert re.findall(r'<link rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "../f4/"),
        ("next", "../../status/"),
    ]
    assert "md-nav__link--active" in page
    assert '<link rel="prev"' not in made.html("features/f3/index.html")


def html_of(made: Site) -> dict[str, str]:
    """Every page of a built site, without the time of the build that MkDocs' own themes write into the first."""
    pages = sorted((made.folder / "site").rglob("*.html"))
    return {str(path): re.sub(r"Build Date UTC\s*: .*", "", path.read_text("utf-8")) for path in pages}


def test_every_option_is_documented_where_it_is_defined() -> None:
    tree = ast.parse(Path(plugin_module.__file__).read_text("utf-8"))
    config = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "MilepostConfig")
    body = config.body[1:]
    for option, words in zip(body[::2], body[1::2], strict=True):
        assert isinstance(option, ast.Assign)
        assert isinstance(words, ast.Expr)
        assert isinstance(words.value, ast.Constant)


def test_nothing_is_written_when_a_plan_is_wrong(tmp_path: Path) -> None:
    made = site(tmp_path, BROKEN)
    with pytest.raises(Abort):
        made.build()
    assert not made.has("index.html")


def test_two_builds_of_one_plan_are_the_same(tmp_path: Path) -> None:
    built = []
    for _ in range(2):
        site(tmp_path).build()
        files = sorted(path for path in (tmp_path / "site").rglob("*.html"))
        built.append({path: path.read_bytes() for path in files})
    assert built[0] == built[1]


def test_the_page_of_all_components(tmp_path: Path) -> None:
    page = site(tmp_path, pages={"all.md": "<!-- milepost: components -->\n"}).build().html("all/index.html")
    states = ("pill mp-shape mp-at-risk", "trend mp-shape mp-down mp-bad")
    for name in (*states, "meter", "figures", "avatar", "empty", "card", "table", "frame"):
        assert f'class="mp-{name}' in page
