"""`milepost audit`: what is internal is found in a site, wherever it stands and however it is written.

The canary plan holds a text or an amount of its own in every internal field of every section. Its public edition must
hold none of them; and with any rule of the pruning switched off, the audit must find what then comes out.
"""

import gzip
import io
import json
import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from full_plan import Filled, Route, as_yaml, base_records, full_project, full_record
from milepost.hosts.cli import milepost
from milepost.plan import edition, plan
from milepost.publish.words import spellings, words
from milepost.records.records import SECTIONS, Records
from sites import Site

NEVER = [("people", "rate"), ("people", "away", "*", "why"), ("budget", "spent", "*", "note"), ("inputs", "source")]
NEVER += [("inputs", "revenue"), ("*", "x-own")]


class Canaries:
    """Texts and amounts that stand nowhere else, with the record they are given to."""

    def __init__(self) -> None:
        self.texts: dict[str, tuple[str, Route]] = {}
        self.amounts: dict[str, tuple[str, Route]] = {}

    def filled(self, record: str) -> Filled:
        def text(route: Route) -> str:
            made = f"Zqx{len(self.texts):03}k wording"
            self.texts[made] = record, route
            return made

        def amount(route: Route) -> str:
            made = f"{7919 * (len(self.amounts) + 13) % 90_000 + 10_000}.37"
            self.amounts[made] = record, route
            return made

        return Filled(text, amount)

    def internal(self, gone: set[str], rule: str) -> set[str]:
        """Those that a public edition must not tell where whole sections are `gone` by `publish`."""
        found = set()
        for made, (record, route) in (self.texts | self.amounts).items():
            never = any(route[: len(key)] == key or (key[0] == "*" and key[1] in route) for key in NEVER)
            money = rule != "full" and route[1:] in (("cost",), ("ranking", "cut", "budget"))
            if record == "internal" or never or money or route[0] in gone:
                found.add(made)
        return found


def canary_plan(folder: Path, publish: dict[str, str]) -> tuple[Canaries, Site]:
    """A plan with a public and an internal record in every section, each with every field written."""
    canaries = Canaries()
    files: dict[str, Any] = {}
    for section, rows in base_records().items():
        own = canaries.filled("public")
        public = full_record(section, f"told-{section}", own, own)
        hidden = canaries.filled("internal")
        internal = full_record(section, f"hidden-{section}", hidden, hidden)
        public["audience"], internal["audience"] = "public", "internal"
        if section == "features":
            public["depends_on"].append("hidden-milestones")
            public["owner"] = "hidden-people"
        rows[0].setdefault("audience", "public")
        files[f"content/plan/{section}.yml"] = as_yaml({section: [*rows, public]})
        files[f"content/plan/zzqhidden-{section}.yml"] = as_yaml({section: [internal]})
    own = canaries.filled("public")
    about = canaries.filled("internal")
    rest = [
        {
            "id": "about-hidden",
            "on": "2026-03-02",
            "about": "hidden-features",
            "summary": about(("updates", "summary")),
        },
    ]
    files["content/plan/about.yml"] = as_yaml({"updates": rest})
    project = full_project(own) | {"publish": publish, "ranking": {"method": "rice"}, "currency": "EUR"}
    files["content/plan/project.yml"] = as_yaml({"project": project})
    site = Site(folder).write({"pages/index.md": "# Home\n", **files})
    site.configure(plugins=["search", {"milepost": {"edition": "public"}}], use_directory_urls=True)
    return canaries, site


OPEN = {"budget": "full", "people": "names", "inputs": "full"}
CLOSED = {"budget": "none", "people": "none", "inputs": "none"}
HALF = {"budget": "totals", "people": "roles", "inputs": "counts"}
GONE = {"full": set(), "none": {"budget", "funding", "people", "inputs"}, "totals": {"funding", "inputs"}}


