"""The command `milepost new`: one more record of the plan, in a file of its own or at the end of its list."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import click

from milepost.build import Built, build
from milepost.diagnostics import Located, did_you_mean
from milepost.hosts import clock, report
from milepost.hosts.here import default_folder
from milepost.plan.plan import Plan
from milepost.records.records import SECTIONS
from milepost.records.values import read_id, read_rich, read_text
from milepost.source.append import appended, record_lines, written
from milepost.source.write import write_file

KINDS = {
    "person": "people",
    "goal": "goals",
    "milestone": "milestones",
    "feature": "features",
    "budget": "budget",
    "funding": "funding",
    "risk": "risks",
    "decision": "decisions",
    "input": "inputs",
    "update": "updates",
}
_NAMED_BY = {"people": "name", "updates": "summary"}
_NEEDED = {"budget": ("planned",), "funding": ("amount",), "risks": ("probability", "impact")}
_DATED = ("funding", "inputs", "updates")
_KEYS = ("milestone", "owner", "due", "status", "summary", "on", "amount", "planned", "probability", "impact")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": ""})
_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_LONGEST = 76  # an id has 80 characters at most; a number may follow


def _kind(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    folded = name.casefold()
    section = KINDS.get(folded, folded)
    if section in SECTIONS:
        return section
    hint = did_you_mean(name, [*KINDS, *SECTIONS]) or f"write one of {', '.join(KINDS)}."
    raise click.BadParameter(f"“{report.visible(name)}” is no kind of record; {hint}")


@click.command(short_help="Add a record to the plan.")
@click.argument("section", callback=_kind, metavar="KIND")
@click.argument("title")
@click.option("--id", "identity", help="The id; by default made of the title.")
@click.option("--milestone", help="The milestone it belongs to.")
@click.option("--owner", help="The person who answers for it.")
@click.option("--due", help="The date promised, as 2027-Q2 or 2027-03-31.")
@click.option("--status", help="How far it is, as idea, planned or active.")
@click.option("--summary", help="One or two sentences.")
@click.option("--on", help="The day of funding, an input or an update; by default today.")
@click.option("--amount", help="Of funding, as 5000 or “5000 USD”.")
@click.option("--planned", help="Of a budget line, as 5000.")
@click.option("--probability", help="Of a risk, 1 to 5.")
@click.option("--impact", help="Of a risk, 1 to 5.")
@click.option("--set", "others", multiple=True, metavar="KEY=VALUE", help="Any other field, as --set effort=5d.")
@click.option("--path", type=click.Path(path_type=Path), help="The plan folder, where it is not that of the site here.")
@click.option("--project", help="Which project of a plan folder with several.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be written.")
def new(
    section: str,
    title: str,
    identity: str | None,
    others: tuple[str, ...],
    path: Path | None,
    project: str | None,
    dry_run: bool,
    **options: str | None,
) -> None:
    """Add a record of KIND with TITLE: in a file of its own, or at the end of the list where such records stand.

    KIND is person, goal, milestone, feature, budget, funding, risk, decision, input or update. The TITLE of a person
    is the name, that of an update its summary. A title that begins with “-” stands after “--”.

    \b
    milepost new feature "Single sign-on" --milestone beta --set effort=5d
    milepost new milestone "Public beta" --due 2027-Q2
    milepost new funding "Grant, first part" --amount 20000 --on 2027-03-01
    milepost new risk "The supplier is late" --probability 3 --impact 4

    \b
    Exit status
      0  it is written
      1  the plan would have an error by it: nothing is changed
      2  the command was called wrongly
    """
    folder = path or default_folder()
    before = _build(folder)
    plan = _project(before, project)
    name = _NAMED_BY.get(section, "title")
    given = {name: written(_text(name, title), is_title=True), **_given(section, name, options, others)}
    _check_names(plan, options)
    chosen = _identity(plan, identity, title)
    file, raw, text = _place(folder, before, plan, section, chosen, identity is not None, given)
    shown = _shown(folder / file)
    if dry_run:
        click.echo(f"would write  {shown}\n\n{text.decode()}", nl=False)
        return
    _keep_or_take_back(folder, file, raw, text, before)
    click.echo(f"wrote  {shown}\n\nNext: open it and fill in the rest; then “milepost check”.")


def _text(name: str, value: str) -> str:
    try:
        return read_rich(value) or read_text(value) if name == "summary" else read_text(value)
    except ValueError as error:
        raise click.UsageError(f"{name}: {error}.") from None


def _given(section: str, name: str, options: Mapping[str, str | None], others: Iterable[str]) -> dict[str, str]:
    """The fields that options give, as YAML."""
    values = {key: options[key] for key in _KEYS if options.get(key) is not None}
    for other in others:
        key, equals, value = other.partition("=")
        if not equals or not _KEY.fullmatch(key):
            raise click.UsageError(f"--set: write KEY=VALUE, not “{report.visible(other)}”.")
        values[key] = value
    known = {key for field, info in SECTIONS[section].model_fields.items() for key in (field, info.alias) if key}
    for key in values:
        if key == name or key == "id":
            raise click.UsageError(f"“{key}” is {'the TITLE' if key == name else 'the option --id'}.")
        if key not in known and not key.startswith("x-"):
            hint = did_you_mean(key, known)
            raise click.UsageError(f"Records of {section} have no “{key}”{f'; {hint}' if hint else '.'}")
    if missing := [key for key in _NEEDED.get(section, ()) if key not in values]:
        raise click.UsageError(f"Records of {section} need {' and '.join(f'--{key}' for key in missing)}.")
    if section in _DATED and "on" not in values:
        values["on"] = _today()
    return {key: _value(key, value or "") for key, value in values.items()}


def _value(key: str, value: str) -> str:
    """A value as YAML; a list or mapping stands on one line."""
    is_words = key in ("title", "name", "summary")
    whole = _text("summary", value)
    return written(whole, is_title=is_words or "\n" in whole)


def _today() -> str:
    try:
        return clock.now().date().isoformat()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _build(folder: Path) -> Built:
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder “{report.visible(str(folder))}”; “milepost init” begins a plan.")
    try:
        return build(folder, now=clock.now())
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _project(built: Built, wanted: str | None) -> Plan:
    known = {plan.records.id: plan for plan in built.plans}
    if not known:
        raise click.UsageError("There is no plan to add to; “milepost init” begins one.")
    if wanted is None and len(known) == 1:
        return next(iter(known.values()))
    if wanted is None:
        raise click.UsageError(f"There are several projects: name one by --project, of {', '.join(sorted(known))}.")
    if wanted not in known:
        hint = did_you_mean(wanted, known)
        raise click.UsageError(f"There is no project “{report.visible(wanted)}”{f'; {hint}' if hint else '.'}")
    return known[wanted]


def _check_names(plan: Plan, options: Mapping[str, str | None]) -> None:
    for key, section in (("milestone", "milestones"), ("owner", "people")):
        name = options.get(key)
        known = [record.id for record in plan.records.section(section)]
        if name is not None and "/" not in name and name not in known:
            hint = did_you_mean(name, known)
            raise click.UsageError(f"There is no {key} “{report.visible(name)}”{f'; {hint}' if hint else '.'}")


def slug(text: str) -> str:
    """The id that a title suggests, "" if it holds no letter or digit that an id may have."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(char for char in plain if not unicodedata.combining(char) and char != "'")
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")[:_LONGEST].rstrip("-._")


