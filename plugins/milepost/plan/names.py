"""Free names, as tags and teams, that look the same and are not: each filter and total would hold half of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from unicodedata import normalize

from milepost.diagnostics import Diagnostic, Place, Related, Severity
from milepost.records.records import Records

_Keys = tuple[str | int, ...]
_FIELDS = {"team": "team", "release": "release", "category": "category", "segment": "segment", "source": "source"}


def same_names(records: Records) -> list[Diagnostic]:
    """A warning for each name that differs from a more frequent one in case or normal form (Unicode annex 15) only."""
    uses: dict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    counts: Counter[tuple[str, str]] = Counter()
    for kind, name, place in _names(records):
        uses[kind, normalize("NFKC", name).casefold()].setdefault(name, place)
        counts[kind, name] += 1
    problems = []
    for (kind, _), places in uses.items():
        usual, *others = sorted(places, key=lambda name: -counts[kind, name])
        for name in others:
            same = normalize("NFC", name) == normalize("NFC", usual)
            how = "in how an accent is encoded" if same else "in its case"
            related = (Related("written otherwise here", places[usual]),)
            message = f"the {kind} “{name}” differs from “{usual}” only {how}"
            hint = f"write “{usual}” here, too"
            problems.append(Diagnostic("same-name", message, places[name], hint, related, Severity.WARNING))
    return problems


def _names(records: Records) -> Iterator[tuple[str, str, Place]]:
    """Every free name of a project: its kind, itself, and where it stands."""
    for _, record in records.all():
        top = records.places[record.id]
        for i, tag in enumerate(record.tags):
            yield "tag", tag, Place(top.file, (*top.keys, "tags", i))
        for kind, field in _FIELDS.items():
            if isinstance(name := getattr(record, field, None), str):
                yield kind, name, Place(top.file, (*top.keys, field))
    for feature in records.features:
        top = records.places[feature.id]
        for name in (feature.score and feature.score.weighted) or ():
            yield "criterion", name, Place(top.file, (*top.keys, "score", "weighted", name), "key")
