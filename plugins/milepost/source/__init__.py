"""Step 1: files become plain values that know their place."""

from milepost.source.folder import Cache, Sources, read_folder
from milepost.source.yaml import BROKEN, Document, Value

__all__ = ["BROKEN", "Cache", "Document", "Sources", "Value", "read_folder"]
