"""Public holidays by country and region, from the library `holidays` where it is installed."""

from datetime import date

from milepost.diagnostics import Diagnostic, Place, Severity, did_you_mean
from milepost.records.records import Records

_AHEAD = 10  # years for which public holidays are looked up; the law is not made further ahead


def public_holidays(records: Records, start: date, as_of: date) -> tuple[tuple[date, ...], list[Diagnostic]]:
    """The public holidays of a project's country and region, from the year before it begins to ten years ahead.

    A country that is not known, and a library that is not installed, is a problem; listed days count all the same.
    """
    rules, top = records.project.calendar, records.places[""]
    place = Place(top.file, (*top.keys, "calendar", "country"))
    if rules.country is None:
        if rules.region is None:
            return (), []
        place = Place(top.file, (*top.keys, "calendar", "region"))
        message, hint = "a region without a country", "add “country”, as in {country: DE, region: BE}"
        return (), [Diagnostic("missing-key", message, place, hint)]
    try:
        import holidays  # optional, and it takes longer to load than most plans to read
    except ImportError:
        message = f"the public holidays of {rules.country} are not known here; they count as working days"
        hint = 'pip install "mkdocs-milepost[holidays]", or list the days under “holidays”'
        return (), [Diagnostic("no-holidays", message, place, hint, severity=Severity.WARNING)]
    known = holidays.list_supported_countries()
    country = rules.country.upper()
    if country not in known:
        message = f"“{rules.country}” is no country whose holidays are known"
        return (), [Diagnostic("unknown-country", message, place, did_you_mean(country, known) or "for example DE")]
    if rules.region and rules.region not in known[country]:
        place = Place(top.file, (*top.keys, "calendar", "region"))
        message = f"“{rules.region}” is no region of {country}"
        hint = did_you_mean(rules.region, known[country]) or f"one of {', '.join(known[country]) or 'none'}"
        return (), [Diagnostic("unknown-region", message, place, hint)]
    years = range(max(1, min(start, as_of).year - 1), min(9999, max(start, as_of).year + _AHEAD) + 1)
    return tuple(sorted(holidays.country_holidays(country, subdiv=rules.region, years=years))), []
