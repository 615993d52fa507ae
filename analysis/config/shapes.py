"""The shape of an export: which rows and columns of its sources make a table of the layout."""

from typing import Annotated, Literal

from pydantic import Field

from analysis.config.base import Strict, Text

Number = Annotated[int, Field(ge=0, le=999)]
NUMBER_MARK = "{n}"
"""What stands for the number of a repeat in the names of columns, constants and conditions; with
``+1`` or another whole number behind the n, what is added to it."""


class RowsBy(Strict):
    """A source with one value a row (subject, visit, item, value), read with one column an item."""

    key: tuple[Text, ...] = Field(description="columns that the values of one row share")
    item: Text = Field(description="column that names the item")
    value: Text = Field(description="column that holds its value")
    beside: tuple[Text, ...] = Field(
        default=(),
        description="columns that each item has its own text in, such as its unit; they are called "
        "ITEM.COLUMN",
    )


class Lookup(Strict):
    """A value that stands in another source, such as the subject id of a screening number.

    ``where`` looks among some of its rows alone: those of a test, a question or a visit.
    """

    source: Text = Field(description="source that holds it")
    match: dict[Text, Text] = Field(
        description="column of the table's source: column of that source that holds the same"
    )
    where: dict[Text, str] = Field(
        default_factory=dict,
        description="column of that source: the text that a row must hold there, such as the code "
        "of a test; of other rows nothing is taken",
    )
    leading_zeros: Literal["count", "ignore"] = Field(
        default="count",
        description="ignore: in the columns of match 65 and 00065 are the same, and so are S-1 and "
        "S-001; count: texts must be equal",
    )
    take: Text = Field(description="column of that source that is taken")
    not_found: Literal["sought", "empty"] = Field(
        default="sought",
        description="what a row has for which nothing is found: sought, the text of the first "
        "column of match, so that a data query names it; empty, a missing value",
    )


class Join(Strict):
    """Sources whose columns stand beside those of the table's own source."""

    sources: tuple[Text, ...] = Field(description="their names; one row for each of the keys")
    by: tuple[Text, ...] = Field(description="columns that all of them hold: the keys")


class Block(Strict):
    """Rows of one visit, or of each numbered repeat, out of columns that stand side by side.

    ``{n}`` in columns, constants and rows stands for the number, ``{n+1}`` for the next one.
    """

    columns: dict[str, str] = Field(
        default_factory=dict,
        description="layout column: column of the source; they tell whether there is a row",
    )
    times: dict[str, str] = Field(
        default_factory=dict, description="layout column: column of the time of day, as in times"
    )
    constants: dict[str, str] = Field(default_factory=dict, description="layout column: its text")
    rows: Text | None = Field(default=None, description="which rows of the source, as in rows")
    numbers: tuple[Number, ...] = Field(default=(), description="the repeats, such as [1, 2, 3]")
    empty: Literal["leave_out", "keep"] = Field(
        default="leave_out",
        description="a row of the source in which all columns of the block are empty: leave_out, "
        "it gives no row of the table, and a note counts it (a visit that did not take place); "
        "keep, it gives one without values (a question that was not answered)",
    )
