"""Which edition is built: what the site's configuration says, else the environment."""

import os

from milepost.plan.plan import Edition

VARIABLE = "MILEPOST_EDITION"


def chosen_edition(named: str | None) -> Edition:
    """The edition `named`, else that of MILEPOST_EDITION, else the full one.

    Raises ValueError, with a sentence to show, on any other word: a misspelt `public` must never publish everything.
    """
    found = named or os.environ.get(VARIABLE) or "full"
    if found not in ("full", "public"):
        raise ValueError(f"The edition is {found[:40]!r}; write full or public.")
    return "public" if found == "public" else "full"
