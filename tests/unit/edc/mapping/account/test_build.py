"""The account of a mapping: columns, rows, subjects and sources of a small export."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import load_plan
from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.layout import load_layout
from analysis.edc.mapping.account.build import account_mapping
from analysis.edc.reading.export import read_export
from analysis.io.mapping.account import ColumnAccount, MappingAccount, SourceAccount
from analysis.run.settings.beginning import PLAIN

TOP = Path(__file__).parents[5]
HEAD = "record_id,form,rand_no,rand_dt,mrs,mrs_date,unit,spare"
ROWS = [
    "S1,rand,R1,2026-03-01T10:00,,,,x",
    "S2,rand,R2,2026-03-02T10:00,,,,x",
    "S3,rand,R3,2026-03-03T10:00,,,,x",
    "S1,mrs,,,2,2026-06-01,,x",
    "S2,mrs,,,unknown,1 June,,x",
    "S3,mrs,,,unknown,2 June,,x",
    "S9,mrs,,,3,2026-06-01,,x",
    "S1,other,,,,,,x",
]
TABLES = {
    "rand": {
        "source": "visits",
        "rows": "form = 'rand'",
        "columns": {"SUBJID": "record_id", "RANDNO": "rand_no", "RANDDTC": "rand_dt"},
    },
    "mrs": {
        "source": "visits",
        "rows": "form = 'mrs'",
        "columns": {"SUBJID": "record_id", "MRS": "mrs", "MRSDTC": "mrs_date"},
        "constants": {"VISIT": "D90", "MRSSRC": "LOCAL"},
    },
}


def account(folder: Path, tables: dict[str, object] = TABLES) -> MappingAccount:
    mapping, layout = parse_model(Mapping, {**PLAIN, "tables": tables}, "test"), load_layout()
    export, findings = read_export(folder, mapping, layout)
    mentions = build_mentions(load_plan(TOP / "config" / "trial.yaml").arms)
    return account_mapping(folder, mapping, layout, export, findings, mentions)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "visits.csv").write_text("\n".join([HEAD, *ROWS, ""]), encoding="utf-8")
    (tmp_path / "spare.csv").write_text("a,placebo note\n1,2\n", encoding="utf-8")
    return tmp_path


def find_column(made: MappingAccount, name: str) -> ColumnAccount:
    table, column = name.split(".")
    (found,) = (c for c in made.columns if (c.table, c.column) == (table, column))
    return found


def find_source(made: MappingAccount, name: str) -> SourceAccount:
    (found,) = (source for source in made.sources if source.source == name)
    return found


def test_every_column_of_the_layout_has_a_line(folder: Path) -> None:
    made = account(folder)
    assert [(c.table, c.column) for c in made.columns] == [
        (name, column) for name, table in load_layout().tables.items() for column in table.columns
    ]


def test_a_column_says_where_it_comes_from(folder: Path) -> None:
    made = account(folder)
    assert find_column(made, "mrs.MRS").source == "visits: mrs"
    assert find_column(made, "mrs.VISIT").source == "constant: D90"
    assert find_column(made, "mrs.MRSMODE").note == "no column of the source"
    assert find_column(made, "ae.AETERM").note == "no source in the export"


def test_a_frequent_text_is_shown_and_rare_ones_by_their_shape(folder: Path) -> None:
    made = account(folder)
    (text,) = find_column(made, "mrs.MRS").unread
    assert (text.text, text.cells, text.rule) == ("unknown", 2, "type")
    (shape,) = find_column(made, "mrs.MRSDTC").unread
    assert (shape.text, shape.cells) == ("9 A", 2)
    assert find_column(account(folder, 3), "mrs.MRS").unread[0].text == "A"


def test_cells_filled_are_those_read_and_those_not_understood(folder: Path) -> None:
    column = find_column(account(folder), "mrs.MRS")
    assert (column.filled, column.typed) == (4, 2)


def test_subjects_that_are_lost_are_named(folder: Path) -> None:
    (mrs,) = (table for table in account(folder).tables if table.table == "mrs")
    assert (mrs.rows_read, mrs.rows_used) == (4, 3)
    assert ("not randomised; the rows are left out", "1 subject (S9)") in mrs.subjects


def test_rows_that_no_table_took_are_counted(folder: Path) -> None:
    visits = find_source(account(folder), "visits.csv")
    assert (visits.rows, visits.taken, visits.left) == (8, 7, 1)
    assert visits.unused == ("unit", "spare")


def test_a_source_that_nobody_reads_is_named_and_what_names_an_arm_is_masked(folder: Path) -> None:
    spare = find_source(account(folder), "spare.csv")
    assert (spare.left, spare.note) == (1, "no table is read from it")
    assert spare.unused == ("a", "[masked]")


def test_findings_and_queries_are_all_there(folder: Path) -> None:
    made = account(folder)
    assert any(finding.startswith("table dm: no file") for finding in made.findings)
    assert 'FROM "visits"' in dict(made.queries)["mrs"]
