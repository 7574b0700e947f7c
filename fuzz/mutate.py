"""Mutations of plans that know YAML: what an author, a careless merge or an attacker would write."""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

from trees import Entry, Tree, cut

CANARY = "zq7internal"
"""Stands in internal records alone; the public edition must not hold it."""

_SCALAR = re.compile(r"(?<=: )[^\s,{}\[\]#|>][^,{}\[\]\n]*")
_PAIR = re.compile(r"([\w-]+): ([^\s,{}\[\]#|>][^,{}\[\]\n]*)")
_ID = re.compile(r"\bid: ([a-z0-9][a-z0-9._-]*)")

DAYS = (
    "0001-01-01", "1582-10-10", "1899-12-31", "1900-01-01", "1900", "1969-12-31", "2026-02-29", "2028-02-29", "2026-11-23",
    "2026-11-24", "2999-12-31", "2999", "2999-Q4", "2999-H2", "2999-W52", "2026-W53", "9999-12-31", "10000-01-01", "2026-Q5",
    "2026-00-00", "2026-13-45", "3/4/2026", "2026-1-1", "٢٠٢٦-٠١-٠١", "1900-W01", "2026-W01", "2025-W01", "2020-W53",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "-1", "1e999", "1e-999", "NaN", "nan", "inf", "-Infinity", "0x1F", "0o17", "1_000", "1,000", "999999999999999999",
    "9999999999999999999", "0.000000000000000001", "0.00000000000000000", "-999999999999999999", "1" * 400, "٣", "½", "+5", "5.", ".5", "00012",
    "123456789012345678", "1", "2", "3", "5",
)  # fmt: skip
DURATIONS = (
    "0d", "0h", "1h", "0.001h", "3d", "2w", "-3d", "999999999999999999w", "99999999999w", "400000d", "1000000d", "0.000000000000000001d",
    "1d2h", "5", "d", "{low: 5d, likely: 3d, high: 1d}", "{low: 0d, likely: 0d, high: 0d}", "{low: 1d, likely: 1d, high: 999999999999999999w}",
    "{low: 3d, likely: 3d, high: 3d}", "{low: 0h, likely: 1d, high: 900000w}",
)  # fmt: skip
PERCENTS = (
    "0%",
    "100%",
    "101%",
    "-5%",
    "0.8",
    "80",
    "%",
    "%%",
    "999999999999999999%",
    "0.000000000000001%",
    "33.333333333333333%",
)
AMOUNTS = (
    "0", "-1", "999999999999999999", "-999999999999999999", "0.000000000000000001", "12500 USD", "12500 usd", "1 XXX", "€5", "12.500,00",
    "12500 BTC", "5 JPY", "0.001 KWD", "{2026-01: 5, 2026: 7}", "{2026-Q1: -5}", "{2999: 999999999999999999}", "{1900: 1, 2999: 1}", "1k",
)  # fmt: skip
RICH = (
    "[" * 300, "![" * 200, "*" * 500, "_a*" * 200, "`" * 400, "> " * 150 + "x", "- " * 150 + "x", "a | b\n--|--\n" + "|" * 500,
    "[a](javascript:alert(1))", "[a](data:text/html,x)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<" * 300,
    "&#x6a;avascript:", "[a]: x\n" * 100, "~~~\n" * 60, "[x](" * 100, "\\" * 301, "**a*b" * 100, "1. " * 100, "# " * 100, "&lt;script&gt;",
    "{{ 7*7 }}{% raw %}", '--8<-- "mkdocs.yml"', "!!! note", "</title><script>alert(1)</script>", "\x02\x03klzzwxh:0000\x03", "^[x]", "[^1]: x",
)  # fmt: skip
TEXTS = (
    "", "~", "null", "true", "no", "1:30", "''", '""', '"\\x00"', '"\\ud800"', '"\\udfff\\ud800"', '"\\e[31m"', '"\\r\\n"', '"\\u202e"', '"\\u2028"',
    "\u202eevil", "\u200b", "\ufeff", "\u0085", "\x1b[2J", "\x00", "\x7f", "e\u0301", "\U0010ffff", "\ufffe", "a" * 5000, "a " * 3000, "'\"<&>",
    "<script>alert(1)</script>", "</script><script>", '" onmouseover="x', "::stop-commands::x", "%0A::error::", "%s%n{0}{x}", "{{ config }}", "@", "`",
    "*alias", "&anchor x", "!!python/object:os.system x", "!tag x", "<<", "? x", "- x", "[", "{", "[" * 40, "{a: " * 40, "|", ">", "#", "'", '"',
    "javascript:alert(1)", "//evil", "..%2f..", "../../etc/passwd", "https://[", "http://[::1", "mailto:", "https://x/" + "a" * 3000,
)  # fmt: skip
REFERENCES = (
    "plan/x",
    "/",
    "a/b/c",
    "x/",
    "../x",
    "[]",
    "[x, x]",
    "{id: x}",
    "[{id: x, lag: -999999w}]",
    "[{id: x, type: SF, lag: 999999999999w}]",
)
ZONES = ("UTC", "Pacific/Kiritimati", "Etc/GMT+12", "America/New_York", "../../etc/passwd", "Mars/Base", "utc")
EVIL: dict[str, Sequence[str]] = {
    **dict.fromkeys(("start", "due", "baseline", "done", "started", "on", "from", "to", "today", "end", "review", "needed_by"), DAYS),
    **dict.fromkeys(("duration", "effort", "lag", "silence", "at_risk", "off_track", "low", "likely", "high", "size"), (*DURATIONS, *PERCENTS[:3])),
    **dict.fromkeys(("progress", "share", "capacity", "certain", "confidence"), PERCENTS),
    **dict.fromkeys(("planned", "amount", "rate", "committed", "forecast", "cost", "revenue", "budget"), AMOUNTS),
    **dict.fromkeys(("reach", "impact", "probability", "ease", "value", "urgency", "risk", "votes", "order", "runs", "seed", "now"), NUMBERS),
    **dict.fromkeys(("summary", "why", "vision", "response", "context", "decision", "consequences", "quote", "help"), RICH),
    **dict.fromkeys(("timezone",), ZONES),
    **dict.fromkeys(("country", "region"), ("DE", "US", "BE", "XX", "de", "", "DEU", "CA", "..", "GB-ENG")),
    **dict.fromkeys(("currency",), ("EUR", "JPY", "KWD", "XXX", "XAU", "eur", "€", "ZZZ", "CLF")),
    **dict.fromkeys(("workdays",), ("[mon]", "[sun]", "[]", "[mon, mon]", "[mon, tue, wed, thu, fri, sat, sun]", "mon")),
    **dict.fromkeys(("depends_on", "parent", "supersedes", "affects", "features", "inputs", "milestone", "goal", "owner", "about"), REFERENCES),
}  # fmt: skip
ALL = (*DAYS, *NUMBERS, *DURATIONS, *PERCENTS, *AMOUNTS, *RICH, *TEXTS, *REFERENCES)
_LINES = (
    "depends_on: [{x}]", "depends_on: [{{id: {x}, type: SS, lag: -2d}}]", "depends_on: [{{id: {x}, type: FF, lag: 90000000w}}]", "parent: {x}",
    "supersedes: {x}", "milestone: {x}", "feature: {x}", "audience: internal", "status: done", "status: dropped", "status: idea", "status: active",
    "done: 2026-06-01", "started: 2027-01-01", "duration: {{low: 1d, likely: 2d, high: 900000w}}", "effort: 0d", "assigned: [{{person: {x}, share: 0%}}]",
    "assigned: [{{person: {x}, share: 900%}}]", "away: [{{from: 1900-01-01, to: 2999-12-31}}]", "away: [{{from: 2999-12-31, to: 2026-01-01}}]",
    "capacity: 0%", "capacity: 0.0000001%", "score: {{rice: {{reach: 0, impact: 0, confidence: 0%, effort: 0}}}}",
    "score: {{rice: {{reach: {{low: 0, likely: 1, high: 999999999999999999}}, impact: 1, confidence: 1%}}}}", "score: {{kano: {{attractive: 0}}}}",
    "score: {{wsjf: {{value: 1, urgency: 1, risk: 1, size: 0.000000000001}}}}", "score: {{cd3: {{cost_of_delay: 999999999999999999, duration: 0h}}}}",
    "score: {{manual: {{order: -1}}}}", "score: {{weighted: {{x: 1, y: 2}}}}", "score: {{moscow: must}}", "health: {{is: at-risk, because: x}}",
    "planned: {{1900: 5, 2999-12-31: 5}}", "spent: [{{on: 1900-01-01, amount: 999999999999999999}}]", "spent: [{{on: 2026-01-01, amount: -5}}]",
    "baseline: 1900", "due: 2999-12-31", "start: 2999-12-31", "start: 1900", "progress: 99.999999999999%", "x-a: {{b: [{{c: <script>}}]}}",
    "key_results: [{{id: k, title: K, from: 5, to: 5, now: 5}}]", "key_results: [{{id: k, title: K, from: 0, to: 999999999999999999, now: -1}}]",
    "links: [{{title: x, url: 'javascript:x'}}]", "links: ['https://[']", "tags: [<script>, '', a]", "options: [{{title: x}}]", "horizon: now",
    "today: 1900-01-01", "today: 2999-12-31", "end: 1900", "calendar: {{workdays: [sun], country: US}}", "calendar: {{country: DE, region: BE}}",
    "forecast: {{runs: 0}}", "forecast: {{runs: 999999999999, seed: 999999999999999999}}", "forecast: {{distribution: triangular, runs: 1}}",
    "rates: {{USD: 0}}", "rates: {{USD: {{2999: 0.000000000000000001}}}}", "rates: {{USD: 999999999999999999}}", "publish: {{budget: none, people: none}}",
    "publish: {{budget: share, people: roles, inputs: none}}", "ranking: {{method: wsjf, cut: {{effort: 0d}}}}", "ranking: {{method: kano}}",
    "ranking: {{method: weighted, weights: {{x: 0.5, y: 0.5}}, bands: {{a: 1, b: 1}}}}", "ranking: {{method: rice, cut: {{budget: -1}}}}",
    "ranking: {{method: moscow}}", "ranking: {{method: manual}}", "ranking: {{method: opportunity}}", "ranking: {{method: value_effort}}",
)  # fmt: skip

