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


def account(folder: Path, tables: dict[str, dict[str, object]] = TABLES) -> MappingAccount:
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


def test_texts_stand_as_they_are_but_those_that_may_be_a_name(folder: Path) -> None:
    visits = (folder / "visits.csv").read_text(encoding="utf-8")
    visits += "S1,mrs,,,Dr Anna Weber,65kg,,x\n"
    (folder / "visits.csv").write_text(visits, encoding="utf-8")
    made = account(folder)
    texts = find_column(made, "mrs.MRS").unread
    assert [(t.text, t.cells) for t in texts] == [("unknown", 2), ("A A A", 1)]
    dates = {t.text: t.cells for t in find_column(made, "mrs.MRSDTC").unread}
    assert dates == {"1 June": 1, "2 June": 1, "65kg": 1}


@pytest.mark.parametrize("name", ["mrs", "Visits"])
def test_texts_of_a_suspect_are_shown_by_their_shape(folder: Path, name: str) -> None:
    declared = {"not_allocation": {"MRS": "the outcome, not an arm"}}
    tables = {**TABLES, name: {**TABLES.get(name, {}), **declared}}
    (text,) = find_column(account(folder, tables), "mrs.MRS").unread
    assert (text.text, text.cells) == ("A", 2)


STACKED = {
    "source": "visits",
    "rows": "form = 'mrs'",
    "columns": {"SUBJID": "record_id"},
    "constants": {"MRSSRC": "LOCAL"},
    "stack": [
        {"columns": {"MRS": "mrs"}, "constants": {"VISIT": "D{n}"}, "numbers": [30, 90]},
        {"columns": {"MRS": "spare", "VISIT": "unit"}},
    ],
}


def test_a_column_that_is_constant_in_some_blocks_names_its_column_too(folder: Path) -> None:
    made = account(folder, {**TABLES, "mrs": STACKED})
    assert find_column(made, "mrs.VISIT").source == "constant: D30, D90; visits: unit"


def test_many_sources_are_named_in_short(folder: Path) -> None:
    for number in range(1, 6):
        (folder / f"ae_{number}.csv").write_text("id,no,term\nS1,1,Fever\n", encoding="utf-8")
    many = {"source": "ae_*", "columns": {"SUBJID": "id", "AESEQ": "no", "AETERM": "term"}}
    made = account(folder, {**TABLES, "ae": many})
    assert find_column(made, "ae.AESEQ").source == "ae_* (5 sources): no"
    (ae,) = (table for table in made.tables if table.table == "ae")
    assert ae.source == "ae_* (5 sources)"


def test_rows_of_no_table_are_to_look_at(folder: Path) -> None:
    (line,) = account(folder).to_look_at
    assert line.startswith("visits.csv: 1 of 8 rows are of no table (read by rand, mrs)")


def test_a_column_with_cells_in_rows_of_other_tables_says_so(folder: Path) -> None:
    visits = (folder / "visits.csv").read_text(encoding="utf-8")
    visits = visits.replace("S2,rand,R2,2026-03-02T10:00,,,", "S2,rand,R2,2026-03-02T10:00,,5 May,")
    (folder / "visits.csv").write_text(visits, encoding="utf-8")
    source = find_source(account(folder), "visits.csv")
    assert source.partly == ("mrs_date (1 of 5 cells, where form is rand)",)


def test_a_query_that_takes_all_columns_leaves_none_unused(folder: Path) -> None:
    sql = "WITH v AS (SELECT * FROM visits) SELECT record_id AS SUBJID, _file, _row FROM v"
    assert find_source(account(folder, {"dm": {"sql": sql}}), "visits.csv").unused == ()


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
