"""Text files of rows and fields, by pandas."""

import csv
import io
import re
import warnings

import pandas as pd
from pandas.errors import ParserWarning

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.written import Written

_DECLARED = re.compile("sep=.[\r\n]", re.IGNORECASE)
"""The line above the header in which Excel declares the separator."""
_LINE_END = re.compile(r"\r*\n|\r")


def read_delimited(content: Content, written: Written) -> dict[str, list[str]]:
    """Return the columns of a text file by their names; rows of words below the header left out.

    Raises ValueError, LookupError or ParserWarning for a file that cannot be read; a row that is
    too long for the header is an error, not a warning.
    """
    text = _read_text(content, written)
    separator = written.separator(content.suffix)
    names = _number(text, separator, written.quote) if written.are_numbered else None
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


def _read_text(content: Content, written: Written) -> str:
    """The text from the header on; what stands above it may be no table."""
    text = content.read().decode(written.encoding).removeprefix("\ufeff")
    above = max(written.header_row - 1, 1 if _DECLARED.match(text) else 0)
    return _LINE_END.split(text, maxsplit=above)[-1] if above else text


def _number(text: str, separator: str, quote: str) -> list[str]:
    """The names of the header, the second of a name with (2) behind it, and so on."""
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )  # fmt: skip
    header = [name.strip() for name in next(row for row in rows if row)]
    folded = [name.lower() for name in header]
    before = [folded[:at].count(name) for at, name in enumerate(folded)]
    return [f"{name} ({n + 1})" if n else name for name, n in zip(header, before, strict=True)]


def _find_line_end(text: str) -> str | None:
    r"""What ends lines: ``\n``, before which a ``\r`` is stripped with the cell.

    None: a bare ``\r`` ends them; a ``\r`` elsewhere is a part of its cell.
    """
    header = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")
    return None if "\r" in header else "\n"
