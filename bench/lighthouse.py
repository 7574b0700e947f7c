"""Lighthouse on the demo's Status, Roadmap and Timeline beside the untouched Material page, medians of a run in turn.

Fails if performance or accessibility of one of ours is below. Both come from a host as published sites have: HTTP/2, at
the end of a line. Without a line all files come at once, and whether a browser first paints or first runs the theme's
script is chance; where the script is first, Chromium holds the first picture back for a second, of any page as large.
Needs Chromium, OpenSSL, and Node with npm to fetch Lighthouse.
usage: lighthouse.py [RUNS]    with WHY=1 each audit that is not perfect is told, too
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import chromium_path
from sites import ROOT, untouched

LIGHTHOUSE = "lighthouse@12.8.2"
FLAGS = "--headless=new --no-sandbox --disable-gpu --ignore-certificate-errors"
OURS = ("status", "roadmap", "timeline")
CATEGORIES = ("performance", "accessibility")
FIGURES = {"first-contentful-paint": "ms", "largest-contentful-paint": "ms", "total-blocking-time": "ms"}


def main() -> None:
    """Print a table, and exit with 1 where ours is below."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    chromium = chromium_path()
    tools = {name: shutil.which(name) for name in ("node", "npx", "openssl")} | {"Chromium": chromium}
    if missing := [name for name, path in tools.items() if not path]:
        sys.exit(f"lighthouse: needs {' and '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder:
        demo, plain = Path(folder, "demo"), Path(folder, "plain")
        plain.mkdir()
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", demo], cwd=ROOT, check=True)
        with _hosted(Path(folder), demo, untouched(plain)) as (ours, theirs):
            pages = {"untouched": f"{theirs}/status/", **{view: f"{ours}/{view}/" for view in OURS}}
            found: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
            for _ in range(runs):
                for name, address in pages.items():
                    found[name].append(_run(address, str(chromium)))
    medians = {
        name: {key: statistics.median(run[key] for run in rows) for key in rows[0]} for name, rows in found.items()
    }
    print(f"{LIGHTHOUSE}, mobile, medians of {runs}")
    for name, row in medians.items():
        scores = "  ".join(f"{key} {row[key]:5.1f}" for key in CATEGORIES)
        print(f"  {name:10} {scores}  " + "  ".join(f"{key} {row[key]:,.0f} {unit}" for key, unit in FIGURES.items()))
    below = [f"{name}: {key}" for name in OURS for key in CATEGORIES if medians[name][key] < medians["untouched"][key]]
    if below:
        sys.exit(f"below the untouched page: {', '.join(below)}")


@contextmanager
def _hosted(folder: Path, *sites: Path) -> Iterator[list[str]]:
    """The addresses of sites on a host, whose certificate no one but us takes, made in `folder`."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run([*request, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    command = ["node", Path(__file__).with_name("host.mjs"), key, certificate, *sites]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as host:
        assert host.stdout
        try:
            yield [host.stdout.readline().strip() for _ in sites]
        finally:
            host.terminate()


def _run(address: str, chromium: str) -> dict[str, float]:
    """The scores, out of 100, and figures of one page, with a new browser."""
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"]
    done = subprocess.run(
        [*command, f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"lighthouse: {done.stderr.strip()[-500:]}")
    report = json.loads(done.stdout)
    for audit in report["audits"].values() if os.environ.get("WHY") else ():
        if audit["score"] is not None and audit["score"] < 1:
            print(f"    {address}: {audit['id']} {audit.get('displayValue', '')}")
    scores = {key: 100 * report["categories"][key]["score"] for key in CATEGORIES}
    return scores | {key: report["audits"][key]["numericValue"] for key in FIGURES}


if __name__ == "__main__":
    main()
