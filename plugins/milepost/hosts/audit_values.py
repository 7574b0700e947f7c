"""What an audit looks for: the internal values of a plan, each by the words it can be found by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from re import sub

from milepost.build import Built, show
from milepost.diagnostics import Place
from milepost.hosts.published import published
from milepost.plan.plan import Plan, make_plans
from milepost.publish.internal_values import Written, internal_and_public
from milepost.publish.plan_json import plan_json
from milepost.publish.words import Words, spellings, words
from milepost.records.project import Project
from milepost.records.records import Records
from milepost.render.assets import scripts, style_sheets
from milepost.render.context import Context
from milepost.render.rich import plain
from milepost.render.words import LOCALE
from milepost.source import Sources
from milepost.views import VIEWS
from milepost.views.budget import BudgetOptions, budget

_SHORT = 4  # letters that a text needs to mean anything by itself
_LEAST = 100  # what an amount needs to be told from other numbers
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Sought:
    """The internal value that each sequence of words would give away, and the values that can't be judged by any."""

    by_words: Mapping[Words, Written]
    unjudged: tuple[Written, ...]


def sought(full: Built, public: Built, pages: str) -> Sought:
    """What to look for in a site. Not judged is what a public value says, too, what the interface says by itself, what
    is too short to mean anything, and a single word or number that stands in an author's own `pages`.
    """
    internal, told = internal_and_public(full.plans)
    internal += [*_computed(full.plans, public.plans), *_file_names(full.sources, internal, told)]
    told += [Written(number, Place("")) for number in (*_numbers(public.plans), *_totals(public.plans))]
    common = _Common(told, _interface(full), pages)
    currency = full.plans[0].records.project.currency
    wanted: dict[Words, Written] = {}
    unjudged = []
    for written in internal:
        found = [sequence for sequence in _sequences(written, currency) if not common.says(sequence)]
        if found and not (isinstance(written.value, Decimal) and common.number(written.value, found)):
            wanted.update((sequence, written) for sequence in found if sequence not in wanted)
        else:
            unjudged.append(written)
    return Sought(wanted, tuple(unjudged))


def _sequences(written: Written, currency: str | None) -> Iterator[Words]:
    """The words by which a value is found; nothing where they would be too common."""
    if isinstance(written.value, Decimal):
        amount = abs(written.value)
        if amount >= _LEAST and amount not in _YEARS:
            yield from spellings(amount, currency)
        return
    for sentence in _sentences(written.value):
        found = tuple(words(sentence))
        if sum(map(len, found)) >= _SHORT and not all(word.isdigit() and len(word) <= _SHORT for word in found):
            yield found


def _sentences(text: str) -> Iterator[str]:
    """A text as it is, and sentence by sentence without its markup: a page may show its beginning alone."""
    yield text
    for line in text.splitlines():
        yield from (part for part in sub(r"([.!?…])\s+", r"\1\n", plain(line)).split("\n") if len(words(part)) > 2)


def _computed(full: Iterable[Plan], public: Iterable[Plan]) -> Iterator[Written]:
    """The amounts that follow from all that is written, and not from what is told."""
    told = set(_numbers(public))
    for plan in full:
        for section, record in (("", plan.records.project), *plan.records.all()):
            totals = plan.money.lines.get(getattr(record, "id", "")) if section else plan.money.project
            if section == "milestones":
                totals = plan.money.milestones.get(getattr(record, "id", ""))
            place = plan.records.places[getattr(record, "id", "") if section else ""]
            for key in ("planned", "committed", "spent", "forecast", "variance") if totals else ():
                value = getattr(totals, key)
                if value not in told:
                    yield Written(value, Place(place.file, (*place.keys, key), mark=place.mark))


def _numbers(plans: Iterable[Plan]) -> Iterator[Decimal]:
    """Every number that is computed in an edition."""
    waiting: list[object] = []
    for plan in plans:
        for value in plan_json(plan).values():
            records = value if isinstance(value, list) else [value]
            waiting += [record["computed"] for record in records if isinstance(record, dict) and "computed" in record]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield abs(Decimal(str(value)))
        elif isinstance(value, str) and sub(r"^-?\d+(\.\d+)?$", "", value) == "" and value:
            yield abs(Decimal(value))


def _totals(plans: Iterable[Plan]) -> Iterator[Decimal]:
    """The totals by milestone and month that take the place of the lines (one booking in a month is its total), and
    the round amounts beside the chart.
    """
    for plan in plans:
        curve = budget(plan, BudgetOptions()).curve
        yield from (tick.amount for tick in (curve.y_ticks if curve else ()))
        for line in plan.records.budget if plan.records.project.publish.budget == "totals" else ():
            if line.id.startswith("total"):
                yield from (money.amount for _, money in line.planned_parts)
                yield from (spending.amount.amount for spending in line.spent)


def _file_names(sources: Sources, internal: Sequence[Written], told: Sequence[Written]) -> Iterator[Written]:
    """The names of plan files in which nothing is public."""
    public = {written.place.file for written in told}
    for file in sorted(
        {written.place.file for written in internal if written.place.file in sources.documents} - public
    ):
        yield Written(file, Place(file, mark=(0, 0)))


def _interface(full: Built) -> str:
    """What the views say of a plan in which nothing stands, and all that they can say in any language."""
    empty = Records("empty", "", Project(name="Empty"), places={"": Place("")})
    as_of = full.plans[0].as_of
    built = Built(Sources("empty", {}), make_plans((empty,), as_of)[0], ())
    bare = Context("en", lambda _: None, lambda _: None)
    views = (show(built, name, {}, Place(""), lambda _: bare).html for name in VIEWS)
    said = unescape(sub(r"<[^>]*>", " ", " ".join(views)))
    messages = (sub(r"(?m)^#.*$", "", path.read_text("utf-8")) for path in LOCALE.rglob("*.po"))
    ours = (*style_sheets().values(), *scripts().values())  # a page names classes
    return " ".join([said, *messages, *ours, *(text for path, text in published(built).items() if "schema" in path)])


class _Common:
    """What anybody may read, so that its being in the site tells nothing."""

    def __init__(self, told: Iterable[Written], interface: str, pages: str) -> None:
        told = list(told)
        texts = (plain(found.value) for found in told if isinstance(found.value, str))
        raw = (found.value for found in told if isinstance(found.value, str))
        self.texts = " | ".join(f" {' '.join(words(text))} " for text in (*texts, *raw, interface))
        self.words = frozenset(self.texts.split())
        self.pages = f" {' '.join(words(pages))} "
        numbers = [abs(found.value) for found in told if isinstance(found.value, Decimal)]
        self.numbers = {
            *numbers,
            *(number.quantize(Decimal(1), ROUND_HALF_UP) for number in numbers),
        }  # as pages show it

    def says(self, sequence: Words) -> bool:
        said = f" {' '.join(sequence)} "
        is_public = all(word in self.words for word in sequence) and said in self.texts
        return is_public or (len(sequence) == 1 and said in self.pages)

    def number(self, amount: Decimal, written: Iterable[Words]) -> bool:
        return abs(amount) in self.numbers or any(f" {' '.join(one)} " in self.pages for one in written)
