"""Files that cannot be what a mapping takes them for: one message with file, rule and remedy."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import DataError
from tests.unit.edc.conftest import ExportFolder
from tests.unit.edc.reading.bad_files import (
    BOMB,
    ENTITIES,
    LOCKED,
    OUTSIDE,
    add_columns,
    pack,
    write_book,
    write_rows,
)

ROWS = [["nr", "event", "rankin", "seen"], ["S1", "d90", "2", "2026-06-01"],
        ["S2", "d90", "3", "2026-06-02"]]  # fmt: skip
VISITS = write_rows(ROWS)
MRS = {
    "source": "visits",
    "rows": "event = 'd90'",
    "columns": {"SUBJID": "nr", "MRS": "rankin", "MRSDTC": "seen"},
    "constants": {"VISIT": "D90", "MRSSRC": "CENTRAL"},
}


def book(*formulas: str) -> bytes:
    return write_book(ROWS, *formulas)


@pytest.fixture
def edc(whole_export: ExportFolder) -> ExportFolder:
    (whole_export.path / "mrs.csv").unlink()
    return whole_export


def read(edc: ExportFolder, name: str, content: bytes) -> str:
    (edc.path / name).write_bytes(content)
    fatal = edc.fatal(tables={"mrs": MRS})
    assert "Traceback" not in fatal
    return fatal


def test_the_visits_as_they_are(edc: ExportFolder) -> None:
    assert read(edc, "visits.csv", VISITS.encode()) == ""
    (edc.path / "visits.csv").unlink()
    assert read(edc, "visits.xlsx", book()) == ""


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("visits.csv", VISITS[:-4].encode(), r"visits\.csv: .*cut off"),
        ("visits.csv", book(), r"visits\.csv: .*Excel.*Give it the ending"),
        ("visits.xlsx", VISITS.encode(), r"visits\.xlsx: .*text"),
        ("visits.xlsx", LOCKED, r"visits\.xlsx: .*protected by a password"),
        ("visits.xlsx", book("=NA()", "=1/0"), r"visits.*rankin.*#N/A"),
        ("visits.csv", VISITS.replace("seen", "event", 1).encode(),
         r"visits\.csv: column EVENT stands twice.*Export"),
        ("visits.csv", VISITS.encode() + "S3,北京,1,2026-06-03\n".encode("gb18030"),
         r"visits\.csv: .*(encoding|UTF-8)"),
        ("visits.xml", ENTITIES.encode(), r"visits\.xml: .*DOCTYPE.*Export"),
        ("visits.xml", OUTSIDE.encode(), r"visits\.xml: .*DOCTYPE.*Export"),
        ("visits.zip", pack("../visits.csv", VISITS.encode()), r"visits\.zip: .*\.\./visits\.csv"),
        ("visits.zip", pack("inner.zip", pack("visits.csv", VISITS.encode())),
         r"visits\.zip: .*inner\.zip"),
        ("visits.zip", pack("visits.csv", BOMB), r"visits\.zip: .*visits\.csv"),
        ("visits.json", b'{"rows": [1e999, NaN', r"visits\.json: "),
        ("visits.xpt", VISITS.encode(), r"visits\.xpt: "),
        ("visits.parquet", VISITS.encode(), r"visits\.parquet: "),
        ("visits.csv", b"", r"visits\.csv: .*empty"),
    ],
)  # fmt: skip
def test_one_message_with_file_and_rule(
    edc: ExportFolder, name: str, content: bytes, told: str
) -> None:
    fatal = read(edc, name, content)
    assert re.search(told, fatal, re.S), fatal
    assert len(fatal) < 2_000


def test_what_is_wrong_with_several_files_is_told_together(edc: ExportFolder) -> None:
    (edc.path / "ae.csv").write_bytes(b"SUBJID,AESEQ\nS1,1")
    fatal = read(edc, "visits.xlsx", VISITS.encode())
    assert "ae.csv" in fatal
    assert "visits.xlsx" in fatal


@pytest.mark.parametrize("name", ["trial.xlsx", "trial.zip", "trial.xml", "trial.xpt"])
def test_tables_whose_sources_lie_in_a_file_that_cannot_be_opened(
    edc: ExportFolder, name: str
) -> None:
    (edc.path / "ae.csv").unlink()
    (edc.path / name).write_bytes(b"PK\3\4 damaged")
    spec = {"source": "adverse events", "columns": {"SUBJID": "nr"}}
    findings = edc.read(tables={"mrs": MRS, "ae": spec})[1]
    assert len(findings) == 2
    assert findings[0].startswith(f"{name}: ")
    assert findings[1].startswith("2 tables name sources that are not there, which may lie in a")
    assert "mrs (visits), ae (adverse events)" in findings[1]


def test_an_archive_that_may_hold_one_more_of_a_stack(edc: ExportFolder) -> None:
    (edc.path / "visits_1.csv").write_text(VISITS, encoding="utf-8")
    spec = {**{k: v for k, v in MRS.items() if k != "source"}, "sources": ["visits_*"]}
    assert edc.fatal(tables={"mrs": spec}) == ""
    (edc.path / "more.zip").write_bytes(b"PK\3\4 damaged")
    assert edc.fatal(tables={"mrs": spec}).startswith("more.zip: ")
    assert edc.fatal(tables={"mrs": {**MRS, "source": "visits_1"}}) == ""


def test_a_file_that_fails_for_several_tables_is_named_once(edc: ExportFolder) -> None:
    (edc.path / "ae.csv").unlink()
    spec = {"source": "visits", "columns": {"SUBJID": "nr", "AETERM": "event"}}
    (edc.path / "visits.csv").write_bytes(VISITS[:-4].encode())
    assert len(edc.read(tables={"mrs": MRS, "ae": spec})[1]) == 1


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (os.mkfifo, r"visits\.csv \(a pipe or a device\)"),
        (lambda path: path.symlink_to("/dev/zero"), r"visits\.csv \(a pipe or a device\)"),
        (lambda path: path.symlink_to(path.parent / "gone"), r"visits\.csv \(a broken link\)"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_not_waited_for(
    edc: ExportFolder, put: Callable[[Path], None], told: str
) -> None:
    put(edc.path / "visits.csv")
    with pytest.raises(DataError, match=told):
        edc.read(tables={"mrs": MRS})


def test_very_many_columns(edc: ExportFolder) -> None:
    fatal = read(edc, "visits.csv", add_columns(ROWS).encode())
    assert re.search(r"visits\.csv: .* 100004 fields.*Export", fatal), fatal[:1000]
