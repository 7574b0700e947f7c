"""Periods: a year, half-year, quarter, month, ISO week or day, always shown as written."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["year", "half", "quarter", "month", "week", "day"]

PERIOD_PATTERN = r"^[0-9]{4}(-([Hh][12]|[Qq][1-4]|[Ww][0-9]{2}|[0-9]{2}(-[0-9]{2})?))?$"
_PERIOD = re.compile(
    r"([0-9]{4})(?:-(?:H([1-9])|Q([1-9])|W([0-9]{1,2})|([0-9]{1,2})(?:-([0-9]{1,2}))?))?", re.IGNORECASE
)
_DOTTED = re.compile(r"(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})\.\s?(?P<y>[0-9]{4})")
_SLASHED = re.compile(r"(?P<y>[0-9]{4})[/.](?P<m>[0-9]{1,2})[/.](?P<d>[0-9]{1,2})")
_AMERICAN = re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})")
_COMPACT = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_WITH_TIME = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})[T ][0-9:.]+(?:Z|[+-][0-9:]+)?")
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in calendar.month_name if name) + r")\.?"
_NAMED = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<d>[0-9]{{1,2}})(?:\.|st|nd|rd|th)? {_MONTH},? (?P<y>[0-9]{{4}})",
        rf"{_MONTH} (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y>[0-9]{{4}})",
        rf"{_MONTH},? (?P<y>[0-9]{{4}})",
    )
]
_PART_FIRST = re.compile(r"(?P<part>[HQ][1-4]|W[0-9]{2})[ /-]?(?P<y>[0-9]{4})", re.IGNORECASE)
_PART_CLOSE = re.compile(r"(?P<y>[0-9]{4})[ /]?(?P<part>[HQ][1-4]|W[0-9]{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days as its author named it: `text`, its `first` and its `last` day."""

    text: str
    kind: Kind
    first: date
    last: date

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class NoPeriod:
    """Why a text is no period, as the end of a sentence, and what was probably meant."""

    because: str = ""
    meant: str | None = None
    is_certain: bool = True

    @property
    def hint(self) -> str | None:
        """What to write, or what may have been meant."""
        if self.meant is None:
            return None
        return f"did you mean {self.meant}?" if self.because else f"write {self.meant}"

    @property
    def fix(self) -> str | None:
        """What to write where nothing else can be meant."""
        return self.meant if self.is_certain else None


def day_period(day: date) -> Period:
    """The period of one day."""
    return Period(day.isoformat(), "day", day, day)


def read_period(text: str) -> Period | NoPeriod:
    """The period that `text` names."""
    match = _PERIOD.fullmatch(text)
    if not match and re.fullmatch(r"[0-9]{1,3}( \S+)?", text):  # {2026: 12,500} holds 12 and a key 500
        return NoPeriod("; is it part of a number? write one without a comma")
    if not match:
        return _other_order(text)
    year, half, quarter, week, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not 1900 <= year <= 2999:
        return NoPeriod(f": {year} is not a year between 1900 and 2999")
    if half:
        return _months(text, "half", year, half, 2)
    if quarter:
        return _months(text, "quarter", year, quarter, 4)
    if week is not None:
        return _week(text, year, week)
    if month is None:
        return Period(text, "year", date(year, 1, 1), date(year, 12, 31))
    return _month_or_day(text, year, month, day)


def _months(text: str, kind: Literal["half", "quarter"], year: int, part: int, parts: int) -> Period | NoPeriod:
    if part > parts:
        return NoPeriod(f": a year has {parts} {'halves' if parts == 2 else 'quarters'}")
    length = 12 // parts
    last = length * part
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Period(text.upper(), kind, date(year, last - length + 1, 1), end)


def _week(text: str, year: int, week: int) -> Period | NoPeriod:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return NoPeriod(f": {year} has no week {week}")
    if len(text) != 8:
        return NoPeriod(meant=f"{year}-W{week:02}")
    return Period(text.upper(), "week", monday, monday + timedelta(days=6))


def _month_or_day(text: str, year: int, month: int, day: int | None) -> Period | NoPeriod:
    if not 1 <= month <= 12:
        swapped = day is not None and 1 <= day <= 12 and 1 <= month <= 31
        return NoPeriod(f": there is no month {month}", f"{year}-{day:02}-{month:02}" if swapped else None)
    last = calendar.monthrange(year, month)[1]
    if day is None:
        if len(text) != 7:
            return NoPeriod(meant=f"{year}-{month:02}")
        return Period(text, "month", date(year, month, 1), date(year, month, last))
    if not 1 <= day <= last:
        name = calendar.month_name[month]
        meant = f"{year}-{month:02}-{last}" if day > last else None
        return NoPeriod(f": {name} {year} has {last} days", meant, is_certain=False)
    if len(text) != 10:
        return NoPeriod(meant=f"{year}-{month:02}-{day:02}")
    return Period(text, "day", date(year, month, day), date(year, month, day))


def _other_order(text: str) -> NoPeriod:
    """What a period written in another order, or with the name of its month, stands for, where only one is possible."""
    if match := _PART_FIRST.fullmatch(text) or _PART_CLOSE.fullmatch(text):
        iso = f"{match['y']}-{match['part'].upper()}"
    elif match := _DOTTED.fullmatch(text) or _SLASHED.fullmatch(text) or _AMERICAN.fullmatch(text):
        if match.re is _AMERICAN and int(match["d"]) <= 12 and match["d"] != match["m"]:
            return NoPeriod(": is the day or the month first?")  # 3/4/2026 is a day in March or in April
        iso = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    elif match := _COMPACT.fullmatch(text) or _WITH_TIME.fullmatch(text):
        iso = f"{match['y']}-{match['m']}-{match['d']}"
    elif match := next((m for named in _NAMED if (m := named.fullmatch(text))), None):
        month = _MONTHS[match["month"][:3].casefold()]
        iso = f"{match['y']}-{month:02}" + (f"-{int(match['d']):02}" if match.groupdict().get("d") else "")
    else:
        return NoPeriod()
    found = read_period(iso)
    return NoPeriod(meant=found.text) if isinstance(found, Period) else found
