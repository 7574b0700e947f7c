"""How problems are told: as text for people, as commands for GitHub, as JSON for programs."""

import json as json_format
from collections.abc import Iterable, Sequence
from posixpath import normpath
from unicodedata import category, east_asian_width

from milepost.diagnostics import Located, Spot
from milepost.source.shown import UNSAFE, window
from milepost.source.shown import visible as visible

_STYLES = {"error": "1;31", "warning": "1;33", "place": "1", "gutter": "34", "help": "36"}


def text(problems: Iterable[Located], root: str, *, colour: bool = False) -> str:
    """A report for a terminal: each problem with its line and a caret, then how many there are.

    `root` is the plan folder as the reader knows it; it stands before every file.
    """
    report = _Text(root, colour)
    ordered = in_order(problems)
    return "\n\n".join([*map(report.problem, ordered), summary(ordered)])


def one(problem: Located, root: str) -> str:
    """One problem as `text` writes it, for logs that stand line by line."""
    return _Text(root, colour=False).problem(problem)


def github(problems: Iterable[Located], root: str) -> str:
    """Workflow commands of GitHub Actions: each problem becomes an annotation on its line of a pull request.

    `root` is the way from the repository to the plan folder.
    """
    return "\n".join(_command(problem, root) for problem in in_order(problems))


def json(problems: Iterable[Located], root: str) -> str:
    """A list of objects, one a problem; `line` and `column` are 1-based, `null` where a file as a whole is meant."""
    return dump([_object(problem, root) for problem in in_order(problems)])


def fixes(done: Iterable[Located], refused: Iterable[tuple[Located, str]], root: str) -> str:
    """What was corrected and what could not be, a line each."""
    lines = [f"{_fix(problem, root)} → {visible(problem.diagnostic.fix or '')}" for problem in in_order(done)]
    lines += [f"{_fix(problem, root)} is left: {visible(reason)}" for problem, reason in refused]
    return "\n".join(lines)


def _fix(problem: Located, root: str) -> str:
    spot = problem.spot
    was = spot.text[spot.column - 1 : spot.end_column - 1]
    return f"{visible(path(root, spot.file))}:{spot.line}:{spot.column}: {visible(was)}"


def leak(file: str, around: str | None, spot: Spot, root: str) -> str:
    """One internal value found in a file of a site; `around` are the words it stands in, or None not to tell them."""
    said = f": {visible(around)}" if around else ""
    return f"{visible(file)}: holds what is internal at {where(spot, root)}{said}"


def audited(searched: int, unjudged: int, files: int, leaks: int) -> str:
    """What an audit came to, in one line."""
    what = f"{_count(searched, 'internal value')} looked for in {_count(files, 'file')}"
    rest = f"; {unjudged} can't be judged, being too short or public elsewhere" if unjudged else ""
    return f"{what}: {_count(leaks, 'leak') if leaks else 'none found'}{rest}."


def where(spot: Spot, root: str) -> str:
    """A place in one word, as `plan/a.yml:3:5`."""
    return visible(path(root, spot.file)) + (f":{spot.line}:{spot.column}" if spot.line else "")


def in_order(problems: Iterable[Located]) -> list[Located]:
    """By file, then by line."""
    return sorted(problems, key=lambda p: (p.spot.file, p.spot.line, p.spot.column))


def summary(problems: Sequence[Located]) -> str:
    """How many problems there are, as “2 errors, 1 warning in 3 files”."""
    errors = sum(problem.diagnostic.is_error for problem in problems)
    parts = [_count(n, word) for n, word in ((errors, "error"), (len(problems) - errors, "warning")) if n]
    return f"{', '.join(parts)} in {_count(len({p.spot.file for p in problems}), 'file')}" if parts else "no problems"


def dump(value: object) -> str:
    """JSON that people can read."""
    return inert(json_format.dumps(value, ensure_ascii=False, indent=2))


def inert(written: str) -> str:
    """The same JSON without a character that a terminal would obey: written as an escape, it means the same."""
    return UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else f"\\u{ord(m[0]):04x}", written)


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def path(root: str, file: str) -> str:
    """The path of a plan file as the reader knows it."""
    return normpath(f"{root}/{file}")


class _Text:
    """Writes problems as a compiler does."""

    def __init__(self, root: str, colour: bool) -> None:
        self.root = root
        self.colour = colour

    def style(self, said: str, name: str) -> str:
        return f"\x1b[{_STYLES[name]}m{said}\x1b[0m" if self.colour else said

    def problem(self, located: Located) -> str:
        told = located.diagnostic
        label = self.style(f"{told.severity.value}[{told.code}]", told.severity.value)
        lines = [f"{self.place(located.spot)} {label}: {visible(told.message)}"]
        lines += self.excerpt(located.spot, told.severity.value)
        if told.hint:
            lines.append(f"{self.style('help:', 'help')} {visible(told.hint)}")
        for message, spot in located.related:
            lines.append(f"{self.place(spot)} {visible(message)}")
            lines += self.excerpt(spot, "help")
        return "\n".join(lines)

    def place(self, spot: Spot) -> str:
        where = f":{spot.line}:{spot.column}:" if spot.line else ":"
        return self.style(visible(path(self.root, spot.file)) + where, "place")

    def excerpt(self, spot: Spot, style: str) -> list[str]:
        """The line with its number, and carets under what is meant."""
        if not spot.line or not spot.text.strip():
            return []
        start = spot.column - 1
        before, meant, after = window(spot.text, start, max(spot.end_column - 1, start + 1))
        number = str(spot.line)
        bar = self.style("|", "gutter")
        carets = self.style("^" * max(columns(meant), 1), style)
        return [
            f"{self.style(number.rjust(5), 'gutter')} {bar} {before}{meant}{after}".rstrip(),
            f"{' ' * 5} {bar} {' ' * columns(before)}{carets}",
        ]


def columns(said: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, combining marks none (Unicode annex 11)."""
    return sum(0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in said)


def _command(located: Located, root: str) -> str:
    told, spot = located.diagnostic, located.spot
    properties = {"file": visible(path(root, spot.file))}
    if spot.line:
        properties |= {
            "line": str(spot.line),
            "endLine": str(spot.line),
            "col": str(spot.column),
            "endColumn": str(spot.end_column),
        }
    properties["title"] = told.code
    said = [visible(told.message), *([f"help: {visible(told.hint)}"] if told.hint else [])]
    said += [f"{visible(message)}: {visible(path(root, at.file))}:{at.line}" for message, at in located.related]
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{told.severity.value} {listed}::" + _data("\n".join(said))


def _data(value: str) -> str:
    """The message of a workflow command; after this it can't hold a line of its own."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _object(located: Located, root: str) -> dict[str, object]:
    told = located.diagnostic
    return {
        "code": told.code,
        "severity": told.severity.value,
        "message": told.message,
        "hint": told.hint,
        "fix": told.fix,
        **_where(located.spot, root),
        "related": [{"message": message, **_where(spot, root)} for message, spot in located.related],
    }


def _where(spot: Spot, root: str) -> dict[str, object]:
    return {
        "file": path(root, spot.file),
        "line": spot.line or None,
        "column": spot.column or None,
        "end_column": spot.end_column or None,
    }
