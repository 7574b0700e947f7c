"""The command `milepost`: check a plan, explain its numbers, export it, print its schema."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast, get_args

import click

from milepost import __version__
from milepost.build import Built, build
from milepost.diagnostics import nearest
from milepost.hosts import clock, explained, report
from milepost.hosts.audit import audit
from milepost.hosts.fix import fix
from milepost.hosts.here import config_here, default_folder
from milepost.hosts.init import init
from milepost.hosts.new import new
from milepost.hosts.pdf import pdf
from milepost.hosts.sarif import sarif
from milepost.plan.plan import Edition, Plan
from milepost.publish import plan_json
from milepost.publish.problems import problem_pages
from milepost.records.periods import Period, read_period
from milepost.records.records import SECTIONS
from milepost.records.schema import plan_schema, record_schema
from milepost.source.settings import pages_folder
from milepost.views.explain import SECTIONS as EXPLAINED
from milepost.views.explain import explain as explanations
from milepost.views.explain import nearest_field, select

ERRORS, MISUSE = 1, 2


def _day(_context: click.Context, _parameter: click.Parameter, written: str | None) -> date | None:
    """The day that an option gives."""
    if written is None:
        return None
    found = read_period(written)
    if isinstance(found, Period) and found.kind == "day":
        return found.first
    hint = "write it like 2026-12-15" if isinstance(found, Period) else found.hint or "write it like 2026-12-15"
    raise click.BadParameter(f"“{report.visible(written)}” is not a day: {hint}.")


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
PATH = click.argument("path", required=False, type=FOLDER, metavar="[PATH]")
TODAY = click.option("--today", callback=_day, metavar="DAY", help="Work everything out as of this day, as 2026-12-15.")
EDITION = click.option(
    "--edition",
    type=click.Choice(["full", "public"]),
    default="full",
    show_default=True,
    help="public leaves out what is internal, as the project's “publish” says.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="milepost")
def milepost() -> None:
    """Check a plan, explain its numbers, export it, and print the schema of its files.

    A plan is a folder of YAML files. Every command takes it as PATH (“explain” as --path); without it the folder
    is the one that the mkdocs.yml here or above names (option “plan” of the plugin, by default content/plan).

    \b
    milepost check                        what is wrong with the plan, file by file
    milepost code bad-day                 what a kind of problem means
    milepost explain sso finish           where a number comes from
    milepost export > plan.json           the plan with all that follows from it
    milepost schema > plan.schema.json    let an editor complete and check plan files
    milepost pdf                          the status and the timeline of the built site, for paper

    The site itself is built with “mkdocs build” and previewed with “mkdocs serve”.
    """


@milepost.command(short_help="Tell what is wrong with a plan.")
@PATH
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json", "sarif"]),
    default="text",
    show_default=True,
    help="text for people, github for annotations on a pull request, json for programs, sarif for code scanning.",
)
@click.option("--fix", "fixes", is_flag=True, help="Write what is right where only one thing can be meant.")
def check(path: Path | None, form: str, fixes: bool) -> None:
    """Tell every problem of a plan, with its line and what to write instead.

    Errors cost something of the plan: a record is left out, or a value of it. Warnings cost nothing. “milepost code”
    tells more about each kind of problem.

    With --fix, what can only mean one thing is corrected in the files, as 12,500 → 12500: just that value, and not a
    character beside it.

    \b
    milepost check                    the plan of this site
    milepost check content/plan       the plan in a folder
    milepost check --fix              and correct what is certain
    milepost check --format github    in a workflow: each problem on its line of the pull request
    milepost check --format sarif > milepost.sarif

    \b
    Exit status
      0  no errors (warnings may stand)
      1  errors
      2  the command was called wrongly
    """
    folder = path or default_folder()
    built = _build(folder)
    if fixes:
        fixed = fix(folder, built, lambda: _build(folder))
        built = fixed.built
        told = report.fixes(fixed.done, fixed.refused, _shown(folder))
        if told:
            click.echo(told, err=form != "text")
    if form == "json":
        click.echo(report.json(built.problems, _shown(folder)))
    elif form == "sarif":
        click.echo(sarif(built.problems, _from_repository(folder)))
    elif form == "github":
        if built.problems:
            click.echo(report.github(built.problems, _from_repository(folder)))
        click.echo(report.summary(built.problems))
    elif built.problems:
        colour = _colour(sys.stdout)
        click.echo(report.text(built.problems, _shown(folder), colour=colour), color=colour)
        if not fixes and (certain := sum(p.diagnostic.fix is not None for p in built.problems)):
            click.echo(f"“milepost check --fix” corrects {certain} of them.")
    else:
        files = len(built.sources.documents)
        click.echo(f"{report.visible(_shown(folder))}: no problems in {files} {'file' if files == 1 else 'files'}")
    sys.exit(ERRORS if built.has_errors else 0)


@milepost.command(short_help="Tell more about a kind of problem.")
@click.argument("code", required=False, metavar="[CODE]")
def code(code: str | None) -> None:
    """Tell what a kind of problem means, with an example of it and of what is right.

    CODE is what “milepost check” prints in brackets, as “bad-day”. Without it all are listed.

    \b
    milepost code
    milepost code bad-day
    """
    pages = problem_pages()
    if code is None:
        width = max(map(len, pages))
        click.echo("\n".join(f"{name.ljust(width)}  {page.title}" for name, page in pages.items()))
    elif code in pages:
        click.echo(pages[code].markdown.strip())
    else:
        raise click.UsageError(f"There is no code “{report.visible(code)}”{_instead(nearest(code, pages))}")


@milepost.command(short_help="Print a plan as JSON.")
@PATH
@TODAY
@EDITION
def export(path: Path | None, today: date | None, edition: str) -> None:
    """Print the plan, with all that follows from it, as JSON.

    It is the plan.json of the site: every record as it is written, with defaults filled in, and under “computed” its
    schedule, progress, health, money and rank. A plan folder of several projects gives them in a list “projects”.

    Without --today the day is the one that the project's “today” freezes, else that of SOURCE_DATE_EPOCH, else the
    current one.

    \b
    milepost export > plan.json
    milepost export --today 2027-01-04 --edition public
    milepost export | jq '.milestones[] | select(.computed.schedule.margin < 0) | .title'

    Problems are told on standard error. With errors the exit status is 1, and what could be read is printed all the
    same.
    """
    folder = path or default_folder()
    built = _build(folder, today, cast(Edition, edition))
    if built.problems:
        colour = _colour(sys.stderr)
        click.echo(report.text(built.problems, _shown(folder), colour=colour), err=True, color=colour)
    if built.plans:
        click.echo(report.inert(_exported(built.plans)))
    sys.exit(ERRORS if built.has_errors else 0)


@milepost.command(short_help="Tell where a number comes from.")
@click.argument("identity", metavar="ID")
@click.argument("field", required=False, metavar="[FIELD]")
@click.option("--path", type=FOLDER, metavar="PATH", help="The plan folder, where it is not that of the site here.")
@TODAY
@EDITION
def explain(identity: str, field: str | None, path: Path | None, today: date | None, edition: str) -> None:
    """Tell where the computed numbers of a record come from: formula, inputs, and where each of them is written.

    ID names a milestone, a feature or a budget line; “project” means the project as a whole. In a plan folder of
    several projects write PROJECT/ID.

    FIELD is one number under its name in plan.json, as “rank” or “schedule.finish”; the last part is enough where it
    is clear, as “finish”, “p80” or “eac.cpi”. A group, as “schedule”, means all in it. Without FIELD all are told.

    \b
    milepost explain sso                  every number of the feature “sso”
    milepost explain sso rank             why it ranks where it ranks
    milepost explain beta finish          what the milestone “beta” waits for
    milepost explain project eac.cpi      what the project will cost, worked out
    milepost explain project --edition public

    \b
    Exit status
      0  it is told
      1  it is told, but the plan has errors, which “milepost check” tells
      2  there is no such record or number, or the command was called wrongly
    """
    folder = path or default_folder()
    built = _build(folder, today, cast(Edition, edition))
    plan, name = _meant(built.plans, identity)
    found = explanations(plan, name)
    if field is not None:
        chosen = select(found, field)
        if not chosen:
            hint = nearest_field(found, field)
            what = "the project" if name == "" else f"“{name}”"
            raise click.UsageError(f"There is no number “{report.visible(field)}” of {what}{_instead(hint)}")
        found = chosen
    click.echo(explained.text(found, built.sources, _shown(folder)))
    if built.has_errors:
        click.echo("The plan has errors; “milepost check” tells them.", err=True)
    sys.exit(ERRORS if built.has_errors else 0)


def _meant(plans: Sequence[Plan], identity: str) -> tuple[Plan, str]:
    """The plan and the id that a name means; "" is the project as a whole."""
    if not plans:
        raise click.UsageError("There is no plan to explain; “milepost check” tells why.")
    project, slash, name = identity.rpartition("/")
    candidates = [plan for plan in plans if not slash or plan.records.id == project]
    for plan in candidates:
        section, _ = plan.links.by_id.get(name, ("", None))
        if section in EXPLAINED:
            return plan, name
        if section:
            raise click.UsageError(f"“{name}” is one of {section}: nothing is worked out of it.")
    if candidates and name in ("", "project"):
        return candidates[0], ""
    near = candidates or plans
    known = [key for plan in near for key, (section, _) in plan.links.by_id.items() if section in EXPLAINED]
    hint = nearest(name, ["project", *known])
    if hint and slash and candidates:
        hint = f"{project}/{hint}"
    raise click.UsageError(
        f"There is no milestone, feature or budget line “{report.visible(identity)}”{_instead(hint)}"
    )


def _instead(hint: str | None) -> str:
    return f"; did you mean “{hint}”?" if hint else "."


@milepost.command("audit", short_help="Look for what is internal in a built site.")
@click.argument("site", type=FOLDER, metavar="SITE_DIR")
@click.option("--path", type=FOLDER, metavar="PATH", help="The plan folder, where it is not that of the site here.")
@TODAY
@click.option("--show", "values", is_flag=True, help="Print the values, too: not in a log that others can read.")
def audit_(site: Path, path: Path | None, today: date | None, values: bool) -> None:
    """Look for what is internal in a built public edition.

    Every text, name and amount of the plan that a public edition must not tell is looked for in every file of SITE_DIR:
    pages, data, feeds, archives, texts of images. Texts are found whatever markup or case they stand in, amounts
    however they are written. What the public edition tells elsewhere, or is too short to mean anything, isn't judged,
    nor is a single word or number that your own pages hold, too.

    \b
    MILEPOST_EDITION=public mkdocs build
    milepost audit site
    milepost audit site --show        and print what was found

    \b
    Exit status
      0  nothing internal is in the site
      1  something is: each place is told
      2  the command was called wrongly, or the plan has errors
    """
    folder = path or default_folder()
    full, public = (_build(folder, today, edition) for edition in get_args(Edition))
    if full.has_errors:
        raise click.UsageError("The plan has errors; “milepost check” tells them.")
    if not any(site.rglob("*.html")):
        raise click.UsageError(f"There is no page in {report.visible(str(site))}: is it a built site?")
    config = config_here()
    pages = sorted(pages_folder(config).rglob("*.md")) if config else ()
    found = audit(site, full, public, "\n".join(page.read_text("utf-8", "replace") for page in pages))
    shown = _shown(folder)
    for leak in found.leaks:
        around = leak.around if values else None
        click.echo(report.leak(leak.file, around, full.sources.spot(leak.written.place), shown))
    click.echo(report.audited(found.searched, len(found.unjudged), found.files, len(found.leaks)))
    if values:
        for written in found.unjudged:
            at = report.where(full.sources.spot(written.place), shown)
            click.echo(f"not judged: {at}: {report.visible(str(written.value))}")
    sys.exit(ERRORS if found.leaks else 0)


@milepost.command(short_help="Print the JSON Schema of plan files.")
@click.argument("section", required=False, type=click.Choice(sorted(SECTIONS)), metavar="[SECTION]")
def schema(section: str | None) -> None:
    """Print the JSON Schema of plan files, or of a file that holds one record of SECTION.

    Editors with a YAML language server complete keys and underline mistakes once the first line of a file names it:

    \b
    # yaml-language-server: $schema=../plan.schema.json

    \b
    milepost schema > content/plan.schema.json
    milepost schema features > content/feature.schema.json

    SECTION is one of people, goals, milestones, features, budget, funding, risks, decisions, inputs, updates.
    """
    click.echo(report.dump(record_schema(section) if section else plan_schema()))


milepost.add_command(init)
milepost.add_command(new)
milepost.add_command(pdf)


def main() -> None:
    """Run the command; what it prints is UTF-8 whatever the terminal says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    milepost(prog_name="milepost")


def _build(folder: Path, today: date | None = None, edition: Edition = "full") -> Built:
    try:
        now = clock.now()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return build(folder, now=now, today=today, edition=edition)


def _exported(plans: Sequence[Plan]) -> str:
    """The plan as JSON, or all of them in a list `projects`."""
    written = [plan_json.dump(plan).rstrip() for plan in plans]
    return written[0] if len(written) == 1 else '{"projects": [\n' + ",\n".join(written) + "\n]}"


def _shown(folder: Path, base: Path | None = None) -> str:
    """The folder as seen from `base`, by default the current folder."""
    base = base or Path.cwd()
    shown = folder.resolve()
    return (shown.relative_to(base) if shown.is_relative_to(base) else folder).as_posix()


def _from_repository(folder: Path) -> str:
    """The folder as seen from the top of the repository, which is what GitHub goes by."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    return _shown(folder, Path(workspace).resolve() if workspace else None)


def _colour(stream: Any) -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set (no-color.org)."""
    return not os.environ.get("NO_COLOR") and bool(stream.isatty())