def _identity(plan: Plan, wanted: str | None, title: str) -> str:
    taken = {*plan.links.by_id, *plan.records.lost}
    if wanted is not None:
        try:
            read_id(wanted)
        except ValueError as error:
            raise click.UsageError(f"--id: {error}.") from None
        if wanted in taken:
            raise click.UsageError(f"There is a record “{wanted}” already.")
        return wanted
    base = slug(title)
    if not base:
        raise click.UsageError("No id can be made of this title; give one by --id.")
    return _free(base, taken)


def _free(base: str, taken: Iterable[str]) -> str:
    known, number, name = set(taken), 1, base
    while name in known:
        number += 1
        name = f"{base}-{number}"
    return name


def _place(
    folder: Path, built: Built, plan: Plan, section: str, identity: str, is_chosen: bool, fields: Mapping[str, str]
) -> tuple[str, bytes | None, bytes]:
    """The file to write, what it held before (None if there was none), and what it shall hold."""
    top = f"{plan.records.folder}/" if plan.records.folder else ""
    whole = {"id": written(identity), **fields}
    own = (folder / top / section).is_dir()
    for file in () if own else _lists(built, plan, section):
        raw = (folder / file).read_bytes()
        if text := appended(raw, section, whole):
            return file, raw, text
    lines = record_lines(whole)
    if not own and section != "features" and not (folder / top / f"{section}.yml").exists():
        block = [f"{section}:", f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]
        return f"{top}{section}.yml", None, _file(folder, f"{top}{section}.yml", "plan", block)
    file = f"{top}{section}/{identity}.yml"
    if (folder / file).exists():
        if is_chosen:
            raise click.UsageError(f"There is a file “{file}” already.")
        taken = [*plan.links.by_id, *plan.records.lost, *(p.stem for p in (folder / top / section).iterdir())]
        file = f"{top}{section}/{_free(slug(identity), taken)}.yml"
    return file, None, _file(folder, file, section.removesuffix("s"), lines[1:])


