"""Dataset-JSON 1.1 as one text and as lines; the cells are those of the example, by hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.edc.sources.cdisc.dataset_json.reader import read_dataset_json
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.statistical.date_formats import Kind
from analysis.errors import DataError

COLUMNS: list[dict[str, Any]] = [
    {"itemOID": "IT.DM.SUBJID", "name": "SUBJID", "label": "Subject", "dataType": "string"},
    {"itemOID": "IT.DM.AGE", "name": "AGE", "label": "Age", "dataType": "integer"},
    {"itemOID": "IT.DM.BMI", "name": "BMI", "label": "", "dataType": "float"},
    {
        **{"itemOID": "IT.DM.RFSTDT", "name": "RFSTDT", "label": "Start", "dataType": "date"},
        **{"targetDataType": "integer", "displayFormat": "E8601DA."},
    },
]
METADATA: dict[str, Any] = {
    "datasetJSONCreationDateTime": "2026-06-01T10:00:00",
    "datasetJSONVersion": "1.1.0",
    "itemGroupOID": "IG.DM",
    "records": 2,
    "name": "DM",
    "label": "Demographics",
    "columns": COLUMNS,
}
ROWS: list[Any] = [["S1", 56, 28.5, "2026-05-01"], [" 肺 ", None, None, ""]]
TEXTS = [["S1", "56", "28.5", "2026-05-01"], ["肺", "", "", ""]]


def whole(rows: list[Any] = ROWS, **changed: Any) -> str:
    """One JSON text."""
    metadata = {**METADATA, "records": len(rows), **changed}
    return json.dumps({**metadata, "rows": rows}, ensure_ascii=False, indent=1)


def lines(rows: list[Any] = ROWS, **changed: Any) -> str:
    """A line a row."""
    parts = [{**METADATA, "records": len(rows), **changed}, *rows]
    return "".join(f"{json.dumps(part, ensure_ascii=False)}\r\n" for part in parts)


def read(content: str | bytes, name: str = "dm.json") -> LabelledTable:
    raw = content if isinstance(content, bytes) else content.encode()
    return read_dataset_json(SourceFile(name, content=raw))


def cells(table: LabelledTable) -> list[list[str]]:
    return table.texts.to_numpy().tolist()


def column(data_type: str, written: list[str], **keys: str) -> list[str]:
    """The texts of a table with one column, whose cells are given as JSON."""
    declared = {"itemOID": "X", "name": "X", "label": "", "dataType": data_type, **keys}
    rows = ",".join(f"[{cell}]" for cell in written)
    text = whole([], columns=[declared], records=len(written))
    table = read(text.replace('"rows": []', f'"rows": [{rows}]'))
    return table.texts["X"].tolist()


def refusal(content: str | bytes, name: str = "dm.json") -> str:
    with pytest.raises(DataError) as caught:
        read(content, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert "肺" not in message
    return message


def test_both_forms_are_one_table() -> None:
    for table in (read(whole()), read(lines(), "dm.ndjson"), read("\ufeff" + whole())):
        assert list(table.texts) == ["SUBJID", "AGE", "BMI", "RFSTDT"]
        assert cells(table) == TEXTS
        assert table.labels == {"SUBJID": "Subject", "AGE": "Age", "RFSTDT": "Start"}
        assert table.notes == ("DM", "Demographics")
        assert table.origin is None
        assert table.kinds == {}


def test_a_table_without_rows() -> None:
    for table in (read(whole([])), read(lines([]), "dm.ndjson")):
        assert list(table.texts) == ["SUBJID", "AGE", "BMI", "RFSTDT"]
        assert table.texts.empty
    without = json.dumps({**METADATA, "records": 0})
    assert read(without).texts.empty


def test_numbers_as_they_are_written() -> None:
    written = ["2.8", "2.80", "65.0", "-0.50", "0", "1e-05", "1.5E3", "-3", "null"]
    texts = ["2.8", "2.80", "65", "-0.50", "0", "1e-05", "1.5E3", "-3", ""]
    assert column("float", written) == texts
    assert column("integer", ["12345678901234567890", "-0"]) == ["12345678901234567890", "-0"]
    assert column("double", ["2.7999999999999998", "0.1000000000000000055"]) == ["2.8", "0.1"]


def test_decimals_are_text() -> None:
    written = ['"30.8983333232059"', '"1,234.5"', '"1,23"', '"0.10"']
    assert column("decimal", written, targetDataType="decimal") == [
        *("30.8983333232059", "1234.5", "1,23", "0.10")
    ]
    assert column("string", ['"1,234.5"']) == ["1,234.5"]
    assert column("boolean", ["true", "false", "null"]) == ["true", "false", ""]


def test_numbers_that_sas_shows_as_dates() -> None:
    """1960-01-01 is day 0 of SAS, 2026-05-01 is day 24227, ten o'clock 36000 seconds later."""
    days = int((np.datetime64("2026-05-01") - np.datetime64("1960-01-01")).astype(int))
    assert days == 24227
    target = {"targetDataType": "integer"}
    assert column("date", ["0", "24227", "null"], displayFormat="DATE9.", **target) == [
        *("1960-01-01", "2026-05-01", "")
    ]
    seconds = str(24227 * 86400 + 36000)
    assert column("datetime", [seconds], displayFormat="E8601DT19.", **target) == [
        "2026-05-01T10:00"
    ]
    assert column("time", ["36000"], displayFormat="TIME8.", **target) == ["10:00:00"]
    assert column("integer", ["24227"], displayFormat="DATE9.") == ["2026-05-01"]
    # as in the published examples of the standard, whose specification gives the day in ISO
    assert column("datetime", ["19725"], displayFormat="DATE9.", **target) == ["2014-01-02"]
    assert column("integer", ["24227"], displayFormat="8.") == ["24227"]


