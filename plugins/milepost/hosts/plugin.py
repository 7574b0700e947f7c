"""The MkDocs plugin: reads the plan at each build, brings its pages, and lends each page what its views need."""

import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from milepost.build import Built, Caches, build, show
from milepost.diagnostics import Located, Place
from milepost.hosts import clock, report
from milepost.hosts.csp import ContentSecurityPolicy
from milepost.hosts.edition import chosen_edition
from milepost.hosts.extension import located
from milepost.hosts.navigation import arrange
from milepost.hosts.pages import GeneratedPage, generated_pages, prefix
from milepost.hosts.published import published
from milepost.hosts.repository import Repository, repository
from milepost.hosts.social import pictures
from milepost.plan.plan import Edition
from milepost.render.assets import scripts, style_sheets
from milepost.render.context import Context
from milepost.render.described import described, open_graph
from milepost.render.formats import formats
from milepost.render.page import render
from milepost.render.shell import use_shells
from milepost.render.social import SIZE, why_not
from milepost.source.folder import SUFFIXES
from milepost.source.settings import DEFAULT
from milepost.views import VIEWS
from milepost.views.deck import deck
from milepost.views.description import describe
from milepost.views.item import Target
from milepost.views.problems import headline

log = get_plugin_logger("milepost")
_TAG = re.compile(r"<[^>]*>")
_UNSOUGHT = re.compile(  # no words that anybody looks for
    r'<h2 id="mp-numbers">.*?</details></div>|<p class="mp-more mp-(?:edit|propose)">.*?</p>'
    r'|<nav class="mp-neighbours".*?</nav>',
    re.DOTALL,
)
_ASSETS = "assets/milepost"
_STYLE, _SCRIPT = f"{_ASSETS}/milepost.css", f"{_ASSETS}/milepost.js"
_SCRIPTED = (
    '<script>{let c=document.documentElement.classList;c.replace("no-js","js")&&c.add("js-focus-visible")}</script>'
)
"""Classes that the theme's script sets late: the search would appear in the head, and each have all styled again."""
_HEAVY = ("roadmap", "timeline")  # their items have pages of their own, which search finds


