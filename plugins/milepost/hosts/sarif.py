"""Problems as SARIF 2.1.0, the format that code scanners hand to GitHub and to editors (OASIS standard, 2020)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from milepost import __version__
from milepost.diagnostics import Located, Spot
from milepost.hosts.report import dump, in_order, path, visible
from milepost.publish.problems import GUIDE, problem_pages

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(problems: Iterable[Located], root: str) -> str:
    """One run with a result for each problem; `root` is the way from the repository to the plan folder."""
    ordered = in_order(problems)
    codes = sorted({problem.diagnostic.code for problem in ordered})
    driver = {
        "name": "Milepost",
        "version": __version__,
        "informationUri": GUIDE,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.diagnostic.code), root) for problem in ordered],
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    page = problem_pages()[code]
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.why},
        "help": {"text": page.why, "markdown": page.markdown},
        "helpUri": page.url,
    }


def _result(located: Located, rule: int, root: str) -> dict[str, Any]:
    told = located.diagnostic
    said = visible(told.message) + (f"; {visible(told.hint)}" if told.hint else "")
    found: dict[str, Any] = {
        "ruleId": told.code,
        "ruleIndex": rule,
        "level": told.severity.value,
        "message": {"text": said},
        "locations": [{"physicalLocation": _location(located.spot, root)}],
    }
    if located.related:
        found["relatedLocations"] = [
            {"message": {"text": visible(message)}, "physicalLocation": _location(spot, root)}
            for message, spot in located.related
        ]
    if told.fix is not None and located.spot.line:
        change = {"deletedRegion": _region(located.spot), "insertedContent": {"text": told.fix}}
        file = {"artifactLocation": _artifact(located.spot, root), "replacements": [change]}
        found["fixes"] = [{"description": {"text": f"write {visible(told.fix)}"}, "artifactChanges": [file]}]
    return found


def _location(spot: Spot, root: str) -> dict[str, Any]:
    found: dict[str, Any] = {"artifactLocation": _artifact(spot, root)}
    if spot.line:
        found["region"] = _region(spot)
    return found


def _artifact(spot: Spot, root: str) -> dict[str, Any]:
    return {"uri": quote(path(root, spot.file), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _region(spot: Spot) -> dict[str, int]:
    return {"startLine": spot.line, "endLine": spot.line, "startColumn": spot.column, "endColumn": spot.end_column}
