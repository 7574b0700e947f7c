"""Everything that a built site says, file by file: what stands in pages, data, archives, images and documents."""

import gzip
import io
import json
import re
import zipfile
import zlib
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

_DEPTH = 4  # of archives in archives
_MOST = 256 * 2**20  # bytes that one archive may hold
_MARKUP = (".html", ".htm", ".xml", ".svg", ".atom", ".rss", ".xhtml")
_JSON = (".json", ".webmanifest", ".geojson")
_CODE = (".js", ".mjs", ".css", ".map")
_DRAWN = frozenset({"d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"})
_DRAWN |= {"points", "transform", "viewbox", "style", "class", "id"}
_DATA = re.compile(r"data:[\w/+.-]*;base64,([A-Za-z0-9+/=]+)")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ADDRESS = re.compile(r"(?:[a-z]+:)?//|\.{0,2}/|#|[\w./-]+/$")
_BREAK = "\x1e"  # where one text of a page ends and another begins
_INLINE = frozenset(("a", "abbr", "b", "bdi", "code", "em", "i", "mark", "s", "strong", "sub", "sup"))
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a site: one that people `read`, one for machines, as an address (`mark`), or the `code` of a program.

    In the last two numbers mean nothing, and in code single words mean nothing either.
    """

    text: str
    kind: Literal["read", "mark", "code"] = "read"


def said_in(site: Path) -> Iterator[tuple[str, list[Said]]]:
    """The path of every file of a site, and all that it and its name say."""
    for path in sorted(site.rglob("*")):
        if path.is_file():
            name = path.relative_to(site).as_posix()
            yield name, [Said(unquote(name), "mark"), *_texts(name, path.read_bytes(), _DEPTH)]


def _texts(name: str, data: bytes, depth: int) -> Iterator[Said]:
    suffix = Path(name.lower()).suffix
    if data[:2] == b"\x1f\x8b" and depth:
        yield from _texts(name[: -len(suffix)] if suffix == ".gz" else name, _inflated(data), depth - 1)
    elif data[:4] == b"PK\x03\x04" and depth:
        yield from _archive(data, depth)
    elif data.startswith(_PNG):
        yield from _png(data)
    elif data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif suffix in _MARKUP or (suffix == "" and b"<" in data[:100]):
        yield from _markup(_decoded(data), depth)
    elif suffix in _JSON:
        yield from _json(_decoded(data), depth)
    elif suffix in _CODE:
        text = _decoded(data)
        escaped = re.sub(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1] or m[2], 16)), text)
        yield Said(escaped, "code")
        yield from _embedded(text, depth)
    elif suffix == ".ics":
        unfolded = re.sub(r"\r?\n[ \t]", "", _decoded(data))
        yield Said(re.sub(r"\\([,;nN\\])", lambda m: " " if m[1] in "nN" else m[1], unfolded))
    elif suffix in (".txt", ".csv", ".tsv", ".md", ".yml", ".yaml"):
        yield Said(_decoded(data))
    else:
        yield from (Said(data.decode(code, "ignore"), "mark") for code in ("utf-8", "latin-1", "utf-16-le"))


def _decoded(data: bytes) -> str:
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")


def _inflated(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return file.read(_MOST)
    except (OSError, EOFError, zlib.error):
        return data[2:]  # it only begins like one


def _archive(data: bytes, depth: int) -> Iterator[Said]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            left = _MOST
            for member in archive.infolist():
                yield Said(member.filename, "mark")
                with archive.open(member) as file:
                    content = file.read(left)
                left -= len(content)
                yield from _texts(member.filename, content, depth - 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        yield Said(data.decode("latin-1"), "mark")


def _png(data: bytes) -> Iterator[Said]:
    """The text chunks of a PNG image (its specification, section 11.3.4)."""
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + length]
        at += length + 12
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            for part in content.split(b"\0"):
                yield Said(_unzipped(part).decode("utf-8", "replace"))


def _unzipped(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST)
    except zlib.error:
        return data


def _pdf(data: bytes) -> Iterator[Said]:
    """What stands in a PDF as text, also in compressed streams; text that is drawn by glyph numbers is not found."""
    for part in (data, *(_unzipped(found[1]) for found in _STREAM.finditer(data))):
        text = part.decode("latin-1")
        yield Said(" ".join(re.findall(r"\(((?:[^()\\]|\\.)*)\)", text)), "mark")
        yield Said("".join(re.findall(r"\(((?:[^()\\]|\\.)*)\)", text)), "mark")


def _embedded(text: str, depth: int) -> Iterator[Said]:
    """What stands in `data:` addresses."""
    for found in _DATA.finditer(text) if depth else ():
        try:
            yield from _texts("", b64decode(found[1]), depth - 1)
        except Base64Error:
            continue


def _json(text: str, depth: int) -> Iterator[Said]:
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        yield Said(text)
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and "<" in value:
            yield from _markup(value, depth)
        elif value is not None and not isinstance(value, bool):
            yield _spoken(str(value))


def _spoken(text: str) -> Said:
    """A value that is read, unless it is an address."""
    return Said(text, "mark" if _ADDRESS.match(text) else "read")


def _markup(text: str, depth: int) -> Iterator[Said]:
    parser = _Parser()
    parser.feed(text)
    parser.close()
    read = "".join(parser.texts)  # a word may be broken by an element
    yield from (Said(re.sub(r"\s+", " ", part)) for part in read.split(_BREAK) if part.strip())
    yield from (_spoken(part) for part in parser.attributes)
    yield from (Said(part, "mark") for part in parser.code)
    yield from _embedded(text, depth)


class _Parser(HTMLParser):
    """Sorts what stands in a page: texts, attributes that are read or spoken, and what is for machines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self.code: list[str] = []
        self.in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code = tag in ("script", "style")
        if tag not in _INLINE:
            self.texts.append(_BREAK)
        for name, value in attrs:
            (self.code if name in _DRAWN else self.attributes).append(unquote(value or ""))

    def handle_endtag(self, tag: str) -> None:
        self.in_code = False
        if tag not in _INLINE:
            self.texts.append(_BREAK)

    def handle_data(self, data: str) -> None:
        (self.code if self.in_code or _ADDRESS.match(data.strip()) else self.texts).append(data)

    def handle_comment(self, data: str) -> None:
        self.texts.append(data)
