"""One plan through the whole way: read, worked out, shown, explained, exported, told; what must never come out."""

import json
import os
import random
import re
import resource
from datetime import UTC, datetime
from pathlib import Path

from milepost.build import build, show
from milepost.diagnostics import Place
from milepost.hosts import explained, report, sarif
from milepost.hosts.pages import generated_pages
from milepost.hosts.published import published
from milepost.plan.plan import Edition, Plan
from milepost.render.context import Context
from milepost.render.rich import rich
from milepost.views import VIEWS
from milepost.views.explain import explain
from milepost.views.item import Target
from mutate import ALL, CANARY, DAYS

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
GROWTH = 400 * 2**20
"""Bytes by which one small input may make the process grow; one that holds 8 MiB may take more."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ACTIVE = re.compile(
    r"<(?:script|img|iframe|object|embed|base|meta|form)\b"
    r"|<[^>]*\s(?:href|src)=[\"']?\s*(?:javascript|data|vbscript):",
    re.IGNORECASE,
)
_HANDLER = re.compile(r"<[a-z][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*\son\w+\s*=", re.IGNORECASE)
_OPTIONS = {
    "group": ("quarter", "goal", "milestone", "owner", "team", "x"),
    "scale": ("week", "month", "quarter", "year"),
    "lanes": ("milestone", "team", "owner", "goal"),
    "from": DAYS,
    "to": DAYS,
    "items": ("milestones", "features", "both"),
    "columns": ([], ["title"], ["x"], "title"),
    "sort": ("rank", "due", "title"),
    "project": ("x", "second"),
    "id": ("x",),
}


class Wrong(Exception):
    """Something came out that never may."""


def travel(folder: Path, random: random.Random) -> set[str]:
    """Take the plan in `folder` the whole way; the codes of the problems told. Raises on whatever must not be."""
    codes: set[str] = set()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for edition in ("full", "public"):
        codes |= _edition(folder, edition, random)
    rich.cache_clear()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    if grown > GROWTH:
        raise Wrong(f"memory: {grown // 2**20} MiB more")
    return codes


def _edition(folder: Path, edition: Edition, random: random.Random) -> set[str]:
    built = build(folder, now=NOW, edition=edition)
    codes: set[str] = {problem.diagnostic.code for problem in built.problems}
    for shown in (
        report.text(built.problems, "plan"),
        report.github(built.problems, "plan"),
        report.json(built.problems, "plan"),
    ):
        _no_control(shown, "report")
    for line in report.github(built.problems, "plan").splitlines():
        if not re.match(r"::(error|warning) file=", line):
            raise Wrong(f"github: a line that is no annotation: {line[:80]!r}")
    json.loads(report.json(built.problems, "plan"))
    _no_control(sarif.sarif(built.problems, "plan"), "sarif")
    context = Context(random.choice(("en", "de", "ar")), _link, lambda place: f"https://example.org/{place.file!r}")
    for name in (*VIEWS, "problems", random.choice(("nothing", "roadmap"))):
        for plan in built.plans or (None,):
            options: dict[str, object] = {"project": plan.records.id} if plan else {}
            if random.random() < 0.3:
                key = random.choice(list(_OPTIONS))
                options[key] = random.choice((*_OPTIONS[key], random.choice(ALL), None, True, [], {}))
            html = show(built, name, options, Place("page"), lambda project: context)
            codes |= {problem.code for problem in html.problems}
            _page(html.html, edition, name)
    for page in generated_pages(built, (*VIEWS, "features")):
        _public(page.path + page.title, edition, "page")
        if page.target.kind != "page":
            html = show(
                built,
                page.target.kind,
                {"id": page.target.id, "project": page.project},
                Place("page"),
                lambda project: context,
            )
            _page(html.html, edition, page.path)
    for plan in built.plans:
        for identity in ("", *_explained(plan)):
            told = explained.text(explain(plan, identity), built.sources, "plan")
            _no_control(told, "explanation")
            _public(told, edition, "explanation")
    for path, text in published(built).items():
        json.loads(text, parse_constant=_constant)
        if path.endswith("plan.json"):
            _no_control(report.inert(text), "export")
            _public(text, edition, path)
    return codes


def _explained(plan: Plan) -> list[str]:
    return [record.id for section in ("milestones", "features", "budget") for record in plan.records.section(section)][
        :40
    ]


def _link(target: Target) -> str:
    return f"../{target.kind}/{target.id}/"


def _constant(name: str) -> float:
    raise Wrong(f"export: {name}")


def _no_control(text: str, where: str) -> None:
    if found := _CONTROL.search(text):
        raise Wrong(f"control character in the {where}: {text[max(found.start() - 60, 0) : found.end() + 30]!r}")


def _page(html: str, edition: Edition, where: str) -> None:
    _no_control(html, f"HTML of {where.split('/')[0]}")
    _public(html, edition, where)
    if found := _ACTIVE.search(html) or _HANDLER.search(html):
        raise Wrong(f"HTML: {found[0][:60]!r}")


def _public(text: str, edition: Edition, where: str) -> None:
    if edition == "public" and CANARY in text:
        raise Wrong(f"public: an internal text in {where.split('/')[0]}")


def limit_memory(more: int) -> None:
    """Let this process have `more` bytes of addresses beside those that it has now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))
