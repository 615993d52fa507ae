"""Dataset-JSON, Stata, Parquet, SAS transport, archives: by hand and beside the package."""

from __future__ import annotations

import datetime as dt
import gzip
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.edc.sources.containers.archives import SUFFIXES as OF_ARCHIVES
from analysis.edc.sources.kinds import KINDS
from analysis.qc.from_export.reading.sources.files.archives import ARCHIVES
from analysis.qc.from_export.reading.sources.kinds import FOREIGN, WHOLE, WORKBOOKS
from tests.unit.edc.sources.cdisc.dataset_json.test_reader import COLUMNS, TEXTS, lines, whole
from tests.unit.edc.sources.statistical.transport import ibm_float, write_numbers
from tests.unit.qc.from_export.reading.sources.both_readings import (
    read_file_by_check,
    require_same,
)

DAY, MOMENT = 24_207.0, 2_091_498_727_250.0
"""2026-04-11, and 03:52:07.25 of that day, as Stata counts."""
SAS_MOMENT = MOMENT / 1000


def test_the_check_knows_every_kind_of_file() -> None:
    own = {*WHOLE, *WORKBOOKS, *FOREIGN, *ARCHIVES, ".xpt", ".xml"}
    assert own == {*KINDS, *OF_ARCHIVES}


