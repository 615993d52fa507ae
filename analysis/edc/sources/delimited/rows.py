"""The rows of a text file by column, read in blocks: a large file never lies there as objects.

A file without quotes is split by Arrow, any other by the standard library's reader. A file that is
not regular is read whole, row by row, to say what is wrong and in which line.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from analysis.edc.sources.delimited.delimiters import require_quote
from analysis.edc.sources.delimited.header import Body, require_header
from analysis.edc.sources.delimited.label_rows import are_words, fold
from analysis.edc.sources.delimited.stray_characters import has_hidden_returns, show_bare_returns
from analysis.io.csv_rows import any_length

ROWS_AT_ONCE = 50_000
BYTES_AT_ONCE = 2**24
CHARACTERS_AT_ONCE = 2**22
_LINE_ENDS = re.compile(r"[\r\n]*")
_EDGE = r"\A[^!-~]|[^!-~]\z"
"""A blank, or something that is not ASCII and may be one, at an end of a cell."""


@dataclass(frozen=True)
class Rows:
    """Header, rows of words on the columns, and the cells by column without blanks at both ends."""

    header: list[str]
    words: list[tuple[str, ...]]
    columns: list[pa.ChunkedArray]


@dataclass(frozen=True)
class Raw:
    """What a reader makes of a regular file: line and cells of the header, all rows below it."""

    line: int
    header: list[str]
    table: pa.Table


Reader = Callable[[Body, str, str], Raw | None]


def read_regular(name: str, body: Body, separator: str, quote: str, count: int) -> Rows | None:
    """Return the rows of a file by column; None if it has none, or is not regular.

    Regular is a file whose rows have as many cells as the header, which stands there once, and
    whose first ``count`` rows are words on the columns. Raises ConfigError if ``quote`` cannot
    quote, and DataError if the header is none.
    """
    require_quote(quote, separator)
    is_plain = not (quote and quote in body.text)
    raw = (is_plain and _split_plain(body, separator, quote)) or _parse(body, separator, quote)
    if not raw or raw.table.num_rows < max(count, 1):
        return None
    require_header(name, raw.line, raw.header, quote)
    columns = [_strip(column) for column in raw.table.columns]
    words = [tuple(column[row].as_py() for column in columns) for row in range(count)]
    data = [column.slice(count) for column in columns]
    if _has_header(raw.header, data) or not all(are_words(row, data) for row in words):
        return None
    return Rows(raw.header, words, data)


def _split_plain(body: Body, separator: str, quote: str) -> Raw | None:
    """The rows of a file in which nothing is quoted and every line end is one."""
    header = body.header.split(separator)
    returns = body.text.count("\r")
    if len(header) < 2 or has_hidden_returns(body.text) or returns != body.text.count("\r\n"):
        return None
    names = [str(number) for number in range(len(header))]
    try:
        table = arrow_csv.read_csv(
            _encode_rows(body),
            arrow_csv.ReadOptions(column_names=names, block_size=BYTES_AT_ONCE),
            arrow_csv.ParseOptions(delimiter=separator, quote_char=False, double_quote=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string())),
        )
    except pa.ArrowInvalid:  # no rows, rows of unequal length, or one longer than a block
        return None
    above = _LINE_ENDS.match(body.text)
    return Raw(body.above + (above[0].count("\n") if above else 0) + 1, header, table)


def _encode_rows(body: Body) -> pa.BufferReader:
    """The rows as Arrow reads them, with one copy of them and no more."""
    encoded = memoryview(body.text.encode())
    return pa.BufferReader(encoded[len(body.text[: body.begin].encode()) :])


def _parse(body: Body, separator: str, quote: str) -> Raw | None:
    """The rows of any file, a block at a time; None if they are of unequal length, or damaged."""
    lines = csv.reader(
        _list_lines(body.text),
        delimiter=separator,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=True,
    )
    rows: Iterator[list[str]] = (row for row in lines if row)
    if has_hidden_returns(body.text):
        rows = map(show_bare_returns, rows)
    blocks = []
    try:
        with any_length():
            header, line = next(rows), body.above + lines.line_num
            while block := list(islice(rows, ROWS_AT_ONCE)):
                if {len(row) for row in block} != {len(header)}:
                    return None
                blocks.append(_stand_by_column(block))
    except csv.Error:
        return None
    return Raw(line, header, pa.Table.from_batches(blocks)) if blocks else None


def _list_lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, without another copy of all of it."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + CHARACTERS_AT_ONCE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _stand_by_column(rows: list[list[str]]) -> pa.RecordBatch:
    columns = [pa.array(cells, pa.large_string()) for cells in zip(*rows, strict=True)]
    return pa.RecordBatch.from_arrays(columns, [str(number) for number in range(len(columns))])


def _strip(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([_strip_chunk(chunk) for chunk in column.chunks], pa.large_string())


def _strip_chunk(cells: pa.Array) -> pa.Array:
    """The cells without blanks at both ends; each distinct text is looked at once."""
    coded = cells.dictionary_encode()
    if not pc.any(pc.match_substring_regex(coded.dictionary, _EDGE)).as_py():
        return cells
    stripped = [text.strip() for text in coded.dictionary.to_pylist()]
    return pa.array(stripped, pa.large_string()).take(coded.indices)


def _has_header(header: list[str], columns: list[pa.ChunkedArray]) -> bool:
    """Whether the header stands among the rows too."""
    there = pa.array([True] * len(columns[0]))
    for name, column in zip(header, columns, strict=True):
        texts = column.unique()
        may_be = pc.equal(pc.ascii_lower(pc.ascii_trim_whitespace(texts)), fold(name))
        doubtful = texts.filter(pc.or_(may_be, pc.invert(pc.string_is_ascii(texts))))
        alike = [text for text in doubtful.to_pylist() if fold(text) == fold(name)]
        if not alike:
            return False
        there = pc.and_(there, pc.is_in(column, pa.array(alike, pa.large_string())))
    return bool(pc.any(there).as_py())
