"""A Content-Security-Policy in each page: a browser runs only the scripts that the theme and the author put there.

A static host sets no headers, so the policy stands in a `meta` tag. Inline scripts are allowed by their hashes (W3C,
Content Security Policy Level 3); instant navigation keeps the policy of the first page, so all bear the hashes of all.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

_MARK = "mp0content-security-policy"
_META = f'<meta http-equiv="Content-Security-Policy" content="{_MARK}">'
_HEAD = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)  # the charset must come early
_RUN = frozenset({"", "module", "text/javascript", "application/javascript"})
_SOURCES = {"script": "script-src", "img": "img-src", "source": "media-src", "video": "media-src", "audio": "media-src"}
_SOURCES |= {"iframe": "frame-src"}
_APIS = {"github.com": "https://api.github.com", "gitlab.com": "https://gitlab.com"}  # Material shows stars and forks
_FONTS = "https://fonts.gstatic.com"  # where the style sheets of fonts.googleapis.com load them from


class ContentSecurityPolicy:
    """Collects what the pages of one build use, and allows that and nothing else."""

    def __init__(self, repo_url: str | None) -> None:
        self.allowed: dict[str, set[str]] = {
            "default-src": {"'self'"},
            "script-src": {"'self'"},
            "style-src": {"'self'", "'unsafe-inline'"},  # bars have their lengths in style attributes
            "img-src": {"'self'", "data:"},
            "font-src": {"'self'", "data:"},
            "connect-src": {"'self'"},
            "media-src": {"'self'"},
            "frame-src": {"'self'"},
            "object-src": {"'none'"},
            "base-uri": {"'self'"},
            "form-action": {"'self'"},
        }
        if api := _APIS.get(urlsplit(repo_url or "").hostname or ""):
            self.allowed["connect-src"].add(api)

    def page(self, html: str, untrusted: Iterable[str] = ()) -> str:
        """The page with a place for the policy. What stands in the parts made from the plan is not allowed by it."""
        trusted = html
        for part in filter(None, untrusted):
            trusted = trusted.replace(part, "")
        _Collector(self.allowed).feed(trusted)
        return _HEAD.sub(lambda found: f"{found[0]}\n{_META}", html, count=1)

    def write(self, site: Path) -> None:
        """Put the policy into every page of the site."""
        policy = "; ".join(f"{name} {' '.join(sorted(values))}" for name, values in self.allowed.items())
        for path in site.rglob("*.html"):
            text = path.read_text("utf-8", errors="surrogateescape")
            if _MARK in text:
                path.write_text(text.replace(_MARK, escape(policy), 1), "utf-8", errors="surrogateescape", newline="")


class _Collector(HTMLParser):
    """Notes the inline scripts of a page, and the hosts it loads from."""

    def __init__(self, allowed: dict[str, set[str]]) -> None:
        super().__init__()
        self.allowed = allowed
        self.script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if directive := _SOURCES.get(tag):
            self._host(directive, given.get("src", ""))
        if tag == "link" and "stylesheet" in given.get("rel", "").split():
            self._host("style-src", given.get("href", ""))
            if urlsplit(given.get("href", "")).hostname == "fonts.googleapis.com":
                self.allowed["font-src"].add(_FONTS)
        if tag == "script" and "src" not in given and given.get("type", "").casefold() in _RUN:
            self.script = []

    def handle_data(self, data: str) -> None:
        if self.script is not None:
            self.script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.script is not None:
            text = "".join(self.script).replace("\r\n", "\n").replace("\r", "\n")
            self.allowed["script-src"].add(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")
            self.script = None

    def _host(self, directive: str, url: str) -> None:
        parts = urlsplit(url)
        if parts.netloc:
            self.allowed[directive].add(f"{parts.scheme or 'https'}://{parts.netloc}")
