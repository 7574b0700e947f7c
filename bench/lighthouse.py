"""Lighthouse on the demo's Status, Roadmap and Timeline beside the untouched Material page, medians of a run in turn.

Fails if performance or accessibility of one of ours is below. Needs Chromium, and Node with npm to fetch Lighthouse.
usage: lighthouse.py [RUNS]    with WHY=1 each audit that is not perfect is told, too
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import chromium_path
from host import hosted
from sites import ROOT, untouched

LIGHTHOUSE = "lighthouse@12.8.2"
FLAGS = "--headless=new --no-sandbox --disable-gpu"
OURS = ("status", "roadmap", "timeline")
CATEGORIES = ("performance", "accessibility")
FIGURES = {"first-contentful-paint": "ms", "largest-contentful-paint": "ms", "total-blocking-time": "ms"}


def main() -> None:
    """Print a table, and exit with 1 where ours is below."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    chromium = chromium_path()
    if missing := [name for name, path in (("npx", shutil.which("npx")), ("Chromium", chromium)) if not path]:
        sys.exit(f"lighthouse: needs {' and '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder:
        demo, plain = Path(folder, "demo"), Path(folder, "plain")
        plain.mkdir()
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", demo], cwd=ROOT, check=True)
        with hosted(demo) as ours, hosted(untouched(plain)) as theirs:
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
