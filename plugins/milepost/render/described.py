"""The description of a page as one line of text, and the tags by which other sites show it (ogp.me)."""

from collections.abc import Iterable
from html import escape

from milepost.render.formats import formats
from milepost.render.rich import headline
from milepost.views.description import Sentence

_LONGEST = 200  # characters, about what is shown anywhere


def described(said: Iterable[Sentence], about: str | None, language: str) -> str:
    """The sentences and the first one of the rich text `about`, as far as they are shown anywhere."""
    written = formats(language)
    parts = [_sentence(lead, "; " if lead else ", ", map(written.phrase, of)) for lead, of in said]
    text = " ".join(" ".join([*parts, *([headline(about)] if about else [])]).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _sentence(lead: str, between: str, parts: Iterable[str]) -> str:
    said = between.join(parts).rstrip(".")
    return f"{lead}: {said}." if lead else f"{said}."


def open_graph(title: str, description: str, site: str, address: str | None) -> str:
    """The tags for a page's head."""
    named = {"og:type": "website", "og:site_name": site, "og:title": title, "og:description": description}
    named |= {"og:url": address} if address else {}
    tags = [f'<meta property="{name}" content="{escape(value)}">' for name, value in named.items() if value]
    return "\n".join([*tags, '<meta name="twitter:card" content="summary">'])
