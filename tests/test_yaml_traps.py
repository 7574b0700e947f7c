"""The traps of YAML: values that change their meaning unseen, files that blow up, and names that only look the same.

Each trap is written into a field of a plan; what becomes of it is a value or a problem at its place, never a surprise.
"""

import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from milepost.diagnostics import Diagnostic
from milepost.source.yaml import read_document
from plans import plans
from test_bad_input import REST, build_of, shown


def titled(written: str) -> str:
    """The title that a milestone gets from what is written there; or the code of the problem."""
    found, problems = plans({"p.yml": f"project: {{name: T}}\nmilestones:\n  - id: m\n    title: {written}\n"})
    return found[0].records.milestones[0].title if not problems else problems[0].diagnostic.code


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(("no", "no"), ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y")),  # Norway
        *(("1:30", "1:30"), ("190:20:30", "190:20:30")),  # sexagesimal
        *(("010", "010"), ("0o14", "0o14"), ("0x1F", "0x1F"), ("0b11", "0b11")),  # octal and others
        *(("1.10", "1.10"), ("1e3", "1e3"), ("1_000", "1_000"), (".inf", ".inf"), (".NaN", ".NaN"), ("+1", "+1")),
        *(("2026-02-30", "2026-02-30"), ("2026-12-15", "2026-12-15"), ("2026-12-15 10:00:00", "2026-12-15 10:00:00")),
        *(("'null'", "null"), ('"true"', "true"), ("nUll", "nUll"), ("tRue", "tRue")),
        *(
            ("true", "bad-text"),
            ("FALSE", "bad-text"),
            ("null", "missing-key"),
            ("~", "missing-key"),
            ("", "missing-key"),
        ),
        *(("=", "="), ("<", "<"), ("'<<'", "<<"), ("!", "yaml-feature"), ("!!str 1", "yaml-feature")),
        *(("!!timestamp 2026-01-01", "yaml-feature"), ("!!binary aGk=", "yaml-feature"), ("!Ref x", "yaml-feature")),
        *(("&a b", "yaml-feature"), ("*a", "yaml-feature"), ("@a", "yaml-syntax"), ("`a`", "yaml-syntax")),
        *(("%a", "yaml-syntax"), ("a: b", "yaml-syntax"), ("- a", "yaml-syntax"), ("a #b", "a"), ("a#b", "a#b")),
        *(('"\\x41\\u00e9\\U0001F600"', "Aé😀"), ('"\\0"', "bad-character"), ('"\\e[31m"', "bad-character")),
        *(('"\\ud800"', "yaml-syntax"), ('"\\U00110000"', "yaml-syntax"), ('"\\uFEFFa"', "bad-character")),
        *(('"a\\u202eb"', "bad-character"), ("a\u200bb", "bad-character"), ('"\\u2066a"', "bad-character")),
        *(("a\x07b", "bad-character"), ("a\x85b", "yaml-syntax"), ("a\u2028b", "yaml-syntax"), ("a\tb", "a\tb")),
        *(("'it''s'", "it's"), ('"a \\\n      b"', "a b"), ("a\n      b", "a b"), (">-\n      a\n      b", "a b")),
        (f"{'x' * 100_001}", "too-large"),
    ],
)
def test_a_scalar_is_its_text_or_a_problem(written: str, expected: str) -> None:
    assert titled(written) == expected


@pytest.mark.parametrize(
    ("field", "code"),
    [
        *(("due: 2026-12-15", None), ("due: 2026-12-15T00:00:00Z", "bad-day"), ("due: 20261215", "bad-day")),
        *(("due: 12-15-2026", "bad-day"), ("due: 0001-01-01", "bad-day"), ("due: 9999-12-31", "bad-day")),
        *(("progress: 0x10%", "bad-percent"), ("progress: 1e1%", "bad-percent"), ("progress: ٨٠%", "bad-percent")),
        *(("progress: NaN%", "bad-percent"), ("progress: 99999999999999999999%", "bad-number")),
        *(("tags: {a: b}", "wrong-shape"), ("tags: [[a]]", "bad-text"), ("tags: [true]", "bad-text")),
        *(
            ("status: [done]", "unknown-choice"),
            ("depends_on: [{}]", "missing-key"),
            ("owner: no", "unknown-reference"),
        ),
        *(("? due\n    : 2026", None), ("? [a]\n    : b", "yaml-feature"), ('"due": 2026', None)),
        *(("Due: 2026", "unknown-key"), ("du\u0435: 2026", "unknown-key"), ("d\u200bue: 2026", "unknown-key")),
        *(("<<: {due: 2026}", "yaml-feature"), ("'<<': 1", "unknown-key"), ("x-own: {any: [thing]}", None)),
    ],
)
def test_a_field_takes_what_it_says_or_tells(field: str, code: str | None) -> None:
    text = f"project: {{name: T}}\nmilestones:\n  - id: m\n    title: M\n    {field}\n"
    _, problems = plans({"p.yml": text})
    assert [p.diagnostic.code for p in problems] == ([code] if code else [])
    assert all(p.spot.line == 5 or code == "missing-key" for p in problems)