def _lists(built: Built, plan: Plan, section: str) -> list[str]:
    """The files of the project that hold a list of the section, the last first."""
    folders = [other.records.folder for other in built.plans]

    def is_own(file: str) -> bool:
        above = [name for name in folders if name == "" or file.startswith(f"{name}/")]
        return max(above, key=len, default="") == plan.records.folder

    documents = built.sources.documents.values()
    found = [d.file for d in documents if isinstance(d.value, dict) and isinstance(d.value.get(section), list)]
    return [file for file in reversed(found) if is_own(file)]


def _file(folder: Path, file: str, schema: str, lines: list[str]) -> bytes:
    """A new file; its first line names the schema where that lies beside the plan folder."""
    beside = folder.resolve().parent / f"{schema}.schema.json"
    way = "../" * (file.count("/") + 1)
    head = [f"# yaml-language-server: $schema={way}{beside.name}"] if beside.is_file() else []
    return "\n".join([*head, *lines, ""]).encode()


def _keep_or_take_back(folder: Path, file: str, raw: bytes | None, text: bytes, before: Built) -> None:
    """Write the file and read the plan again; with an error more than before, all is put back."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise click.UsageError(f"“{report.visible(file)}” lies behind a link out of the plan folder.")
    is_new_folder = not path.parent.exists()
    try:
        path.parent.mkdir(exist_ok=True)
        write_file(path, text)
        if worse := _worse(before, _build(folder)):
            _undo(path, raw, is_new_folder)
            click.echo(report.text(worse, _shown(folder), colour=False), err=True)
            click.echo("Nothing is changed: the plan would have the error above.", err=True)
            raise click.exceptions.Exit(1)
    except OSError as error:
        raise click.UsageError(
            f"“{report.visible(_shown(path))}” can't be written: {error.strerror}; nothing is changed."
        ) from None


def _worse(before: Built, after: Built) -> list[Located]:
    """The errors that the new state has and the old one had not."""

    def key(problem: Located) -> tuple[str, str, str]:
        return problem.diagnostic.code, problem.diagnostic.message, problem.spot.file

    known = Counter(key(problem) for problem in before.problems)
    found = []
    for problem in after.problems:
        if problem.diagnostic.is_error and known[key(problem)] == 0:
            found.append(problem)
        known[key(problem)] -= 1
    return found


def _undo(path: Path, raw: bytes | None, is_new_folder: bool) -> None:
    if raw is not None:
        write_file(path, raw)
        return
    path.unlink()
    if is_new_folder:
        with suppress(OSError):
            path.parent.rmdir()


def _shown(path: Path) -> str:
    whole = path.resolve()
    return (whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else path).as_posix()
