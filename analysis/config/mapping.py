"""Mapping of the export onto the layout, and where it lies: the keys of ``config/edc.yaml``."""

from typing import Literal

from pydantic import Field

from analysis.config.base import Strict, Text

Encoding = Literal[
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "cp1252", "latin-1"
]
"""utf-8 also with a byte order mark; gb18030 also reads GBK and GB2312."""


class TableMapping(Strict):
    """How one table of the export differs from the layout. Leave out what does not differ."""

    file: Text | None = Field(default=None, description="file name, if not <table>.<extension>")
    columns: dict[str, str] = Field(
        default_factory=dict, description="layout column: column of the export"
    )
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="layout column: {text of the export: text of the layout, empty for missing}",
    )
    dates: dict[str, Text | tuple[Text, ...]] = Field(
        default_factory=dict,
        description='layout column: how its dates are written, such as "%d.%m.%Y %H:%M" or a list '
        "of such forms",
    )

    def forms_of(self, column: str) -> tuple[str, ...]:
        """The forms in which the dates of a column are written; none where they are ISO."""
        forms = self.dates.get(column, ())
        return (forms,) if isinstance(forms, str) else forms


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
    format: Literal["auto", "csv", "xpt", "sas7bdat", "sav"] = Field(
        description="file type of the tables; auto: whatever lies in the folder"
    )
    encoding: Encoding = Field(
        description="text encoding of CSV and SAS files (SPSS files carry their own)"
    )
    delimiter: Literal[",", ";", "tab", "|"] = Field(
        default=",", description="what separates the fields of a CSV file"
    )
    decimal: Literal[".", ","] = Field(default=".", description="decimal mark of numbers")
    unterminated_last_line: Literal["refuse", "accept"] = Field(
        description="a CSV whose last line has no line end was probably cut off"
    )
    missing_values: tuple[str, ...] = Field(
        description="texts that the export writes for a missing value, beside the empty cell"
    )
    tables: dict[str, TableMapping] = Field(
        description="table: what differs from the layout; {} when nothing does"
    )
