"""The interface's words in the language of the site: gettext catalogues beside this file, English without one."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_LOCALE = Path(__file__).parent / "locale"


@lru_cache(maxsize=64)
def words(language: str) -> NullTranslations:
    """The words of a language such as `de` or `de-AT`; what is not translated, and any other language, is English."""
    for name in (language.replace("-", "_"), language.split("-")[0].split("_")[0]):
        path = _LOCALE / name / "LC_MESSAGES" / "milepost.po"
        if name.isidentifier() and path.is_file():
            return _read(path)
    return NullTranslations()


def _read(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
