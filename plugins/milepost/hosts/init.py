"""The command `milepost init`: a site with a small commented plan, ready to be built, in any folder."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from milepost import __version__
from milepost.hosts import clock, report
from milepost.records.periods import Period, read_period
from milepost.records.schema import plan_schema, record_schema
from milepost.records.values import read_text
from milepost.source.write import scalar

_PLACEHOLDER = re.compile(r"@\{(\+?\w+)\}")
_USES_MILEPOST = re.compile(r"^(?=[^#\n]*\bmilepost\b)(?!site_name|site_desc|repo_|site_url)[^#\n]*", re.MULTILINE)
_PLAN, _PAGES = "content/plan/", "content/pages/"
_AUDIT = """\
      - name: Look for what is internal
        run: .venv/bin/milepost audit site
"""
_LINES_TO_ADD = """\
mkdocs.yml is there and doesn't use Milepost. Add to it:

  plugins:
    - search
    - milepost:
        plan: content/plan
"""


def _name(_context: click.Context, _parameter: click.Parameter, written: str | None) -> str | None:
    if written is None:
        return None
    try:
        return read_text(written)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None


def _day(_context: click.Context, _parameter: click.Parameter, written: str | None) -> date:
    found = read_period(written) if written else None
    if isinstance(found, Period) and found.kind == "day":
        return found.first
    if written:
        raise click.BadParameter(f"“{report.visible(written)}” is not a day: write it like 2026-12-15.")
    try:
        return clock.now().date()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


@click.command(short_help="Begin a plan and its site in a folder.")
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--name", callback=_name, help="What the project is called; by default as the folder.")
@click.option(
    "--edition",
    type=click.Choice(["full", "public"]),
    default="full",
    show_default=True,
    help="The edition that the deploy workflow publishes.",
)
@click.option("--today", callback=_day, metavar="DAY", help="Count the days of the example from this one.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be written.")
def init(folder: Path, name: str | None, edition: str, today: date, dry_run: bool) -> None:
    """Write a small commented plan, the configuration of its site, workflows and settings for editors.

    No file that exists is changed. Afterwards “mkdocs serve” shows the site.

    \b
    milepost init                           in this folder
    milepost init plan --name "Night train"
    milepost init --edition public          publish without what is internal

    \b
    Exit status
      0  it is written, and what was there is left as it was
      2  it can't be written, or the command was called wrongly; nothing is written then
    """
    top = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"“{report.visible(str(folder))}” is a file; name a folder.")
    wanted = dict(_files(name or _name_of(top), edition, today))
    config = _existing_config(top)
    kept = [file for file in wanted if _is_kept(top, file, config is not None)]
    new = {file: text for file, text in wanted.items() if file not in kept}
    for file in new:
        if not (top / file).parent.resolve().is_relative_to(top):
            raise click.UsageError(f"“{file}” lies behind a link out of the folder; nothing is written.")
    if not dry_run:
        _write(top, new)
    _tell(top, folder, new, kept, config, dry_run)


def _tell(top: Path, folder: Path, new: Mapping[str, str], kept: list[str], config: str | None, dry_run: bool) -> None:
    for file in new:
        click.echo(f"{'would write' if dry_run else 'wrote'}  {file}")
    for file in kept:
        click.echo(f"left as it is  {file}" if (top / file).exists() else f"left out  {file}")
    if config is not None and not _USES_MILEPOST.search(config):
        click.echo(f"\n{_LINES_TO_ADD}")
    elif not dry_run:
        go = "" if top == Path.cwd() else f"cd {report.visible(str(folder))} && "
        click.echo(f"\nNext: {go}mkdocs serve; then change {_PLAN}project.yml.")


def _name_of(top: Path) -> str:
    """The name of a folder as a title."""
    words = re.sub(r"[\W_]+", " ", top.name).strip()
    return words[:1].upper() + words[1:] or "My project"


def _files(name: str, edition: str, today: date) -> Iterator[tuple[str, str]]:
    """Every file by its path in the folder, with its text."""
    values = {
        "name": scalar(name),
        "version": __version__,
        "edition": edition,
        "audit": _AUDIT if edition == "public" else "",
    }

    def filled(found: re.Match[str]) -> str:
        return _workday(today, int(found[1])).isoformat() if found[1].startswith("+") else values[found[1]]

    for path, text in _templates(files("milepost.hosts") / "start"):
        yield path, _PLACEHOLDER.sub(filled, text)
    yield "content/plan.schema.json", report.dump(plan_schema()) + "\n"
    yield "content/feature.schema.json", report.dump(record_schema("features")) + "\n"


def _templates(folder: Traversable, way: str = "") -> Iterator[tuple[str, str]]:
    """The files below a folder; “_” before a name stands for “.”, which packaging tools would pass over."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = way + re.sub("^_(?!_)", ".", entry.name)
        if entry.is_dir():
            yield from _templates(entry, f"{path}/")
        else:
            yield path, entry.read_text("utf-8")


def _workday(today: date, days: int) -> date:
    """The day so many days after `today`, or the Monday after it where that is a weekend."""
    day = today + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) % 7 if day.isoweekday() > 5 else 0)


def _existing_config(top: Path) -> str | None:
    try:
        return (top / "mkdocs.yml").read_text("utf-8", "replace") if (top / "mkdocs.yml").exists() else None
    except OSError as error:
        raise click.UsageError(f"mkdocs.yml can't be read: {error.strerror}.") from None


def _is_kept(top: Path, file: str, has_config: bool) -> bool:
    """Whether a file stays away: it exists, or it belongs to a plan or to pages that exist."""
    if (top / file).exists() or (top / file).is_symlink():
        return True
    if file.startswith(_PLAN):
        return (top / _PLAN).is_dir() and any((top / _PLAN).rglob("*.y*ml"))
    return file.startswith(_PAGES) and has_config


def _write(top: Path, new: Mapping[str, str]) -> None:
    """Write all of the files; if one can't be written, take back those before it."""
    written: list[Path] = []
    made: list[Path] = []
    try:
        for file, text in new.items():
            path = top / file
            for above in [a for a in reversed(path.parents) if not a.exists()]:
                above.mkdir()
                made.append(above)
            with path.open("x", encoding="utf-8", newline="\n") as out:
                written.append(path)
                out.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        for above in reversed(made):
            with suppress(OSError):
                above.rmdir()
        raise click.UsageError(
            f"“{report.visible(str(error.filename))}” can't be written: {error.strerror}; nothing is written."
        ) from None
