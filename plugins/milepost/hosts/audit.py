"""Looks for what is internal in a built site: `milepost audit`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from milepost.build import Built
from milepost.hosts.audit_values import sought
from milepost.hosts.site_texts import Said, said_in
from milepost.publish.internal_values import Written
from milepost.publish.words import Words, words


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
    leaks = [leak for leak in leaks if not _only_side_by_side(site, leak)]
    return Audit(tuple(leaks), len({id(written) for written in wanted.by_words.values()}), files, wanted.unjudged)


def _search(site: Path, wanted: Mapping[Words, Written]) -> tuple[list[Leak], int]:
    """Every sequence of words that stands in a file, once a file; and how many files there are."""
    starts: dict[str, list[Words]] = defaultdict(list)
    for sequence in wanted:
        starts[sequence[0]].append(sequence)
    leaks: dict[tuple[str, int], Leak] = {}
    files = 0
    for name, texts in said_in(site):
        files += 1
        for said in texts:
            for sequence, is_part, around in _found(said, starts):
                written = wanted[sequence]
                is_amount = isinstance(written.value, Decimal)
                if is_amount and is_part:
                    continue
                if said.kind == "read" or not (is_amount or (said.kind == "code" and len(sequence) == 1)):
                    leaks.setdefault((name, id(written)), Leak(name, written, sequence, around))
    return list(leaks.values()), files


def _only_side_by_side(site: Path, leak: Leak) -> bool:
    """Whether words of a search index merely stand side by side: in it the texts of a page run into each other."""
    if not leak.file.endswith("search_index.json"):
        return False
    wanted = f" {' '.join(leak.found)} "
    pages = (texts for name, texts in said_in(site) if name.endswith(".html"))
    read = (" ".join(said.text for said in texts if said.kind == "read") for texts in pages)
    return any(wanted in f" {' '.join(words(page))} " for page in read)


def _found(said: Said, starts: Mapping[str, list[Words]]) -> Iterator[tuple[Words, bool, str]]:
    """Every sequence in a text, whether it may be part of a longer number, and the words around it."""
    for line in said.text.splitlines():
        found = words(line)
        for i, word in enumerate(found):
            for sequence in starts.get(word, ()):
                end = i + len(sequence)
                if tuple(found[i:end]) == sequence:
                    before, after = found[i - 1 : i], found[end : end + 1]
                    is_part = any(w.isdigit() for w in before) or any(w.isdigit() and len(w) == 3 for w in after)
                    yield sequence, is_part, " ".join(found[max(i - 4, 0) : end + 4])
