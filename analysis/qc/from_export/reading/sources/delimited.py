"""Text files of rows and fields, by pandas."""

import csv
import io
import re
import warnings

import pandas as pd
from pandas.errors import ParserWarning

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.header import name_columns
from analysis.qc.from_export.reading.sources.written import Written

_DECLARED = re.compile("sep=.[\r\n]", re.IGNORECASE)
"""The line above the header in which Excel declares the separator."""
_LINE_END = re.compile(r"\r*\n|\r")


def read_delimited(content: Content, written: Written) -> dict[str, list[str]]:
    """Return the columns of a text file by their names; rows of words below the header left out.

    Raises ValueError, LookupError or ParserWarning for a file that cannot be read; a row that is
    too long for the header is an error, not a warning.
    """
    above, text = _read_text(content, written)
    separator = written.separator(content.suffix)
    has_own = written.are_numbered or written.title_rows
    names = name_columns(above, text, separator, written) if has_own else None
    with warnings.catch_warnings():
        warnings.simplefilter("error", ParserWarning)
        frame = pd.read_csv(
            io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False, index_col=False,
            sep=separator, lineterminator=_find_line_end(text), header=0, names=names,
            quotechar=written.quote or '"',
            quoting=csv.QUOTE_MINIMAL if written.quote else csv.QUOTE_NONE,
        )  # fmt: skip
    data = frame.fillna("").iloc[written.label_rows :]
    return {str(name): list(data[name]) for name in data.columns}


def _read_text(content: Content, written: Written) -> tuple[list[str], str]:
    """The lines above the header, which may be no table, and the text from it on."""
    text = content.read().decode(written.encoding).removeprefix("\ufeff")
    above = max(written.header_row - 1, 1 if _DECLARED.match(text) else 0)
    *lines, rest = _LINE_END.split(text, maxsplit=above) if above else [text]
    return lines, rest


def _find_line_end(text: str) -> str | None:
    r"""What ends lines: ``\n``, before which a ``\r`` is stripped with the cell.

    None: a bare ``\r`` ends them; a ``\r`` elsewhere is a part of its cell.
    """
    header = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")
    return None if "\r" in header else "\n"
