"""What is no whole file of its kind ends in one sentence that names it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.statistical import raw_table
from analysis.edc.sources.statistical.sas_spss import read_sas_spss
from analysis.edc.sources.statistical.stata import read_stata
from analysis.errors import DataError

SAS = Path(__file__).with_name("mrs.sas7bdat")
ENDINGS = ("sav", "xpt", "sas7bdat", "dta")
WRITERS: dict[str, Callable[..., Any]] = {
    "sav": pyreadstat.write_sav, "xpt": pyreadstat.write_xport, "dta": pyreadstat.write_dta,
}  # fmt: skip


def read(file: SourceFile) -> LabelledTable:
    return (read_stata if file.suffix == ".dta" else read_sas_spss)(file, ReadOptions())


def write(tmp_path: Path, ending: str) -> bytes:
    """A file of six columns."""
    if ending == "sas7bdat":
        return SAS.read_bytes()
    frame = pd.DataFrame({f"V{i}": [1.0, 2.0] for i in range(5)} | {"SUBJID": ["01-001", "肺"]})
    WRITERS[ending](frame, tmp_path / "f")
    return (tmp_path / "f").read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_empty_files_folders_and_pipes(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"empty.{ending}").touch()
    (tmp_path / f"folder.{ending}").mkdir()
    os.mkfifo(tmp_path / f"pipe.{ending}")
    for name, said in (("empty", "is empty"), ("folder", "no regular"), ("pipe", "no regular")):
        with pytest.raises(DataError, match=rf"^{name}.{ending}: cannot be read: .*{said}"):
            read(SourceFile.at(tmp_path / f"{name}.{ending}"))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("content", [b"PK\3\4" + bytes(500), b"SUBJID,MRS\n" * 90, b"\0"])
def test_files_of_another_kind(ending: str, content: bytes) -> None:
    with pytest.raises(DataError, match=rf"^f.{ending}: cannot be read: .* Export it again"):
        read(SourceFile(f"f.{ending}", content=content))


def test_a_password_of_spss() -> None:
    content = b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV\x15" + bytes(range(256))
    with pytest.raises(DataError, match=r"^f.sav: cannot be read: it is protected by a password"):
        read(SourceFile("f.sav", content=content))


@pytest.mark.parametrize("ending", ENDINGS)
def test_too_many_columns(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SourceFile(f"f.{ending}", content=write(tmp_path, ending))
    monkeypatch.setattr(raw_table, "MOST_COLUMNS", 6)
    assert len(read(file).texts.columns) == 6
    monkeypatch.setattr(raw_table, "MOST_COLUMNS", 5)
    with pytest.raises(DataError, match=rf"^f.{ending}: 6 columns, and 5 are read at most"):
        read(file)


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    pyreadstat.write_xport(pd.DataFrame({"AA": [1.0], "AB": [2.0]}), tmp_path / "f.xpt")
    content = (tmp_path / "f.xpt").read_bytes().replace(b"AB ", b"AA ")
    with pytest.raises(DataError, match=r"^f.xpt: column AA stands twice"):
        read(SourceFile("f.xpt", content=content))


@pytest.mark.parametrize("ending", ENDINGS)
def test_damage_in_the_middle_is_no_traceback(ending: str, tmp_path: Path) -> None:
    content, said = write(tmp_path, ending), set()
    for place in range(0, len(content), max(7, len(content) // 150)):
        for damage in (b"\xff" * 4, bytes(4)):
            changed = content[:place] + damage + content[place + 4 :]
            try:
                read(SourceFile(f"f.{ending}", content=changed))
            except DataError as error:
                said.add(str(error).partition(" ")[0])
    assert said == {f"f.{ending}:"}


def test_a_head_that_says_more_rows_than_there_is_room_for(tmp_path: Path) -> None:
    content = bytearray(write(tmp_path, "dta"))
    at = content.index(b"<N>") + 3
    content[at : at + 8] = (2_000_000_000).to_bytes(8, "little")
    with pytest.raises(DataError, match=r"^f.dta: .* has 2000000000 rows, .* too short"):
        read(SourceFile("f.dta", content=bytes(content)))


def test_many_rows_in_few_bytes_are_read(tmp_path: Path) -> None:
    frame = pd.DataFrame({f"V{i}": [1.0] * 20_000 for i in range(5)})
    pyreadstat.write_sav(frame, tmp_path / "f.sav", row_compress=True)
    pyreadstat.write_sav(frame, tmp_path / "z.sav", compress=True)
    for name in ("f.sav", "z.sav"):
        assert len(read(SourceFile.at(tmp_path / name)).texts) == 20_000
