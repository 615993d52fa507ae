"""One file of an export as text, with what files of statistical packages say beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import pandas as pd
import pyarrow as pa


class Kind(Enum):
    """What a number with a format is. A datetime that is shown as a date is ``SHOWN_AS_DATE``."""

    DATE = "date"
    DATETIME = "datetime"
    SHOWN_AS_DATE = "datetime shown as date"
    TIME = "time"


@dataclass(frozen=True)
class LabelledTable:
    """One file as text, with the words that files of statistical packages keep beside it.

    ``labels`` holds the label of a column, ``value_labels`` by column the label of a value; both
    hold only what the file gives. ``missing_codes``: by column, those of its texts that the file
    marks as codes for missing (``.A``, ``-99``). ``origin``: the day from which the file counts its
    dates; ``ticks``: how many make a second where it counts moments (1000 in Stata). ``kinds``: of
    the columns whose format is one of dates; ``numbers``: the columns of numbers without such a
    format. ``notes`` are the label of the file, the notes inside it and what the reader has to say.
    ``places``: of a table that a query made, ``file`` and ``row`` of each of its rows.
    ``cell_places``: the same by column, of cells that a long source brought together in one row;
    row 0 for a cell that stands nowhere. ``repeated``: the rows of such a source, from 1, that say
    once more what another row says.
    """

    texts: pd.DataFrame
    labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[str, str]] = field(default_factory=dict)
    missing_codes: dict[str, frozenset[str]] = field(default_factory=dict)
    origin: np.datetime64 | None = None
    ticks: int = 1
    kinds: dict[str, Kind] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    places: pd.DataFrame | None = None
    cell_places: dict[str, pd.DataFrame] = field(default_factory=dict)
    repeated: tuple[int, ...] = ()


def frame_texts(header: list[str], columns: Iterable[Iterable[str]]) -> pd.DataFrame:
    """Return a frame of text, names and cells without blanks at both ends."""
    stripped = [[cell.strip() for cell in column] for column in columns]
    frame = pd.DataFrame({i: pd.Series(c, dtype=str) for i, c in enumerate(stripped)})
    frame.columns = pd.Index([name.strip() for name in header])
    return frame


def frame_columns(header: list[str], columns: list[pa.ChunkedArray]) -> pd.DataFrame:
    """Return a frame of text from columns of Arrow's ``large_string``, which are not copied."""
    table = pa.Table.from_arrays(columns, [str(number) for number in range(len(columns))])
    frame: pd.DataFrame = table.to_pandas().astype("str")
    frame.columns = pd.Index([name.strip() for name in header])
    return frame
