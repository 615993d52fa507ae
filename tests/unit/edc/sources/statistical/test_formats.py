"""CSV, SAS transport, SAS and SPSS files of one table give the same typed table.

``mrs.sas7bdat`` beside this file was written by ``make_sas7bdat.R``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.config import Mapping
from analysis.edc.layout import Layout
from analysis.edc.sources.folder import open_file
from analysis.edc.sources.statistical.transport import XPT_RECORD
from analysis.edc.typed import type_table
from analysis.errors import DataError
from tests.unit.edc.sources.read_file import read_text_table

Read = Callable[..., pd.DataFrame]

MRS = pd.DataFrame(
    {
        "SUBJID": ["01-001", "01-002", "02-001"],
        "VISIT": ["D90", "D90", "D30"],
        "MRSDTC": [dt.date(2026, 5, 1), None, dt.date(2026, 4, 2)],
        "MRSSRC": ["CENTRAL", "LOCAL", "CENTRAL"],
        "MRSMODE": ["CLINIC", "", "PHONE"],
        "MRS": [3.0, None, 0.0],
    }
)
CSV = """SUBJID,VISIT,MRSDTC,MRSSRC,MRSMODE,MRS
01-001,D90,2026-05-01,CENTRAL,CLINIC,3
01-002,D90,,LOCAL,,
02-001,D30,2026-04-02,CENTRAL,PHONE,0
"""
SAS = Path(__file__).with_name("mrs.sas7bdat")


@pytest.fixture
def read(make_mapping: Callable[..., Mapping]) -> Read:
    return lambda path, **changes: read_text_table(path, make_mapping(**changes))


@pytest.fixture
def mrs_csv(tmp_path: Path) -> Path:
    path = tmp_path / "mrs.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.fixture
def mrs_xpt(tmp_path: Path) -> Path:
    path = tmp_path / "mrs.xpt"
    pyreadstat.write_xport(MRS, path, table_name="MRS", file_format_version=5)
    return path


@pytest.fixture
def mrs_sav(tmp_path: Path) -> Path:
    path = tmp_path / "mrs.sav"
    pyreadstat.write_sav(MRS, path)
    return path


@pytest.mark.parametrize("fixture", ["mrs_xpt", "mrs_sav", None])
def test_every_format_gives_the_table_of_the_csv(
    fixture: str | None, mrs_csv: Path, read: Read, layout: Layout, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(fixture) if fixture else SAS
    expected, found = (
        type_table("mrs", layout.tables["mrs"], read(file)) for file in (mrs_csv, path)
    )
    pd.testing.assert_frame_equal(found.frame, expected.frame)
    assert found.queries == expected.queries == ()


def test_date_times_numbers_and_text_of_spss(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "bl.sav"
    frame = pd.DataFrame(
        {
            "LKWDTC": pd.to_datetime(["2026-03-01 10:05:00", "2026-03-01 10:05:07", None]),
            "GLUC": [5.25, 1e-7, float("nan")],
            "SUBJID": ["001", " 肺 ", ""],
        }
    )
    pyreadstat.write_sav(frame, path)
    assert read(path).to_numpy().tolist() == [
        ["2026-03-01T10:05", "5.25", "001"],
        ["2026-03-01T10:05:07", "1e-07", "肺"],
        ["", "", ""],
    ]


def test_gb18030_text_in_a_transport_file(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "ae.xpt"
    pyreadstat.write_xport(pd.DataFrame({"AETERM": ["pneu"]}), path, file_format_version=5)
    path.write_bytes(path.read_bytes().replace(b"pneu", "肺炎".encode("gb18030")))
    assert read(path, encoding="gb18030")["AETERM"].item() == "肺炎"


@pytest.mark.parametrize("name", ["mrs.xpt", "mrs.sav", "mrs.sas7bdat"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, read: Read, name: str) -> None:
    path = tmp_path / name
    path.write_text(CSV, encoding="utf-8")
    with pytest.raises(DataError, match=rf"^{name}: cannot be read"):
        read(path)


def test_a_transport_file_cut_anywhere_is_refused_or_whole_to_its_last_row(
    mrs_xpt: Path, read: Read
) -> None:
    content, whole = mrs_xpt.read_bytes(), read(mrs_xpt)
    for length in range(0, len(content), XPT_RECORD // 2):
        mrs_xpt.write_bytes(content[:length])
        try:
            frame = read(mrs_xpt)
        except DataError:
            continue
        pd.testing.assert_frame_equal(frame, whole.head(len(frame)))


def test_a_transport_file_cut_within_a_row_is_refused(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "dv.xpt"
    # One row of 100 bytes stands in two records of 80; the second is cut off.
    pyreadstat.write_xport(pd.DataFrame({"DVTERM": ["x" * 100]}), path, file_format_version=5)
    path.write_bytes(path.read_bytes()[:-XPT_RECORD])
    with pytest.raises(DataError, match=r"^dv.xpt: the file was cut off"):
        read(path)


def test_a_transport_file_of_several_tables_is_as_many_sources(
    mrs_xpt: Path, make_mapping: Callable[..., Mapping]
) -> None:
    content = mrs_xpt.read_bytes()
    second = content[3 * XPT_RECORD :].replace(b"MRS     ", b"MRS2    ", 2)
    mrs_xpt.write_bytes(content + second)
    found = list(open_file(mrs_xpt, make_mapping()))
    assert [source.label for source in found] == ["mrs.xpt, data set MRS", "mrs.xpt, data set MRS2"]
    assert [source.read().texts.shape for source in found] == [(3, 6), (3, 6)]


@pytest.mark.parametrize(("fixture", "step"), [("mrs_sav", 7), (None, 512)])
def test_other_files_cut_anywhere_are_refused(
    fixture: str | None, step: int, tmp_path: Path, read: Read, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(fixture) if fixture else SAS
    content, cut = path.read_bytes(), tmp_path / f"cut{path.suffix}"
    for length in range(0, len(content), step):
        cut.write_bytes(content[:length])
        with pytest.raises(DataError, match="cannot be read"):
            read(cut)
