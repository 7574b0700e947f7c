"""Milepost: a plan in YAML becomes a published status site."""

__version__ = "0.1.0"