class MilepostConfig(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin, below `milepost:` in mkdocs.yml."""

    plan = c.Type(str, default=str(DEFAULT))
    """The folder of the plan, relative to mkdocs.yml. Its files are not copied into the site, wherever it lies."""

    pages = c.ListOfItems(c.Choice(tuple(VIEWS)), default=list(VIEWS))
    """Which views get a page of their own. The pages of milestones and features come with theirs."""

    edition = c.Optional(c.Choice(("full", "public")))
    """`full`, or `public`: without what is internal. Default the environment variable MILEPOST_EDITION, else full."""

    language = c.Optional(c.Type(str))
    """What the views speak, and how they write numbers, money and days: `en`, `de-CH`. Default the theme's language."""

    csp = c.Type(bool, default=False)
    """Whether each page bears a Content-Security-Policy that lets no script run but the theme's and the author's."""

    social = c.Type(bool, default=False)
    """Whether each view and item gets a picture for where it is linked. Needs `site_url` and the extra `social`."""


class MilepostPlugin(BasePlugin[MilepostConfig]):  # type: ignore[no-untyped-call]
    """Publishes a plan. MkDocs keeps the instance between the builds of `mkdocs serve`, and so its caches."""

    def __init__(self) -> None:
        self.serving = False
        self.caches = Caches()
        self.built: Built | None = None
        self.good: Built | None = None
        self.problems: list[Located] = []
        self.pages: dict[str, GeneratedPage] = {}
        self.files: dict[tuple[str, Target], File] = {}
        self.listed: set[str] = set()
        self.page: Page | None = None
        self.content: str | None = None
        self.shows_plan = False
        self.server: LiveReloadServer | None = None
        self.watched: Path | None = None
        self.repository = Repository("", "", "")
        self.policy: ContentSecurityPolicy | None = None
        self.views: dict[str, list[str]] = {}
        self.pictures: dict[tuple[str, Target], str] = {}
        self.missed = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview, in which nothing may be raised."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the Markdown extension, the style sheet and the script; an author's own come after and win."""
        self.folder = Path(config.config_file_path or "mkdocs.yml").resolve().parent / self.config.plan
        self.edition = _edition(self.config.edition)
        self.language = self.config.language or _theme_language(config)
        self.templates = _own_templates(config)
        self.docs = Path(config.docs_dir).name
        self.features = config.theme.get("features") or ()
        config_file = Path(config.config_file_path or "mkdocs.yml")
        self.repository = repository(config_file, Path(config.docs_dir), self.folder, config.repo_url, config.edit_uri)
        # The script by which a preview reloads its pages comes in later than any hook.
        self.policy = ContentSecurityPolicy(config.repo_url) if self.config.csp and not self.serving else None
        if "milepost" not in config.markdown_extensions:
            config.markdown_extensions.append("milepost")
        config.mdx_configs["milepost"] = {"renderer": self._render}
        if _STYLE not in config.extra_css:
            config.extra_css.insert(0, _STYLE)
        if _SCRIPT not in map(str, config.extra_javascript):
            config.extra_javascript.insert(0, _deferred(_SCRIPT))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the plan and add what comes from it. A file an author has at the same place stays."""
        built = build(self.folder, now=clock.now(), edition=self.edition, caches=self.caches)
        self.problems = list(built.problems)
        self.built = self._shown(built)
        if not self.serving:
            gc.freeze()  # the plan stays until the end: to look through it for garbage again and again takes a tenth
        if not built.has_errors:
            self.good = built
        self._log(self.problems)
        self._follow()
        _leave_out(self.folder, files)
        taken = {file.dest_uri: file for file in files}
        self.pages, self.files, views = {}, {}, []
        for page in generated_pages(self.built, self.config.pages, self.language):
            # An author's own navigation names the views it wants; the rest is no omission.
            hidden = not page.is_listed or config.nav is not None
            inclusion = InclusionLevel.NOT_IN_NAV if hidden else InclusionLevel.UNDEFINED
            file = File.generated(config, page.path, content=page.marker, inclusion=inclusion)
            own = taken.setdefault(file.dest_uri, file)
            if own is file or own.inclusion.value >= InclusionLevel.NOT_IN_NAV.value:
                self.files[page.project, page.target] = own
            if own is not file:
                continue
            self.pages[file.src_uri] = page
            if page.is_listed:
                views.append(file)
            else:
                files.append(file)
        home = [file for file in files if file.dest_uri == "index.html"]
        if not home and (status := next((f for f in views if f.src_uri.endswith("status.md")), None)):
            home = [self._home(config, status)]
        for path, content in published(self.built).items():
            if path not in taken:
                files.append(File.generated(config, path, content=content))
        for plan in self.built.plans:
            if table := files.get_file_from_path(f"{prefix(plan)}budget.csv"):
                self.files[plan.records.id, Target("page", table.name + ".csv")] = table
        for target, path, picture in self._pictures(config):
            self.pictures[target] = path
            if path not in taken:
                files.append(File.generated(config, path, content=picture))
        for name, content in (style_sheets() | scripts()).items():
            if f"{_ASSETS}/{name}" not in taken:
                files.append(File.generated(config, f"{_ASSETS}/{name}", content=content))
        return Files([*home, *views, *(file for file in files if file not in home)])

    def _home(self, config: MkDocsConfig, status: File) -> File:
        """A start page for a site without one: the status again, which search and navigation have already."""
        page = self.pages[status.src_uri]
        file = File.generated(config, "index.md", content=page.marker, inclusion=InclusionLevel.NOT_IN_NAV)
        self.pages[file.src_uri] = replace(page, path="index.md")
        return file

    def _pictures(self, config: MkDocsConfig) -> Iterator[tuple[tuple[str, Target], str, bytes]]:
        """The pictures of the pages, if they are wanted and can be made; why they can't is said once."""
        self.pictures = {}
        if not self.config.social or self.built is None:
            return iter(())
        if missed := why_not() if config.site_url else "a picture needs an address: set “site_url”":
            if missed != self.missed:
                log.warning(f"No pictures are made for “social”: {missed}")
            self.missed = missed
            return iter(())
        return pictures(self.built, self.pages.values(), _ASSETS, self.language)

    def _shown(self, built: Built) -> Built:
        """What to show: in a preview the last good plan stays while the new one has errors."""
        if self.serving and built.has_errors and self.good:
            return replace(self.good, problems=built.problems, is_older=True)
        return built

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Bring the pages into their order where MkDocs orders them; an author's own navigation stays as it is."""
        if config.nav is None and self.built:
            projects = [plan.records for plan in self.built.plans if plan.records.folder]
            arrange(nav, self.pages, {records.id: records.project.name for records in projects})
        self.listed = {page.file.src_uri for page in nav.pages}
        return nav

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Note the page that is to be rendered, and give a generated one its title and its way to be edited.

        MkDocs themes print titles as they are, and what a plan says is text: so it is escaped here. And it comes after
        all other plugins, since one for macros takes titles for templates and runs what stands in them.
        """
        self.page, self.shows_plan = page, False
        if found := self.pages.get(page.file.src_uri):
            page.meta["title"] = escape(found.title)
            told = found.place if self.edition == "full" else None  # the repository of a public edition may be private
            page.edit_url = self.repository.edit_url(told) if told else None
            page.meta["hide"] = ["toc", "navigation"] if "navigation.tabs" in self.features else ["toc"]
            heavy = found.target.id.startswith(_HEAVY) and not found.place
            if heavy or found.path != page.file.src_uri or page.file.src_uri == "index.md":
                page.meta["search"] = {"exclude": True}
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a generated page its heading, and in a preview tell on each page with a view what is wrong."""
        if page.file.src_uri in self.pages:
            found = self.pages[page.file.src_uri]
            html = f"<h1>{escape(found.title)}</h1>\n{html}{self._deck(found)}"
        if self.serving and self.shows_plan and self.built and any(p.diagnostic.is_error for p in self.problems):
            html = self._banner() + html
        return html

    @event_priority(100)
    def _text_for_search(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Hand the search plugin the text of a generated page without its markup, which takes it long to parse."""
        if page.file.src_uri in self.pages:
            self.content, page.content = page.content, _text(page.content or "")
        return context

    @event_priority(-100)
    def _content_for_page(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Put the markup back before the page is written."""
        if page.file.src_uri in self.pages:
            page.content = self.content
        return context

    on_page_context = CombinedEvent(_text_for_search, _content_for_page)

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let a generated page tell what it is about where it is linked, and note what it runs and loads."""
        if found := self.pages.get(page.file.src_uri):
            picture = self.pictures.get((found.project, found.target))
            image = (urljoin(config.site_url or "", picture), *SIZE) if picture else None
            tags = open_graph(found.title, self._description(found), config.site_name, page.canonical_url, image)
            output = output.replace("</title>", f"</title>\n{_SCRIPTED}\n{tags}", 1)
        if self.policy is None:
            return output
        made = [page.content or ""] if page.file.src_uri in self.pages else self.views.pop(page.file.src_uri, [])
        return self.policy.page(output, made)

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that are no page of MkDocs, as the one for addresses that lead nowhere."""
        return self.policy.page(output) if self.policy and template_name.endswith(".html") else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the policy into all pages, once what they need is known."""
        if self.policy:
            self.policy.write(Path(config.site_dir))

    def _description(self, found: GeneratedPage) -> str:
        """What a generated page says of itself: of an item, or of the project a view is of."""
        plans = self.built.plans if self.built else ()
        plan = next((plan for plan in plans if plan.records.id == found.project), None)
        if plan is None:
            return ""
        identity = found.target.id if found.place else ""
        _, item = plan.links.by_id.get(identity, ("", None))
        about = (
            getattr(item, "summary", None) or getattr(item, "why", None) if identity else plan.records.project.summary
        )
        return described(describe(plan, identity), about, self.language)

    def _deck(self, found: GeneratedPage) -> str:
        """What the page of a view tells to be presented as slides: the other views."""
        plan = (
            next((plan for plan in self.built.plans if plan.records.id == found.project), None) if self.built else None
        )
        if plan is None or found.place:
            return ""
        return render("deck", deck(plan, self.config.pages), self._context(found.project))

    def _banner(self) -> str:
        """The problems of the plan, folded, at the top of a page."""
        assert self.built is not None
        shown = show(replace(self.built, problems=tuple(self.problems)), "problems", {}, Place(""), self._context).html
        said = escape(formats(self.language).phrase(headline(self.problems, is_older=self.built.is_older)))
        return f'<div class="mp mp-banner" role="alert"><details><summary>{said}</summary>{shown}</details></div>\n'

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """End a build with errors here: every page has been rendered, so every problem is told; nothing is written."""
        errors = sum(problem.diagnostic.is_error for problem in self.problems)
        if errors and not self.serving:
            raise PluginError(f"The plan has {report.summary(self.problems)}; nothing was built.")
        # A page in the navigation has its own place in it, so only the others differ in so little.
        items = {path for path, page in self.pages.items() if page.place} - self.listed
        use_shells(env.get_template("main.html"), [file.page for file in files if file.page and file.src_uri in items])

    @event_priority(-50)
    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Follow every change of the plan folder."""
        self.server = server
        self._follow()
        return server

    def _follow(self) -> None:
        """Watch the plan folder; while it does not exist, the nearest folder above it."""
        if self.server is None:
            return
        folder = next(found for found in (self.folder, *self.folder.parents) if found.is_dir())
        if folder != self.watched:
            if self.watched:
                self.server.unwatch(str(self.watched))
            self.server.watch(str(folder))
            self.watched = folder

    def _render(self, name: str, options: dict[str, Any] | None, line: str) -> str:
        """The HTML of a marker on the page at hand."""
        page, built = self.page, self.built
        if page is None or built is None:
            return ""  # another plugin converts Markdown of its own before there is a page
        self.shows_plan = True
        built = replace(built, problems=tuple(self.problems))
        shown = show(built, name, options, Place(page.file.src_uri), self._context)
        file = page.file
        found = [located(problem, file.src_uri, file.content_string, line) for problem in shown.problems]
        self.problems += found
        self._log(found)
        if self.policy:
            self.views.setdefault(page.file.src_uri, []).append(shown.html.strip())
        return shown.html

    def _context(self, project: str) -> Context:
        """What the page at hand lends to the views of a project."""
        url = self.page.url if self.page else ""

        def link(target: Target) -> str | None:
            file = self.files.get((project, target))
            return get_relative_url(file.url, url) if file else None

        told = Context(self.language, link, self.repository.view_url, self.templates)
        plans = self.built.plans if self.built else ()
        plan = next((plan for plan in plans if plan.records.id == project and plan.edition == "full"), None)
        if plan is None:  # the repository of a public edition may be private
            return told
        return replace(told, propose=self.repository.propose_url(plan.records.folder), edit=self.repository.edit_url)

    def _log(self, problems: list[Located]) -> None:
        """Tell problems as MkDocs does, each on its own, so that strict mode counts them."""
        for problem in report.in_order(problems):
            tell = log.error if problem.diagnostic.is_error else log.warning
            tell("%s", report.one(problem, self._root(problem)))

    def _root(self, problem: Located) -> str:
        """The folder that a problem's file is in, as the author knows it."""
        in_plan = self.built is None or problem.spot.file in self.built.sources.documents
        return self.config.plan if in_plan or not problem.spot.text else self.docs


def _edition(named: str | None) -> Edition:
    """The edition to build. What only the environment can have wrong ends MkDocs before it begins."""
    try:
        clock.now()
        return chosen_edition(named)
    except ValueError as error:
        raise PluginError(str(error)) from None


def _deferred(path: str) -> c.ExtraScriptValue:
    """A script no first paint waits for. (A browser fetches a module as early as what it needs for one.)"""
    script = c.ExtraScriptValue(path)
    script.defer = True
    return script


def _leave_out(plan: Path, files: Files) -> None:
    """Keep the plan's files out of the site if its folder lies among the pages: they hold what is internal, too."""
    top = plan.resolve()
    for file in files:
        path = Path(file.abs_src_path or "")
        if path.suffix in SUFFIXES and path.resolve().is_relative_to(top):
            file.inclusion = InclusionLevel.EXCLUDED


def _theme_language(config: MkDocsConfig) -> str:
    """The language of the theme: Material calls it `language`, MkDocs' own themes `locale`."""
    named = config.theme.get("language") or config.theme.get("locale") or "en"
    return str(named)


def _text(html: str) -> str:
    """The words of some HTML in one paragraph, below its heading."""
    heading, end, rest = _UNSOUGHT.sub("", html).partition("</h1>")
    return f"{heading}{end}<p>{' '.join(_TAG.sub(' ', rest).split())}</p>"


def _own_templates(config: MkDocsConfig) -> Path | None:
    """An author's own templates: the folder `milepost` in the theme's custom_dir."""
    folder = Path(config.theme.custom_dir or "", "milepost") if config.theme.custom_dir else None
    return folder if folder and folder.is_dir() else None
