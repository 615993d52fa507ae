"""SAS transport files with the same bytes each time, as text but for columns of numbers alone."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import pandas as pd
import pyreadstat

from analysis.io.files import write_atomic
from analysis.simulate.export import FIXED_STAMPS

LONGEST_NAME = 8
LONGEST_TEXT = 200
"""Characters of a name and bytes of a text in version 5."""


def write_transport(
    path: Path,
    name: str,
    table: pd.DataFrame,
    numbers: Iterable[str] = (),
    labels: Mapping[str, str] | None = None,
) -> None:
    """Write a data set, version 5 if its names and texts are short enough and else 8.

    ``numbers``: columns that are numbers where every cell is one or empty.
    """
    frame = table.astype(object)
    for column in numbers:
        if is_numeric(table[column]):
            frame[column] = pd.to_numeric(table[column].where(table[column] != "")).astype(float)
    words: list[str | None] = [(labels or {}).get(column, "") for column in table.columns]
    version: Literal[5, 8] = 5 if _fits_version_5(table) else 8
    with write_atomic(path) as temporary:
        pyreadstat.write_xport(
            frame, temporary, table_name=name, column_labels=words, file_format_version=version
        )
        content = bytearray(temporary.read_bytes())
        for offset, stamp in FIXED_STAMPS["xpt"]:
            content[offset : offset + len(stamp)] = stamp
        temporary.write_bytes(content)


def _fits_version_5(table: pd.DataFrame) -> bool:
    longest = max((len(t.encode()) for c in table for t in table[c].unique()), default=0)
    return max(map(len, table.columns)) <= LONGEST_NAME and longest <= LONGEST_TEXT


def is_numeric(texts: pd.Series) -> bool:
    """Return whether every text is a plain number or empty, and one is a number."""
    plain = texts.str.fullmatch(r"[0-9]+(?:\.[0-9]+)?")
    return bool((plain | texts.eq("")).all() and plain.any())
