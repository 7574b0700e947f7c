"""What is written into plan files: texts as YAML, and whole files at once."""

import json
import os
import re
import tempfile
from pathlib import Path

_PLAIN = re.compile(r"[^\W\d_][\w .()'’–/+&%-]*")
_MEANT_OTHERWISE = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")


def scalar(text: str) -> str:
    """The text as a scalar on one line: plain where no reader can take it for anything else, else in double quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _MEANT_OTHERWISE:
        return text
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def write_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file at once, so that no reader sees half of it; its permissions stay."""
    path = path.resolve()
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
