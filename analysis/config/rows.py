"""Keys of a table that make its rows: which source, and which of its rows and columns."""

from pydantic import Field

from analysis.config.base import Strict, Text
from analysis.config.shapes import Block, Join, Lookup


class SourceKeys(Strict):
    """The keys that say which source a table is read from, and which of its columns."""

    file: Text | None = Field(default=None, description="file name, if not <table>.<extension>")
    source: Text | None = Field(
        default=None,
        description="name of the source, if not the table's: a key of sources, the name of a file "
        "without its extension, or of a part of one, such as a sheet, in small letters. A name "
        "with * stacks all sources of such names",
    )
    sources: tuple[Text, ...] = Field(
        default=(),
        description="names of sources with the same columns that are stacked, such as one a site",
    )
    rows: Text | None = Field(
        default=None,
        description="which rows of the source belong to the table: a condition in SQL, such as "
        "\"event = 'day_90'\"; an empty cell is ''",
    )
    columns: dict[str, str] = Field(
        default_factory=dict, description="layout column: column of the export"
    )
    times: dict[str, str] = Field(
        default_factory=dict,
        description="layout column: column of the export that holds the time of day, where the one "
        "that columns names holds the date",
    )
    constants: dict[str, str] = Field(
        default_factory=dict, description="layout column: the text that each of its rows has"
    )
    checkboxes: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="layout column: {column of a tick box: what its tick means in the layout}",
    )
    lookup: dict[str, Lookup] = Field(
        default_factory=dict,
        description="layout column: {source, match: {column: column there}, where: {column there: "
        "text}, take: column there, not_found: empty}; a value that stands in another source",
    )
    join: Join | None = Field(
        default=None,
        description="{sources, by}: other sources whose columns stand beside those of the source, "
        "row by row of the columns by; a column that several hold is named source.column",
    )
    stack: tuple[Block, ...] = Field(
        default=(),
        description="visits or repeats that stand side by side, one below the other: a list of "
        "{columns, constants, rows, numbers}, each of which gives rows of its own",
    )
    sql: Text | None = Field(
        default=None,
        description="the table as a query over the sources (SELECT, in the SQL of DuckDB), in the "
        "place of source, rows, columns, constants and the other keys that make rows",
    )
