"""Where the header of a text file stands, and whether it is one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.errors import DataError

MOST_COLUMNS = 32_767
"""More than any export has, and the most that SAS once held: beyond, a table is transposed, or
something else than a header was read as one."""
QUOTES = "\"'"
_DECLARED = re.compile(r"sep=(.)(?:\r*\n|\r)", re.IGNORECASE)
"""The first line that Excel writes and hides."""
_LINE_END = re.compile(r"\r*\n|\r")
_LINE_ENDS = re.compile(r"[\r\n]*")


@dataclass(frozen=True)
class Body:
    """A text from its header on.

    ``above``: how many lines stand above it. ``declared``: the separator that a line of Excel's
    declares, or nothing. ``header``: its first line that is not empty; ``begin``: where in the
    text the rows below it begin.
    """

    text: str
    above: int
    declared: str
    header: str
    begin: int

    @property
    def rows(self) -> str:
        """The text below the header, copied whenever it is asked for."""
        return self.text[self.begin :]


def find_body(name: str, text: str, header_row: int) -> Body:
    """Return the text from the line ``header_row`` on, counted from 1 as an editor counts lines.

    Lines above are not read. On row 1 empty lines may stand above the header, and the line in which
    Excel declares the separator. Raises DataError if the file is empty or has no header there.
    """
    if not text.strip():
        raise DataError(f"{name}: the file is empty, it lacks even a header row. Export it again")
    declared = _DECLARED.match(text)
    above = max(header_row - 1, 1 if declared else 0)
    ends = [end.end() for end, _ in zip(_LINE_END.finditer(text), range(above), strict=False)]
    body = text[ends[-1] :] if ends else text
    if len(ends) < above or not body.strip():
        raise DataError(
            f"{name}: the header should stand in line {above + 1} (key header_row), where the file "
            "ends. Set header_row to the line that names the columns, counted from 1"
        )
    header, begin = _find_first(body, 0)
    if header_row > 1 and not header.strip():
        raise DataError(
            f"{name}: line {header_row} is empty, and the header should stand there (key "
            "header_row). Set header_row to the line that names the columns, counted from 1 with "
            "empty lines"
        )
    if header_row == 1:
        empty = _LINE_ENDS.match(body)
        header, begin = _find_first(body, empty.end() if empty else 0)
    return Body(body, above, declared[1] if declared else "", header, begin)


def _find_first(text: str, start: int) -> tuple[str, int]:
    """The first line from ``start`` on, and where the next one begins."""
    end = _LINE_END.search(text, start)
    return (text[start : end.start()], end.end()) if end else (text[start:], len(text))


def split_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text as an editor counts them, without their ends.

    >>> list(split_lines("Study\\n\\nid,sex\\n"))
    ['Study', '', 'id,sex', '']
    """
    start = 0
    for end in _LINE_END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    yield text[start:]


def require_header(name: str, line: int, header: list[str], quote: str) -> None:
    """Raise DataError if a header is too long, holds zero bytes, or is quoted in another way."""
    if len(header) > MOST_COLUMNS:
        raise DataError(
            f"{name}: line {line}: the header has {len(header)} fields, and no table of an export "
            f"has more than {MOST_COLUMNS}. Export it with a row for each record"
        )
    names = [field.strip() for field in header if field.strip()]
    other = next((q for q in QUOTES if q != quote and all(_is_quoted(n, q) for n in names)), "")
    if names and other:
        written = f'"{other}"' if other == "'" else f"'{other}'"
        raise DataError(
            f"{name}: line {line}: the names of the columns are quoted by {other}. Set quote: "
            f"{written}, or export the file without these quotes"
        )


def _is_quoted(field: str, quote: str) -> bool:
    return len(field) > 1 and field[0] == field[-1] == quote
