"""The budget as a table for spreadsheets (CSV, RFC 4180)."""

import csv
import io

from milepost.plan.plan import Plan
from milepost.publish.amounts import money_text
from milepost.views.variance import reason

_HEAD = ("id", "line", "category", "milestone", "feature", "currency")
_AMOUNTS = ("planned", "committed", "spent", "remaining", "forecast", "variance")
_WORDS = ("pays_for", "reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def budget_csv(plan: Plan) -> str | None:
    """One row a budget line, amounts in the project's currency with a decimal point; None where none counts.

    After what is written stands what the page says of it: the title of what it pays for, why it differs from its plan.

    A text that a spreadsheet would take for a formula stands behind an apostrophe, as OWASP advises.
    """
    currency, lines = plan.money.currency, plan.money.lines
    if currency is None or not lines:
        return None
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow((*_HEAD, *_AMOUNTS, *_WORDS))
    for line in plan.records.budget:
        if totals := lines.get(line.id):
            texts = (line.id, line.title, line.category or "", line.milestone or "", line.feature or "", currency)
            amounts = (money_text(getattr(totals, key), currency) for key in _AMOUNTS)
            words = (_title(plan, line.milestone or line.feature), str(reason(plan, line) or ""))
            table.writerow((*map(_text, texts), *amounts, *map(_text, words)))
    return written.getvalue()


def _title(plan: Plan, identity: str | None) -> str:
    _, item = plan.links.by_id.get(identity or "", ("", None))
    return getattr(item, "title", "")


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
