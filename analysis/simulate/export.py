"""Write the tables as a data manager would export them: CSV, SAS transport or SPSS."""

import os
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyreadstat
import yaml

from analysis.errors import DataError
from analysis.io.files import write_atomic

FileFormat = Literal["csv", "xpt", "sav"]
NUMERIC_TYPES = ("int", "float")
NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"
XPT_NAME_CHARACTERS = 8
XPT_TEXT_BYTES = 200
# Both formats stamp their header with the time of writing; it is replaced by a fixed one.
FIXED_STAMPS: dict[str, list[tuple[int, bytes]]] = {
    "xpt": [(offset, b"01JAN60:00:00:00") for offset in (144, 160, 464, 480)],
    "sav": [(92, b"01 Jan 7000:00:00")],
}


def write_export(tables: dict[str, pd.DataFrame], folder: Path, file_format: FileFormat) -> None:
    """Write one file per table into ``folder``, named after the table.

    CSV holds the texts as they are (UTF-8, ``\\n``). In XPT (version 5) and SAV a column that the
    layout calls a number is written as numbers if every cell is one or empty; all else is text.
    The same tables give the same bytes. Raises DataError if a text is too long for XPT.
    """
    for name, table in tables.items():
        with write_atomic(folder / f"{name}.{file_format}") as path:
            WRITERS[file_format](name, table, path)


def write_lists(lists: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write the allocation lists as CSV into ``folder``."""
    write_export(lists, folder, "csv")


def _write_csv(name: str, table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _write_xpt(name: str, table: pd.DataFrame, path: Path) -> None:
    _require_short_texts(name, table)
    member = name[:XPT_NAME_CHARACTERS].upper()
    frame = _number_columns(name, table)
    pyreadstat.write_xport(frame, path, table_name=member, file_format_version=5)
    _fix_stamps(path, "xpt")


def _write_sav(name: str, table: pd.DataFrame, path: Path) -> None:
    pyreadstat.write_sav(_number_columns(name, table), path)
    _fix_stamps(path, "sav")


WRITERS: dict[str, Callable[[str, pd.DataFrame, Path], None]] = {
    "csv": _write_csv,
    "xpt": _write_xpt,
    "sav": _write_sav,
}


def _number_columns(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table with numbers where the layout and all the texts of a column say so."""
    frame = table.astype(object)
    for column in _numeric_columns().get(name, ()):
        texts = table[column]
        if (texts.eq("") | texts.str.fullmatch(NUMBER)).all():
            frame[column] = pd.to_numeric(texts.where(texts != ""), errors="raise").astype(float)
    return frame


@cache
def _numeric_columns() -> dict[str, tuple[str, ...]]:
    """The columns that the layout calls numbers, by table."""
    text = files("analysis.edc.layout").joinpath("layout.yaml").read_text(encoding="utf-8")
    tables: dict[str, Any] = yaml.safe_load(text)["tables"]
    return {
        name: tuple(c for c, rules in table["columns"].items() if rules["type"] in NUMERIC_TYPES)
        for name, table in tables.items()
    }


def _require_short_texts(name: str, table: pd.DataFrame) -> None:
    """SAS transport files hold texts of at most 200 bytes."""
    for column in table.columns:
        longest = max((len(str(text).encode()) for text in table[column].unique()), default=0)
        if longest > XPT_TEXT_BYTES:
            raise DataError(
                f"table {name}, column {column}: a text of {longest} bytes; XPT holds "
                f"{XPT_TEXT_BYTES}"
            )


def _fix_stamps(path: Path, file_format: str) -> None:
    """Overwrite the time of writing in the header."""
    with path.open("r+b") as file:
        for offset, stamp in FIXED_STAMPS[file_format]:
            file.seek(offset, os.SEEK_SET)
            file.write(stamp)
