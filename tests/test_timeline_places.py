"""Labels and lines of the timeline: what holds for any of them, and that Python and the browser place them alike."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browser import chromium, served
from milepost.render.assets import FOLDER
from milepost.render.paths import heads, path
from milepost.views.labels import GAP, ROWS, place_labels
from milepost.views.routes import ROW, Box, Wire, routes

WIDTH = 700.0
_marks = st.lists(
    st.tuples(st.integers(0, 690), st.integers(5, 300)).map(lambda pair: (pair[0] - 9.0, pair[0] + 9.0, pair[1] * 1.0)),
    max_size=30,
).map(sorted)


@given(_marks)
def test_no_label_lies_on_another_or_on_a_mark(marks: list[tuple[float, float, float]]) -> None:
    rows: dict[int, list[tuple[float, float]]] = {}
    for (left, right, label), placed in zip(marks, place_labels(marks, WIDTH), strict=True):
        if placed.shown:
            span = (left - GAP - label, right) if placed.before else (left, right + GAP + label)
            assert placed.before or span[1] <= WIDTH
        else:
            span = (left, right)
        if placed.row < ROWS:  # in the row below stand marks alone
            rows.setdefault(placed.row, []).append(span)
        else:
            assert not placed.shown
    for spans in rows.values():
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(spans)))


@st.composite
def _charts(draw: st.DrawFn) -> tuple[list[Box], list[Wire]]:
    size = draw(st.integers(2, 12))
    boxes = []
    for row in range(size):
        left = draw(st.integers(0, 500))
        boxes.append(Box(float(left), float(left + draw(st.integers(0, 200))), (row + 0.5) * ROW))
    number = st.integers(0, size - 1)
    wires = draw(
        st.lists(st.builds(Wire, number, number, st.booleans(), st.booleans(), st.booleans()), max_size=12).map(
            lambda found: [wire for wire in found if wire.source != wire.target]
        )
    )
    return boxes, wires


@given(_charts())
def test_a_line_leads_straight_from_its_work_to_what_waits(chart: tuple[list[Box], list[Wire]]) -> None:
    boxes, wires = chart
    for wire, line in zip(wires, routes(boxes, wires), strict=True):
        source, target = boxes[wire.source], boxes[wire.target]
        assert line[0] == (source.right if wire.from_end else source.left, source.y)
        assert line[-1] == (target.left if wire.to_start else target.right, target.y)
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line))
        assert (line[-1][0] > line[-2][0]) is wire.to_start
        assert (line[1][0] > line[0][0]) is wire.from_end


def test_a_line_goes_round_bars_and_lines_of_other_works_keep_apart() -> None:
    """Two works that end on one day, each with one that waits far below; a bar lies where the nearest column is."""
    boxes = [Box(0, 100, 16), Box(0, 100, 48), Box(90, 112, 80), Box(200, 220, 112), Box(200, 220, 144)]
    first, second = routes(boxes, [Wire(0, 3, True, True, False), Wire(1, 4, True, True, False)])
    columns = first[1][0], second[1][0]
    assert all(x > 115 for x in columns)
    assert abs(columns[0] - columns[1]) >= 5


def test_lines_of_one_work_share_a_column_like_branches() -> None:
    boxes = [Box(0, 100, 16), Box(200, 220, 48), Box(250, 270, 80)]
    first, second = routes(boxes, [Wire(0, 1, True, True, False), Wire(0, 2, True, True, False)])
    assert first[1][0] == second[1][0]


def test_a_path_has_round_corners_and_an_arrowhead() -> None:
    line = ((0.0, 16.0), (50.0, 16.0), (50.0, 48.0), (90.0, 48.0))
    assert path([line]) == "M0 16h45q5 0 5 5v22q0 5 5 5h35"
    assert heads([line]) == "M90 48l-6-3.5v7z"


@pytest.mark.browser
def test_the_browser_places_labels_and_lines_alike() -> None:
    marks = [(i * 37.0 % 600, i * 37.0 % 600 + 18, 30.0 + i * 53 % 90) for i in range(25)]
    marks.sort()
    boxes = [Box(i * 83 % 610, i * 83 % 610 + 4 + i * 29 % 120, (i + 0.5) * ROW) for i in range(40)]
    wires = [Wire(i, (i * 7 + 3) % 40, i % 5 > 0, i % 7 > 0, i % 3 == 0) for i in range(40) if i != (i * 7 + 3) % 40]
    given = {
        "marks": marks,
        "width": WIDTH,
        "boxes": [{"left": box.left, "right": box.right, "y": box.y} for box in boxes],
        "wires": [
            {
                "source": wire.source,
                "target": wire.target,
                "fromEnd": wire.from_end,
                "toStart": wire.to_start,
                "critical": wire.critical,
            }
            for wire in wires
        ],
    }
    with served(FOLDER) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}/milepost.css")
        labels, lines, drawn = page.evaluate(
            """async ({marks, width, boxes, wires}) => {
                const { placeLabels } = await import("/timeline_labels.js");
                const { routes, path, head } = await import("/timeline_routes.js");
                const lines = routes(boxes, wires);
                return [placeLabels(marks, width), lines, lines.map((line) => path(line) + head(line))];
            }""",
            given,
        )
    assert [(label["row"], label["before"], label["shown"]) for label in labels] == [
        (label.row, label.before, label.shown) for label in place_labels(marks, WIDTH)
    ]
    expected = routes(boxes, wires)
    assert [[tuple(point) for point in line] for line in lines] == [list(line) for line in expected]
    assert drawn == [path([line]) + heads([line]) for line in expected]