Change = Callable[[dict[str, Entry], random.Random], None]


def mutate(corpus: Sequence[Tree], seed: int, number: int) -> dict[str, Entry]:
    """Input `number` of a run: the same for the same seed and corpus."""
    r = random.Random(f"{seed}/{number}")
    if r.random() < 0.03:
        return _noise(r)
    tree = cut(r.choices(corpus, [6, *[1] * (len(corpus) - 1)])[0], r, r.choice((1, 2, 3, 5, 12)))
    if r.random() < 0.2:
        other = cut(r.choice(corpus), r, 3)
        prefix = r.choice(("", "", "second/", "features/"))
        tree |= {prefix + name: entry for name, entry in other.items()}
    for _ in range(r.choice((1, 1, 2, 3, 5, 9))):
        if tree:
            r.choice(_CHANGES)(tree, r)
    if r.random() < 0.3:
        tree["zz-internal.yml"] = Entry(_internal(tree, r).encode())
    return tree


def _noise(r: random.Random) -> dict[str, Entry]:
    alphabet = r.choice((bytes(range(256)), b"[]{},:-?&*!|>'\"%@`# \n\tab01", b"- \n: a", "é\u2028\x85\ufeff".encode()))
    content = bytes(r.choice(alphabet) for _ in range(r.choice((1, 10, 100, 3000))))
    return {
        r.choice(("plan.yml", "features/a.yml")): Entry(content),
        "b.yml": Entry(b"project: {name: B, currency: EUR}\n"),
    }


