"""Transport files of versions 5 and 8: long names and labels, several tables, files cut short."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.statistical.sas_spss import read_sas_spss
from analysis.edc.sources.statistical.transport import LIBRARY, XPT_ROWS, list_members
from analysis.errors import DataError

DM = pd.DataFrame({"SUBJID": ["01-001", "01-002"], "AGE": [71.0, 64.0]})
MRS = pd.DataFrame({"SUBJID": ["01-001", "02-001", "01-002"], "MRS": [3.0, np.nan, 0.0]})
LABEL = "Score on the modified Rankin scale at the visit on day 90 after randomisation"


def read(content: bytes, member: str | None = None) -> LabelledTable:
    return read_sas_spss(SourceFile("all.xpt", content=content), ReadOptions(), member=member)


def write(tmp_path: Path, frame: pd.DataFrame, name: str, version: int, **more: object) -> bytes:
    path = tmp_path / "one.xpt"
    pyreadstat.write_xport(frame, path, table_name=name, file_format_version=version, **more)
    return path.read_bytes()


@pytest.fixture(params=[5, 8])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """Two tables in one file."""
    first, second = (
        write(tmp_path, frame, name, request.param) for frame, name in ((DM, "DM"), (MRS, "MRS"))
    )
    return first + second[LIBRARY:]


def test_tables_are_listed_and_read_by_name(library: bytes) -> None:
    assert list_members(SourceFile("all.xpt", content=library)) == ("DM", "MRS")
    assert read(library, "DM").texts.to_numpy().tolist() == [["01-001", "71"], ["01-002", "64"]]
    mrs = read(library, "mrs").texts
    assert mrs.to_numpy().tolist() == [["01-001", "3"], ["02-001", ""], ["01-002", "0"]]


def test_a_table_must_be_named_and_be_there(library: bytes) -> None:
    with pytest.raises(DataError, match=r"^all.xpt: the file holds several tables \(DM, MRS\)"):
        read(library)
    with pytest.raises(DataError, match=r"^all.xpt: the file holds no table AE, but DM, MRS"):
        read(library, "AE")


def test_two_tables_of_one_name_are_refused(library: bytes) -> None:
    with pytest.raises(DataError, match="table DM stands twice"):
        read(library + library[LIBRARY:], "DM")


def test_a_single_table_needs_no_name(tmp_path: Path) -> None:
    content = write(tmp_path, DM, "DM", 5)
    assert list_members(SourceFile("all.xpt", content=content)) == ("DM",)
    assert read(content).texts.equals(read(content, "DM").texts)


def test_long_names_and_labels_of_version_8(tmp_path: Path) -> None:
    frame = MRS.rename(columns={"MRS": "MODIFIED_RANKIN_SCALE_DAY_90"})
    content = write(tmp_path, frame, "A_LONG_NAME_OF_A_TABLE", 8, column_labels=["Subject", LABEL])
    assert list_members(SourceFile("all.xpt", content=content)) == ("A_LONG_NAME_OF_A_TABLE",)
    table = read(content)
    assert list(table.texts.columns) == ["SUBJID", "MODIFIED_RANKIN_SCALE_DAY_90"]
    assert table.labels == {"SUBJID": "Subject", "MODIFIED_RANKIN_SCALE_DAY_90": LABEL}
    assert list(table.texts["MODIFIED_RANKIN_SCALE_DAY_90"]) == ["3", "", "0"]


def test_the_count_of_version_8_tells_a_lost_record(tmp_path: Path) -> None:
    # A row of 80 bytes is a record: without its count a file that lacks one looks whole.
    frame = pd.DataFrame({"TERM": ["a" * 80, "b" * 80, "c" * 80]})
    for version in (8, 5):
        content = write(tmp_path, frame, "AE", version)
        assert len(read(content).texts) == 3
        if version == 8:
            with pytest.raises(DataError, match=r"^all.xpt: the file was cut off"):
                read(content[:-80])
            start = content.index(XPT_ROWS) + 48
            untold = content[:start] + b"0" * 15 + content[start + 15 :]
            assert len(read(untold[:-80]).texts) == 2


@pytest.mark.parametrize("version", [5, 8])
def test_whole_files_of_any_length_are_whole(tmp_path: Path, version: int) -> None:
    for rows in range(13):
        frame = pd.DataFrame({"SUBJID": [f"S{i:05d}" for i in range(rows)], "N": [1.0] * rows})
        assert len(read(write(tmp_path, frame, "DM", version)).texts) == rows


def test_more_columns_than_are_read_at_once(tmp_path: Path) -> None:
    names = [f"V{i}" for i in range(450)]
    frame = pd.DataFrame([[float(i) for i in range(450)]] * 2, columns=names)
    table = read(write(tmp_path, frame, "WIDE", 5))
    assert list(table.texts.columns) == names
    assert list(table.texts.iloc[1]) == [str(i) for i in range(450)]


def test_what_is_no_transport_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^all.xpt: cannot be read: it is no SAS transport file"):
        list_members(SourceFile("all.xpt", content=b"**COMPRESSED** CPORT"))


def test_a_file_damaged_in_the_middle_is_no_traceback(library: bytes) -> None:
    said = set()
    for place in range(0, len(library), 23):
        changed = library[:place] + b"\xff" * 4 + library[place + 4 :]
        try:
            read(changed, "MRS")
        except DataError as error:
            said.add(str(error).partition(" ")[0])
    assert said == {"all.xpt:"}
