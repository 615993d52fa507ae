"""On paper no heading stands alone, and decimal points stand below each other."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.documents.columns import INDENT, PADDING, SIZES, Grid, Place, lay_columns
from analysis.display.documents.lines import NO_ROWS, WHOLE, Kind, Line, lay_lines
from analysis.display.tables.table import Row, Table
from analysis.display.text.arial_widths import text_width
from tests.unit.display.tables.results_tables import TABLES

WIDTH = 700.0
ROUNDING = 1e-6
"""Sums of widths in points."""


def build_table(
    rows: list[Row], notes: tuple[str, ...] = ("A note.",), columns: tuple[str, ...] = ("x", "y")
) -> Table:
    return Table("t_x", "Title", columns, tuple(rows), notes, "", "TRIAL, NCT0")


def build_long() -> Table:
    """Forty groups in four sections, of one row to forty rows."""
    return build_table(
        [
            Row(f"row {number}", ("1",), f"section {group // 10}", f"group {group}")
            for group in range(40)
            for number in range(group + 1)
        ]
    )


def kept_runs(lines: tuple[Line, ...]) -> list[int]:
    """How many lines in a row stay with the next."""
    return [len(list(run)) for keep, run in groupby(line.keep for line in lines) if keep]


def test_a_heading_of_a_long_table_is_never_parted_from_its_first_row() -> None:
    lines = lay_lines(build_long())
    headings = [line for line in lines if line.kind in (Kind.SECTION, Kind.GROUP)]
    assert len(headings) == 44
    assert all(line.keep for line in headings)


def test_no_row_of_a_block_stands_alone_on_a_page() -> None:
    lines = lay_lines(build_long())
    blocks = [
        [line.keep for line in block]
        for is_row, block in groupby(lines, key=lambda line: not line.spans)
        if is_row
    ]
    assert [len(block) for block in blocks] == list(range(1, 41))
    for block in blocks[:-1]:
        inner = [True] * (len(block) - 1)
        if len(block) > WHOLE:
            inner[1:-1] = [False] * (len(block) - 3)
        assert block == [*inner, False]


def test_pages_can_break_within_a_few_lines() -> None:
    assert max(kept_runs(lay_lines(build_long()))) <= WHOLE + 2


def test_the_last_row_stays_with_the_footnotes() -> None:
    rows = [Row("a", ("1",)), Row("b", ("2",))]
    assert [line.keep for line in lay_lines(build_table(rows))] == [True, True]
    assert [line.keep for line in lay_lines(build_table(rows, ()))] == [True, False]


def test_a_table_without_rows_says_so() -> None:
    assert lay_lines(build_table([], ())) == (Line(Kind.NOTE, (NO_ROWS,), keep=False),)


def lay(table: Table, width: float = WIDTH) -> Grid:
    return lay_columns(table, lay_lines(table), width)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("width", [480.0, 700.0])
def test_the_columns_fill_the_page(name: str, width: float, whole: Ard, small_plan: Plan) -> None:
    grid = lay(TABLES[name](whole, small_plan, ""), width)
    assert grid.width == pytest.approx(width, abs=ROUNDING)
    assert grid.size in SIZES


@pytest.mark.parametrize("name", TABLES)
def test_decimal_points_of_a_column_stand_below_each_other(
    name: str, whole: Ard, small_plan: Plan
) -> None:
    table = TABLES[name](whole, small_plan, "")
    grid = lay(table)
    for row in table.rows:
        for position, text in enumerate(row.cells, start=1):
            place, point = grid.place(position, text, False), grid.columns[position].point
            if point is None or place == Place():
                continue
            whole_part = text.partition(".")[0].partition(" ")[0].partition("(")[0]
            end = place.tab or (place.indent or 0.0) + text_width(whole_part, grid.size)
            assert end == pytest.approx(point, abs=ROUNDING), text


@pytest.mark.parametrize("name", TABLES)
def test_no_number_is_wider_than_its_column(name: str, whole: Ard, small_plan: Plan) -> None:
    table = TABLES[name](whole, small_plan, "")
    grid = lay(table)
    for row in table.rows:
        for column, text in zip(grid.columns[1:], row.cells, strict=True):
            if column.point is not None and text[:1].isdigit():
                assert text_width(text, grid.size) <= column.width - 2 * PADDING, text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1.36", "tab"), ("<0.001", "tab"), ("-12", "tab"), ("65 (12.4%)", "indent"),
        ("1.09 to 1.70", "indent"), ("2.1e-05", "indent"), ("not estimable", "middle"),
        ("", "middle"), ("2b50", "middle"),
    ],
)  # fmt: skip
def test_a_cell_is_placed_by_what_it_holds(text: str, place: str) -> None:
    found = lay(build_table([Row("a", (text,)), Row("b", ("100.25",))])).place(1, text, False)
    kinds = {"tab": found.tab, "indent": found.indent}
    assert [name for name, value in kinds.items() if value is not None] == (
        [] if place == "middle" else [place]
    )


def test_rows_under_a_group_are_indented() -> None:
    grid = lay(build_table([Row("a", ("1",), group="g")]))
    assert grid.place(0, "a", True) == Place(indent=INDENT)
    assert grid.place(0, "a", False) == Place(indent=0.0)


def test_more_columns_make_smaller_letters_down_to_the_smallest() -> None:
    tables = [
        build_table([Row("a", ("1000.00 to 2000.00",) * n)], (), tuple("abcdefghijklmnop"[: n + 1]))
        for n in (2, 8, 10, 15)
    ]
    sizes = [lay(table).size for table in tables]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == SIZES[0]
    assert sizes[-1] == SIZES[-1]
    assert lay(tables[-1]).width == pytest.approx(WIDTH, abs=ROUNDING)


def test_a_long_text_takes_the_room_that_short_ones_leave() -> None:
    rows = [Row("short", ("1.5", "a long text that goes on and on, " * 12))]
    table = build_table(rows, (), ("Item", "Value", "Method"))
    table = Table(**{**vars(table), "text_columns": frozenset({"Method"})})
    widths = [column.width for column in lay(table).columns]
    assert widths[2] > 0.7 * WIDTH
    assert widths[0] >= text_width("short", lay(table).size)


def test_chinese_is_as_wide_as_it_is_high_and_may_break_anywhere() -> None:
    assert text_width("脑梗死", 8) == pytest.approx(24)
    rows = [Row("脑梗死后出血转化" * 20, ("1",))]
    assert lay(build_table(rows), 300.0).size == SIZES[2]


def test_widths_of_arial_are_those_of_its_metrics() -> None:
    widths = [text_width(character, 1000) for character in "0.iM%"]
    assert widths == [556, 278, 222, 833, 889]
    assert all(
        text_width(longer, 9) > text_width(shorter, 9)
        for shorter, longer in pairwise(["", "a", "ab", "ab ", "ab ≥"])
    )
    assert text_width("Bold", 9, bold=True) > text_width("Bold", 9)
