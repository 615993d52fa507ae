"""Parquet files: every type as the text that a CSV would hold, every fault in words."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.edc.layout import Column
from analysis.edc.sources.columnar.parquet import read_parquet
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import Kind, LabelledTable
from analysis.edc.sources.statistical.raw_table import MOST_COLUMNS
from analysis.edc.sources.statistical.unformatted_dates import fit_dates
from analysis.errors import DataError

MOMENT = dt.datetime(2026, 4, 11, 3, 52, 7)
SECONDS = 1_775_879_527
"""``MOMENT`` from 1970-01-01, in UTC."""


def read(path: Path) -> LabelledTable:
    return read_parquet(SourceFile.at(path), ReadOptions())


@pytest.fixture
def read_one(tmp_path: Path):
    """The file of one column X."""

    def write_and_read(array: pa.Array) -> LabelledTable:
        pq.write_table(pa.table({"X": array}), tmp_path / "x.parquet")
        return read(tmp_path / "x.parquet")

    return write_and_read


@pytest.mark.parametrize(
    ("values", "type_", "texts"),
    [
        ([1, None, -7], pa.int8(), ["1", "", "-7"]),
        ([2**64 - 1], pa.uint64(), ["18446744073709551615"]),
        ([2.8, 80.0, None, float("nan"), 1e-7], pa.float64(), ["2.8", "80", "", "", "1e-07"]),
        ([2.8, 80.0, None], pa.float32(), ["2.8", "80", ""]),
        ([np.float16(2.8)], pa.float16(), ["2.8"]),
        (
            [Decimal("5.250"), Decimal("80.000"), Decimal("0.000"), Decimal("-100.000")],
            pa.decimal128(9, 3),
            ["5.25", "80", "0", "-100"],
        ),
        ([Decimal(100)], pa.decimal128(5, 0), ["100"]),
        ([True, False, None], pa.bool_(), ["TRUE", "FALSE", ""]),
        ([dt.date(2026, 4, 11), None], pa.date32(), ["2026-04-11", ""]),
        ([dt.date(2026, 4, 11)], pa.date64(), ["2026-04-11"]),
        ([MOMENT, None], pa.timestamp("us"), ["2026-04-11T03:52:07", ""]),
        ([MOMENT.replace(second=0)], pa.timestamp("ns"), ["2026-04-11T03:52"]),
        ([SECONDS], pa.timestamp("s", "UTC"), ["2026-04-11T03:52:07+00:00"]),
        ([SECONDS], pa.timestamp("s", "Asia/Shanghai"), ["2026-04-11T11:52:07+08:00"]),
        ([SECONDS], pa.timestamp("s", "-05:30"), ["2026-04-10T22:22:07-05:30"]),
        ([dt.time(10, 5)], pa.time32("s"), ["10:05:00"]),
        ([dt.time(10, 5, 7, 250)], pa.time64("us"), ["10:05:07"]),
        ([" 肺 ", "", None], pa.string(), ["肺", "", ""]),
        (["a"], pa.large_string(), ["a"]),
        ([None, None], pa.null(), ["", ""]),
    ],
)  # fmt: skip
def test_every_type(read_one, values: list[object], type_: pa.DataType, texts: list[str]) -> None:
    assert list(read_one(pa.array(values, type_)).texts["X"]) == texts


def test_a_year_beyond_the_calendar_is_no_date_and_no_fault(read_one) -> None:
    far = 18229 * 31_556_952
    assert read_one(pa.array([far], pa.timestamp("s"))).texts["X"][0].startswith("20198-")
    assert read_one(pa.array([far], pa.timestamp("s", "UTC"))).texts["X"][0].endswith("Z")


def test_a_dictionary_holds_its_values(read_one) -> None:
    codes = pa.array(["CENTRAL", None, "LOCAL", "CENTRAL"]).dictionary_encode()
    assert list(read_one(codes).texts["X"]) == ["CENTRAL", "", "LOCAL", "CENTRAL"]


def test_a_frame_of_pandas_in_several_row_groups(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "SUBJID ": ["01-001", "01-002", None],
            "ARM": pd.Categorical(["a", "b", "a"]),
            "RANDDTC": pd.to_datetime(["2026-04-11 03:52:00", None, "2026-04-12 00:00:00"]),
            "MRS": pd.array([3, None, 0], dtype="Int64"),
        }
    )
    frame.to_parquet(tmp_path / "dm.parquet", row_group_size=2, index=False)
    table = read(tmp_path / "dm.parquet")
    assert list(table.texts.columns) == ["SUBJID", "ARM", "RANDDTC", "MRS"]
    assert table.texts.to_numpy().tolist() == [
        ["01-001", "a", "2026-04-11T03:52", "3"],
        ["01-002", "b", "", ""],
        ["", "a", "2026-04-12T00:00", "0"],
    ]
    assert table.kinds == {"RANDDTC": Kind.DATETIME}
    assert table.notes == ()


def test_midnights_in_a_column_of_dates_are_days(read_one) -> None:
    table = read_one(pa.array([dt.datetime(2026, 4, 11)], pa.timestamp("ns")))
    column = Column.model_construct(type="date", forms=None)
    assert list(fit_dates(table, "X", column)) == ["2026-04-11"]


def test_a_zone_and_what_is_cut_off_are_told(read_one) -> None:
    (zone,) = read_one(pa.array([SECONDS], pa.timestamp("s", "Asia/Shanghai"))).notes
    assert "column X has the time zone Asia/Shanghai" in zone
    (cut,) = read_one(pa.array([1_500], pa.timestamp("ms"))).notes
    assert cut == "column X: fractions of a second are cut off"


def test_an_unknown_zone_is_refused(read_one) -> None:
    with pytest.raises(DataError, match=r"^x.parquet: column X: the time zone Moon/Base"):
        read_one(pa.array([SECONDS], pa.timestamp("s", "Moon/Base")))


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([[1, 2]], pa.list_(pa.int64())),
        ([{"a": 1}], pa.struct([("a", pa.int64())])),
        ([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        ([b"\0"], pa.binary()),
        ([1], pa.duration("s")),
    ],
)
def test_what_no_cell_holds_is_refused_by_column(read_one, values: list[object], type_) -> None:
    with pytest.raises(DataError, match=r"^x.parquet: column X is of type .* Export"):
        read_one(pa.array(values, type_))


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    path = tmp_path / "whole.parquet"
    table = pa.table({"SUBJID": [f"S{i}" for i in range(50)], "MRS": [i % 7 for i in range(50)]})
    pq.write_table(table, path, write_page_checksum=True, compression="none")
    return path.read_bytes()


def test_a_file_cut_anywhere_is_refused(whole: bytes) -> None:
    for length in range(0, len(whole), 5):
        with pytest.raises(DataError, match=r"^dm.parquet: cannot be read"):
            read_parquet(SourceFile("dm.parquet", content=whole[:length]), ReadOptions())


def test_a_byte_changed_anywhere_is_refused_or_changes_no_cell(whole: bytes) -> None:
    def of(content: bytes) -> LabelledTable:
        return read_parquet(SourceFile("dm.parquet", content=content), ReadOptions())

    expected, refused = of(whole).texts.to_numpy().tolist(), 0
    for place in range(4, len(whole) // 2, 3):
        changed = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        try:
            cells = of(changed).texts.to_numpy().tolist()
        except DataError:
            refused += 1
        else:
            assert cells == expected
    assert refused > 100


def test_texts_that_do_not_decode_are_refused(read_one, tmp_path: Path) -> None:
    wrong = pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())
    with pytest.raises(DataError, match=r"^x.parquet: cannot be read: .*UTF8"):
        read_one(wrong)


def test_what_is_no_parquet_file_is_refused(tmp_path: Path) -> None:
    for name, content, said in (
        ("csv.parquet", b"SUBJID,MRS\nS1,3\n", "cannot be read"),
        ("empty.parquet", b"", "the file is empty"),
        ("key.parquet", b"PARE" + bytes(20) + b"PARE", "it is encrypted"),
        ("x.parquet", b"x", "cannot be read"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError, match=rf"^{name}: .*{said}"):
            read(tmp_path / name)
    (tmp_path / "folder.parquet").mkdir()
    os.mkfifo(tmp_path / "pipe.parquet")
    for name in ("folder.parquet", "pipe.parquet"):
        with pytest.raises(DataError, match=rf"^{name}: .*no regular file"):
            read(tmp_path / name)


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    columns = pa.schema([(f"V{i}", pa.null()) for i in range(MOST_COLUMNS + 1)])
    pq.write_table(columns.empty_table(), tmp_path / "wide.parquet")
    with pytest.raises(DataError, match=r"^wide.parquet: 20001 columns"):
        read(tmp_path / "wide.parquet")
