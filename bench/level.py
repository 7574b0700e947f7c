"""How far levelled schedules are from the proven optimum, over the instances of PSPLIB.

usage: level.py FOLDER OPTIMA    FOLDER holds .sm files; OPTIMA has a line "NAME;LENGTH" for each, as "j301_1;43"
"""

import statistics
import sys
import time
from pathlib import Path

from milepost.plan.capacity import Capacity
from milepost.plan.placement import Task, place


def main() -> None:
    """Print the mean gap, how many are optimal, and the seconds an instance takes."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, optima = Path(sys.argv[1]), Path(sys.argv[2])
    known = dict(line.split(";")[:2] for line in optima.read_text().split())
    gaps, began = [], time.perf_counter()
    for file in sorted(folder.glob("*.sm")):
        tasks, capacities = _instance(file.read_text())
        starts = place(tasks, capacities)
        length = max(start + task.duration for start, task in zip(starts, tasks, strict=True))
        gaps.append(length / int(known[file.stem]) - 1)
    took = (time.perf_counter() - began) / len(gaps)
    best = sum(gap < 1e-9 for gap in gaps)
    print(f"{len(gaps)} instances: {statistics.mean(gaps):.2%} above the optimum, {best} optimal, {took:.3f} s each")


def _instance(text: str) -> tuple[list[Task], list[Capacity]]:
    """The jobs of an instance as tasks, and its resources."""
    lines = text.splitlines()

    def rows(heading: str, skipped: int) -> list[list[int]]:
        first = next(i for i, line in enumerate(lines) if line.startswith(heading)) + skipped
        last = next(i for i in range(first, len(lines)) if lines[i].startswith("*"))
        return [[int(number) for number in line.split()] for line in lines[first:last]]

    jobs = {row[0]: row for row in rows("REQUESTS/DURATIONS", 3)}
    needs: dict[int, list[tuple[int, float]]] = {job: [] for job in jobs}
    for job, _, _, *after in rows("PRECEDENCE RELATIONS", 2):
        for other in after:
            needs[other].append((job - 1, float(jobs[job][2])))
    tasks = [
        Task(float(row[2]), needs=tuple(needs[job]), demands=tuple((i, n) for i, n in enumerate(row[3:]) if n))
        for job, row in sorted(jobs.items())
    ]
    return tasks, [Capacity(units) for units in rows("RESOURCEAVAILABILITIES", 2)[0]]


if __name__ == "__main__":
    main()
