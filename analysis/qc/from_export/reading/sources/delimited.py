"""Text files of rows and fields, by pandas."""

import csv
import re
import warnings
from itertools import islice
from pathlib import Path

import pandas as pd
from pandas.errors import ParserWarning

from analysis.qc.from_export.reading.sources.written import Written

_DECLARED = re.compile("\ufeff?sep=.", re.IGNORECASE)
"""The line above the header in which Excel declares the separator."""


def read_delimited(path: Path, written: Written) -> dict[str, list[str]]:
    """Return the columns of a text file by their names; rows of words below the header left out.

    Raises ValueError, LookupError or ParserWarning for a file that cannot be read; a row that is
    too long for the header is an error, not a warning.
    """
    above, line_end = _look_at_start(path, written)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ParserWarning)
        frame = pd.read_csv(
            path, dtype=str, keep_default_na=False, na_filter=False, index_col=False,
            sep=written.separator(path.suffix.lower()), encoding=written.encoding,
            lineterminator=line_end, skiprows=above, quotechar=written.quote or '"',
            quoting=csv.QUOTE_MINIMAL if written.quote else csv.QUOTE_NONE,
        )  # fmt: skip
    data = frame.fillna("").iloc[written.label_rows :]
    return {str(name).removeprefix("\ufeff"): list(data[name]) for name in data.columns}


def _look_at_start(path: Path, written: Written) -> tuple[int, str | None]:
    r"""How many lines stand above the header, and what ends lines.

    That is ``\n``, before which a ``\r`` is stripped with the cell, or None: a bare ``\r`` ends
    them; a ``\r`` elsewhere is a part of its cell.
    """
    with path.open(encoding=written.encoding, newline="\n") as file:
        lines = list(islice(file, 2))
    first = lines[0] if lines else ""
    above = max(written.header_row - 1, 1 if _DECLARED.match(first) else 0)
    return above, None if "\r" in first.rstrip("\r\n") else "\n"
