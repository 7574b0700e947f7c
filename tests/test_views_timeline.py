"""The timeline: what is drawn where, and how it is said."""

import re
from datetime import date

import pytest

from milepost.records.periods import Period, read_period
from milepost.render.page import Context, render
from milepost.views.axis import make_axis
from milepost.views.timeline import Row, TimelineOptions, TimelineView, timeline
from plans import plan

WORK = """
    milestones:
      - {id: beta, title: Beta, due: 2026-01-20, baseline: 2026-01-15}
      - {id: sale, title: Sale, due: 2026-Q2}
    features:
      - {id: design, title: Design, milestone: beta, duration: 5d}
      - {id: build, title: "Build <it>", milestone: beta, duration: 10d, depends_on: [design]}
      - {id: vague, title: Vague, start: 2026-02, due: 2026-03}
      - {id: someday, title: Some day}
      - {id: gone, title: Gone, duration: 2d, status: dropped}
"""


def _period(text: str) -> Period:
    found = read_period(text)
    assert isinstance(found, Period)
    return found


def _view(text: str = WORK, **options: object) -> TimelineView:
    return timeline(plan(text), TimelineOptions(**options))  # type: ignore[arg-type]


def _row(view: TimelineView, identity: str) -> Row:
    return next(row for row in view.rows if row.target.id == identity)


def test_bars_and_diamonds_stand_at_their_days() -> None:
    """January is the first month, so offsets are days of January less one."""
    view = _view()
    assert view.axis
    assert (view.axis.first, view.axis.scale) == (date(2026, 1, 1), "month")
    design, build, beta = (_row(view, name) for name in ("design", "build", "beta"))
    assert design.bar
    assert (design.bar.at, design.bar.width) == (4, 5)
    assert build.bar
    assert (build.bar.at, build.bar.width) == (11, 12)
    assert beta.point == 22.5  # the 23rd, at noon
    assert beta.promise
    assert beta.promise.at == 19
    assert beta.baseline == 14.5
    assert beta.slack
    assert (beta.slack.at, beta.slack.width) == (19.5, 3)
    assert beta.late == 3


def test_a_period_stays_a_period() -> None:
    """A quarter is never drawn as a day; a bar between two months fades at both ends."""
    view = _view()
    sale, vague = _row(view, "sale"), _row(view, "vague")
    assert sale.point is None
    assert sale.promise
    assert (sale.promise.at, sale.promise.width, sale.promise.fades_in) == (90, 91, True)
    assert vague.bar
    assert (vague.bar.fades_in, vague.bar.fades_out) == (True, True)
    assert not _row(view, "build").bar.fades_out  # type: ignore[union-attr]


def test_what_has_no_date_is_listed_and_what_is_dropped_is_not() -> None:
    view = _view()
    assert [item.title for item in view.undated] == ["Some day"]
    assert "gone" not in {row.target.id for row in view.rows}


def test_features_stand_below_their_milestone() -> None:
    view = _view()
    assert [[(r.target.id, r.depth) for r in lane.rows] for lane in view.lanes] == [
        [("beta", 0), ("design", 1), ("build", 1)],
        [("sale", 0)],
        [("vague", 0)],
    ]
    assert [lane.title for lane in view.lanes] == [None, None, ""]


def test_the_line_of_the_critical_path_leads_from_end_to_start() -> None:
    """design ends with day 9, build begins with day 11; rows 1 and 2 below the milestone's."""
    text = WORK.replace("start: 2026-02, due: 2026-03", "due: 2026-03")
    (line,) = _view(text).lines.drawn
    assert line.critical
    assert not _view().lines.drawn[0].critical  # a bar until March holds the end
    assert line.points[0] == (9, 1.5)
    assert line.points[-1] == (11, 2.5)


@pytest.mark.parametrize(
    ("kind", "first", "last", "from_right"),
    [("SS", 4, 4, False), ("FF", 9, 14, True), ("SF", 4, 14, True), ("FS", 9, 11, False)],
)
def test_each_kind_of_dependency_leaves_and_enters_at_its_ends(
    kind: str, first: int, last: int, from_right: bool
) -> None:
    start = "2026-01-05" if kind == "SS" else "2026-01-12"
    view = _view(f"""
        features:
          - {{id: a, title: A, start: 2026-01-05, duration: 5d}}
          - {{id: b, title: B, start: {start}, duration: 3d, depends_on: [{{id: a, type: {kind}}}]}}
    """)
    (line,) = view.lines.drawn
    assert (line.points[0][0], line.points[-1][0], line.from_right) == (first, last, from_right)


def test_too_many_lines_are_left_out_but_counted() -> None:
    features = ""
    for i in range(60):
        needs = ", ".join(f"f{j}" for j in range(max(0, i - 9), i))
        features += f"      - {{id: f{i}, title: F{i}, duration: 1d, depends_on: [{needs}]}}\n"
    view = _view(f"    features:\n{features}")
    assert view.lines.total == 495
    assert 0 < len(view.lines.drawn) == 59  # the chain that holds the end
    assert all(line.critical for line in view.lines.drawn)


def test_from_and_to_cut_and_what_lies_beyond_is_counted() -> None:
    view = _view(from_=_period("2026-02"), to=_period("2026-02"))
    assert [row.target.id for row in view.rows] == ["vague"]
    assert view.outside == 4
    assert view.today is None


def test_lanes_by_team_follow_the_owner() -> None:
    view = _view(
        """
        people: [{id: ann, name: Ann, team: Web}]
        features:
          - {id: a, title: A, duration: 1d, owner: ann}
          - {id: b, title: B, duration: 1d, team: Ops}
          - {id: c, title: C, duration: 1d}
        """,
        lanes="team",
    )
    assert [(lane.title, [row.target.id for row in lane.rows]) for lane in view.lanes] == [
        ("Web", ["a"]),
        ("Ops", ["b"]),
        ("", ["c"]),
    ]


@pytest.mark.parametrize(
    ("last", "asked", "scale", "ticks"),
    [
        (date(2026, 6, 30), None, "month", 6),
        (date(2027, 12, 31), None, "quarter", 8),
        (date(2050, 1, 1), None, "year", 25),
        (date(2027, 12, 31), "month", "month", 24),
        (date(2990, 1, 1), "month", "year", 965),
    ],
)
def test_the_scale_fits_the_span(last: date, asked: None, scale: str, ticks: int) -> None:
    axis = make_axis(date(2026, 1, 1), last, asked)
    assert (axis.scale, len(axis.ticks)) == (scale, ticks)


def test_a_plan_without_dates_has_no_axis() -> None:
    view = _view("features: [{id: a, title: A}]")
    assert view.axis is None
    assert "Nothing in this plan has a date yet." in _html(view)


def test_every_row_is_a_link_that_says_all_and_the_table_holds_the_same() -> None:
    html = _html(_view())
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
    assert ": milestone, planned, expected Jan 23, 2026, due Jan 20, 2026, 3 working days late" in text
    assert html.count('href="features/build/"') == 2  # in the drawing and in the table
    assert "due 2026-Q2" in text
    assert "Build &lt;it&gt;" in html
    assert "<it>" not in html
    assert '<th scope="row">' in html


def _html(view: TimelineView) -> str:
    return render("timeline", view, Context("en", lambda target: f"{target.kind}s/{target.id}/", lambda place: None))
