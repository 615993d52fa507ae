"""Findings on rows of long sources that say once more what another row says."""

from collections.abc import Iterator

from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sql.left_out.empty_blocks import Show
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.short_form.not_taken import SHOWN


def query_repeated(table: QueriedTable, show: Show = list) -> Iterator[Query]:
    """Yield a warning for each long source (``rows_by``) with rows that repeat a value.

    One of them may be meant for another row: its key is then wrong, and a value lacks there.
    ``show`` masks names that tell an arm.
    """
    for source in table.sources:
        rows = table.shelf.read(source.name.casefold()).repeated
        if rows:
            first = ", ".join(map(str, rows[:SHOWN])) + (", ..." if len(rows) > SHOWN else "")
            words = MessageCode.SAID_AGAIN.write(
                source=show([source.name])[0], left_out=len(rows), first=first
            )
            yield Query(
                Severity.WARNING, table.name, "", "", "", Rule.NOT_TAKEN, words, source.label,
                rows[0],
            )  # fmt: skip
