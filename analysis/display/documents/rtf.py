"""A table as RTF: landscape pages, each with stamp, title, column heads, source and its number.

RTF is seven bits: every other character is written as its number.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from analysis.display.documents.columns import PADDING, Grid, Place, lay_columns
from analysis.display.documents.lines import Kind, Line, lay_lines, name_source, name_title
from analysis.display.documents.pages import measure_text, split_pages
from analysis.display.tables.table import Table
from analysis.display.text.arial_widths import CHINESE, FAMILY, is_wide
from analysis.io.printable import clean_printed

_ESCAPED = {"\\": r"\\", "{": r"\{", "}": r"\}", "\n": r"\line ", "\t": r"\tab "}
CHINESE_FONT = 1

PAGE_WIDTH, PAGE_HEIGHT = 841.9, 595.3
"""Points: A4, landscape."""

SIDE, TOP, BOTTOM, EDGE = 68.0, 82.0, 56.0, 34.0
"""Points: margins; with these a page fits on US letter too."""

HEAD_SIZE, NOTE_SIZE = 9.0, 8.0
HEAD_SPACE = 16.0
"""Points: around the column heads, between pages, and to be on the safe side."""

TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
_STAMP, _QUIET = 1, 2
_LEFT, _MIDDLE = r"\ql", r"\qc"
_COLOURS = r"{\colortbl;\red139\green26\blue26;\red90\green90\blue90;}"
_NEXT_PAGE = "\n" + r"\pard\plain\pagebb\fs2\par" + "\n"
_TOP, _BELOW = r"\clbrdrt\brdrs\brdrw15", r"\clbrdrb\brdrs\brdrw10"


def render_rtf(table: Table, lock: str = "", program: str = "") -> str:
    """Return the table as RTF in ASCII; ``lock``: the line on the data set's lock.

    Every page is a table of its own under the column heads, which are repeated even where a page
    overflows; rows are never parted, headings stay with their rows.
    No date and no path stand in it.
    """
    lines = lay_lines(table)
    grid = lay_columns(table, lines, TEXT_WIDTH)
    pages = split_pages(lines, grid, _measure_room(table, grid), _measure_notes(table))
    body = _NEXT_PAGE.join(_write_page(page, table, grid) for page in pages)
    return "\n".join((*_open_file(table, lock, program), body, *_write_notes(table), "}")) + "\n"


def escape_rtf(text: str) -> str:
    r"""Return ``text`` for RTF: a character outside ASCII as ``\uN?``, Chinese in its own font.

    A character beyond the first plane is its two surrogates; what cannot be printed is U+FFFD.
    """
    runs = groupby(clean_printed(text), key=is_wide)
    return "".join(_write_run("".join(run), wide) for wide, run in runs)


def _write_run(run: str, wide: bool) -> str:
    written = "".join(map(_write_character, run))
    return f"{{\\f{CHINESE_FONT} {written}}}" if wide else written


def _write_character(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    if " " <= character <= "~":
        return character
    units = character.encode("utf-16-le")
    numbers = (
        int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)
    )
    return "".join(f"\\u{number}?" for number in numbers)


def _measure_room(table: Table, grid: Grid) -> float:
    """The height of a page below the column heads, points."""
    heads = max(
        measure_text(text, grid.size, column.width, bold=True)
        for text, column in zip(table.columns, grid.columns, strict=True)
    )
    size = HEAD_SIZE + 1
    one, title = (
        measure_text(text, size, TEXT_WIDTH, bold=True) for text in ("", name_title(table))
    )
    return PAGE_HEIGHT - TOP - BOTTOM - heads - HEAD_SPACE - (title - one)


def _measure_notes(table: Table) -> float:
    notes = (measure_text(note, NOTE_SIZE, TEXT_WIDTH) for note in table.footnotes)
    return sum(notes) + HEAD_SIZE


def _write_page(page: Sequence[Line], table: Table, grid: Grid) -> str:
    rows = (_write_line(line, grid, index == len(page) - 1) for index, line in enumerate(page))
    return "\n".join((_write_heads(table, grid), *rows))


def _twips(points: float) -> int:
    return round(points * 20)


def _size(points: float) -> str:
    return f"\\fs{round(points * 2)}"


def _open_file(table: Table, lock: str, program: str) -> Iterator[str]:
    yield r"{\rtf1\ansi\ansicpg1252\uc1\deff0\deflang1033\deflangfe2052"
    yield rf"{{\fonttbl{{\f0\fswiss\fcharset0 {FAMILY};}}"
    yield rf"{{\f{CHINESE_FONT}\fnil\fcharset134 {CHINESE};}}}}"
    yield _COLOURS
    yield rf"{{\info{{\title {escape_rtf(name_title(table))}}}"
    yield rf"{{\subject {escape_rtf(table.registry)}}}}}"
    yield (
        rf"\paperw{_twips(PAGE_WIDTH)}\paperh{_twips(PAGE_HEIGHT)}\landscape"
        rf"\margl{_twips(SIDE)}\margr{_twips(SIDE)}\margt{_twips(TOP)}\margb{_twips(BOTTOM)}"
    )
    yield rf"\sectd\lndscpsxn\headery{_twips(EDGE)}\footery{_twips(EDGE)}"
    yield from _write_header(table)
    yield (
        rf"{{\footer\pard\plain\ql\f0{_size(NOTE_SIZE)}\cf{_QUIET} "
        rf"{escape_rtf(name_source(table, lock, program))}\par}}"
    )


def _write_header(table: Table) -> Iterator[str]:
    middle, right = _twips(TEXT_WIDTH / 2), _twips(TEXT_WIDTH)
    page, pages = (
        rf"{{\field{{\*\fldinst {name}}}{{\fldrslt 1}}}}" for name in ("PAGE", "NUMPAGES")
    )
    yield (
        rf"{{\header\pard\plain\ql\tqc\tx{middle}\tqr\tx{right}\f0{_size(HEAD_SIZE)} "
        rf"{escape_rtf(table.registry)}\tab {{\b\cf{_STAMP} {escape_rtf(table.stamp)}}}\tab "
        rf"Page {page} of {pages}\par"
    )
    yield (
        rf"\pard\plain\ql\sb120\sa80\f0{_size(HEAD_SIZE + 1)}\b "
        rf"{escape_rtf(name_title(table))}\par}}"
    )


def _open_row(widths: list[float], border: str, repeated: bool = False) -> str:
    """The definition of a row: kept whole, its cells by their right edges."""
    edges = (sum(widths[: index + 1]) for index in range(len(widths)))
    upright = r"\clvertalb" if repeated else r"\clvertalt"
    cells = "".join(rf"{border}{upright}\cellx{_twips(edge)}" for edge in edges)
    head = r"\trhdr" if repeated else ""
    return rf"\trowd\trgaph{_twips(PADDING)}\trleft0\trkeep{head}{cells}"


def _write_heads(table: Table, grid: Grid) -> str:
    widths = [column.width for column in grid.columns]
    cells = (
        rf"\pard\plain\intbl\keepn{_LEFT if column.point is None else _MIDDLE}\sb40\sa40"
        rf"\f0{_size(grid.size)}\b {escape_rtf(text)}\cell"
        for column, text in zip(grid.columns, table.columns, strict=True)
    )
    return "\n".join((_open_row(widths, _TOP + _BELOW, repeated=True), *cells, r"\row"))


def _write_line(line: Line, grid: Grid, is_last: bool) -> str:
    border = _BELOW if is_last else ""
    if line.spans:
        widths, cells = [grid.width], [_write_heading(line, grid)]
    else:
        widths = [column.width for column in grid.columns]
        cells = [_write_cell(line, grid, index) for index in range(len(line.texts))]
    return "\n".join((_open_row(widths, border), *cells, r"\row"))


def _write_heading(line: Line, grid: Grid) -> str:
    look = {Kind.SECTION: r"\sb60\b", Kind.GROUP: r"\sb20\i", Kind.NOTE: ""}[line.kind]
    return _write_paragraph(line, r"\ql" + look, grid.size, line.texts[0])


def _write_cell(line: Line, grid: Grid, position: int) -> str:
    text = line.texts[position]
    place = grid.place(position, text, line.kind is Kind.INDENTED)
    return _write_paragraph(line, _align(place), grid.size, text)


def _align(place: Place) -> str:
    if place.tab is not None:
        return rf"\ql\tqdec\tx{_twips(place.tab)}"
    return r"\qc" if place.indent is None else rf"\ql\li{_twips(place.indent)}"


def _write_paragraph(line: Line, look: str, size: float, text: str) -> str:
    keep = r"\keepn" if line.keep else ""
    return rf"\pard\plain\intbl{keep}\sb15\sa15{look}\f0{_size(size)} {escape_rtf(text)}\cell"


def _write_notes(table: Table) -> Iterator[str]:
    """The footnotes, which stay together and with the last row."""
    for index, note in enumerate(table.footnotes):
        keep = r"\keepn" if index < len(table.footnotes) - 1 else ""
        above = 80 if index == 0 else 10
        yield (rf"\pard\plain\ql\keep{keep}\sb{above}\f0{_size(NOTE_SIZE)} {escape_rtf(note)}\par")
