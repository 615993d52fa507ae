"""RTF tables hold all that the model holds, page by page, in seven bits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.documents.columns import lay_columns
from analysis.display.documents.lines import Kind, Line, lay_lines
from analysis.display.documents.pages import measure_line, measure_text, split_pages
from analysis.display.documents.rtf import render_rtf
from analysis.display.documents.table_files import write_table
from analysis.display.tables.table import Row, Table
from tests.unit.display.documents.rtf_reader import (
    CELL,
    CONTINUED,
    find_pages,
    find_rows,
    list_rows,
    read_group,
    read_rows,
    read_text,
)
from tests.unit.display.tables.results_tables import TABLES

ODD = (
    "脑梗死后出血转化", "心跳骤停 (复苏)", "mg/m² ≥ 3", "\N{CJK UNIFIED IDEOGRAPH-20BB7}",
    r"C:\path {braces}", "Straße",
)  # fmt: skip


def build_odd(stamp: str = "") -> Table:
    """A table of texts that a careless writer would lose."""
    rows = tuple(Row(text, (text,), section=f"部位 {text}", group=f"组 {text}") for text in ODD)
    return Table(
        "t_odd", "标题 ≥", ("Item", "值"), rows, ODD, stamp, "TRIAL, NCT0", frozenset({"值"})
    )


def expected_rows(table: Table) -> list[list[str]]:
    return [list(table.columns), *(list(line.texts) for line in lay_lines(table))]


@pytest.mark.parametrize("name", TABLES)
def test_every_text_of_the_model_is_in_its_cell(
    name: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    table = TABLES[name](whole, small_plan, stamp)
    rtf = render_rtf(table, "NOT LOCKED", "build_tables")
    assert rtf.isascii()
    assert read_rows(rtf) == expected_rows(table)
    rest = read_text(rtf[rtf.rindex(r"\row") :])
    assert [note for note in table.footnotes if note not in rest] == []


def test_chinese_and_every_odd_character_survive() -> None:
    rtf = render_rtf(build_odd())
    assert rtf.isascii()
    assert read_rows(rtf) == expected_rows(build_odd())
    assert "标题 ≥" in read_text(read_group(rtf, "header"))
    assert [note for note in ODD if note not in read_text(rtf[rtf.rindex(r"\row") :])] == []
    assert rf"{{\f1 \u{ord(ODD[0][0]) - 65536}?" in rtf, "Chinese stands in the Chinese font"
    assert r"\fcharset134 SimSun" in rtf


@pytest.mark.parametrize("name", TABLES)
def test_every_page_has_stamp_title_number_and_source(
    name: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    table = TABLES[name](whole, small_plan, stamp)
    rtf = render_rtf(table, "Locked on 2027-03-04", "build_tables")
    header, footer = (read_group(rtf, part) for part in ("header", "footer"))
    assert stamp in header
    assert f"{name}. " in read_text(header)
    assert r"\fldinst PAGE}" in header
    assert r"\fldinst NUMPAGES}" in header
    source = "Source: IMPACT-LVO, NCT07141303; Locked on 2027-03-04; program build_tables"
    assert source in read_text(footer)


def test_a_trial_has_no_stamp() -> None:
    assert "NOT TRIAL RESULTS" not in render_rtf(build_odd())
    assert "REHEARSAL" in render_rtf(build_odd("REHEARSAL"))


def build_long(rows: int) -> Table:
    """Rows in groups of five, groups in sections of a hundred rows."""
    held = [Row(f"{n}", (f"{n}.5",), f"s{n // 100}", f"g{n // 5}") for n in range(rows)]
    return Table("t_x", "Long", ("Item", "Value"), tuple(held), ("Note.",), "", "TRIAL, NCT0")


def test_every_page_begins_with_the_column_heads() -> None:
    pages = find_pages(render_rtf(build_long(2000)))
    assert len(pages) > 40
    for page in pages:
        rows = re.findall(r"\\trowd.*?\\row\b", page, re.DOTALL)
        assert [r"\trhdr" in row for row in rows] == [True] + [False] * (len(rows) - 1)
        assert read_text(rows[0]).split(CELL)[:2] == ["Item", "Value"]


def test_no_row_is_parted() -> None:
    rtf = render_rtf(build_long(300))
    assert rtf.count(r"\trowd") == rtf.count(r"\trkeep") > 300


def test_no_page_of_a_very_long_table_ends_in_a_heading_or_parts_a_group() -> None:
    table = build_long(2000)
    rtf = render_rtf(table)
    assert read_rows(rtf) == expected_rows(table)
    kept = [r"\keepn" in row for row in find_rows(rtf)[1:]]
    assert kept == [line.keep for line in lay_lines(table)]
    for page in find_pages(rtf)[:-1]:
        last = re.findall(r"\\trowd.*?\\row\b", page, re.DOTALL)[-1]
        assert r"\keepn" not in last
        assert int(read_text(last).partition(CELL)[0]) % 5 == 4, "a group of five stays whole"


def test_pages_are_filled_but_not_beyond_their_room() -> None:
    table = build_long(2000)
    lines = lay_lines(table)
    grid = lay_columns(table, lines, 700.0)
    pages = split_pages(lines, grid, 400.0, 20.0)
    heights = [sum(measure_line(line, grid) for line in page) for page in pages]
    assert max(heights) <= 400.0
    assert min(heights[:-1]) > 300.0
    own = [line for page in pages for line in page if CONTINUED not in line.texts[0]]
    assert tuple(own) == lines


def test_a_page_within_a_group_says_under_which_headings_it_stands() -> None:
    rows = (
        *(Row(f"a{n}", ("1",), "First", "Group") for n in range(30)),
        *(Row(f"b{n}", ("1",), "Second") for n in range(30)),
    )
    table = Table("t_x", "Title", ("What", "n"), rows, (), "", "TRIAL")
    lines = lay_lines(table)
    grid = lay_columns(table, lines, 700.0)
    height = measure_line(lines[2], grid)
    pages = split_pages(lines, grid, 20 * height, 0.0)
    tops = [[line.texts[0] for line in page if line.spans] for page in pages]
    assert tops == [
        ["First", "Group"],
        ["First (continued)", "Group (continued)", "Second"],
        ["Second (continued)"],
        ["Second (continued)"],
    ]
    assert all(sum(measure_line(line, grid) for line in page) <= 20 * height for page in pages)
    assert all(line.keep for page in pages for line in page if CONTINUED in line.texts[0])


def test_a_page_that_begins_with_a_heading_repeats_only_what_stands_above() -> None:
    rows = tuple(Row(f"{n}", ("1",), "Section", f"g{n // 5}") for n in range(40))
    table = Table("t_x", "Title", ("What", "n"), rows, (), "", "TRIAL")
    rtf = render_rtf(table)
    for page in find_pages(rtf)[1:]:
        texts = [read_text(row).partition(CELL)[0] for row in list_rows(page)[1:3]]
        assert texts[0] == "Section (continued)"
        assert re.fullmatch(r"g\d", texts[1])


def test_footnotes_take_the_last_rows_with_them() -> None:
    lines = tuple(Line(Kind.ROW, (str(n), "1"), keep=False) for n in range(20))
    table = build_long(20)
    grid = lay_columns(table, lines, 700.0)
    row = measure_line(lines[0], grid)
    assert [len(page) for page in split_pages(lines, grid, 20.5 * row, 0.0)] == [20]
    assert [len(page) for page in split_pages(lines, grid, 20.5 * row, row)] == [19, 1]


def test_a_long_text_is_measured_in_lines() -> None:
    one, two, broken, chinese = (
        measure_text(text, 8, 60.0) for text in ("word", "some words in it", "x" * 40, "部" * 20)
    )
    assert one < two < broken
    assert chinese > 3 * one


def test_footnotes_stay_together() -> None:
    rtf = render_rtf(build_odd())
    notes = re.findall(r"\\pard\\plain\\ql\\keep(\\keepn)?", rtf[rtf.rindex(r"\row") :])
    assert notes == [r"\keepn"] * (len(ODD) - 1) + [""]


def test_cells_of_a_row_end_where_the_page_ends() -> None:
    rtf = render_rtf(build_odd())
    edges = re.findall(r"\\trowd[^\n]*\\cellx(\d+)\n", rtf)
    sizes = re.findall(r"\\paperw(\d+).*\\margl(\d+)\\margr(\d+)", rtf)[0]
    paper, left, right = map(int, sizes)
    assert {abs(int(edge) - (paper - left - right)) <= 1 for edge in edges} == {True}


def test_groups_of_the_file_close() -> None:
    rtf = render_rtf(build_odd("REHEARSAL"))
    bare = re.sub(r"\\[\\{}]", "", rtf)
    assert bare.count("{") == bare.count("}")
    assert rtf.startswith(r"{\rtf1")
    assert rtf.endswith("}\n")


def test_the_file_holds_no_date_and_is_the_same_twice(
    whole: Ard, small_plan: Plan, stamp: str, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.rtf", "b.rtf")]
    for file in files:
        table = TABLES["t_baseline"](whole, small_plan, stamp)
        write_table(table, {"rtf": file}, "NOT LOCKED", "build_tables")
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert not re.search(rb"\\(creatim|revtim|printim|yr\d)", first)
