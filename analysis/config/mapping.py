"""Mapping of the export onto the layout, and where it lies: the keys of ``config/edc.yaml``."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from analysis.config.base import Strict, Text
from analysis.config.cells import CellKeys, MissingValues
from analysis.config.rows import SourceKeys
from analysis.config.shapes import RowsBy

QUERY_SECONDS = 600
"""Seconds that a query may take where nobody says: many times those over a large export."""
WHOLE_TABLE = "all"
"""What ``not_collected`` says of a table without one column."""

Encoding = Literal[
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "shift_jis", "cp1252", "latin-1"
]
"""utf-8 also with a byte order mark; gb18030 also reads GBK and GB2312; shift_jis is that of
Windows (code page 932)."""


FileType = Literal[
    "auto", "csv", "tsv", "tab", "xlsx", "xlsm", "xls", "xlsb", "ods", "xpt", "sas7bdat", "sav",
    "dta", "parquet", "xml", "json", "ndjson", "zip", "gz",
]  # fmt: skip
Delimiter = Literal[",", ";", "tab", "|"]
DecimalMark = Literal[".", ","]
RepeatedHeaders = Literal["refuse", "number"]
Row = Annotated[int, Field(ge=1, le=1000)]


class SourceMapping(Strict):
    """One source: a file, or a part of one, where it is written in another way than the others."""

    file: Text = Field(description="file name; inside an archive archive.zip/name")
    part: Text | None = Field(
        default=None,
        description="sheet of a workbook, data set of a transport file, item group of an ODM file; "
        "null: the file is one table",
    )
    header_row: Row = Field(
        default=1, description="row that names the columns; what stands above it is not read"
    )
    header_rows: tuple[Row, ...] = Field(
        default=(),
        description="in the place of header_row: the rows that name the columns together, such as "
        "[2, 3], titles of groups above names. A title stands above the columns of its merged "
        "cell, else up to the next title; a column is called TITLE.NAME",
    )
    label_rows: Annotated[int, Field(ge=0, le=10)] = Field(
        default=0, description="rows below it that hold words on the columns, no data"
    )
    repeated_headers: RepeatedHeaders = Field(
        default="refuse",
        description="what becomes of a name that stands several times in the header of a text file "
        "or a sheet: refuse, the source is not read; number, from left to right Date, Date (2), "
        "Date (3), as in REDCap's export with labels",
    )
    quote: Annotated[str, Field(max_length=1)] = Field(
        default='"', description="character that quotes cells; empty: none does"
    )
    encoding: Encoding | None = Field(default=None, description="null: as for all files")
    delimiter: Delimiter | None = Field(default=None, description="null: as for all files")
    decimal: DecimalMark | None = Field(default=None, description="null: as for all files")
    missing_values: MissingValues = Field(
        default=(),
        description="texts for a missing value in this source, or {text: reason}, beside those of "
        "the export",
    )
    rows_by: RowsBy | None = Field(
        default=None,
        description="the source holds one value a row (subject, visit, item, value), and is read "
        "with one column an item: {key: [columns], item: column, value: column, beside: [columns]}",
    )

    @model_validator(mode="after")
    def _has_one_header(self) -> Self:
        rows = self.header_rows
        if rows and self.header_row != 1:
            raise ValueError("header_row and header_rows are given. Give one of the two")
        if rows and (len(rows) == 1 or list(rows) != sorted({*rows})):
            raise ValueError(
                "header_rows: name at least two rows, from above to below, such as [2, 3]; where "
                "one row names the columns, header_row"
            )
        return self


class TableMapping(CellKeys, SourceKeys):
    """How one table of the export differs from the layout. Leave out what does not differ."""

    not_collected: tuple[str, ...] = Field(
        default=(),
        description="layout columns that the trial did not collect, or all: the whole table; what "
        "needs them says so in the place of a number",
    )
    not_allocation: dict[str, Text] = Field(
        default_factory=dict,
        description="column of the export that a blinded run takes for the allocation and that is "
        'none: the reason. "*" is the file itself: who has a row, their order, its name and notes. '
        "The table may also be a source that is none of the layout, by its name: of a file that "
        "without its extension, of a sheet its own",
    )

    @field_validator("not_collected", mode="before")
    @classmethod
    def _takes_a_word(cls, given: object) -> object:
        listed = [given] if given == WHOLE_TABLE else given
        return tuple(listed) if isinstance(listed, list) else listed

    @property
    def is_query(self) -> bool:
        """Whether more is said of the table than the names of its source and its columns."""
        return bool(
            self.sql or self.sources or "*" in (self.source or "") or self.rows or self.times
            or self.constants or self.checkboxes or self.lookup or self.join or self.stack
        )  # fmt: skip

    @property
    def is_absent(self) -> bool:
        """Whether the whole table was not collected."""
        return WHOLE_TABLE in self.not_collected


class Mapping(Strict):
    """One export and its mapping."""

    edc_dir: Text | None = Field(
        description="folder of the export, one file per table; null: the demonstration trial"
    )
    unblinding_dir: Text | None = Field(
        description="folder of randomisation_list.csv and kit_list.csv; null: none"
    )
    rehearsal: bool = Field(
        description="true: the lists are declared not to be the trial's own; stamps every output"
    )
    results: Text | None = Field(
        description="folder of the results; null: results/ and the mode of the run"
    )
    format: FileType = Field(
        description="file type of the tables; auto: whatever lies in the folder that can be read"
    )
    encoding: Encoding = Field(
        description="text encoding of CSV and SAS files (SPSS files carry their own)"
    )
    delimiter: Delimiter | None = Field(
        default=None,
        description="what separates the fields of text files; null: a comma in .csv, a tab in .tsv "
        "and .tab",
    )
    decimal: DecimalMark = Field(default=".", description="decimal mark of numbers")
    unterminated_last_line: Literal["refuse", "accept"] = Field(
        description="a CSV whose last line has no line end was probably cut off"
    )
    missing_values: MissingValues = Field(
        description="texts that the export writes for a missing value, beside the empty cell; or "
        "{text: reason}"
    )
    yes_no: Literal["as_written", "any"] = Field(
        default="as_written",
        description="any: columns of yes and no are read in any spelling and language",
    )
    query_seconds: Annotated[int, Field(ge=1, le=86_400)] = Field(
        default=QUERY_SECONDS,
        description="seconds after which a query that makes a table is stopped; it changes no "
        "result, and is free after the lock",
    )
    sources: dict[str, SourceMapping] = Field(
        default_factory=dict,
        description="name: a file of the export, or a part of one, that is written in another way "
        "than the others, or that a table is to name; every other file is a source by its name",
    )
    tables: dict[str, TableMapping] = Field(
        description="table: what differs from the layout; {} when nothing does"
    )
