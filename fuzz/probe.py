"""One input in a process of its own, so that a hang, a crash or an exhausted memory is seen from outside."""

import multiprocessing
import random
import re
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import way
from trees import Tree, write

SECONDS = 10.0
"""How long one input may take."""

_MEMORY = 1536 * 2**20
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: the codes of its problems, or a `finding` (one name a bug) with its `trace`."""

    codes: frozenset[str] = frozenset()
    finding: str | None = None
    trace: str = ""


def run(tree: Tree, folder: Path, seed: str) -> Outcome:
    """Take one plan the whole way, here and now."""
    write(tree, folder)
    try:
        return Outcome(frozenset(way.travel(folder, random.Random(seed))))
    except BaseException as error:  # noqa: BLE001 - whatever comes out is what is looked for
        return Outcome(finding=_name(error), trace=traceback.format_exc(limit=-40))


def _name(error: BaseException) -> str:
    """The type of an exception and where in Milepost it came from; of what came out wrongly, what it is."""
    if isinstance(error, way.Wrong):
        return re.sub(r"\d+", "N", str(error).partition(":")[0])
    if isinstance(error, KeyboardInterrupt):
        raise error
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "milepost" in frame.filename]
    last = frames[-1] if frames else None
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}" if last else type(error).__name__


class Worker:
    """A child process that takes one input after the other; it is started anew when it dies or hangs."""

    def __init__(self, make: Callable[[int], Tree]) -> None:
        self.make = make
        self.start()

    def start(self) -> None:
        """Start the child."""
        self.connection, theirs = _FORK.Pipe()
        self.process = _FORK.Process(target=_serve, args=(theirs, self.make), daemon=True)
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.connection.close()

    def receive(self) -> Outcome:
        """The outcome that has come; a child that is gone without one was killed by its input."""
        try:
            found: Outcome = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            code = self.process.exitcode
            self.connection.close()
            self.start()
            return Outcome(finding=f"crash: exit status {code}")
        return found

    def hung(self) -> Outcome:
        """Kill the child, because its time is over."""
        self.stop()
        self.start()
        return Outcome(finding=f"time: over {SECONDS:.0f} s")


def _serve(connection: Connection, make: Callable[[int], Tree]) -> None:
    way.limit_memory(_MEMORY)
    with tempfile.TemporaryDirectory(prefix="fuzz") as folder:
        while True:
            number = connection.recv()
            connection.send(run(make(number), Path(folder, "plan"), str(number)))


def once(tree: Tree, seed: str) -> Outcome:
    """The outcome of one input in a child of its own."""
    worker = Worker(lambda number: tree)
    try:
        worker.connection.send(seed)
        return worker.receive() if worker.connection.poll(SECONDS + 1) else worker.hung()
    finally:
        worker.stop()
