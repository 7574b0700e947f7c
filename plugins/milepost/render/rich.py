"""Rich text: an author's Markdown → safe HTML.

It never meets the site's own Markdown or templates: a Markdown instance of our own reads it with raw HTML switched
off, and nh3 lets through what is on the list and nothing else.
"""

import re
from functools import lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_SCHEMES = {"http", "https", "mailto"}
# Most texts are plain paragraphs, some with a plain list. Python-Markdown takes a millisecond for one, so blocks of
# lines in which it would find nothing to do are written here.
_LINE = (
    r"(?!\d+[.)])[^\s\\`*_\[\]<>#|&~\x02\x03!:=+-](?:[^\n\r\\`*_\[\]<>#|&~\t\x02\x03]*[^\s\\`*_\[\]<>#|&~\x02\x03])?"
)
_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_LIST = re.compile(rf"- {_LINE}(?:\n- {_LINE})*")


# Python-Markdown looks at the rest of a block again for each bracket and each heading, and calls itself for each level
# of a quote or list: a few thousand of them in one text would take minutes, or all of the stack.
_MOST_IN_BLOCK = 200
_NESTED = re.compile(r"^(?:[ \t]*(?:[-*+>]|\d+[.)])){9}|^(?: {4}|\t){9}[ \t]*[-*+>\d]", re.MULTILINE)
_RULED = re.compile(r"^ {0,3}(?:#|[-*_=] ?[-*_=]|=)", re.MULTILINE)


def _markdown() -> Markdown:
    reader = Markdown(extensions=["tables", "fenced_code", "sane_lists"], output_format="html")
    reader.preprocessors.deregister("html_block")  # raw HTML stays text …
    reader.inlinePatterns.deregister("html")  # … inside a line too
    reader.inlinePatterns.deregister("image_link")
    reader.inlinePatterns.deregister("image_reference")
    return reader


_reader = _markdown()


@lru_cache(maxsize=50_000)
def rich(text: str) -> Markup:
    """The HTML of a rich text: paragraphs, emphasis, lists, links, code and tables; headings become small ones."""
    quick = _simple(text)
    if quick is not None:
        return quick
    if _is_tangled(text):
        return Markup("<p>{}</p>").format(text)
    html = _reader.reset().convert(text)
    html = re.sub(r"<(/?)h[1-3]>", r"<\1h4>", html)
    return Markup(nh3.clean(html, tags=_TAGS, attributes={"a": {"href", "title"}}, url_schemes=_SCHEMES))  # noqa: S704


def _is_tangled(text: str) -> bool:
    """Whether a text holds more marks in a block, or deeper levels, than anybody could read: it is shown as written."""
    if _NESTED.search(text):
        return True
    return any(
        block.count("[") > _MOST_IN_BLOCK or sum(1 for _ in _RULED.finditer(block)) > _MOST_IN_BLOCK
        for block in re.split(r"\n[ \t]*\n", text)
    )


def _simple(text: str) -> Markup | None:
    """The HTML of plain paragraphs and plain lists, None if the text holds anything else."""
    written: list[Markup] = []
    after_list = False
    for block in text.rstrip("\n").split("\n\n"):
        if _PARAGRAPH.fullmatch(block):
            written.append(Markup("<p>{}</p>").format(block))
            after_list = False
        elif _LIST.fullmatch(block) and not after_list:  # two lists in a row are one, with paragraphs in it
            items = (Markup("<li>{}</li>").format(item) for item in block[2:].split("\n- "))
            written.append(Markup("<ul>\n{}\n</ul>").format(Markup("\n").join(items)))
            after_list = True
        else:
            return None
    return Markup("\n").join(written)


def headline(text: str) -> str:
    """The first sentence of a rich text, as plain text."""
    said = plain(text.split("\n\n", 1)[0])
    found = re.match(r".*?[.!?…](?=\s|$)", said)
    return found[0] if found else said


def plain(text: str) -> str:
    """A rich text without its markup, in one line."""
    if not _PARAGRAPH.fullmatch(text := text.strip()):  # else it has none
        text = Markup(nh3.clean(str(rich(text)), tags=set())).unescape()  # noqa: S704
    return " ".join(text.split())
