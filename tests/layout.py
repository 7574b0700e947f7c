"""What is wrong in how a page is laid out."""

from pathlib import Path

from playwright.sync_api import Page

_LAYOUT = (Path(__file__).parent / "layout.js").read_text("utf-8").strip()


def faults(page: Page, *kinds: str) -> list[str]:
    """What is wrong on the page, by its kind; see layout.js."""
    run = f"(kinds) => {{ const found = {_LAYOUT}; return Object.fromEntries(kinds.map((k) => [k, found[k]()])); }}"
    found: dict[str, list[str]] = page.evaluate(run, list(kinds))
    return [f"{kind}: {what}" for kind, all_ in found.items() for what in all_[:5]]
