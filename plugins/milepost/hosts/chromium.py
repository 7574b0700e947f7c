"""An installed Chromium, or a browser made from it, which prints pages to PDF."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
_APPS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_PROGRAM_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",  # the same, for older ones
    "--virtual-time-budget=10000",  # scripts have ten seconds of their own time, which passes as fast as it can
)
_LONGEST = 180  # seconds


class NotPrinted(Exception):
    """Why there is no PDF, in one line that says what to do."""


def installed() -> str | None:
    """The first browser found: on the path, else where macOS and Windows install them."""
    return next((found for name in _COMMANDS if (found := shutil.which(name))), None) or next(
        (str(path) for path in _usual_places(sys.platform, os.environ, Path.home()) if path.is_file()), None
    )


def _usual_places(platform: str, environment: Mapping[str, str], home: Path) -> Iterator[Path]:
    if platform == "darwin":
        for folder in (Path("/Applications"), home / "Applications"):
            yield from (folder / f"{name}.app" / "Contents" / "MacOS" / name for name in _APPS)
    if platform == "win32":
        for program in _PROGRAMS:
            yield from (Path(environment[name], program) for name in _PROGRAM_FOLDERS if environment.get(name))


def print_page(browser: str, address: str, to: Path) -> None:
    """Print the page at an address to a file, with a profile that is thrown away; raises `NotPrinted`."""
    name, made = Path(browser).name, to.with_name(f"unfinished-{to.name}")
    made.unlink(missing_ok=True)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # whose browser refuses to run in its sandbox
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser, *_FLAGS, *(["--no-sandbox"] if is_root else []), f"--user-data-dir={profile}"]
        try:
            done = subprocess.run(  # noqa: S603 (the browser is the user's own)
                [*command, f"--print-to-pdf={made}", address], capture_output=True, timeout=_LONGEST, check=False
            )
        except OSError as error:
            raise NotPrinted(f"{name} doesn't start ({error.strerror}); name another with --browser.") from None
        except subprocess.TimeoutExpired:
            raise NotPrinted(
                f"{name} didn't print within {_LONGEST // 60} minutes; try another with --browser."
            ) from None
    if done.returncode or not made.is_file() or not made.read_bytes().startswith(b"%PDF-"):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        because = f": {said[-1]}" if said else f" (exit status {done.returncode})"
        raise NotPrinted(f"{name} printed nothing{because}; is it a Chromium? Name another with --browser.")
    made.replace(to)
