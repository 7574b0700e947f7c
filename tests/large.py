"""A plan of any number of features, as large plans are: with owners, ranges of durations, dependencies, milestones."""

import random
from datetime import date, timedelta

_WORDS = (
    "export",
    "sign-on",
    "invoice",
    "sync",
    "offline",
    "search",
    "quota",
    "audit",
    "billing",
    "import",
    "theme",
    "alert",
)


def large(features: int) -> dict[str, str]:
    """The files of the plan: a tenth of it is being worked on, three tenths are done; 20 features a milestone."""
    draw = random.Random(7)

    def title() -> str:
        return " ".join(draw.choices(_WORDS, k=draw.randint(2, 5))).capitalize()

    milestones = max(2, features // 20)
    due = [date(2026, 1, 5) + timedelta(days=14 * (i + 1) * 50 // milestones) for i in range(milestones)]
    work = [
        "milestones:",
        *(f"  - {{id: m{i}, title: {title()}, due: {day}}}" for i, day in enumerate(due)),
        "features:",
    ]
    for i in range(features):
        days, status = (
            draw.randint(1, 10),
            "done" if i < 0.3 * features else "active" if i < 0.4 * features else "planned",
        )
        needs = {f"f{draw.randrange(max(0, i - 20), i)}" for _ in range(draw.choice((0, 1, 1, 2)))} if i else set()
        work.append(
            f"  - {{id: f{i}, title: {title()}, status: {status}, milestone: m{i * milestones // features},"
            f" owner: p{draw.randrange(8)}, team: {draw.choice(('app', 'core', 'data', 'growth'))},"
            f" tags: [{draw.choice(_WORDS)}, {draw.choice(_WORDS)}], depends_on: [{', '.join(sorted(needs))}],"
            f" duration: {{low: {max(1, days - 1)}d, likely: {days}d, high: {days + draw.randint(1, 9)}d}},"
            f" score: {{rice: {{reach: {draw.randint(10, 5000)}, impact: {draw.choice((0.5, 1, 2))},"
            f" confidence: {draw.choice((50, 80, 100))}%, effort: {draw.randint(1, 5)}}}}}}}"
        )
    people = [f"  - {{id: p{i}, name: Person {i}, team: core}}" for i in range(8)]
    return {
        "project.yml": "project: {name: Large, start: 2026-01-05, today: 2026-06-15, currency: EUR}\n",
        "people.yml": "\n".join(["people:", *people, ""]),
        "work.yml": "\n".join([*work, ""]),
    }
