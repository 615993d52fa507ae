"""Every number of a table stands in the results frame."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.documents.table_files import write_table
from analysis.display.tables.table import Row, Table, render_csv, render_html
from analysis.display.text.format import NOT_ESTIMABLE, format_number, format_p
from analysis.errors import AnalysisError
from tests.unit.display.tables.results_tables import TABLES

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def known_numbers(ard: Ard) -> set[str]:
    """Every number of the frame, in each of the forms a table may give it."""
    known = set()
    for row in ard.rows:
        if row.value is None:
            continue
        known |= {format_number(row.value, places) for places in range(7)}
        known.add(format_number(abs(row.value), 1))  # numbers needed: NNTH names the sign
        known |= {format_number(row.value * 100, places) for places in range(3)}
        if 0 <= row.value <= 1:
            known |= set(NUMBER.findall(format_p(row.value)))
    return known


SENTENCES = "t_consort_checklist"
"""A table of sentences, without a column of numbers."""


@pytest.mark.parametrize("name", [name for name in TABLES if name != SENTENCES])
def test_every_number_is_found_in_the_frame(
    name: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    table = TABLES[name](whole, small_plan, stamp)
    text_columns = {table.columns.index(column) - 1 for column in table.text_columns}
    known = known_numbers(whole)
    shown = [
        number
        for row in table.rows
        for position, cell in enumerate(row.cells)
        if position not in text_columns
        for number in NUMBER.findall(cell)
    ]
    assert shown
    assert [number for number in shown if number not in known] == []


@pytest.mark.parametrize("stamped", [True, False])
def test_a_page_says_whether_its_data_set_is_locked(
    stamped: bool, ard: Ard, plan: Plan, stamp: str, tmp_path: Path
) -> None:
    table = TABLES["t_primary"](ard, plan, stamp if stamped else "")
    write_table(table, {"html": tmp_path / "t_primary.html"}, lock="Locked on 2027-03-04")
    page = (tmp_path / "t_primary.html").read_text(encoding="utf-8")
    assert '<p class="lock">Locked on 2027-03-04</p>' in page
    assert page.count("Locked on 2027-03-04") == 3, "on the page, its foot and its margin"
    assert (f">{stamp}</aside>" in page) is stamped
    assert "lock" not in render_html(table).partition("<body>")[2]


@pytest.mark.parametrize("name", TABLES)
def test_stamp_and_registry_number_stand_on_every_form(
    name: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    table = TABLES[name](whole, small_plan, stamp)
    assert table.id == name
    page = render_html(table)
    assert page.count(stamp) >= 3
    assert "NCT07141303" in page
    rows = list(csv.DictReader(io.StringIO(render_csv(table))))
    assert {(row["stamp"], row["registry"]) for row in rows} == {(stamp, "IMPACT-LVO, NCT07141303")}


@pytest.mark.parametrize("name", TABLES)
def test_the_same_table_gives_the_same_bytes(
    name: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    first, second = (TABLES[name](whole, small_plan, stamp) for _ in range(2))
    assert render_html(first) == render_html(second)
    assert render_csv(first) == render_csv(second)


def test_headers_say_what_they_head(ard: Ard, plan: Plan) -> None:
    page = render_html(TABLES["t_primary"](ard, plan, ""))
    scopes = {name: page.count(f'<th scope="{name}"') for name in ("col", "row", "rowgroup")}
    assert scopes == {"col": 7, "row": 11, "rowgroup": 4}
    assert "NOT TRIAL RESULTS" not in page


def test_texts_are_escaped_in_html() -> None:
    row = Row("<mark>", ("a & b",))
    table = Table("t_x", "Title", ("Item", "Value"), (row,), ("x < y",), "", "TRIAL, NCT0")
    page = render_html(table)
    assert "<mark>" not in page
    assert "a &amp; b" in page
    assert "x &lt; y" in page


def test_a_row_that_does_not_fit_is_refused() -> None:
    with pytest.raises(AnalysisError, match="t_x: rows that do not fit the columns: short"):
        Table("t_x", "Title", ("Item", "A", "B"), (Row("short", ("1",)),), (), "", "")


def test_another_format_is_refused(ard: Ard, plan: Plan) -> None:
    with pytest.raises(AnalysisError, match="not as pdf"):
        write_table(TABLES["t_primary"](ard, plan, ""), {"pdf": None})  # type: ignore[dict-item]


def test_the_primary_table_holds_the_estimates(ard: Ard, plan: Plan) -> None:
    cells = {row.cells[:5] for row in TABLES["t_primary"](ard, plan, "").rows}
    assert ("ITT", "1040", "1.36", "1.10 to 1.70", "0.006") in cells
    assert ("PP", "956", "1.34", "1.06 to 1.69", "0.01") in cells


def test_what_is_not_estimable_is_said_with_its_reason(
    unestimable: Callable[..., Ard], plan: Plan
) -> None:
    names = ("primary", "sens_pp", "cutpoint", "win_odds", "sich_48h_rr", "sich_48h_rd")
    wanted = {NOT_ESTIMABLE, "separation, an arm has no event"}
    rows = TABLES["t_primary"](unestimable(*names), plan, "").rows
    assert sum(wanted <= set(row.cells) for row in rows) == len(rows) - 1


def test_missing_baseline_values_are_counted(ard: Ard, plan: Plan) -> None:
    rows = TABLES["t_baseline"](ard, plan, "").rows
    age = {row.label: row.cells for row in rows if row.group == "Age, years"}
    assert age["Missing"] == ("2", "2", "2")
    assert age["Median (IQR)"][0] == "66 (56 to 76)"
    assert not any(row.group == "Sex" and row.label == "Missing" for row in rows)


def test_every_per_protocol_reason_has_its_row(ard: Ard, plan: Plan) -> None:
    rows = TABLES["t_pp_reasons"](ard, plan, "").rows
    assert [row.cells[0] for row in rows][:3] == ["IE", "IN01", "IN02"]
    assert len(rows) == 22
    assert rows[-1].cells == ("", "53", "51", "104")


def test_warnings_of_the_frame_become_footnotes(ard: Ard, plan: Plan) -> None:
    notes = TABLES["t_primary"](ard, plan, "").footnotes
    assert any("OTHER (3 subjects) merged into M1" in note for note in notes)


def test_queries_stand_under_their_severity_gravest_first(ard: Ard, plan: Plan) -> None:
    rows = TABLES["t_queries"](ard, plan, "").rows
    assert [row.section for row in rows] == ["Errors", "Warnings", "Warnings", "Notes", "Together"]
    assert rows[0] == Row("type", ("4",), "Errors")
    assert rows[-1] == Row("All findings", ("36",), "Together")


def test_queries_by_site_begin_with_all_of_the_site_and_end_without_one(
    ard: Ard, plan: Plan
) -> None:
    assert TABLES["t_queries_by_site"](ard, plan, "").rows == (
        Row("All rules", ("30", "22"), "Site 01"),
        Row("identical_row", ("3", "3"), "Site 01"),
        Row("range", ("27", "20"), "Site 01"),
        Row("All rules", ("4", "3"), "Site 02"),
        Row("type", ("4", "3"), "Site 02"),
        Row("All rules", ("2", "2"), "Without a site"),
        Row("unknown_subject", ("2", "2"), "Without a site"),
    )


def test_a_variable_that_nobody_has_is_not_estimable(
    records: list[dict[str, str]], plan: Plan
) -> None:
    emptied = [
        {**row, "stat": "0"} if row["stat_name"] == "n" and not row["level"] else row
        for row in records
        if row["variable"] != "GLUC" or row["stat_name"] == "n"
    ]
    rows = TABLES["t_baseline"](Ard.from_records(emptied), plan, "").rows
    glucose = {row.label: row.cells for row in rows if row.group == "Glucose, mmol/L"}
    assert glucose["Mean (SD)"] == (NOT_ESTIMABLE,) * 3


def test_a_median_between_two_values_keeps_its_decimal(
    benefit: list[dict[str, str]], small_plan: Plan
) -> None:
    places = {"analysis_id": "missing_baseline", "stat_name": "median", "level": "MISSING NIHSSBL"}
    rows = [
        {**row, "stat": "16.5"} if all(row[name] == text for name, text in places.items()) else row
        for row in benefit
    ]
    table = TABLES["t_missing_baseline"](Ard.from_records(rows), small_plan, "")
    cells = next(
        row.cells for row in table.rows if (row.group, row.label) == ("NIHSS", "Median (IQR)")
    )
    assert cells[2].startswith("16.5 (")
