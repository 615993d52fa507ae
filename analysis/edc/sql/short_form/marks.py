"""Marks of a query: columns beside its own that say of which block and which joined rows a row is.

They are selected where the place of a cell is more than the place of the row.
"""

from analysis.config.mapping import TableMapping
from analysis.edc.sql.engine import ROW, quote, quote_text

BLOCK = "_block"
"""The column of a marked query that says which block of the table a row is of, counted from 0."""


def name_mark(source: str) -> str:
    """Return the column that says which row of a joined source stands in a row of the query.

    Of the sources that the others are joined to, which may be several, the source is ``own``.

    >>> name_mark("labs")
    '_row of labs'
    """
    return f"{ROW} of {source}"


def list_marks(spec: TableMapping, block: int = 0) -> dict[str, str]:
    """Return what a marked query selects beside its columns, as SQL: the block, rows joined."""
    joined = ("own", *spec.join.sources) if spec.join else ()
    return {BLOCK: quote_text(str(block))} | {
        name_mark(source): quote(name_mark(source)) for source in joined
    }
