"""Tables: the model of one table, rendered as HTML and CSV, with decimal points in line.

The HTML comes from a template of our own: column, row and group headers carry their scope, ids are
those of the table, and the same table gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from analysis.display.html.template import render_template
from analysis.display.text.arial_widths import text_width
from analysis.display.text.format import format_number
from analysis.errors import AnalysisError
from analysis.io.csv_rows import write_rows
from analysis.io.printable import clean_printed

_NUMBER = re.compile(r"[<>]?-?\d+(?=(\.\d+)?(e-?\d+)?([\s(%].*)?$)")
_PLAIN = re.compile(r"[<>]?-?\d+(\.\d+)?")

FOOTNOTE = "Footnote"
NO_ROWS = "No rows."
MANY = 8
"""Columns that a page upright still holds with ease."""


@dataclass(frozen=True)
class Row:
    """One row: its label, one text per further column, and the headings it stands under."""

    label: str
    cells: tuple[str, ...]
    section: str = ""
    group: str = ""


@dataclass(frozen=True)
class Table:
    """A table as it is shown. ``columns`` begins with the heading of the labels."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...]
    stamp: str
    registry: str
    text_columns: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        wrong = [row.label for row in self.rows if len(row.cells) != len(self.columns) - 1]
        if wrong:
            raise AnalysisError(f"{self.id}: rows that do not fit the columns: {', '.join(wrong)}")

    @property
    def name(self) -> str:
        """What it is called: ``Table t_primary``, ``Listing l_deaths``."""
        return f"{'Listing' if self.id.startswith('l_') else 'Table'} {self.id}"

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than a page upright holds with ease."""
        return len(self.columns) > MANY

    @property
    def nothing(self) -> str:
        """What stands in place of the rows of an empty table."""
        return NO_ROWS

    @property
    def gaps(self) -> tuple[Mapping[str, str], ...]:
        """Space behind the cells of each column but the first, in em by the text of the cell.

        With it the decimal points of right-aligned numbers stand below each other.
        """
        columns = enumerate(self.columns[1:])
        return tuple(
            measure_gaps(row.cells[index] for row in self.rows if name not in self.text_columns)
            for index, name in columns
        )

    @property
    def sections(self) -> Iterator[tuple[str, list[tuple[str, list[Row]]]]]:
        """Rows under their sections, and within these under their groups, in order."""
        for section, rows in groupby(self.rows, key=lambda row: row.section):
            yield section, [(name, list(part)) for name, part in groupby(rows, _group_of)]


def render_html(table: Table, lock: str = "") -> str:
    """Return the table as one self-contained page; ``lock``: the line on the data set's lock."""
    return render_template(
        "page.html",
        table=table,
        registry=table.registry,
        stamp=table.stamp,
        lock=lock,
    )


def render_csv(table: Table) -> str:
    """Return the table as CSV: the headings in columns, footnotes as last rows.

    The stamp is a column, so that no sorting or filtering takes it away.
    """
    ends = (table.registry, table.stamp)
    blank = ("",) * (len(table.columns) - 1)
    rows = (
        ("section", "group", *table.columns, "registry", "stamp"),
        *((row.section, row.group, row.label, *row.cells, *ends) for row in table.rows),
        *((FOOTNOTE, "", footnote, *blank, *ends) for footnote in table.footnotes),
    )
    return write_rows([*map(clean_printed, row)] for row in rows)


def split_number(text: str) -> tuple[str, str] | None:
    """Return what stands left and right of the first decimal point; None if no number leads.

    A whole number is all left: ``65 (12.4%)`` is parted before the space.
    """
    match = _NUMBER.match(text)
    return (match[0], text[match.end() :]) if match else None


def is_number(text: str) -> bool:
    """Return whether a cell is one number and nothing else."""
    return _PLAIN.fullmatch(text) is not None


def measure_gaps(texts: Iterable[str]) -> dict[str, str]:
    """Return the space that a cell of right-aligned numbers needs behind it, by its text, in em.

    Texts that need none are left out, as is what does not begin with a number.
    """
    parts = {text: parted for text in dict.fromkeys(texts) if (parted := split_number(text))}
    widths = {text: text_width(tail, 1.0) for text, (_, tail) in parts.items()}
    widest = max(widths.values(), default=0.0)
    return {
        text: format_number(widest - width, 2) for text, width in widths.items() if width < widest
    }


def keep_sentences(sentences: Iterable[str]) -> tuple[str, ...]:
    """Return footnotes without blanks and repetitions, in order."""
    return tuple(dict.fromkeys(sentence for sentence in sentences if sentence))


def _group_of(row: Row) -> str:
    return row.group
