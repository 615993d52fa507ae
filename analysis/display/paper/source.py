"""What a table on paper is called, and the line that says where it comes from."""

from __future__ import annotations

from analysis.display.table import Table


def name_title(table: Table) -> str:
    """Return the title with the id: ``Table t_primary. Primary outcome: mRS at day 90``."""
    return f"{table.name}. {table.title}"


def name_source(table: Table, lock: str = "", program: str = "") -> str:
    """Return registry number, lock of the data set and program; no date, no path."""
    made = f"program {program}" if program else ""
    return "Source: " + "; ".join(part for part in (table.registry, lock, made) if part)