BILLION = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BILLION, "yaml-feature"),
        ("a: &a {b: *a}\n", "yaml-feature"),
        ("x-a: &a {b: c}\nx-d:\n  <<: *a\n", "yaml-feature"),
        ("a: 1\n---\nb: 2\n", "yaml-documents"),
        ("%YAML 1.1\n---\na: 1\n...\n---\nb: 2\n", "yaml-documents"),
        ("[" * 25 + "]" * 25, "too-deep"),
        ("{a: " * 25 + "}" * 25, "too-deep"),
        ("- " * 30 + "a", "too-deep"),
        ("? " * 30 + "a", "yaml-feature"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("'a': 1\n\"a\": 2\n", "duplicate-key"),
        ("a: 1\n\tb: 2\n", "yaml-syntax"),
        ("a:\n\t- b\n", "yaml-syntax"),
    ],
)
def test_a_file_that_blows_up_or_says_two_things_is_told(text: str, code: str) -> None:
    document, problems = read_document("p.yml", text)
    assert document.damaged
    assert problems[0].code == code
    assert size(document.value) < 200


def size(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(size, inner))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
def test_ends_of_lines_and_a_byte_order_mark_change_nothing(tmp_path: Path, bom: bytes, end: bytes) -> None:
    lines = [b"project: {name: T}", b"milestones:", b"- id: m", b"  title: |-", b"    One", b"  due: 2026-02-30", b""]
    built = build_of(tmp_path, {"p.yml": bom + end.join(lines)})
    assert [(p.spot.line, p.spot.column, p.spot.text) for p in built.problems] == [(6, 8, "  due: 2026-02-30")]


@pytest.mark.parametrize("code", ["utf-16", "utf-32", "latin-1", "cp1252", "shift-jis"])
def test_another_encoding_is_told_at_its_first_byte(tmp_path: Path, code: str) -> None:
    text = "goals:\n- {id: a, title: 日本}\n" if code == "shift-jis" else "goals:\n- {id: a, title: Café}\n"
    built = build_of(tmp_path, {"a.yml": REST, "p.yml": text.encode(code)})
    assert {p.diagnostic.code for p in built.problems} <= {"not-utf8", "bad-character"}
    assert built.problems
    assert all(p.spot.file == "p.yml" for p in built.problems)


def look_alike(*names: str) -> list[Diagnostic]:
    rows = "".join(f"  - {{id: f{i}, title: F, tags: ['{name}']}}\n" for i, name in enumerate(names))
    _, problems = plans({"p.yml": f"project: {{name: T}}\nfeatures:\n{rows}"}, date(2026, 1, 5))
    return [p.diagnostic for p in problems]


def test_names_that_look_the_same_are_told_once_each() -> None:
    nfc, nfd = (unicodedata.normalize(form, "Café") for form in ("NFC", "NFD"))
    assert look_alike("Café", "Bar", "bar-2") == []
    (case,) = look_alike("Beta", "beta", "Beta", "beta", "Beta")
    assert (case.code, case.message) == ("same-name", "the tag “beta” differs from “Beta” only in its case")
    assert case.hint == "write “Beta” here, too"
    (accent,) = look_alike(nfc, nfd, nfc)
    assert accent.message.endswith("only in how an accent is encoded")
    assert [p.code for p in look_alike("ﬁne", "fine", "FINE")] == ["same-name", "same-name"]


def test_file_names_that_some_disks_take_for_one_are_told(tmp_path: Path) -> None:
    nfc, nfd = (unicodedata.normalize(form, "café.yml") for form in ("NFC", "NFD"))
    built = build_of(tmp_path, {"a.yml": REST, "A.yml": b"goals: []", nfc: b"risks: []", nfd: b"risks: []"})
    assert [line.partition("; ")[0] for line in shown(built)] == [
        f"{name}:0: warning: same-name 0: the name of this file differs from another one's in case or in how an "
        "accent is encoded only"
        for name in sorted(("a.yml", nfc))
    ]


def test_links_pipes_and_odd_names_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yml").write_text("goals: [{id: secret, title: Secret}]")
    folder = tmp_path / "plan"
    build_of(folder, {"a.yml": REST, "real/b.yml": b"risks: []"})
    (folder / "file.yml").symlink_to(outside / "secret.yml")
    (folder / "folder").symlink_to(outside)
    (folder / "inside").symlink_to(folder / "real")
    (folder / "round").symlink_to(folder)
    (folder / "nowhere.yml").symlink_to("nothing.yml")
    (folder / "self.yml").symlink_to("self.yml")
    os.mkfifo(folder / "pipe.yml")
    (folder / "a\nb.yml").write_text("goals: 1")
    built = build_of(folder, {})
    assert [line.split(" ")[0:3] for line in shown(built)] == [
        ["a\nb.yml:0:", "error:", "bad-character"],
        ["file.yml:0:", "error:", "outside-plan"],
        ["folder:0:", "error:", "outside-plan"],
        ["inside:0:", "error:", "outside-plan"],
        ["nowhere.yml:0:", "error:", "unreadable"],
        ["pipe.yml:0:", "error:", "unreadable"],
        ["round:0:", "error:", "outside-plan"],
        ["self.yml:0:", "error:", "unreadable"],
    ]
    assert "secret" not in str(built.plans).casefold()
