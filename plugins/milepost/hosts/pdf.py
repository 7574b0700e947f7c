"""The command `milepost pdf`: views of a built site as PDFs, printed by an installed Chromium."""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import click

from milepost.hosts import report
from milepost.hosts.chromium import NotPrinted, installed, print_page
from milepost.hosts.here import config_here
from milepost.source.settings import site_folder
from milepost.views import VIEWS

_DEFAULT = ("status", "timeline")
_VIEW = re.compile(r'class="mp[ "]')  # the outermost element of every view
_WIDE = "mp-wide"  # the name that the timeline's styles give to pages which lie across


@click.command(short_help="Make PDFs of the views of a built site.")
@click.argument("site", required=False, type=click.Path(path_type=Path), metavar="[SITE]")
@click.option("--view", "views", multiple=True, metavar="VIEW", help="A view, or any page with one; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="All views that the site has.")
@click.option(
    "--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True, help="The size of the paper."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default="pdf", show_default=True, help="The folder to write to."
)
@click.option(
    "--browser", metavar="PATH", help="The Chromium to print with, where the one found is not the one you want."
)
def pdf(
    site: Path | None, views: tuple[str, ...], everything: bool, paper: str, out: Path, browser: str | None
) -> None:
    """Print views of a built site to PDF: by default the status, on one page, and the timeline, which lies across.

    SITE is the folder that “mkdocs build” wrote, by default the one that the mkdocs.yml here or above names. It is
    printed by a Chromium, Chrome, Edge or Brave that is installed, without a window and with a profile of its own.

    \b
    milepost pdf                              pdf/status.pdf and pdf/timeline.pdf
    milepost pdf --paper Letter --all
    milepost pdf --view budget --view features/sso
    milepost pdf site --out site/pdf          in a workflow: publish them with the site

    \b
    Exit status
      0  every PDF is written
      1  no browser was found, or it printed nothing
      2  there is no such site or view
    """
    folder = site or _site_here()
    pages = _pages(folder, views, everything)
    program = browser or installed()
    if program is None:
        raise click.ClickException(
            "No Chromium was found. Install Chromium, Chrome or Edge, or name the program with --browser PATH."
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{report.visible(str(out))} can't be a folder ({error.strerror}).") from None
    with _served(folder, paper) as address:
        for page in pages:
            to = out / f"{page.replace('/', '-')}.pdf"
            try:
                print_page(program, f"{address}/{_file(folder, page).relative_to(folder).as_posix()}", to.resolve())
            except NotPrinted as error:
                raise click.ClickException(report.visible(str(error))) from None
            click.echo(report.visible(to.as_posix()))


def _site_here() -> Path:
    config = config_here()
    if config is None:
        raise click.UsageError("There is no mkdocs.yml here or above; name the built site, as in “milepost pdf site”.")
    return site_folder(config)


def _pages(site: Path, wanted: Sequence[str], everything: bool) -> list[str]:
    """The pages to print, by their addresses in the site, as `status` or `bakery/status`."""
    shown = report.visible(str(site))
    if not site.is_dir():
        raise click.UsageError(f"There is no folder {shown}; build the site first, with “mkdocs build”.")
    there = [page for name in VIEWS for page in _named(site, name)]
    if not there:
        raise click.UsageError(f"There is no view in {shown}: is it a built site? “mkdocs build” makes one.")
    if everything:
        return there
    if not wanted:
        return [page for page in there if page.rpartition("/")[2] in _DEFAULT] or there
    found = []
    for name in wanted:
        plain = name.strip("/").removesuffix("/index.html").removesuffix(".html")
        pages = _named(site, plain) if plain in VIEWS else [plain] if _is_view(site, plain) else []
        if not pages:
            raise click.UsageError(
                f"There is no view “{report.visible(name)}” in {shown}; there is {', '.join(there)}."
            )
        found += pages
    return list(dict.fromkeys(found))


def _named(site: Path, name: str) -> list[str]:
    """The pages of a view: of the site's own project, and of each sub-project."""
    files = [*site.glob(f"{name}/index.html"), *site.glob(f"{name}.html")]
    files += [*site.glob(f"*/{name}/index.html"), *site.glob(f"*/{name}.html")]
    pages = (file.relative_to(site).as_posix().removesuffix("/index.html").removesuffix(".html") for file in files)
    return sorted({page for page in pages if _is_view(site, page)}, key=lambda page: (page.count("/"), page))


def _file(site: Path, page: str) -> Path:
    folder = site / page / "index.html"
    return folder if folder.is_file() else site / f"{page}.html"


def _is_view(site: Path, page: str) -> bool:
    file = _file(site, page)
    inside = file.is_file() and file.resolve().is_relative_to(site.resolve())
    return inside and bool(_VIEW.search(file.read_text("utf-8", "replace")))


class _Paper(SimpleHTTPRequestHandler):
    """Serves a site for paper: every page learns its size, and none is dark."""

    def __init__(self, *arguments: object, paper: str, directory: str) -> None:
        self.style = f"<style>@page{{size:{paper}}}@page {_WIDE}{{size:{paper} landscape}}</style></head>"
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with a page as it is to be printed, and with any other file as it is."""
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        html = path.read_text("utf-8", "replace").replace("</head>", self.style, 1)
        content = html.replace('data-md-color-scheme="slate"', 'data-md-color-scheme="default"').encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each file."""


@contextmanager
def _served(site: Path, paper: str) -> Iterator[str]:
    """The address at which a site is served to this machine alone, for as long as it is printed."""
    handler = partial(_Paper, paper=paper, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), cast(type[_Paper], handler))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
