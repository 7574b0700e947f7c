"""One project as its author wrote it: every record of every section, typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from milepost.diagnostics import Place
from milepost.records.budget import BudgetLine, Funding
from milepost.records.decision import Decision
from milepost.records.entry import Record
from milepost.records.feature import Feature
from milepost.records.goal import Goal
from milepost.records.input import Input
from milepost.records.milestone import Milestone
from milepost.records.person import Person
from milepost.records.project import Project
from milepost.records.risk import Risk
from milepost.records.update import Update

SECTIONS: Mapping[str, type[Record]] = {
    "people": Person,
    "goals": Goal,
    "milestones": Milestone,
    "features": Feature,
    "budget": BudgetLine,
    "funding": Funding,
    "risks": Risk,
    "decisions": Decision,
    "inputs": Input,
    "updates": Update,
}


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one project.

    `id` is the name of its folder, `folder` the way to it inside the plan folder ("" for the plan folder itself).
    `places` says where each record is written, by id ("" is the project's own record), always with a `mark`.
    `lost` holds the ids of records left out because of an error: a reference to one is no second error.
    """

    id: str
    folder: str
    project: Project
    people: tuple[Person, ...] = ()
    goals: tuple[Goal, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    features: tuple[Feature, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    funding: tuple[Funding, ...] = ()
    risks: tuple[Risk, ...] = ()
    decisions: tuple[Decision, ...] = ()
    inputs: tuple[Input, ...] = ()
    updates: tuple[Update, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    @property
    def work(self) -> tuple[Milestone | Feature, ...]:
        """What is scheduled: the milestones, then the features."""
        return (*self.milestones, *self.features)

    def section(self, name: str) -> tuple[Record, ...]:
        """The records of the list section `name`, in the order written."""
        found: tuple[Record, ...] = getattr(self, name)
        return found

    def all(self) -> Iterator[tuple[str, Record]]:
        """Every record with the name of its section."""
        for name in SECTIONS:
            for record in self.section(name):
                yield name, record