def _internal(tree: Tree, r: random.Random) -> str:
    """Records that only the team may read, tied to those that everybody may."""
    ids = _ids(tree) or ["x"]
    a, b = r.choice(ids), r.choice(ids)
    return (
        f"milestones:\n- {{id: {CANARY}-m, title: {CANARY}, summary: {CANARY}, due: 2026-Q4, depends_on: [{a}], audience: internal}}\n"
        f"features:\n- {{id: {CANARY}-f, title: {CANARY}, why: {CANARY}, milestone: {b}, duration: 3d, blocked: {CANARY}, audience: internal}}\n"
        f"goals:\n- {{id: {CANARY}-g, title: {CANARY}, summary: {CANARY}, audience: internal}}\n"
        f"risks:\n- {{id: {CANARY}-r, title: {CANARY}, probability: 5, impact: 5, affects: [{a}], response: {CANARY}, audience: internal}}\n"
        f"decisions:\n- {{id: {CANARY}-d, title: {CANARY}, decision: {CANARY}, affects: [{b}], audience: internal}}\n"
        f"updates:\n- {{id: {CANARY}-u, on: 2026-11-20, about: {a}, health: off-track, summary: {CANARY}, audience: internal}}\n"
        f"inputs:\n- {{id: {CANARY}-i, title: {CANARY}, on: 2026-01-01, quote: {CANARY}, source: {CANARY}, features: [{b}]}}\n"
    )


