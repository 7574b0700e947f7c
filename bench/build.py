"""Build a plan of 1,000 features beside a plain MkDocs site of as many small Markdown pages out of the navigation.

Prints the median of each and their ratio; the two are run in turn, so that a slow moment of the machine hits both.
usage: build.py [FEATURES] [RUNS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SITE = "site_name: Bench\ntheme: {{name: material, font: false}}\ndocs_dir: pages\nplugins: [search{more}]\n"
PARAGRAPH = "Export invoice sync offline search quota audit webhook billing import theme mobile report alert.\n\n"


def main() -> None:
    """Run both builds in turn and print the table."""
    features = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    generator = Path(__file__).parents[2] / "shared" / "tools" / "gen_plan.py"
    if not generator.exists():
        sys.exit(f"bench: the plan generator is not at {generator}")
    with tempfile.TemporaryDirectory() as folder:
        plan, plain = Path(folder, "plan"), Path(folder, "plain")
        subprocess.run([sys.executable, generator, str(features), plan / "content" / "plan"], check=True)
        (plan / "pages").mkdir()
        (plan / "pages" / "index.md").write_text("# Bench\n")
        (plan / "mkdocs.yml").write_text(SITE.format(more=", milepost"))
        pages = _plain_site(plain, features)
        times = {"plan": [_build(plan)], "plain": [_build(plain)]}
        for _ in range(runs):
            times["plan"].append(_build(plan))
            times["plain"].append(_build(plain))
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}
    ratios = [a / b for a, b in zip(times["plan"][1:], times["plain"][1:], strict=True)]
    print(f"build of {features:,} features, {runs} runs each, medians")
    print(f"  plan of {features:,} features      {medians['plan']:6.2f} s")
    print(f"  MkDocs, {pages:,} Markdown pages  {medians['plain']:6.2f} s")
    print(f"  ratio, pair by pair         {statistics.median(ratios):6.2f}  ({min(ratios):.2f}–{max(ratios):.2f})")


def _plain_site(folder: Path, features: int) -> int:
    """A site of as many pages as the plan has items out of the navigation, and as many as it has views in it."""
    pages, views = features + features // 20, 6
    (folder / "pages" / "items").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(
        SITE.format(more="")
        + "not_in_nav: /items/\nnav: [index.md, view0.md, view1.md, view2.md, view3.md, view4.md, view5.md]\n"
    )
    for name in ("index", *(f"view{i}" for i in range(views))):
        (folder / "pages" / f"{name}.md").write_text(f"# Bench {name}\n\n{PARAGRAPH}")
    for i in range(pages):
        (folder / "pages" / "items" / f"f{i}.md").write_text(f"# Item {i}\n\n{PARAGRAPH * 3}- one\n- two\n")
    return pages + views


def _build(folder: Path) -> float:
    """Seconds of one whole `mkdocs build` in `folder`."""
    # An installed package has its bytecode; a source tree must be allowed to keep it, or each run compiles it anew.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, env=environment)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