@pytest.mark.parametrize(("name", "content"), [("dm.json", whole()), ("dm.ndjson", lines())])
def test_dataset_json(tmp_path: Path, mapping: Mapping, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    columns = require_same(tmp_path, mapping)["dm"]
    assert [list(row) for row in zip(*columns.values(), strict=True)] == TEXTS


def test_numbers_and_dates_of_dataset_json(tmp_path: Path, mapping: Mapping) -> None:
    forms = ("E8601DA.", "E8601DT.", "DTDATE9.", "TIME5.", "", "")
    kinds = ("date", "datetime", "datetime", "time", "decimal", "boolean")
    columns = [
        {**COLUMNS[0], "name": f"X{i}", "dataType": kind, "displayFormat": form}
        for i, (kind, form) in enumerate(zip(kinds, forms, strict=True))
    ]
    rows = [[24207, SAS_MOMENT, SAS_MOMENT, 36300, "1,234.50", True],
            [None, 1e14, None, None, None, False]]  # fmt: skip
    text = whole(rows, columns=columns).replace("36300", "3.63e4")
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    file = read_file_by_check(tmp_path / "x.json", mapping)
    assert [cells[0] for cells in file.columns.values()] == [
        "2026-04-11", "2026-04-11T03:52:07", "2026-04-11T03:52:07", "10:05:00", "1234.50", "true",
    ]  # fmt: skip
    assert file.columns["X1"][1] == "100000000000000.0"
    assert file.shown_as_days == {"X2"}


def test_rows_that_are_lost_are_missed(tmp_path: Path, mapping: Mapping) -> None:
    (tmp_path / "x.json").write_text(whole(records=3), encoding="utf-8")
    assert "cannot be read" in read_file_by_check(tmp_path / "x.json", mapping).problem


@pytest.mark.parametrize("release", [8, 12, 15])
def test_stata(tmp_path: Path, mapping: Mapping, release: int) -> None:
    frame = pd.DataFrame(
        {
            "MRS": [1, "a", 3, None, "z"], "MRSDTC": [DAY, "b", None, 1.5, DAY],
            "MOMENT": [MOMENT, None, 0.0, MOMENT, 1e3], "MONTH": [795.0, -1.0, None, 1.0, 0.0],
            "CLOCK": [36_300_000.0, None, 0.0, 1.0, 2.0], "SRC": ["LOCAL", "", "ä", "x", "y"],
            "LEAP": [MOMENT + (27_000 if release > 8 else 0), None, None, None, None],
        },
        dtype=object,
    )  # fmt: skip
    if release < 14:
        frame["SRC"] = "plain"
    long, leap = ("%tcDDmonCCYY_HH:MM", "%tC") if release > 8 else ("%tc", "%tc")
    pyreadstat.write_dta(
        frame, tmp_path / "mrs.dta", version=release,
        missing_user_values={"MRS": ["a", "z"], "MRSDTC": ["b"]},
        variable_value_labels={"MRS": {1: "slight", "a": "not done"}},
        variable_format={"MRSDTC": "%td", "MOMENT": long, "MONTH": "%tm", "CLOCK": "%tcHH:MM",
                         "LEAP": leap},
    )  # fmt: skip
    columns = require_same(tmp_path, mapping)["mrs"]
    assert columns["MRS"] == ["1", ".a", "3", "", ".z"]
    assert columns["MRSDTC"][:2] == ["2026-04-11", ".b"]
    assert columns["MOMENT"][0] == columns["LEAP"][0] == "2026-04-11T03:52:07"
    assert (columns["MONTH"][0], columns["CLOCK"][0]) == ("2026-04", "10:05:00")


def test_stata_of_pandas_and_of_another_encoding(tmp_path: Path, mapping: Mapping) -> None:
    short = np.array([2.8, np.nan], dtype="float32")
    frame = pd.DataFrame({"GLUC": short, "MRS": np.array([3, 0], dtype="int8"), "NOTE": "y" * 3000})
    frame.to_stata(tmp_path / "bl.dta", write_index=False, version=118, convert_strl=["NOTE"])
    pyreadstat.write_dta(pd.DataFrame({"AETERM": ["pneu"]}), tmp_path / "ae.dta", version=12)
    old = (tmp_path / "ae.dta").read_bytes().replace(b"pneu", "肺炎".encode("gb18030"))
    (tmp_path / "ae.dta").write_bytes(old)
    found = require_same(tmp_path, mapping.model_copy(update={"encoding": "gb18030"}))
    assert found["bl"]["GLUC"] == ["2.8", ""]
    assert found["ae"] == {"AETERM": ["肺炎"]}


def test_parquet(tmp_path: Path, mapping: Mapping) -> None:
    moment = dt.datetime(2026, 4, 11, 3, 52, 7, 250_000)
    columns = {
        "TEXT": pa.array(["a ", None]).dictionary_encode(),
        "WHOLE": pa.array([2**53 + 1, None], pa.int64()),
        "LONG": pa.array([2.8, float("nan")]), "SHORT": pa.array([2.8, 80.0], pa.float32()),
        "HALF": pa.array([np.float16(2.8), None], pa.float16()),
        "EXACT": pa.array([Decimal("5.250"), Decimal("80.000")], pa.decimal128(9, 3)),
        "TICK": pa.array([True, None]), "DAY": pa.array([moment.date(), None]),
        "CLOCK": pa.array([dt.time(10, 5), None]), "MOMENT": pa.array([moment, None]),
        "NANO": pa.array([moment, None], pa.timestamp("ns")),
        "LOCAL": pa.array([moment, None], pa.timestamp("us", "Asia/Shanghai")),
        "ZONE": pa.array([moment, None], pa.timestamp("ns", "-03:30")),
    }  # fmt: skip
    pq.write_table(pa.table(columns), tmp_path / "x.parquet")
    found = require_same(tmp_path, mapping)["x"]
    assert (found["SHORT"], found["EXACT"]) == (["2.8", "80"], ["5.25", "80"])
    assert found["MOMENT"] == ["2026-04-11T03:52:07", ""]
    assert found["LOCAL"] == ["2026-04-11T11:52:07+08:00", ""]


@pytest.mark.parametrize("length", [8, 4])
def test_letters_of_a_transport_file(tmp_path: Path, mapping: Mapping, length: int) -> None:
    path = tmp_path / "bl.xpt"
    write_numbers(path, {"SBP": 8, "GLUC": length}, [[1.0, 2.8], [2.0, 1.0], [3.0, 2.0]])
    content = path.read_bytes()
    for number, letter in ((1.0, b"B"), (2.0, b".")):  # the second and the third row
        old = ibm_float(number + 1, 8) + ibm_float(number, length)
        content = content.replace(old, ibm_float(number + 1, 8) + letter + bytes(length - 1))
    path.write_bytes(content)
    assert require_same(tmp_path, mapping)["bl"]["GLUC"] == ["2.8", ".B", ""]


def test_data_sets_of_one_transport_file(tmp_path: Path, mapping: Mapping) -> None:
    for name, value in (("A", 1.0), ("B", 2.0)):
        pyreadstat.write_xport(
            pd.DataFrame({"N": [value], "T": ["x"]}), tmp_path / f"{name}.xpt", table_name=name
        )
    first, second = ((tmp_path / f"{name}.xpt") for name in "AB")
    (tmp_path / "all.xpt").write_bytes(first.read_bytes() + second.read_bytes()[240:])
    first.unlink()
    second.unlink()
    found = require_same(tmp_path, mapping)
    assert found == {"a": {"N": ["1"], "T": ["x"]}, "b": {"N": ["2"], "T": ["x"]}}


def test_formats_of_sas_dates(tmp_path: Path, mapping: Mapping) -> None:
    forms = {"DAY": "DATE9.", "YM": "YYMMN6.", "MOM": "DATETIME20.", "SHOWN": "E8601DN10.",
             "DT": "DTDATE9.", "CLOCK": "TIME5.", "TOD": "TOD8.", "ANY": "BEST12."}  # fmt: skip
    values = [DAY, DAY, SAS_MOMENT, DAY * 86_400, SAS_MOMENT, 36_300.0, 36_301.0, 2.5]
    frame = pd.DataFrame({name: [value] for name, value in zip(forms, values, strict=True)})
    pyreadstat.write_xport(frame, tmp_path / "x.xpt", variable_format=forms)
    assert require_same(tmp_path, mapping)["x"]["CLOCK"] == ["10:05:00"]


def test_files_in_archives(tmp_path: Path, mapping: Mapping) -> None:
    with ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("forms/dm.csv", "SUBJID,AGE\nS1,70\n")
        archive.writestr("bl.json", whole())
        archive.writestr("__MACOSX/forms/._dm.csv", "x")
    (tmp_path / "ae.csv.gz").write_bytes(gzip.compress(b"id;AE\nS1;a\n"))
    source = SourceMapping(file="ae.csv.gz/ae.csv", delimiter=";")
    found = require_same(tmp_path, mapping.model_copy(update={"sources": {"events": source}}))
    assert found["dm"] == {"SUBJID": ["S1"], "AGE": ["70"]}
    assert found["events"] == {"ID": ["S1"], "AE": ["a"]}
    assert {*found} == {"dm", "events", "bl"}


@pytest.mark.parametrize("name", ["x.zip", "x.csv.gz", "x.parquet", "x.dta", "x.json", "x.xpt"])
def test_a_file_of_another_kind_says_so(tmp_path: Path, mapping: Mapping, name: str) -> None:
    (tmp_path / name).write_bytes(b"SUBJID,AGE\nS1,secret\n")
    problem = read_file_by_check(tmp_path / name, mapping).problem
    assert problem.startswith(f"{name} cannot be read (")
    assert "secret" not in problem
