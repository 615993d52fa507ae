"""Mapping of the export onto the layout, and where it lies: the keys of ``config/edc.yaml``."""

from typing import Literal

from pydantic import Field

from analysis.config.base import Strict, Text


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
    not_allocation: dict[str, Text] = Field(
        default_factory=dict,
        description="column of the export that a blinded run takes for the allocation and that is "
        'none: the reason. "*" is the file itself: who has a row, their order, its name and notes. '
        "The table may also be a file that is none of the layout, by its name without extension",
    )


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
    encoding: Literal["utf-8", "gb18030"] = Field(
        description="text encoding of CSV and SAS files (SPSS files carry their own)"
    )
    unterminated_last_line: Literal["refuse", "accept"] = Field(
        description="a CSV whose last line has no line end was probably cut off"
    )
    missing_values: tuple[str, ...] = Field(
        description="texts that the export writes for a missing value, beside the empty cell"
    )
    tables: dict[str, TableMapping] = Field(
        description="table: what differs from the layout; {} when nothing does"
    )
