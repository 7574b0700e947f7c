"""The interface's words in the language of the site: gettext catalogues beside this file, English without one.

Catalogues are text, so that a change of one can be reviewed; they are compiled in memory, once a language.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Message

LOCALE = Path(__file__).parent / "locale"


@lru_cache(maxsize=64)
def words(language: str) -> NullTranslations:
    """The words of a language such as `de` or `de-AT`; what is not translated, and any other language, is English."""
    for name in (language.replace("-", "_"), language.split("-")[0].split("_")[0]):
        path = LOCALE / name / "LC_MESSAGES" / "milepost.po"
        if name.isidentifier() and path.is_file():
            return _read(path)
    return NullTranslations()


def _read(path: Path) -> GNUTranslations:
    from babel.messages.mofile import write_mo  # an English site needs neither
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in [message for message in catalogue if message.id and not is_translated(message)]:
        catalogue.delete(message.id, message.context)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def is_translated(message: "Message") -> bool:
    """Whether a message can be shown: it has all its forms, and none of them is to be looked at again."""
    forms = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    return not message.fuzzy and all(forms)
