"""Frames on disk: any text comes back from Parquet and CSV."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from analysis.io.frames import read_csv, read_frame, read_parquet, write_csv, write_parquet
from analysis.io.printable import clean_surrogates
from analysis.io.result import Allocation
from tests.unit.io.any_text import ANY_TEXT

CELLS = st.lists(ANY_TEXT, max_size=5)


@given(CELLS)
def test_any_text_comes_back_from_both(cells: list[str]) -> None:
    frame = pd.DataFrame({"SUBJID": pd.Series(cells, dtype=object), "N": range(len(cells))})
    clean = [clean_surrogates(cell) for cell in cells]
    with TemporaryDirectory() as folder:
        parquet, text = Path(folder) / "a.parquet", Path(folder) / "a.csv"
        write_parquet(parquet, frame, Allocation.DUMMY)
        write_csv(text, frame)
        assert read_parquet(parquet)["SUBJID"].tolist() == clean
        assert read_frame(text)["SUBJID"].tolist() == clean
        assert read_frame(text)["N"].tolist() == [str(number) for number in range(len(cells))]


def test_missing_cells_are_empty_and_numbers_stay_numbers(tmp_path: Path) -> None:
    frame = pd.DataFrame({"A": ["x", None, "=1"], "B": [-1.5, float("nan"), 2.0]})
    write_csv(tmp_path / "a.csv", frame)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "A,B\nx,-1.5\n,\n'=1,2.0\n"


def test_no_row_is_a_frame_of_texts(tmp_path: Path) -> None:
    empty = pd.DataFrame({"A": pd.Series([], dtype="str")})
    write_csv(tmp_path / "a.csv", empty)
    pd.testing.assert_frame_equal(read_csv(tmp_path / "a.csv"), empty, check_index_type=False)


def test_parquet_says_whose_allocation_it_holds(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", pd.DataFrame({"A": [1]}), Allocation.DUMMY)
    marks = pq.read_schema(tmp_path / "a.parquet").metadata
    assert marks[b"allocation"] == b"dummy"
    assert b"NOT TRIAL RESULTS" in marks[b"stamp"]
