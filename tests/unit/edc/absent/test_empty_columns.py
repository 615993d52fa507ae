"""Columns that are there without one value: which stop the run, and which are a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.edc.absent.empty_columns import EMPTIED_FROM, EMPTY_FROM

if TYPE_CHECKING:
    from conftest import ExportFolder

ASPECTS, EXPORTED = "ASPECTS", {"NIHSSBL": "14", "IVT": "Y"}


def test_a_column_without_one_value_stops_the_run(whole_export: ExportFolder) -> None:
    rows = [{"SUBJID": "S1", "AESEQ": str(n), "AETERM": "fever"} for n in range(EMPTY_FROM)]
    filled = {"AEDECOD": "Pyrexia", "AEBODSYS": "General", "AESTDTC": "2026-03-02",
              "AEENDTC": "2026-03-03", "AESEV": "MILD", "AEREL": "UNLIKELY", "AEOUT": "RECOVERED",
              "AEACN": "NOT APPLICABLE"}  # fmt: skip
    whole_export.rows("ae", *({**row, **filled} for row in rows))
    message = whole_export.fatal()
    assert f"ae.csv: column AESER has no value in any of {EMPTY_FROM} rows" in message
    assert whole_export.fatal(tables={"ae": {"not_collected": ["AESER"]}}) == ""
    whole_export.rows("ae", *({**row, **filled} for row in rows[1:]))
    assert whole_export.fatal() == ""


def write_baseline(export: ExportFolder, *texts: str, n: int = EMPTY_FROM) -> None:
    """Baseline rows of ``n`` subjects, the first with these texts of ASPECTS."""
    subjects = [f"S{i}" for i in range(1, n + 1)]
    filled = [*texts, *[""] * n]
    columns = export.layout.tables["bl"].columns
    values = {"float": "5", "int": "3", "yn": "N", "datetime": "2026-03-01T08:00"}
    other = {c: values.get(column.type, "") for c, column in columns.items()}
    coded = {"OCCLOC": "M1", "OCCSIDE": "L", "TOAST": "CE"}
    export.rows("bl", *({**other, **coded, "SUBJID": s, ASPECTS: text}
                        for s, text in zip(subjects, filled, strict=False)))  # fmt: skip
    rand = ({"SUBJID": s, "RANDNO": s, "RANDDTC": "2026-03-01T10:00", "KITNO": s} for s in subjects)
    export.rows("rand", *rand)


def list_empty(export: ExportFolder, **mapping: object) -> list[tuple[str, str, str, str]]:
    found, _ = export.read(**mapping)
    return [
        (q.severity.value, q.table, q.column, q.message)
        for q in found.queries
        if q.rule == "empty_column" and q.table == "bl"
    ]


def test_a_column_without_a_value_in_the_export_is_one_query(whole_export: ExportFolder) -> None:
    write_baseline(whole_export)
    assert list_empty(whole_export) == [
        ("warning", "bl", ASPECTS, "none of 20 rows holds a value of the column")
    ]
    declared = {"bl": {"not_collected": [ASPECTS]}}
    assert list_empty(whole_export, tables=declared) == []
    write_baseline(whole_export, n=EMPTY_FROM - 1)
    assert list_empty(whole_export) == []
    write_baseline(whole_export, "8")
    assert list_empty(whole_export) == []


@pytest.mark.parametrize(
    "spec",
    [
        {"missing_values": {ASPECTS: {"8": "not done"}}},
        {"values": {ASPECTS: {"8": ""}}},
        {"numbers": {ASPECTS: {"below": "missing"}}},
    ],
)
def test_a_column_that_the_mapping_empties_is_one_query(
    whole_export: ExportFolder, spec: dict[str, object]
) -> None:
    text = "<8" if "numbers" in spec else "8"
    write_baseline(whole_export, *[text] * EMPTIED_FROM)
    assert list_empty(whole_export, tables={"bl": spec}) == [
        ("warning", "bl", ASPECTS,
         "none of the 5 filled cells of the column has a value as the mapping reads them (20 "
         "rows)")
    ]  # fmt: skip
    write_baseline(whole_export, *[text] * EMPTIED_FROM, "7x")
    assert [text[:13] for *_, text in list_empty(whole_export, tables={"bl": spec})] == [
        "none of the 6"
    ]
    write_baseline(whole_export, *[text] * EMPTIED_FROM, "7")
    assert list_empty(whole_export, tables={"bl": spec}) == []
    write_baseline(whole_export, *[text] * (EMPTIED_FROM - 1))
    assert list_empty(whole_export, tables={"bl": spec}) == []


def test_a_column_that_carries_no_number_may_be_empty(whole_export: ExportFolder) -> None:
    rows = ({"SUBJID": "S1", "DVSEQ": str(n), "DVMAJOR": "N"} for n in range(EMPTY_FROM))
    whole_export.rows("dv", *rows)
    found, _ = whole_export.read()
    assert [q for q in found.queries if q.rule == "empty_column"] == []