def _ids(tree: Tree) -> list[str]:
    return [found for entry in tree.values() for found in _ID.findall(entry.content.decode("utf-8", "replace"))]


def _text(change: Callable[[str, dict[str, Entry], random.Random], str]) -> Change:
    """A change of the text of one file."""

    def changed(tree: dict[str, Entry], r: random.Random) -> None:
        name = r.choice(list(tree))
        text = tree[name].content.decode("utf-8", "replace")
        tree[name] = Entry(change(text, tree, r).encode("utf-8", "surrogatepass"), tree[name].kind)

    return changed


def _evil(text: str, tree: dict[str, Entry], r: random.Random) -> str:
    """A value becomes an evil one of its own kind, or of any."""
    found = list(_PAIR.finditer(text))
    if not found:
        return text + r.choice(ALL)
    pair = r.choice(found)
    fitting = EVIL.get(pair[1], TEXTS)
    value = r.choice(fitting if r.random() < 0.7 else ALL)
    if fitting is REFERENCES and r.random() < 0.8:
        value = r.choice([*_ids(tree), "x"])
        value = r.choice((value, f"[{value}]", f"[{value}, {value}]"))
    if r.random() < 0.15 and pair[2] != value:
        value = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return text[: pair.start(2)] + value + text[pair.end(2) :]


def _swap(text: str, _tree: dict[str, Entry], r: random.Random) -> str:
    """Two values change places."""
    found = list(_SCALAR.finditer(text))
    if len(found) < 2:
        return text
    a, b = sorted(r.sample(found, 2), key=lambda match: match.start())
    return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]


def _line(text: str, tree: dict[str, Entry], r: random.Random) -> str:
    """A known key with an unlikely value appears beside another key."""
    lines = text.split("\n")
    places = [i for i, line in enumerate(lines) if re.match(r" *(- )?[\w-]+:", line)]
    if not places:
        return text
    i = r.choice(places)
    indent = re.match(r" *(?:- )?", lines[i])
    written = r.choice(_LINES).format(x=r.choice([*_ids(tree), "x"]))
    lines.insert(i + 1, " " * len(indent[0] if indent else "") + written)
    return "\n".join(lines)


def _lines(text: str, _tree: dict[str, Entry], r: random.Random) -> str:
    """Lines are lost, doubled, moved, indented, commented out."""
    lines = text.split("\n")
    i = r.randrange(len(lines))
    how = r.randrange(6)
    if how == 0:
        del lines[i : i + r.randint(1, 3)]
    elif how == 1:
        lines[i:i] = lines[i : i + r.randint(1, 8)] * r.choice((1, 1, 2, 60))
    elif how == 2:
        lines.insert(r.randrange(len(lines)), lines.pop(i))
    elif how == 3:
        lines[i] = r.choice((" ", "  ", "\t", "    ")) + lines[i]
    elif how == 4:
        lines[i] = lines[i][r.randint(1, 3) :]
    else:
        lines[i] = r.choice(("#", "- ", "<<: ", "---\n", "...\n", "%YAML 9.9\n---\n", "? ")) + lines[i]
    return "\n".join(lines)


def _insert(text: str, _tree: dict[str, Entry], r: random.Random) -> str:
    """Something evil stands anywhere."""
    i = r.randrange(len(text) + 1)
    return text[:i] + r.choice(ALL) + text[i:]


