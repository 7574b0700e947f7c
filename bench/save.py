"""The time from saving a plan file to the rebuilt page being served, at 10, 100 and 1,000 features.

usage: save.py [RUNS]
"""

import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path


def main() -> None:
    """Serve each plan, change a title several times, and print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    generator = Path(__file__).parents[2] / "shared" / "tools" / "gen_plan.py"
    if not generator.exists():
        sys.exit(f"bench: the plan generator is not at {generator}")
    print(f"saving a plan file until the rebuilt page is served, median of {runs}")
    for features in (10, 100, 1000):
        with tempfile.TemporaryDirectory() as folder:
            found = _measure(Path(folder), generator, features, runs)
        print(f"  {features:5,} features  {statistics.median(found):6.2f} s  ({min(found):.2f}–{max(found):.2f})")


def _measure(folder: Path, generator: Path, features: int, runs: int) -> list[float]:
    subprocess.run([sys.executable, generator, str(features), folder / "content" / "plan"], check=True)
    (folder / "pages").mkdir()
    (folder / "pages" / "index.md").write_text("# Bench\n")
    (folder / "mkdocs.yml").write_text(
        "site_name: Bench\ntheme: {name: material, font: false}\ndocs_dir: pages\nplugins: [search, milepost]\n"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "-a", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}/features/f0/"
        file = folder / "content" / "plan" / "features" / "part0000.yml"
        text = file.read_text()
        first = text.split("title: ", 1)[1].split("\n", 1)[0]
        _wait(url, first)
        found = []
        for run in range(runs):
            began = time.perf_counter()
            file.write_text(text.replace(f"title: {first}", f"title: Saved anew {run}", 1))
            _wait(url, f"Saved anew {run}")
            found.append(time.perf_counter() - began)
            time.sleep(0.5)
        return found
    finally:
        server.terminate()
        server.wait()


def _wait(url: str, text: str) -> None:
    """Ask until the page at `url` holds `text`; give up after two minutes."""
    end = time.perf_counter() + 120
    while time.perf_counter() < end:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(url, timeout=60) as page,
        ):
            if text in page.read().decode():
                return
        time.sleep(0.02)
    raise TimeoutError(f"{text!r} did not appear at {url}")


if __name__ == "__main__":
    main()