def test_kinds_are_given_for_numbers_alone() -> None:
    table = read(whole([["S1", 56, 28.5, 24227]]))
    assert table.kinds == {"RFSTDT": Kind.DATE}
    assert table.origin == np.datetime64("1960-01-01")


def test_numbers_of_which_nobody_says_what_they_count() -> None:
    for keys in ({}, {"displayFormat": "TIME8."}, {"displayFormat": "8."}):
        with pytest.raises(DataError, match="row 2, column X: a number where dataType is date"):
            column("date", ['"2026-05-01"', "20574"], **keys)


@pytest.mark.parametrize("name", ["dm.json", "dm.ndjson"])
def test_at_every_place_where_a_file_may_end(name: str) -> None:
    raw = (whole() if name == "dm.json" else lines()).encode().rstrip()
    for end in range(len(raw)):
        assert refusal(raw[:end], name)


def test_cut_off_and_damaged() -> None:
    assert "does not end, so the file was cut off" in refusal(whole()[:-3])
    assert "line 3, column" in refusal(lines()[:-6], "dm.ndjson")
    assert "records says 3 rows, and the file has 2" in refusal(whole(records=3))
    assert "records says 3 rows, and the file has 2" in refusal(lines(records=3), "dm.ndjson")
    assert "records, the number of rows, is not given" in refusal(whole(records=None))
    damaged = whole().replace("\n   56,", "\n   ;56,")
    line = damaged[: damaged.index(";")].count("\n") + 1
    assert f"line {line}, column 4: from here on this is no JSON" in refusal(damaged)
    assert "empty" in refusal("")
    assert "byte 0xB7 is not UTF-8" in refusal(whole().encode("gb18030"))
    assert refusal(whole().encode("utf-16"))


def test_other_files(tmp_path: Path) -> None:
    assert "no Dataset-JSON" in refusal('{"subjects": []}')
    assert "no Dataset-JSON" in refusal("[1, 2]")
    assert "no JSON" in refusal("SUBJID,MRS\n")
    assert "Dataset-JSON 1.0.0, which has another structure" in refusal(
        '{"datasetJSONVersion": "1.0.0", "clinicalData": {}}'
    )
    assert "datasetJSONVersion is 2.0" in refusal(whole(datasetJSONVersion="2.0"))
    assert "datasetJSONVersion is 1.10" in refusal(whole(datasetJSONVersion="1.10"))
    assert "a ZIP archive" in refusal(b"PK\x03\x04aaaaaaaa")
    assert "name it .ndjson" in refusal(lines())
    assert "Name it .json" in refusal(json.dumps({**METADATA, "rows": ROWS}), "dm.ndjson")
    path = tmp_path / "dm.json"
    os.mkfifo(path)
    with pytest.raises(DataError, match="a pipe"):
        read_dataset_json(SourceFile.at(path))


def test_remedies_read_the_file() -> None:
    assert cells(read(lines(), "dm.ndjson")) == TEXTS
    assert cells(read(json.dumps({**METADATA, "rows": ROWS}))) == TEXTS


def test_rows_and_cells_that_are_none() -> None:
    assert "1 row(s) are no list of 4 cells, one a column, first row 2" in refusal(
        whole([ROWS[0], ROWS[1][:3]])
    )
    assert "first row 1" in refusal(whole([{"SUBJID": "S1"}]))
    assert "row 1, column AGE: a list or an object" in refusal(whole([["S1", [1], 2, ""]]))
    assert "rows is no list" in refusal(whole().replace('"rows": [', '"rows": 1, "r": ['))


def test_columns_that_are_none() -> None:
    def with_first(**keys: Any) -> str:
        return refusal(whole(columns=[{**COLUMNS[0], **keys}, *COLUMNS[1:]]))

    assert "column AGE is declared twice" in with_first(name="age")
    assert "column 1: has no name" in with_first(name=" ")
    assert "column 1: name is no text" in with_first(name=5)
    assert 'column SUBJID: dataType is "varchar"' in with_first(dataType="varchar")
    assert 'column SUBJID: targetDataType is "date"' in with_first(targetDataType="date")
    half = whole().replace('"label": "Subject"', '"label": "\\ud800"')
    assert "column SUBJID: label is no text" in refusal(half)
    assert "no columns are declared" in refusal(whole(columns=[]))
    draft = lines([{"columns": COLUMNS}, *ROWS], records=2, columns=None)
    assert "no columns are declared" in refusal(draft, "dm.ndjson")
    assert "column 1: is no object" in refusal(whole(columns=["SUBJID"]))
    many = [{**COLUMNS[0], "name": f"X{n}"} for n in range(20_001)]
    assert "20001 columns" in refusal(whole([], columns=many))


def test_what_json_does_not_have() -> None:
    assert "NaN stands for a number" in refusal(whole().replace("28.5", "NaN"))
    assert "a name stands twice" in refusal(whole().replace('"name": "DM"', '"records": 9'))
    assert "line 2: NaN" in refusal(lines().replace("28.5", "NaN"), "dm.ndjson")
    deep = "[" * 100_000 + "]" * 100_000
    assert "lists within lists" in refusal(whole().replace("28.5", deep))
    half = whole().replace('"S1"', '"\\ud800"')
    assert "row 1, column SUBJID: half a character" in refusal(half)
