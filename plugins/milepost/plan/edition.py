"""Editions."""

from milepost.records.records import Records


def prune(portfolio: tuple[Records, ...], edition: str) -> tuple[Records, ...]:
    """Pending."""
    return portfolio
