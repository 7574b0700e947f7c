"""Looks for what is internal in a built site: `milepost audit`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from milepost.build import Built
from milepost.hosts.audit_values import sought
from milepost.hosts.site_texts import Said, said_in
from milepost.publish.internal_values import Written
from milepost.publish.words import Words, stands_alone, words


@dataclass(frozen=True, slots=True)
class Leak:
    """An internal value found in a file of the site, the words by which it was found, and those around them."""

    file: str
    written: Written
    found: Words
    around: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, among how many values in how many files; `unjudged` are too common or public elsewhere, too."""

    leaks: tuple[Leak, ...]
    searched: int
    files: int
    unjudged: tuple[Written, ...]


def audit(site: Path, full: Built, public: Built, pages: str) -> Audit:
    """Look for every internal value of the plan `full` in every file of `site`; `public` is its public edition.

    Texts are compared word by word, whatever markup, case or spaces lie between; amounts in all their spellings. The
    text of the author's own `pages` is taken as public word by word.
    """
    wanted = sought(full, public, pages)
    leaks, files = _search(site, wanted.by_words)
    near = _side_by_side(site, leaks)
    leaks = [leak for leak in leaks if not (leak.found in near and leak.file.endswith("search_index.json"))]
    return Audit(tuple(leaks), len({id(written) for written in wanted.by_words.values()}), files, wanted.unjudged)


def _search(site: Path, wanted: Mapping[Words, Written]) -> tuple[list[Leak], int]:
    """Every sequence of words that stands in a file, once a file; and how many files there are."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for sequence in wanted:
        lengths[sequence[0]].add(len(sequence))
    leaks: dict[tuple[str, int], Leak] = {}
    files = 0
    for name, texts in said_in(site):
        files += 1
        for said in texts:
            for sequence, around in _found(said, wanted, lengths):
                written = wanted[sequence]
                is_amount = isinstance(written.value, Decimal)
                if said.kind == "read" or not (is_amount or (said.kind == "code" and len(sequence) == 1)):
                    leaks.setdefault((name, id(written)), Leak(name, written, sequence, around))
    return list(leaks.values()), files


def _side_by_side(site: Path, leaks: Iterable[Leak]) -> frozenset[Words]:
    """The words that merely stand side by side in a search index, where the texts of a page run into each other."""
    doubtful = {leak.found for leak in leaks if leak.file.endswith("search_index.json")}
    found: set[Words] = set()
    for name, texts in said_in(site) if doubtful else ():
        if name.endswith(".html"):
            page = f" {' '.join(words(' '.join(said.text for said in texts if said.kind == 'read')))} "
            found |= {sequence for sequence in doubtful if f" {' '.join(sequence)} " in page}
    return frozenset(found)


def _found(
    said: Said, wanted: Mapping[Words, Written], lengths: Mapping[str, Collection[int]]
) -> Iterator[tuple[Words, str]]:
    """Every wanted sequence in a text, and the words around it; no amount that is a part of a longer number."""
    for line in said.text.splitlines():
        found = words(line)
        for i, word in enumerate(found):
            for length in lengths.get(word, ()):
                end = i + length
                written = wanted.get(sequence := tuple(found[i:end]))
                if written and (isinstance(written.value, str) or stands_alone(sequence, line)):
                    yield sequence, " ".join(found[max(i - 4, 0) : end + 4])
