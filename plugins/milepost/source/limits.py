"""How much of a file is read at most, so that no input can use up time or memory."""

from milepost.diagnostics import Diagnostic, Place

FILE_BYTES = 8 * 1024 * 1024
NODES = 300_000
DEPTH = 24
SCALAR_CHARACTERS = 100_000
FILES = 50_000
ALL_CHARACTERS = 64 * 1024 * 1024  # of all files together
PROBLEMS = 1_000  # told of one file


def too_many(place: Place) -> Diagnostic:
    """That no more problems of the file at `place` are told."""
    message = f"more than {PROBLEMS:,} problems; the rest of the file is not told"
    return Diagnostic("too-large", message, place, "mend the first ones")
