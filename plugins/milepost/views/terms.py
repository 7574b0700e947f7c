"""What formulas work with, each under one name: a formula is written with the names, an input bears its own.

So a formula can be said in another language, and still each value finds its place in it. The symbols of textbooks are
the same in all languages.
"""

from collections.abc import Mapping

from milepost.diagnostics import Place
from milepost.plan.phrase import Phrase
from milepost.views.explanation import Given, Value

TERMS: Mapping[str, Phrase | str] = {
    # schedule
    "es": "ES",
    "ef": "EF",
    "ls": "LS",
    "lf": "LF",
    "start": Phrase("start"),
    "started": Phrase("started"),
    "done": Phrase("done"),
    "finish": Phrase("finish"),
    "due": Phrase("due"),
    "duration": Phrase("duration"),
    "shares": Phrase("shares"),
    "as_of": Phrase("as-of date"),
    "progress": Phrase("progress"),
    "levelled_es": Phrase("levelled ES"),
    "hits": Phrase("runs that finish by due"),
    "runs": Phrase("runs"),
    "weighted_progress": Phrase("Σ weight × progress"),
    "weights": Phrase("Σ weight"),
    # money
    "planned": Phrase("planned"),
    "committed": Phrase("committed"),
    "spent": Phrase("spent"),
    "forecast": Phrase("forecast"),
    "bac": "BAC",
    "pv": "PV",
    "ev": "EV",
    "ac": "AC",
    "cpi": "CPI",
    "spi": "SPI",
    "eac": "EAC",
    "at": "AT",
    "pd": "PD",
    "spi_t": "SPI(t)",
    "in_hand": Phrase("money in hand"),
    "net_burn": Phrase("net burn"),
    "burnt": Phrase("spent − income"),
    "full_months": Phrase("full months"),
    "runway": Phrase("runway"),
    # ranking
    "higher": Phrase("features with a higher score"),
    "lower": Phrase("features with a lower score"),
    "reach": Phrase("reach"),
    "impact": Phrase("impact"),
    "confidence": Phrase("confidence"),
    "effort": Phrase("effort"),
    "ease": Phrase("ease"),
    "value": Phrase("value"),
    "urgency": Phrase("urgency"),
    "risk": Phrase("risk"),
    "size": Phrase("size"),
    "cost_of_delay": Phrase("cost of delay"),
    "importance": Phrase("importance"),
    "satisfaction": Phrase("satisfaction"),
    "category": Phrase("category"),
    "order": Phrase("order"),
    "attractive": Phrase("attractive"),
    "one_dimensional": Phrase("one-dimensional"),
    "must_be": Phrase("must-be"),
    "indifferent": Phrase("indifferent"),
    "reverse": Phrase("reverse"),
    "questionable": Phrase("questionable"),
}


def term(
    name: str, value: Value | None, place: Place | None = None, *, field: str = "", note: Phrase | None = None
) -> Given:
    """The input that formulas call `name`."""
    return Given(TERMS[name], value, place, field=field, note=note, name=name)
