"""How each type of value is written: its name, what it is, examples and a pattern.

They are the JSON Schema of fields, for editors, and the table of values in the format reference. A YAML parser of
version 1.2 turns `2026` and `1.5` into numbers where Milepost keeps the text, so what looks like one allows one.
"""

from dataclasses import dataclass, field
from typing import Any

from milepost.records.periods import PERIOD_PATTERN

ID_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,79}$"
_DIGITS = r"[0-9]+(_[0-9]+)*(\.[0-9]+)?"
_SCALAR = ["string", "number"]


@dataclass(frozen=True, slots=True)
class Form:
    """A type of value: its `title`, what it is, examples as they are `written`, and the `rule` as JSON Schema."""

    title: str
    description: str
    written: tuple[str, ...]
    rule: dict[str, Any] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Any]:
        """The JSON Schema of a field of this type."""
        return {"title": self.title, "description": self.description, **self.rule}


def reference(to: str) -> dict[str, Any]:
    """The JSON Schema of a reference to `to`: a person, a milestone …"""
    pattern = r"^([a-z0-9][a-z0-9._-]{0,79}/)?[a-z0-9][a-z0-9._-]{0,79}$"
    return {"title": f"id of {to}", "type": _SCALAR, "pattern": pattern}


TEXT = Form(
    "text",
    "One line, without markup. It needs quotes where it holds “: ” or “ #”, or begins with a sign.",
    ("Public beta", '"Beta: the public one"'),
    {"type": _SCALAR, "minLength": 1, "pattern": r"^[^\n]+\n*$"},
)
RICH = Form(
    "rich text",
    "Markdown: paragraphs, emphasis, lists, links, code and tables; no HTML, no images.",
    ("Half as much **waste**.",),
    {"type": _SCALAR},
)
ID = Form(
    "id",
    "Small letters, digits, “.”, “_” and “-”, at most 80; unique in its project over all sections.",
    ("public-beta",),
    {"type": _SCALAR, "pattern": ID_PATTERN},
)
REFERENCE = Form(
    "id of …",
    "Names a record. Before the “/” stands the project, where that is another one of the same plan folder.",
    ("public-beta", "other-project/public-beta"),
)
DAY = Form(
    "day",
    "Year, month and day, as ISO 8601 has it.",
    ("2026-12-15",),
    {"type": "string", "format": "date"},
)
PERIOD = Form(
    "period",
    "A year, half-year, quarter, month, week or day. As a start it means its first day, as an end its last; "
    "it is shown as written.",
    ("2026", "2026-H2", "2026-Q4", "2026-12", "2026-W50", "2026-12-15"),
    {"type": ["string", "integer"], "pattern": PERIOD_PATTERN},
)
DURATION = Form(
    "duration",
    "Working time by the project’s calendar: 1w is its working days a week, 1d is 8h. A lag may be negative.",
    ("3d", "2w", "0.5d", "4h"),
    {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?\s*[hdw]$"},
)
LAG = Form(
    "duration",
    "Working time in between; negative is a lead.",
    ("2d", "-1w"),
    {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?\s*[hdw]$"},
)
ESTIMATE = Form(
    "estimate",
    "One duration, or three points: then (low + 4·likely + high) ÷ 6 is expected.",
    ("5d", "{low: 3d, likely: 5d, high: 10d}"),
)
PERCENT = Form(
    "percentage",
    "With its sign, so that 0.8 and 80 can’t be confused.",
    ("80%", "12.5%"),
    {"type": "string", "pattern": rf"^\+?{_DIGITS}\s*%$"},
)
PART = Form(
    PERCENT.title,
    "From 0% to 100%.",
    ("80%",),
    {"type": "string", "pattern": r"^\+?(0*[0-9]{1,2}(\.[0-9]+)?|0*100(\.0+)?)\s*%$"},
)
PERCENT_RANGE = Form(
    "percentage or range",
    "A percentage, or the range it lies in.",
    ("80%", "{low: 50%, likely: 80%, high: 90%}"),
)
NUMBER = Form(
    "number",
    "Decimal. Digits may be grouped with “_”, never with commas.",
    ("12", "0.5", "12_500"),
    {"type": ["number", "string"], "pattern": rf"^[-+]?{_DIGITS}$"},
)
WHOLE = Form(
    "whole number",
    "0 or more.",
    ("10000",),
    {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\+?[0-9]+(_[0-9]+)*$"},
)
GRADE = Form(
    "1 to 5",
    "A grade.",
    ("3",),
    {"type": ["integer", "string"], "minimum": 1, "maximum": 5, "pattern": "^[1-5]$"},
)
RANGE = Form(
    "number or range",
    "A number, or the range it lies in: then the rank is shown with the interval it takes.",
    ("8", "{low: 5, likely: 8, high: 13}"),
)
MONEY = Form(
    "money",
    "Decimal, in the project’s currency unless another is written. Digits may be grouped with “_”, never with commas.",
    ("12500", "12500.50", "12_500", "12500 USD"),
    {"type": ["number", "string"], "pattern": rf"^[-+]?{_DIGITS}( +[A-Z]{{3}})?$"},
)
CURRENCY = Form("currency", "An ISO 4217 code.", ("EUR",), {"type": "string", "pattern": "^[A-Z]{3}$"})
TIME_ZONE = Form("time zone", "An IANA name.", ("Europe/Berlin",), {"type": "string"})
LINK = Form(
    "link",
    "An address, or an address with a title.",
    ("https://example.org/brief", "{title: The brief, url: https://example.org/brief}"),
)
URL = Form(
    "address",
    "http, https, mailto, or a page relative to the site.",
    ("https://example.org/brief", "mailto:maya@example.org", "guide/pricing.md"),
    {"type": "string", "pattern": r"^\S+$"},
)

VALUES = (
    TEXT,
    RICH,
    ID,
    REFERENCE,
    DAY,
    PERIOD,
    DURATION,
    ESTIMATE,
    PERCENT,
    PERCENT_RANGE,
    NUMBER,
    RANGE,
    MONEY,
    CURRENCY,
    TIME_ZONE,
    LINK,
    URL,
)
"""The types of value in the order in which the reference explains them."""
