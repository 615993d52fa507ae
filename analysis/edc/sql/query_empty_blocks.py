"""Notes on rows of a source that a block of ``stack`` leaves out, because its columns are empty."""

from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.short_form.empty_blocks import EMPTY, ROWS, CountedBlock


def query_empty_blocks(table: QueriedTable) -> list[Query]:
    """Return a note for each block with such rows; a warning, if all its rows are empty."""
    return [query for block in table.query.blocks if (query := _count(table, block)) is not None]


def _count(table: QueriedTable, block: CountedBlock) -> Query | None:
    counted = table.count(block.sql)
    rows, empty = int(counted[ROWS]), int(counted[EMPTY])
    if not empty:
        return None
    words = MessageCode.EMPTY_BLOCK.write(
        block=block.name, empty=empty, rows=rows, columns=block.columns
    )
    severity = Severity.WARNING if empty == rows else Severity.NOTE
    return Query(severity, table.name, "", "", "", Rule.EMPTY_BLOCK, words)
