"""The layout of an export: tables, columns and the rules of their values, and its reference."""

from analysis.edc.layout.tables import (
    KIT_LIST,
    LAYOUT_FILE,
    RANDOMISATION_LIST,
    SUBJECT,
    YES_NO,
    Column,
    Layout,
    Table,
    load_layout,
)

__all__ = [
    "KIT_LIST",
    "LAYOUT_FILE",
    "RANDOMISATION_LIST",
    "SUBJECT",
    "YES_NO",
    "Column",
    "Layout",
    "Table",
    "load_layout",
]