def _endings(text: str, _tree: dict[str, Entry], r: random.Random) -> str:
    return text.replace("\n", r.choice(("\r\n", "\r", "\u2028", "\x85")), r.choice((-1, 1, 5)))


def _many(text: str, tree: dict[str, Entry], r: random.Random) -> str:
    """A list becomes long: holidays, tags, dependencies, spendings, records."""
    n = r.choice((50, 400))
    ids = [*_ids(tree), "x"]
    return text + r.choice(
        (
            "\nx-n: [" + "a, " * n + "]\n",
            "\nproject: {name: M, calendar: {holidays: [" + ", ".join(f"{2000 + i}-01-01" for i in range(n)) + "]}}\n",
            "\nfeatures:\n"
            + "".join(f"- {{id: n{i}, title: N, depends_on: [n{i + 1}], duration: 1d}}\n" for i in range(n // 5)),
            "\nfeatures:\n" + "".join(f"- {{id: n{i}, title: N, depends_on: [n{(i + 1) % 9}]}}\n" for i in range(9)),
            "\nmilestones:\n- {id: mm, title: M, depends_on: ["
            + ", ".join(r.choice(ids) for _ in range(n // 9))
            + "]}\n",
            "\ngoals:\n- {id: ga, title: A, parent: gb}\n- {id: gb, title: B, parent: ga}\n- {id: gc, title: C, parent: gc}\n",
            "\ndecisions:\n- {id: da, title: A, supersedes: db}\n- {id: db, title: B, supersedes: da}\n",
            "\nfeatures:\n- {id: fa, title: A, milestone: ma, duration: 1d}\nmilestones:\n- {id: ma, title: M, depends_on: [fa]}\n",
        )
    )


def _bytes(tree: dict[str, Entry], r: random.Random) -> None:
    """Bits flip, bytes go and come."""
    name = r.choice(list(tree))
    content = bytearray(tree[name].content)
    for _ in range(r.choice((1, 1, 4, 20))):
        if content:
            i = r.randrange(len(content))
            how = r.randrange(3)
            if how == 0:
                content[i] ^= 1 << r.randrange(8)
            elif how == 1:
                del content[i : i + r.randint(1, 20)]
            else:
                content[i:i] = bytes(r.randrange(256) for _ in range(r.randint(1, 3)))
    tree[name] = Entry(bytes(content), tree[name].kind)


def _rename(tree: dict[str, Entry], r: random.Random) -> None:
    """A file gets another name, or lies in another folder."""
    name = r.choice(list(tree))
    folder, _, file = name.rpartition("/")
    new = r.choice(
        (
            file.upper(), file.title(), "é.yml", unicodedata.normalize("NFD", "é.yml"), "a\nb.yml", "\udcff\udcfe.yml", ".yml", "_x.yml", "-rf.yml",
            "features/" + file, "budget/" + file, "updates/" + file, "people/x/" + file, "second/" + file, "A B/" + file, "second/features/x.yml",
            "\x1b[31m.yml", "\u202e.yml", "::error::.yml", "<script>.yml", "%s.yml", "a" * 200 + ".yml", "index.yml", "con.yml", "features/é.yml",
            "\udcff/" + file, "x.yml/" + file, "a,b:c.yml", "features/.hidden.yml",
        )
    )  # fmt: skip
    tree[f"{folder}/{new}" if folder and r.random() < 0.5 else new] = tree.pop(name)


def _special(tree: dict[str, Entry], r: random.Random) -> None:
    """Something that is no plain file lies in the folder."""
    target = r.choice(
        ("/etc/passwd", "..", ".", "nowhere", "../../..", "project.yml", "loop.yml", "/dev/zero", "/proc/self/mem")
    )
    name = r.choice(("loop.yml", "features/x.yml", "y.yaml", "sub", "features"))
    tree[name] = Entry(target.encode(), r.choice(("link", "link", "fifo", "folder")))


_CHANGES: tuple[Change, ...] = (
    *[_text(_evil)] * 10,
    *[_text(_line)] * 8,
    *[_text(_swap)] * 3,
    *[_text(_lines)] * 4,
    _text(_insert),
    _text(_insert),
    _text(_endings),
    _text(_many),
    _bytes,
    _bytes,
    _rename,
    _special,
)
