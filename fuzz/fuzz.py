"""Mutate plans and take each the whole way: only values and diagnostics may come out, within limits.

Prints the seed first and a line of figures last; the exit status is 1 if anything was found. Each finding is shrunk
and kept in fuzz/found/, with its traceback. usage: fuzz.py [--seconds N] [--seed N] [--workers N] [--only NUMBER]
"""

import argparse
import faulthandler
import shutil
import sys
import time
from hashlib import sha256
from multiprocessing.connection import wait
from pathlib import Path
from secrets import randbelow

import probe
from mutate import mutate
from shrink import shrink
from trees import Entry, Tree, corpus, write

HERE = Path(__file__).parent
FOUND = HERE / "found"
_SHRINK = 20.0  # seconds for one finding


class Run:
    """One run of the fuzzer: its corpus, and what it has seen so far."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.corpus = corpus(HERE.parent, HERE.parents[1] / "shared")
        self.inputs = 0
        self.codes: set[str] = set()
        self.findings: dict[str, tuple[int, probe.Outcome]] = {}

    def tree(self, number: int) -> dict[str, Entry]:
        """Input `number`."""
        return mutate(self.corpus, self.seed, number)

    def note(self, number: int, outcome: probe.Outcome) -> None:
        """Count one outcome, and tell a finding that is new."""
        self.inputs += 1
        self.codes |= outcome.codes
        if outcome.finding and outcome.finding not in self.findings:
            self.findings[outcome.finding] = (number, outcome)
            print(f"  input {number}: {outcome.finding}", flush=True)


def main() -> None:
    """Run for the time given, then shrink what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int, help="Only the input of this number; its plan is left in found/only.")
    options = parser.parse_args()
    faulthandler.enable()
    seed = randbelow(10**6) if options.seed is None else options.seed
    run = Run(seed)
    print(f"fuzz: seed {seed}, {options.seconds:.0f} s", flush=True)
    if options.only is not None:
        write(run.tree(options.only), FOUND / "only")
        run.note(options.only, found := probe.once(run.tree(options.only), str(options.only)))
        print(found.trace)
    else:
        began = time.monotonic()
        _drive(run, options.workers, began + options.seconds)
        took = time.monotonic() - began
        for name, (number, outcome) in run.findings.items():
            print(f"  kept: {_keep(run, name, number, outcome)}", flush=True)
        print(
            f"fuzz: {run.inputs:,} inputs, {run.inputs / took:.0f} per second, {len(run.codes)} problem codes reached, "
            f"{len(run.findings)} findings"
        )
    sys.exit(1 if run.findings else 0)


def _drive(run: Run, count: int, until: float) -> None:
    """Keep all workers busy until the time is over."""
    workers = [probe.Worker(run.tree) for _ in range(count)]
    busy: dict[probe.Worker, tuple[int, float]] = {}
    number = 0
    while time.monotonic() < until or busy:
        for worker in workers:
            if worker not in busy and time.monotonic() < until:
                worker.connection.send(number)
                busy[worker] = number, time.monotonic() + probe.SECONDS
                number += 1
        wait([worker.connection for worker in busy], timeout=0.2)
        for worker, (asked, deadline) in list(busy.items()):
            if worker.connection.poll():
                run.note(asked, worker.receive())
            elif time.monotonic() > deadline:
                run.note(asked, worker.hung())
            else:
                continue
            del busy[worker]
    for worker in workers:
        worker.stop()


def _keep(run: Run, name: str, number: int, outcome: probe.Outcome) -> Path:
    """Shrink the input of a finding and write it down with its traceback."""
    folder = FOUND / sha256(name.encode()).hexdigest()[:10]
    shutil.rmtree(folder, ignore_errors=True)
    tree = run.tree(number)

    def shows(candidate: Tree) -> bool:
        return probe.once(candidate, str(number)).finding == name

    small = shrink(tree, shows, _SHRINK) if shows(tree) else tree
    write(small, folder / "plan")
    text = f"{name}\nrepeat: fuzz.py --seed {run.seed} --only {number}\n\n{outcome.trace}"
    (folder / "finding.txt").write_text(text, "utf-8", "backslashreplace")
    return folder.relative_to(HERE.parent)


if __name__ == "__main__":
    main()
