"""A typed table of the layout from one of text: its columns, its rows, what makes it unusable."""

from analysis.edc.typed.plain import column_dtype
from analysis.edc.typed.table import TypedTable, name_rows, type_table

__all__ = ["TypedTable", "column_dtype", "name_rows", "type_table"]
