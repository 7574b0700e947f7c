"""How a line of a file is shown: no character is obeyed, and only as much of it as one can read."""

import re

UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""Control characters, those that reorder text, those that can't be seen, and surrogates."""

WIDTH = 100
"""Characters of a line that are shown at most."""


def visible(said: str) -> str:
    """The text with every control character, and every one that reorders text, written out."""
    return UNSAFE.sub(lambda m: {"\n": "\\n", "\t": "\\t"}.get(m[0]) or f"\\u{ord(m[0]):04x}", said)


def window(line: str, start: int, end: int) -> tuple[str, str, str]:
    """A line in three parts, before, meant and after, printable and cut to `WIDTH`."""
    most = WIDTH + 1  # a line may hold millions: no more of each part than tells that it is too long
    raw = line[max(start - most, 0) : start], line[start:end][:most], line[end : end + most]
    before, meant, after = (visible(part.replace("\t", "  ")) for part in raw)
    if len(before) + len(meant) + len(after) > WIDTH:
        before = before if len(before) <= WIDTH // 2 else "…" + before[-WIDTH // 2 :]
        meant = meant if len(meant) <= WIDTH // 2 else meant[: WIDTH // 2] + "…"
        room = max(WIDTH - len(before) - len(meant), 0)
        after = after if len(after) <= room else after[:room] + "…"
    return before, meant, after
