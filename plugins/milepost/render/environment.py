"""The Jinja environment: our templates, an author's own before them, and the filters that write values."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from gettext import NullTranslations
from json import dumps
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from milepost.render.context import current
from milepost.render.explained import ASK, Explained, ask, asked, asked_at
from milepost.render.formats import Formats, formats
from milepost.render.paths import heads, path
from milepost.render.rich import headline, plain, rich
from milepost.render.words import words
from milepost.views.explanation import Explanation
from milepost.views.item import Target, initials

TEMPLATES = Path(__file__).parent / "templates"


def _told(said: NullTranslations) -> Callable[..., Markup]:
    """What templates call `_`: the same as Jinja's, which takes a third of the time of a page."""
    text_of = lru_cache(maxsize=4_000)(lambda message: Markup(said.gettext(message)))  # noqa: S704 (ours, not a plan's)
    plain = lru_cache(maxsize=4_000)(lambda message: text_of(message) % {})

    def told(message: str, /, **values: object) -> Markup:
        return text_of(message) % values if values else plain(message)

    return told


class _Compiled(FileSystemBytecodeCache):
    """Templates as compiled by earlier builds, which is a third of the time of a small site. Jinja keeps them by their
    content, in a folder of temporary files that nobody but this user can write.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, if there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(locale: str) -> _Compiled | None:
    """Those of a language, since constants are compiled in it; none where there is no folder for them."""
    try:
        return _Compiled(pattern=f"milepost-{locale}-%s.cache")
    except (RuntimeError, OSError):
        return None


def _own(value: Any) -> str:
    """The value of an author's own key: lists and maps of plain values as a reader would write them, others as JSON."""
    match value:
        case str():
            return value
        case Mapping() if all(map(_is_plain, value.values())):
            return ", ".join(f"{key}: {_own(part)}" for key, part in value.items())
        case list() | tuple() if all(map(_is_plain, value)):
            return ", ".join(map(_own, value))
    return dumps(value, ensure_ascii=False)


def _is_plain(value: object) -> bool:
    return not isinstance(value, Mapping | list | tuple)


@lru_cache(maxsize=16)
def environment(language: str, overrides: Path | None = None) -> Environment:
    """The environment for a language. A template in `overrides` wins; ours stays reachable as `default/NAME`."""
    own = FileSystemLoader(TEMPLATES)
    loaders = [*([FileSystemLoader(overrides)] if overrides else []), own, PrefixLoader({"default": own})]
    written = formats(language)
    made = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=overrides is not None,
        bytecode_cache=_compiled(str(written.locale)),
    )
    said = words(language)
    made.install_gettext_callables(said.gettext, said.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals["_"] = _told(said)
    made.filters.update(
        day=written.day,
        period=written.period,
        money=written.money,
        compact=written.compact,
        percent=written.percent,
        chance=written.chance,
        number=written.number,
        days=written.days,
        person_days=written.person_days,
        months=written.months,
        phrase=written.value,
        in_a_row=written.in_a_row,
        rich=rich,
        headline=headline,
        plain=plain,
        initials=initials,
        path=path,
        heads=heads,
        json=partial(dumps, ensure_ascii=False),  # to be read: “tojson” writes for scripts
        own=_own,
    )
    made.globals |= {
        "page": lambda name: Target("page", name),
        "link": lambda target: current.get().link(target),
        "source": lambda place: current.get().source(place),
        "edit": lambda place: current.get().edit(place),
        **_explaining(written),
    }
    return made


def _explaining(written: Formats) -> dict[str, Callable[..., str | Markup]]:
    """What leads to where a number comes from: the list of a page's figures, and links to one of them."""
    hint = written.phrase(ASK)

    def explanations(found: Iterable[Explanation]) -> Markup:
        page = current.get()
        return Explained(written, page.link, page.source, page.spot).section(found)

    def asked_there(shown: str, target: Target, anchor: str) -> str | Markup:
        return asked_at(hint, shown, current.get().link(target), anchor)

    return {
        "explanations": explanations,
        "asked": partial(asked, hint),
        "ask": partial(ask, hint),
        "asked_there": asked_there,
    }
