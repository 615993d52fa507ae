"""Input files of a lock: what is noted of each, and every way to tamper with one is named."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.edc.layout import load_layout
from analysis.errors import ConfigError, DataError
from analysis.run.lock.inputs import describe_inputs
from tests.unit.run.locked_trial import TABLES, LockedTrial

Tamper = Callable[[LockedTrial], object]
SAS_FILE = Path(__file__).parents[2] / "edc" / "sources" / "statistical" / "mrs.sas7bdat"
"""Written by R (make_sas7bdat.R, beside it): no Python library writes the format."""


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def rewrite(name: str, old: str, new: str) -> Tamper:
    return lambda trial: trial.edit(name, old, new)


# --- what is noted ------------------------------------------------------------------------------


def test_every_file_is_described_as_read_raw(trial: LockedTrial) -> None:
    inputs = trial.build().inputs
    assert list(inputs) == ["edc/dm.csv", "edc/mrs.csv"]
    file = inputs["edc/mrs.csv"]
    assert file.sha256 == hashlib.sha256(TABLES["mrs.csv"].encode()).hexdigest()
    assert file.size == len(TABLES["mrs.csv"].encode())
    assert (file.rows, file.columns) == (3, ("SUBJID", "VISIT", "MRS", "MRSSRC"))


def write_xpt(path: Path) -> None:
    pyreadstat.write_xport(pd.DataFrame({"SUBJID": ["S1", "S2"], "MRS": [2.0, 3.0]}), path)


def write_sav(path: Path) -> None:
    pyreadstat.write_sav(pd.DataFrame({"SUBJID": ["S1", "S2"], "MRS": [2.0, 3.0]}), path)


@pytest.mark.parametrize(
    ("name", "write"), [("mrs.xpt", write_xpt), ("mrs.sav", write_sav)], ids=["xpt", "sav"]
)
def test_sas_transport_and_spss_files(
    trial: LockedTrial, name: str, write: Callable[[Path], None]
) -> None:
    (trial.edc / "mrs.csv").unlink()
    write(trial.edc / name)
    file = trial.build().inputs[f"edc/{name}"]
    assert (file.rows, file.columns) == (2, ("SUBJID", "MRS"))


def test_a_sas_data_set(trial: LockedTrial) -> None:
    (trial.edc / "mrs.csv").unlink()
    shutil.copy(SAS_FILE, trial.edc / "mrs.sas7bdat")
    frame, _ = pyreadstat.read_sas7bdat(SAS_FILE)
    file = trial.build().inputs["edc/mrs.sas7bdat"]
    assert (file.rows, file.columns) == (len(frame), tuple(frame.columns))


def test_tables_that_cannot_be_read_are_not_locked(trial: LockedTrial) -> None:
    trial.write("dm.csv", "SUBJID,AGE\nS1\n")
    trial.write("mrs.csv", "SUBJID,MRS\nS1,2")
    with pytest.raises(DataError) as caught:
        trial.build()
    heading, *findings = str(caught.value).splitlines()
    assert heading == "The data set cannot be locked: not every table can be read."
    assert findings[0].startswith("  - dm.csv: 1 row(s) do not have the 2 fields of the header")
    assert findings[1].startswith("  - mrs.csv: the last line has no line end")


def test_a_file_outside_the_layout_that_is_no_table_is_locked_by_its_bytes(
    trial: LockedTrial,
) -> None:
    trial.write("codes.csv", "a\n1,2,3\n")
    trial.lock()
    file = trial.build().inputs["edc/codes.csv"]
    assert (file.size, file.rows, file.columns) == (8, None, None)
    trial.write("codes.csv", "a\n1,2,4\n")
    (finding,) = trial.findings()
    assert finding.startswith("edc/codes.csv: sha256 ")
    assert finding.endswith("; size as locked, values differ")


def test_an_empty_export_is_not_locked(trial: LockedTrial) -> None:
    with pytest.raises(ConfigError, match="nothing to lock: the export holds no file"):
        describe_inputs([], trial.mapping, load_layout())


# --- tampering ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tamper", "name", "differs"),
    [
        (rewrite("mrs.csv", "S1,D90,2", "S1,D90,1"), "mrs.csv", "size as locked, values differ"),
        (rewrite("mrs.csv", "LOCAL\n", "LOCAL\nS3,D90,0,LOCAL\n"), "mrs.csv",
         "size 73 -> 88 bytes; rows 3 -> 4"),
        (rewrite("mrs.csv", "S1,D90,2,CENTRAL\n", ""), "mrs.csv",
         "size 73 -> 56 bytes; rows 3 -> 2"),
        (rewrite("dm.csv", "AGE", "AGY"), "dm.csv",
         "columns added: AGY; columns removed: AGE"),
        (rewrite("dm.csv", "SITEID,AGE", "AGE,SITEID"), "dm.csv",
         "columns in another order: SITEID, AGE -> AGE, SITEID"),
        (rewrite("dm.csv", "S2,001,71\n", "S2,001,71"), "dm.csv",
         "size 38 -> 37 bytes; it can no longer be read: dm.csv: the last line has no line end, "
         "so the file was probably cut off. Export it again; if the exporter never ends the last "
         "line, set unterminated_last_line: accept"),
    ],
    ids=["one byte", "row added", "row removed", "column renamed", "columns reordered", "cut off"],
)  # fmt: skip
def test_a_changed_file_is_named_with_what_differs(
    locked: LockedTrial, tamper: Tamper, name: str, differs: str
) -> None:
    tamper(locked)
    now = (locked.edc / name).read_text(encoding="utf-8")
    assert locked.findings() == [
        f"edc/{name}: sha256 {short_hash(TABLES[name])} -> {short_hash(now)}; {differs}"
    ]


def test_a_column_added_moves_no_other(locked: LockedTrial) -> None:
    locked.write("dm.csv", "SUBJID,SEX,SITEID,AGE\nS1,F,001,66\nS2,M,001,71\n")
    (finding,) = locked.findings()
    assert finding.endswith("size 38 -> 46 bytes; columns added: SEX")


def test_a_missing_file(locked: LockedTrial) -> None:
    (locked.edc / "mrs.csv").unlink()
    digits = short_hash(TABLES["mrs.csv"])
    assert locked.findings() == [
        f"edc/mrs.csv: missing; locked with 3 rows, 73 bytes, sha256 {digits}"
    ]


def test_an_extra_file(locked: LockedTrial) -> None:
    locked.write("ae.csv", "SUBJID\n")
    digits = short_hash("SUBJID\n")
    assert locked.findings() == [
        f"edc/ae.csv: not in the lock; the file has 7 bytes, sha256 {digits}"
    ]


def test_a_renamed_file_is_missing_and_extra(locked: LockedTrial) -> None:
    (locked.edc / "mrs.csv").rename(locked.edc / "mrs_old.csv")
    missing, extra = locked.findings()
    assert missing.startswith("edc/mrs.csv: missing")
    assert extra.startswith("edc/mrs_old.csv: not in the lock")


def test_a_file_that_cannot_be_opened(locked: LockedTrial) -> None:
    files = [*locked.files, locked.edc / "gone.csv"]
    with pytest.raises(DataError, match=r"gone\.csv: cannot be opened \(No such file"):
        describe_inputs(files, locked.mapping, load_layout())


def test_two_files_exchanged(locked: LockedTrial) -> None:
    locked.write("dm.csv", TABLES["mrs.csv"])
    locked.write("mrs.csv", TABLES["dm.csv"])
    first, second = locked.findings()
    assert "edc/dm.csv: " in first
    assert "rows 2 -> 3" in first
    assert "edc/mrs.csv: " in second
    assert "rows 3 -> 2" in second


def test_the_same_files_in_another_folder_are_the_same_data_set(
    locked: LockedTrial, tmp_path: Path
) -> None:
    locked.edc = locked.edc.rename(tmp_path / "moved")
    assert locked.findings() == []
