"""How much of a file is read at most, so that no input can use up time or memory."""

FILE_BYTES = 8 * 1024 * 1024
NODES = 1_000_000
DEPTH = 24
SCALAR_CHARACTERS = 100_000
FILES = 50_000
