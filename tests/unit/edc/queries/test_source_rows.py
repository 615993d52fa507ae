"""Each typed row and each query leads back to its row of the file, after sorting and dropping."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from analysis.edc.allocation.masking import MASK, mask_tables
from analysis.edc.allocation.mentions import Mentions
from analysis.edc.door.dates.order import check_date_order
from analysis.edc.queries import Rule, join_queries, list_queries
from analysis.edc.queries.sent.for_sites import build_for_sites, gather
from analysis.edc.queries.source_rows import build_source_rows, split_files
from analysis.edc.reading.export import Export, read_export
from tests.unit.edc.conftest import ExportFolder

NIHSS = (
    {"SUBJID": "S2", "VISIT": "D7", "NIHSS": "43"},
    {"SUBJID": "S9", "VISIT": "D7", "NIHSS": "3"},
    {"SUBJID": "S1", "VISIT": "H24", "NIHSS": "9"},
    {"SUBJID": "S1", "VISIT": "H24", "NIHSS": "9"},
    {"SUBJID": "S1", "VISIT": "", "NIHSS": "5"},
    {"SUBJID": "S2", "VISIT": "H24", "NIHSS": "nine", "NIHDTC": "2026-02-01T09:00"},
    {"SUBJID": "S1", "VISIT": "", "NIHSS": "6"},
    {"SUBJID": "S1", "VISIT": "D7", "NIHSS": "7"},
)
"""Not sorted; a stranger, a repeated row, two without a visit; a score and a text that are none."""


def send(folder: ExportFolder, export: Export) -> pd.DataFrame:
    raised = join_queries(export.queries, check_date_order(export.tables, folder.layout))
    rows = build_source_rows(export.places, export.sources)
    queries = gather(split_files(list_queries(raised), export.sources))
    return build_for_sites(queries, export.tables, rows, folder.layout, {})


def test_every_typed_row_is_the_row_of_the_file_that_it_names(whole_export: ExportFolder) -> None:
    whole_export.rows("nihss", *NIHSS)
    export, fatal = whole_export.read()
    assert fatal == []
    rows = build_source_rows(export.places, export.sources)
    assert set(rows["table"]) == {name for name, frame in export.tables.items() if len(frame)}
    for name, own in rows.groupby("table", observed=True):
        table = export.tables[str(name)]
        assert own["table_row"].tolist() == list(range(1, len(table) + 1))
        with (whole_export.path / f"{name}.csv").open(encoding="utf-8") as file:
            there = list(csv.DictReader(file))
        assert set(own["file"]) == {f"{name}.csv"}
        assert [there[row - 1]["SUBJID"] for row in own["row"]] == table["SUBJID"].tolist()
    assert rows.loc[rows["table"] == "nihss", "row"].tolist() == [8, 3, 1, 6]


def test_every_query_leads_to_its_cell(whole_export: ExportFolder) -> None:
    whole_export.rows("nihss", *NIHSS)
    export, _ = whole_export.read()
    sent = send(whole_export, export)
    own = sent[sent["table"] == "nihss"].sort_values(["rule", "column"])
    found = {(row.rule, row.value): (row.file, row.row, row.site) for row in own.itertuples()}
    assert found == {
        (Rule.DATE_ORDER, "2026-02-01T09:00"): ("nihss.csv", "6", "001"),
        (Rule.IDENTICAL_ROW, ""): ("nihss.csv", "4", "001"),
        (Rule.LIMITS, "43"): ("nihss.csv", "1", "001"),
        (Rule.MISSING_KEY, ""): ("nihss.csv", "5; 7", "001"),
        (Rule.TYPE, "nine"): ("nihss.csv", "6", "001"),
        (Rule.UNKNOWN_SUBJECT, "S9"): ("nihss.csv", "2", ""),
    }


def test_names_of_files_and_sheets_are_masked_as_cells_are(
    whole_export: ExportFolder, tmp_path: Path
) -> None:
    mentions = Mentions(frozenset({"drugname"}), frozenset({"placebo"}))
    layout = whole_export.layout
    (tmp_path / "edc" / "ae.csv").rename(tmp_path / "edc" / "ae_placebo.csv")
    mapping = whole_export.make_mapping(tables={"ae": {"file": "ae_placebo.csv"}})
    export, _ = read_export(
        tmp_path / "edc", mapping, layout,
        mask=lambda texts: mask_tables(texts, layout.tables, mentions),
    )  # fmt: skip
    rows = build_source_rows(export.places, export.sources)
    assert set(rows.loc[rows["table"] == "ae", "file"]) == {MASK}
    assert set(rows.loc[rows["table"] == "dm", "file"]) == {"dm.csv"}
    assert "placebo" not in send(whole_export, export).to_csv()


def test_a_table_of_which_a_query_takes_no_row(whole_export: ExportFolder) -> None:
    """It stands in no source: concomitant medication that nobody was given, in CM of SDTM."""
    whole_export.write("dv", "SUBJID,DVSEQ,DVTERM,DVMAJOR,DVCAT\nS1,1,late,N,PLANNED\n")
    export, fatal = whole_export.read(tables={"dv": {"rows": "DVCAT = 'DEVIATION'"}})
    assert fatal == []
    assert export.tables["dv"].empty
    rows = build_source_rows(export.places, export.sources)
    assert "dv" not in set(rows["table"])
    assert len(rows) == sum(len(table) for table in export.tables.values())
