"""Where a plan file is in the repository that MkDocs knows: addresses to read and to edit a line of it."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

from milepost.diagnostics import Place

_GITHUB = re.compile(r"(?P<repository>https://github\.com/[^/?#]+/[^/?#]+)/edit/(?P<branch>[^?#]+?)/*")
_PROPOSAL = """\
# A proposal: write the title and what else you know, and name the file after it (small letters, digits, “-”).
title:
summary: # one or two sentences
why: # the problem, and for whom
status: idea
# milestone: the id of the milestone it should count towards
# effort: 5d
"""


@dataclass(frozen=True, slots=True)
class Repository:
    """The address of the repository's top in the editor (`edit`) and the viewer (`view`); "" where none is known."""

    edit: str
    view: str
    plan: str

    def edit_url(self, place: Place) -> str | None:
        """The address at which the line of a place is edited."""
        return self._url(self.edit, place)

    def view_url(self, place: Place) -> str | None:
        """The address at which the line of a place is read."""
        return self._url(self.view, place)

    def propose_url(self, project: str) -> str | None:
        """The page on which GitHub begins a new feature of the project in that folder of the plan, filled in.

        Only GitHub has such a page; elsewhere there is None.
        """
        github = _GITHUB.fullmatch(self.edit)
        if github is None:
            return None
        folder = f"{self.plan}/{project}".rstrip("/")
        asked = urlencode({"filename": "features/new-feature.yml", "value": _PROPOSAL}, quote_via=quote)
        return f"{github['repository']}/new/{github['branch']}/{quote(folder)}?{asked}"

    def _url(self, top: str, place: Place) -> str | None:
        if not top:
            return None
        line = f"#L{place.mark[0] + 1}" if place.mark else ""
        return f"{top}{quote(f'{self.plan}/{place.file}')}{line}"


def repository(config_file: Path, docs_dir: Path, plan: Path, repo_url: str | None, edit_uri: str | None) -> Repository:
    """Work out the addresses from MkDocs' `edit_uri`, which ends with the way from the repository to the pages."""
    top = _top(config_file)
    try:
        pages, plan_path = docs_dir.resolve().relative_to(top).as_posix(), plan.resolve().relative_to(top).as_posix()
    except ValueError:
        return Repository("", "", "")
    uri = (edit_uri or "").rstrip("/")
    if not uri.endswith(pages):
        return Repository("", "", plan_path)
    edit = uri.removesuffix(pages)
    if repo_url:
        edit = urljoin(repo_url.rstrip("/") + "/", edit)
    if not edit.startswith(("https://", "http://")):
        return Repository("", "", plan_path)
    head, mark, tail = edit.rpartition("/edit/")
    return Repository(edit, f"{head}/blob/{tail}" if mark else edit, plan_path)


def _top(config_file: Path) -> Path:
    """The folder of the repository: the nearest one above with a `.git`, else that of mkdocs.yml."""
    folder = config_file.resolve().parent
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