def audited(site: Site, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(milepost, ["audit", "site", *options])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize("publish", [OPEN, HALF, CLOSED], ids=["open", "half", "closed"])
def test_no_canary_is_in_the_public_edition(
    publish: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    canaries, site = canary_plan(tmp_path, publish)
    site.build()
    internal = canaries.internal(GONE[publish["budget"]], publish["budget"])
    assert len(internal) > 90
    content = {path: path.read_bytes().decode("utf-8", "replace").casefold() for path in files(tmp_path / "site")}
    blunt = [c for c in internal for text in content.values() if c.split(" ")[0].casefold() in text]
    assert blunt == []
    assert not [path for path, text in content.items() if "zzqhidden" in f"{path}{text}" or "hidden-feat" in text]
    code, said = audited(site, "--show")
    assert (code, [line for line in said.splitlines() if "holds what" in line]) == (0, []), said[-600:]
    searched = int(said.splitlines()[0].split(" ")[0])
    assert searched > 80


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz"]


Patch = Callable[[pytest.MonkeyPatch], None]


def all_public(portfolio: tuple[Records, ...], *rest: Any) -> tuple[Records, ...]:
    """The pruning, as if no record were internal."""
    from dataclasses import replace

    opened = tuple(
        replace(
            records,
            **{s: tuple(r.model_copy(update={"audience": "public"}) for r in records.section(s)) for s in SECTIONS},
        )
        for records in portfolio
    )
    return prune(opened, *rest)


prune = edition.prune
RULES: dict[str, tuple[dict[str, str], str, Patch]] = {
    "audience": (OPEN, "zzqhidden-milestones.yml", lambda patch: patch.setattr(plan, "prune", all_public)),
    "fields": (OPEN, "people.yml", lambda patch: patch.setattr(edition, "_bare", lambda records: records)),
    "publish": (CLOSED, "budget.yml", lambda patch: patch.setattr(edition, "_told", lambda r, as_of: (r, {}))),
    "money": (CLOSED, "funding.yml", lambda patch: patch.setattr(edition, "_money", lambda r, as_of: r)),
    "roles": (HALF, "people.yml", lambda patch: patch.setattr(edition, "_role", lambda person: person)),
    "ids": (HALF, "people.yml", lambda patch: patch.setattr(edition, "_renamed", lambda _, found, *rest: tuple(found))),
    "about": (OPEN, "about.yml", lambda patch: patch.setattr(edition, "_subject", lambda record: None)),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_switched_off_is_found(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    publish, file, switch_off = RULES[rule]
    _, site = canary_plan(tmp_path, publish)
    switch_off(monkeypatch)
    site.build()
    code, said = audited(site)
    assert code == 1
    assert f"holds what is internal at content/plan/{file}:1:" in said
    assert "Zqx" not in said, "the values are in a log that others may read"
    shown = audited(site, "--show")[1]
    assert "wording" in shown or "told people" in shown


PLAN = """\
project: {name: Open, currency: EUR, publish: {budget: none, people: names}}
people: [{id: maya, name: Maya, rate: 640}]
milestones: [{id: beta, title: Public beta}]
features:
  - {id: deal, title: Überraschung für Großkunden, audience: internal, summary: "So. Ein *zweiter* Satz steht hier."}
  - {id: jp, title: 秘密計画, audience: internal}
budget: [{id: fees, title: Lawyers of the merger, planned: 48250}]
"""


def png(text: str, compressed: bool) -> bytes:
    content = b"Comment\0\0" + zlib.compress(text.encode()) if compressed else b"Comment\0" + text.encode()
    kind = b"zTXt" if compressed else b"tEXt"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(content)) + kind + content + b"\0\0\0\0"


def archive(name: str, text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, text)
    return made.getvalue()


TITLE = "Überraschung für Großkunden"
SVG = f"<svg><text>{TITLE}</text></svg>".encode()
HIDDEN: dict[str, bytes] = {
    "text.html": f"<p>{TITLE}</p>".encode(),
    "entities.html": b"<p>&Uuml;berraschung f&#252;r Gro&szlig;kunden</p>",
    "broken.html": "<p>Über<b>rasch</b>ung f&shy;ür\n  GROSSKUNDEN</p>".encode(),
    "attribute.html": f'<p title="{TITLE}">x</p>'.encode(),
    "data.html": f'<p data-x="{TITLE}">x</p>'.encode(),
    "comment.html": f"<p>x</p><!-- {TITLE} -->".encode(),
    "script.html": f"<script>var x = '{TITLE}'</script>".encode(),
    "sentence.html": b"<p>Ein <em>zweiter</em> Satz steht hier.</p>",
    "decomposed.html": "<p>U\u0308berraschung fu\u0308r Gro\u00dfkunden</p>".encode(),
    "japanese.html": "<p>これは秘密計画です</p>".encode(),
    "address.html": b'<a href="/x?q=%C3%9Cberraschung%20f%C3%BCr%20Gro%C3%9Fkunden">x</a>',
    "embedded.html": b'<img src="data:image/svg+xml;base64,' + b64encode(SVG) + b'">',
    "amount.html": b"<td>48,250</td>",
    "amount-de.html": "<td>48.250 €</td>".encode(),
    "amount-fr.html": "<td>48\u202f250,00 €</td>".encode(),
    "amount-ch.html": "<td>CHF 48’250</td>".encode(),
    "amount-k.html": b"<td>48.3k</td>",
    "beside.html": b"<td>2026 48,250 8 days</td>",
    "rate.html": "<td>€640</td>".encode(),
    "chart.svg": SVG,
    "index.json": json.dumps({"docs": [{"text": f"<p>{TITLE}</p>"}]}).encode(),
    "escaped.json": json.dumps([TITLE], ensure_ascii=True).encode(),
    "key.json": json.dumps({"fees": {"planned": "48250.00"}}).encode(),
    "feed.xml": f"<feed><title>{TITLE}</title></feed>".encode(),
    "plan.ics": b"BEGIN:VCALENDAR\r\nSUMMARY:Lawyers of\r\n  the mer\r\n ger\r\n",
    "budget.csv": b"title;planned\nx;48250\n",
    "app.js": b"const t = 'Lawyers of \\u0074he merger'",
    "style.css": b".x::after {content: 'Lawyers of the merger'}",
    "sitemap.xml.gz": gzip.compress(f"<loc>{TITLE}</loc>".encode()),
    "budget.xlsx": archive("xl/sharedStrings.xml", f"<sst><si><t>{TITLE}</t></si></sst>"),
    "image.png": png(TITLE, compressed=False),
    "packed.png": png("Lawyers of the merger", compressed=True),
    "status.pdf": b"%PDF-1.7\nstream\n" + zlib.compress(b"(Lawyers of the merger) Tj") + b"\nendstream\n",
    "unknown.bin": b"\x00\x01Lawyers of the merger\xff",
    "utf16.txt": TITLE.encode("utf-16"),
    "lawyers-of-the-merger.html": b"<p>x</p>",
}
FINE = {
    "fine.html": "<p>Maya. Public beta. 640 working days. Überraschung. Der Satz. 482505, x48250</p>".encode(),
    "drawn.html": b'<path d="M48250 48,250"/><img src="/48250/x.png"><a href="https://example.org/48250">x</a>',
    "longer.html": "<p>€640,000 12,640 € 1,48,250 48,250,000 48,250.5 1 648 250 48 × 250</p>".encode(),
    "apart.html": b"<ul><li>Lawyers of<li>the merger</ul>",
    "code.js": b"var planned = 48250, fees = 1",
    "bad.gz": b"\x1f\x8bnothing",
    "bad.zip": b"PK\x03\x04nothing",
    "bad.png": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffzTXt",
    "bad.json": b"{" * 99_999,
    "empty.html": b"",
}


@pytest.fixture
def plan_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Site(tmp_path).write({"content/plan/plan.yml": PLAN})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>Home</p>")
    return tmp_path


@pytest.mark.parametrize("name", HIDDEN)
def test_it_is_found_wherever_it_is_hidden(name: str, plan_here: Path) -> None:
    (plan_here / "site" / name).write_bytes(HIDDEN[name])
    code, said = audited(Site(plan_here), "--path", "content/plan")
    assert (code, said.splitlines()[0].partition(": ")[0]) == (1, name), said


@pytest.mark.parametrize("name", FINE)
def test_it_is_not_found_where_it_is_not(name: str, plan_here: Path) -> None:
    (plan_here / "site" / name).write_bytes(FINE[name])
    code, said = audited(Site(plan_here), "--path", "content/plan", "--show")
    assert code == 0, said


def test_wrong_use(plan_here: Path) -> None:
    (plan_here / "empty").mkdir()
    for arguments, said in (
        (["audit", "empty", "--path", "content/plan"], "There is no page in empty: is it a built site?"),
        (["audit", "nowhere"], "Directory 'nowhere' does not exist"),
        (["audit"], "Missing argument 'SITE_DIR'"),
    ):
        result = CliRunner().invoke(milepost, arguments)
        assert (result.exit_code, said in result.output) == (2, True), result.output
    (plan_here / "content/plan/plan.yml").write_text("project: {nam: x}")
    result = CliRunner().invoke(milepost, ["audit", "site", "--path", "content/plan"])
    assert result.exit_code == 2
    assert "The plan has errors" in result.output


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("12500", ["12500", "12,500", "12.500", "12 500", "12’500", "12_500", "12.5k", "12500.00"[:5]]),
        ("1234567.5", ["1,234,567.50", "12,34,567.5", "1234568", "1.234.567,50"]),
        ("-640", ["$640", "640 €", "EUR 640", "640.00"]),
    ],
)
def test_spellings(amount: str, written: list[str]) -> None:
    known = spellings(Decimal(amount), "EUR")
    assert [one for one in written if tuple(words(one)) not in known] == []


def test_the_public_edition_of_the_demo_is_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[1]
    monkeypatch.chdir(root)
    done = Site(root).command("mkdocs", "build", "--strict", "-d", str(tmp_path), MILEPOST_EDITION="public")
    assert done.returncode == 0, done.stderr
    result = CliRunner().invoke(milepost, ["audit", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert int(result.output.split(" ")[0]) > 200
