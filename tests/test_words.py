"""The interface in other languages: what it says is in the catalogues, and what they say fits."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import messages as collected
from milepost.build import Built, build, show
from milepost.diagnostics import Place
from milepost.plan.phrase import Amount, Phrase
from milepost.render import words as catalogues
from milepost.render.context import Context
from milepost.render.environment import environment
from milepost.render.formats import formats
from milepost.render.words import words
from milepost.views import VIEWS
from milepost.views.explanation import Given, Value, number
from pseudo import texts, unsaid, write_catalogue, write_plan

# --- what there is to be translated


@cache
def template() -> Catalog:
    return collected.messages()


def test_the_template_holds_every_message() -> None:
    """`make messages` writes it, and brings the catalogues up to it. The order may be that of an earlier source."""
    with collected.TEMPLATE.open("rb") as file:
        assert by_id(read_po(file)) == by_id(template())


@pytest.mark.parametrize("language", collected.LANGUAGES)
def test_a_catalogue_has_the_messages_of_the_template(language: str) -> None:
    assert {message.id for message in collected.catalogue(language)} == {message.id for message in template()}


@pytest.mark.parametrize(
    "source", ['Phrase(f"{n} days")', 'Phrase("a" + word)', "Phrase(text, values)", 'Phrase("a", {}, plural)']
)
def test_a_text_that_is_put_together_is_noticed(source: str) -> None:
    with pytest.raises(collected.NotLiteral, match=r"here\.py:1"):
        list(collected.phrases(source, "here.py"))


def test_phrases_are_found_with_their_plural() -> None:
    source = 'Phrase("{n} day", {"n": n}, "{n} days", n)\nPhrase(text="yes")\nother("no")'
    assert list(collected.phrases(source, "")) == [(1, ("{n} day", "{n} days")), (2, "yes")]


# --- what the translations say


def by_id(catalogue: Catalog) -> dict[object, set[str]]:
    """The files that each message stands in."""
    return {message.id: {path for path, _ in message.locations} for message in catalogue if message.id}


def catalogues_of_all(test: Callable[..., None]) -> Callable[..., None]:
    found = [pytest.param(language, collected.catalogue(language), id=language) for language in collected.LANGUAGES]
    return pytest.mark.parametrize(("language", "catalogue"), found)(test)


@catalogues_of_all
def test_no_message_is_left_in_english(language: str, catalogue: Catalog) -> None:
    left = collected.missing(catalogue)
    assert not left, f"not translated into {language}: {left}"


def names(text: str) -> set[str]:
    """The names of values in a text, in both ways of writing them."""
    if found := re.findall(r"%\((\w+)\)s", text):
        return set(found)
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


@catalogues_of_all
def test_translations_take_the_values_of_their_message(language: str, catalogue: Catalog) -> None:
    """All of them; in the singular those of the singular."""
    wrong = []
    for message in catalogue:
        said, told = texts(message)
        known = set().union(*map(names, said))
        for form, text in enumerate(told):
            needed = names(said[0]) if form == 0 and len(told) > 1 else known
            if message.id and text and not message.fuzzy and not needed <= names(text) <= known:
                wrong.append((said[0], text))
    assert not wrong


@catalogues_of_all
def test_translations_have_all_forms_of_a_plural(language: str, catalogue: Catalog) -> None:
    odd = [m.id for m in catalogue if m.pluralizable and len(texts(m)[1]) != catalogue.num_plurals]
    assert not odd


@catalogues_of_all
def test_translations_have_no_markup_or_sign_that_their_message_lacks(language: str, catalogue: Catalog) -> None:
    """They are escaped where they are shown; and a sign of percent in a template must stay doubled."""
    wrong = []
    for message in catalogue:
        said, told = texts(message)
        for text in filter(None, told if message.id and not message.fuzzy else ()):
            tags = [re.findall(r"<[^>]*>|&\w+;", one) for one in (said[0], text)]
            percents = [re.sub(r"%\(\w+\)s|%%", "", one).count("%") for one in (said[0], text)]
            lines = [one.count("\n") for one in (said[0], text)]
            formula = [" = " in one for one in (said[0], text)] if "{" in said[0] else []
            if any(sorted(two[:1]) != sorted(two[1:]) for two in (tags, percents, lines, formula)):
                wrong.append((said[0], text))
    assert not wrong


# --- how they are read

CATALOGUE = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "yes"
msgstr "ja"

#, fuzzy
msgid "no"
msgstr "vielleicht"

msgid "{days} working day"
msgid_plural "{days} working days"
msgstr[0] "{days} Arbeitstag"
msgstr[1] "{days} Arbeitstage"

msgid "{months} month"
msgid_plural "{months} months"
msgstr[0] "{months} Monat"
msgstr[1] ""

msgid "rank = 1 + {higher}"
msgstr "Rang = 1 + {higher}"

msgid "features with a higher score"
msgstr "Vorhaben mit mehr Punkten"
"""


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The catalogue of the only language there is."""
    path = tmp_path / "qps" / "LC_MESSAGES" / "milepost.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, "utf-8")
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    for made in (words, formats, environment):
        made.cache_clear()
    yield path
    for made in (words, formats, environment):
        made.cache_clear()


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize("language", ["qps", "qps-AT", "qps_AT"])
def test_words_are_those_of_the_language_of_a_country(language: str) -> None:
    assert words(language).gettext("yes") == "ja"


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize("language", ["en", "xx", "", "../qps", "/", "en-GB"])
def test_words_of_any_other_language_are_english(language: str) -> None:
    assert words(language).gettext("yes") == "yes"


@pytest.mark.usefixtures("locale")
def test_what_is_missing_half_done_or_to_be_looked_at_is_english() -> None:
    found = words("qps")
    assert [found.gettext("other"), found.gettext("no")] == ["other", "no"]
    said = ("{months} month", "{months} months")
    assert [found.ngettext(*said, n) for n in (1, 2)] == [*said]


def test_half_a_month_is_one_in_french_and_more_in_english(locale: Path) -> None:
    rule = "nplurals=2; plural=(n > 1);"
    text = CATALOGUE.replace("nplurals=2; plural=(n != 1);", rule).replace('[1] ""', '[1] "{months} Monate"')
    path = locale.parents[2] / "fr" / "LC_MESSAGES" / "milepost.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    written = [formats("fr").explained(Value("months", months)) for months in (1.5, 2.5)]
    assert written == ["1,5 Monat", "2,5 Monate"]
    assert formats("en").explained(Value("months", 1.5)) == "1.5 months"


def test_a_runway_of_one_month_is_one_month_in_all_languages() -> None:
    """What is shown decides: 0.96 is shown as 1."""
    assert {language: [formats(language).months(n) for n in (0.96, 4.44)] for language in ("en", "de", "es", "ja")} == {
        "en": ["1 month", "4.4 months"],
        "de": ["1 Monat", "4,4 Monate"],
        "es": ["1 mes", "4,4 meses"],
        "ja": ["1か月", "4.4か月"],
    }


@pytest.mark.usefixtures("locale")
def test_values_and_formulas_are_said_in_the_language() -> None:
    found = formats("qps")
    assert [found.days(n) for n in (1, 3.5, -1)] == ["1 Arbeitstag", "3.5 Arbeitstage", "1 Arbeitstag"]
    label = Phrase("features with a higher score")
    formula = Phrase("rank = 1 + {higher}", {"higher": label, "unused": Amount})
    assert found.phrase(formula) == "Rang = 1 + Vorhaben mit mehr Punkten"
    assert found.value(Given(label, number(3)).label) == "Vorhaben mit mehr Punkten"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Dec 5, 2026", "December", "Dec 2026", "December 2026", "Dec 26"]),
        ("de", ["5. Dez. 2026", "Dezember", "Dez. 2026", "Dezember 2026", "Dez. 26"]),
        ("fr", ["5 déc. 2026", "décembre", "déc. 2026", "décembre 2026", "déc. 26"]),
        ("es", ["5 dic 2026", "diciembre", "dic 2026", "diciembre de 2026", "dic 26"]),
        ("ja", ["2026年12月5日", "12月", "2026年12月", "2026年12月", "26年12月"]),
    ],
)
def test_parts_of_a_date_stand_in_the_order_of_the_language(language: str, said: list[str]) -> None:
    written = formats(language)
    forms = ("MMMM", "MMM y", "MMMM y", "MMM yy")
    assert [written.day(date(2026, 12, 5)), *(written.day(date(2026, 12, 5), form) for form in forms)] == said


# --- whether pages say anything else


@pytest.fixture(scope="module")
def wordless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    found = build(write_plan(tmp_path_factory.mktemp("plan")), now=datetime(2026, 11, 27, tzinfo=UTC))
    assert [problem for problem in found.problems if problem.diagnostic.is_error] == []
    return found


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_catalogue(tmp_path_factory.mktemp("locale"))


@pytest.mark.parametrize("view", [*VIEWS, "feature", "milestone", "problems"])
def test_a_view_says_nothing_but_messages(view: str, wordless: Built, pseudo: Path, locale: Path) -> None:
    locale.write_text(pseudo.read_text("utf-8"), "utf-8")
    context = Context("qps", link=lambda target: "#", source=lambda place: None)
    records = wordless.plans[0].records
    ids = [item.id for item in (records.features if view == "feature" else records.milestones)]
    options: list[dict[str, Any]] = [{"id": name} for name in ids] if view in ("feature", "milestone") else [{}]
    pages = [show(wordless, view, chosen, Place("page"), lambda project: context) for chosen in options]
    left = sorted({text for page in pages for text in unsaid(page.html)})
    assert left == []
