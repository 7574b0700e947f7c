"""What time it is: the one place that asks."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The current time, or the one that `SOURCE_DATE_EPOCH` fixes (reproducible-builds.org), aware and in UTC.

    Raises ValueError, with a sentence to show, if that variable is not a number of seconds.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"SOURCE_DATE_EPOCH is not a number of seconds since 1970: {fixed[:40]!r}") from None
