"""What other tools call a key or a choice of Milepost's, so that a mistake can be answered with its own word."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from milepost.diagnostics import did_you_mean, misspelt


def _by_word(*pairs: tuple[str, str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for words, known in pairs:
        for word in words.split(", "):
            found[word] = (*found.get(word, ()), *known.split())
    return found


OTHER_WORDS = _by_word(
    ("in progress, wip, doing, started, ongoing, in development, underway, current", "active"),
    ("todo, to do, open, ready, scheduled, committed, approved, new, not started", "planned needed open"),
    ("backlog, proposed, draft, candidate, someday, maybe", "idea proposed later"),
    ("completed, complete, finished, shipped, released, implemented, resolved, delivered", "done closed"),
    (
        "cancelled, canceled, abandoned, wontfix, won't fix, removed, withdrawn, rejected, declined",
        "dropped rejected",
    ),
    ("decided, agreed, approved", "accepted"),
    ("replaced, obsolete, deprecated", "superseded"),
    ("occurred, materialised, materialized", "happened"),
    ("green, ok, good, healthy, on schedule", "on-track"),
    ("amber, yellow, orange, warning, delayed", "at-risk"),
    ("red, late, blocked, critical, off schedule", "off-track"),
    ("private, confidential, secret, hidden, team", "internal"),
    ("everyone, external, open", "public"),
    ("must have", "must"),
    ("should have", "should"),
    ("could have, nice to have", "could"),
    ("won't, won't have, wont have, would", "wont"),
    ("finish to start", "FS"),
    ("start to start", "SS"),
    ("finish to finish", "FF"),
    ("start to finish", "SF"),
    ("monday", "mon"),
    ("tuesday", "tue"),
    ("wednesday", "wed"),
    ("thursday", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
"""Choices by a word for them, with “-” and “_” as spaces: of those named here, the one that a field has is meant."""

OTHER_KEYS = _by_word(
    ("name, label, headline, subject, feature, task", "title name"),
    ("full name, title", "name"),
    ("description, desc, body, text, details, notes, note, abstract", "summary context quote"),
    ("problem, rationale, motivation, reason, because", "why because"),
    ("deadline, due date, end, end date, finish, target, target date, until, delivery", "due end to"),
    ("start date, begin, begins, from", "start from"),
    ("date, day, when, at", "on due"),
    ("completed, finished, closed, shipped, done on", "done"),
    ("estimate, length, time, days, size", "duration effort"),
    ("work, hours, workload, person days", "effort"),
    ("dependencies, dependency, depends, requires, after, predecessors, blocked by, needs", "depends_on"),
    ("assignee, responsible, lead, accountable, manager, assigned to, who", "owner by"),
    ("assignees, resources, people", "assigned"),
    ("state, stage, phase", "status"),
    ("labels, label, keywords", "tags"),
    ("cost, costs, amount, price, budget, estimated, plan", "planned amount cost"),
    ("actual, actuals, paid, expenses, expense, invoices", "spent"),
    ("url, link, href, website, see, references", "links url"),
    ("epic, release date, sprint, iteration, version", "milestone release"),
    ("objective, theme, initiative", "goal"),
    ("visibility, access, confidential, private", "audience"),
    ("complete, percent, percent complete, completion", "progress"),
    ("likelihood, chance", "probability"),
    ("severity, consequence", "impact"),
    ("mitigation, plan, action, countermeasure", "response"),
    ("priority, rank, value, rice", "score ranking"),
    ("customer, company, account, client", "segment source"),
    ("alternatives, choices", "options"),
    ("time zone, tz", "timezone"),
    ("holiday, public holidays, days off", "holidays away"),
    ("vacation, absences, absent, leave", "away"),
    ("salary, day rate, daily rate", "rate"),
    ("availability, allocation, workload", "capacity share"),
    ("krs, key results, results", "key_results"),
)
"""Keys by a word for them, in the same way."""


def called(word: str, kind: Literal["key", "choice"], known: Iterable[str]) -> str | None:
    """The hint for a `word` that is none of those `known`: a slip of one of them, or what another tool has for it."""
    names = tuple(known)
    if misspelt(word, names):
        return did_you_mean(word, names)
    plain = word.strip().casefold().replace("_", " ").replace("-", " ")
    ours = _ours(kind, names)
    if plain in ours:
        return f"Milepost calls it “{ours[plain]}”"
    if close := did_you_mean(word, names):
        return close
    theirs = misspelt(plain, ours)
    return f"is it “{theirs}”? Milepost calls that “{ours[theirs]}”" if theirs else None


@cache
def _ours(kind: str, known: tuple[str, ...]) -> Mapping[str, str]:
    """The word of `known` for each word of another tool that has one."""
    others = OTHER_KEYS if kind == "key" else OTHER_WORDS
    found = {theirs: next((name for name in meant if name in known), "") for theirs, meant in others.items()}
    return {theirs: name for theirs, name in found.items() if name}
