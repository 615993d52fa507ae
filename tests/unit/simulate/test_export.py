"""The three file formats hold the same trial, and the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.errors import DataError
from analysis.simulate import SimulatedTrial, write_export, write_lists
from analysis.simulate.export import FileFormat


def read_back(path: Path) -> pd.DataFrame:
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    read = pyreadstat.read_xport if path.suffix == ".xpt" else pyreadstat.read_sav
    frame: pd.DataFrame = read(path)[0]
    return frame


def as_texts(column: pd.Series, like: pd.Series) -> pd.Series:
    """Numbers are compared as numbers, all else as text."""
    if pd.api.types.is_numeric_dtype(column):
        return pd.to_numeric(like.where(like != "")).astype(float)
    return like


@pytest.mark.parametrize("file_format", ["csv", "xpt", "sav"])
def test_every_format_reads_back_equal(
    trial: SimulatedTrial, tmp_path: Path, file_format: FileFormat
) -> None:
    write_export(trial.tables, tmp_path, file_format)
    assert {path.stem for path in tmp_path.iterdir()} == set(trial.tables)
    for name, table in trial.tables.items():
        frame = read_back(tmp_path / f"{name}.{file_format}")
        assert list(frame.columns) == list(table.columns)
        for column in table:
            read = frame[column]
            if not pd.api.types.is_numeric_dtype(read):
                read = read.astype(object).where(read.notna(), "").astype(str)
            expected = as_texts(read, table[column])
            pd.testing.assert_series_equal(read, expected, check_dtype=False, check_names=False)


@pytest.mark.parametrize("file_format", ["xpt", "sav"])
def test_numbers_are_numbers_unless_a_text_stands_among_them(
    trial: SimulatedTrial, clean: SimulatedTrial, tmp_path: Path, file_format: FileFormat
) -> None:
    write_export({"dm": trial.tables["dm"], "rand": trial.tables["rand"]}, tmp_path, file_format)
    dm = read_back(tmp_path / f"dm.{file_format}")
    assert pd.api.types.is_float_dtype(dm["HEIGHT"])
    assert "65kg" in set(dm["WEIGHT"])
    rand = read_back(tmp_path / f"rand.{file_format}")
    assert rand["RANDNO"].str.len().eq(4).all()
    write_export({"dm": clean.tables["dm"]}, tmp_path, file_format)
    assert pd.api.types.is_float_dtype(read_back(tmp_path / f"dm.{file_format}")["WEIGHT"])


@pytest.mark.parametrize("file_format", ["csv", "xpt", "sav"])
def test_same_bytes_and_no_time_of_writing(
    trial: SimulatedTrial, tmp_path: Path, file_format: FileFormat
) -> None:
    tables = {name: trial.tables[name] for name in ("dd", "screening")}
    for folder in ("a", "b"):
        write_export(tables, tmp_path / folder, file_format)
    for name in tables:
        first, second = ((tmp_path / f / f"{name}.{file_format}").read_bytes() for f in "ab")
        assert first == second
        if file_format == "xpt":
            assert first.count(b"01JAN60:00:00:00") == 4
        if file_format == "sav":
            assert first[92:109] == b"01 Jan 7000:00:00"


def test_xpt_member_is_at_most_eight_characters(trial: SimulatedTrial, tmp_path: Path) -> None:
    write_export({"screening": trial.tables["screening"]}, tmp_path, "xpt")
    _, meta = pyreadstat.read_xport(tmp_path / "screening.xpt", metadataonly=True)
    assert meta.table_name == "SCREENIN"


def test_text_too_long_for_xpt(tmp_path: Path) -> None:
    table = pd.DataFrame({"SUBJID": ["01-001"], "DVTERM": ["偏" * 67]}, dtype="str")
    with pytest.raises(DataError, match="table dv, column DVTERM: a text of 201 bytes"):
        write_export({"dv": table}, tmp_path, "xpt")


def test_lists_are_csv(trial: SimulatedTrial, tmp_path: Path) -> None:
    write_lists(trial.lists, tmp_path)
    text = (tmp_path / "randomisation_list.csv").read_bytes()
    assert text.startswith(b"RANDNO,ARM\n0001,")
    assert b"\r" not in text
    assert (tmp_path / "kit_list.csv").read_bytes().startswith(b"KITNO,ARM\n00001,")
