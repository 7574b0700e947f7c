"""The description of a page as one line of text, and the tags by which other sites show it (ogp.me)."""

from collections.abc import Iterable, Sequence
from functools import reduce
from html import escape

from milepost.plan.phrase import Phrase
from milepost.render.formats import Formats, formats
from milepost.render.rich import headline
from milepost.views.description import Sentence

_LONGEST = 200  # characters, about what is shown anywhere


def described(said: Iterable[Sentence], about: str | None, language: str) -> str:
    """The sentences and the first one of the rich text `about`, as far as they are shown anywhere."""
    written = formats(language)
    parts = [_sentence(lead, of, written) for lead, of in said]
    text = " ".join(" ".join([*parts, *([headline(about)] if about else [])]).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _sentence(lead: Phrase | None, parts: Sequence[Phrase], written: Formats) -> str:
    said = (written.in_a_row(parts) if lead else written.phrase(reduce(_with_comma, parts))).rstrip(".。")
    whole = Phrase("{lead}: {said}.", {"lead": lead, "said": said}) if lead else Phrase("{said}.", {"said": said})
    return written.phrase(whole)


def _with_comma(said: Phrase, more: Phrase) -> Phrase:
    return Phrase("{said}, {more}", {"said": said, "more": more})


def open_graph(
    title: str, description: str, site: str, address: str | None, image: tuple[str, int, int] | None = None
) -> str:
    """The tags for a page's head; `image` is the address of a picture with its width and height."""
    named = {"og:type": "website", "og:site_name": site, "og:title": title, "og:description": description}
    named |= {"og:url": address} if address else {}
    if image:
        where, width, height = image
        named |= {"og:image": where, "og:image:width": str(width), "og:image:height": str(height)}
        named |= {"og:image:alt": f"{title}. {description}"}
    tags = [f'<meta property="{name}" content="{escape(value)}">' for name, value in named.items() if value]
    return "\n".join([*tags, f'<meta name="twitter:card" content="{"summary_large_image" if image else "summary"}">'])
