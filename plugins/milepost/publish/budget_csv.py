"""The budget as a table for spreadsheets (CSV, RFC 4180)."""

import csv
import io

from milepost.plan.plan import Plan
from milepost.publish.amounts import money_text

_HEAD = ("id", "line", "category", "milestone", "feature", "currency")
_AMOUNTS = ("planned", "committed", "spent", "remaining", "forecast", "variance")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def budget_csv(plan: Plan) -> str | None:
    """One row a budget line, amounts in the project's currency with a decimal point; None where none counts.

    A text that a spreadsheet would take for a formula stands behind an apostrophe, as OWASP advises.
    """
    currency, lines = plan.money.currency, plan.money.lines
    if currency is None or not lines:
        return None
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow((*_HEAD, *_AMOUNTS))
    for line in plan.records.budget:
        if totals := lines.get(line.id):
            texts = (line.id, line.title, line.category or "", line.milestone or "", line.feature or "", currency)
            amounts = (money_text(getattr(totals, key), currency) for key in _AMOUNTS)
            table.writerow((*map(_text, texts), *amounts))
    return written.getvalue()


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
