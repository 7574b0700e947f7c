"""The timeline: what is drawn where, and how it is said."""

import re
from datetime import date

import pytest

from milepost.plan.calendar import Calendar
from milepost.records.periods import Period, read_period
from milepost.render.context import Context
from milepost.render.page import render
from milepost.render.paths import heads
from milepost.views.axis import free_days, make_axis
from milepost.views.dependency_lines import Wait
from milepost.views.timeline import Row, TimelineOptions, TimelineView, timeline
from plans import plan

MONDAY = date(2026, 1, 5)
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
    """design ends with day 9, build begins with day 11; rows 1 and 2 below the milestone's, on the first leaf."""
    text = WORK.replace("start: 2026-02, due: 2026-03", "due: 2026-03")
    lines = _view(text).lines
    (line,) = lines.leaves[0]
    day = lines.width / 181
    assert line.critical
    assert line.points[0] == pytest.approx((9 * day, 1.5 * lines.row))
    assert line.points[-1] == pytest.approx((11 * day, 2.5 * lines.row))
    assert lines.waits["build"] == (Wait(1, "FS", critical=True),)
    assert not _view().lines.leaves[0][0].critical  # a bar until March holds the end


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
    ((line,),) = view.lines.leaves
    day = view.lines.width / 31
    assert line.points[0][0] == pytest.approx(first * day)
    assert line.points[-1][0] == pytest.approx(last * day)
    assert (line.points[-2][0] > line.points[-1][0]) is from_right


def test_too_many_lines_are_left_out_but_counted() -> None:
    features = ""
    for i in range(60):
        needs = ", ".join(f"f{j}" for j in range(max(0, i - 9), i))
        features += f"      - {{id: f{i}, title: F{i}, duration: 1d, depends_on: [{needs}]}}\n"
    lines = _view(f"    features:\n{features}").lines
    assert (lines.drawn, lines.total) == (59, 495)  # the chain that holds the end
    assert all(line.critical for leaf in lines.leaves for line in leaf)
    assert sum(len(waits) for waits in lines.waits.values()) == 495


def test_a_line_is_on_each_leaf_as_far_as_it_is_seen_there() -> None:
    """20 rows are a leaf of 12 and one of 8: a line from the first row to the last goes on upright, and ends level."""
    features = "".join(f"      - {{id: f{i}, title: F{i}, duration: 5d}}\n" for i in range(19))
    lines = _view(f"    features:\n{features}      - {{id: z, title: Z, duration: 5d, depends_on: [f0]}}\n").lines
    (above,), (below,) = lines.leaves
    assert above.points[0][1] == 0.5 * lines.row
    assert [y for _, y in above.points[-2:]] == [0.5 * lines.row, 13 * lines.row]
    assert [y for _, y in below.points] == [-lines.row, 7.5 * lines.row, 7.5 * lines.row]
    assert above.points[-1][0] == below.points[0][0]
    assert not heads([above.points])
    assert heads([below.points])


def test_leaves_hold_all_rows_and_keep_a_heading_with_its_first_row() -> None:
    text = "people: [{id: ann, name: Ann, team: Web}]\nfeatures:\n" + "".join(
        f"  - {{id: f{i}, title: F{i:02}, duration: 1d{', owner: ann' if i < 11 else ''}}}\n" for i in range(30)
    )
    view = _view(text, lanes="team")
    assert [row for leaf in view.leaves for lane in leaf.lanes for row in lane.rows] == list(view.rows)
    assert [(leaf.top, leaf.height) for leaf in view.leaves] == [(0, 12), (12, 12), (24, 8)]
    assert [[lane.title for lane in leaf.lanes] for leaf in view.leaves] == [["Web"], [""], [None]]


def test_milestones_have_a_lane_in_which_labels_share_a_row_only_where_there_is_room() -> None:
    view = _view("""
        milestones:
          - {id: a, title: Alpha of it all, due: 2026-02-02}
          - {id: b, title: Beta of it all, due: 2026-02-09}
          - {id: c, title: Gamma, due: 2026-12-10}
          - {id: d, title: Quarter, due: 2026-Q3}
        features: [{id: f, title: F, duration: 1d}]
    """)
    assert [(m.row.title, m.label.row, m.label.before) for m in view.milestones.marks] == [
        ("Alpha of it all", 0, False),
        ("Beta of it all", 1, False),
        ("Quarter", 0, False),
        ("Gamma", 0, True),
    ]
    assert view.milestones.rows == 2


def test_days_off_are_told_by_week_and_by_day() -> None:
    """2026 begins with a Thursday; New Year is a holiday on the first day of the axis."""
    view = _view("""
        project:
          {name: T, start: 2026-01-05, calendar: {workdays: [mon, tue, wed, thu], holidays: [2026-01-01, 2026-01-09]}}
        features: [{id: f, title: F, duration: 30d}]
    """)
    assert view.free.weekly == ((1, 3),)
    assert view.free.days == (0,)
    assert free_days(
        make_axis(date(2023, 1, 1), date(2023, 1, 31), None), Calendar(MONDAY, (0, 1, 2, 3, 4))
    ).weekly == ((-1, 2),)


def test_rows_by_period_are_sorted_by_their_end_and_tell_what_is_over() -> None:
    view = timeline(
        plan(
            """
            features:
              - {id: a, title: A, done: 2026-01-09}
              - {id: b, title: B, start: 2026-02-02, duration: 5d}
              - {id: c, title: C, start: 2026-03-02, duration: 5d}
              - {id: d, title: D, start: 2026-02-02, duration: 2d}
            """,
            date(2026, 2, 3),
        ),
        TimelineOptions(),
    )
    assert [(s.period.text, [row.title for row in s.rows], s.is_now, s.is_past) for s in view.sections] == [
        ("2026-01", ["A"], False, True),
        ("2026-02", ["D", "B"], True, False),
        ("2026-03", ["C"], False, False),
    ]
    assert view.past == 1


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


def test_every_row_is_a_link_and_the_table_says_all_of_it() -> None:
    html = _html(_view())
    _, _, row = html.partition('<tr data-mp-item="beta">')
    told = [re.sub("<[^>]*>", "", cell).partition(">")[2] for cell in row.partition("</tr>")[0].split("<td")[1:]]
    assert told == [
        *("Milestone", "Planned", "Jan 23, 2026", "Jan 23, 2026", "–", "–", "Jan 20, 2026", "Jan 15, 2026"),
        *("3 working days late", "–", "47", "0%", "–", "–"),
    ]
    assert html.count('href="features/build/"') == 3  # in the drawing, in the list and in the table
    assert "<td>2026-Q2<td>" in html
    assert "Build &lt;it&gt;" in html
    assert "<it>" not in html
    assert '<th scope="row">' in html


def _html(view: TimelineView) -> str:
    return render("timeline", view, Context("en", lambda target: f"{target.kind}s/{target.id}/", lambda place: None))
