"""Findings on sources of which a lookup, or a join with a condition, leaves out rows."""

from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sql.left_out.empty_blocks import Show
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.short_form.not_taken import (
    ABSENT,
    FIRST,
    LEFT_OUT,
    ROWS,
    SHOWN,
    CountedSource,
)
from analysis.edc.written.unprintable import IDENTIFIERS


def query_not_taken(table: QueriedTable, show: Show = list) -> list[Query]:
    """Return one finding for each source with rows that hold a value and give it to no row.

    It is a warning where a value is lost that the table could hold. It is a note where only
    identifiers are looked up (a screening log holds more subjects than any table), or where the
    condition leaves out the rows of the base, as it may be meant. ``show`` masks the names of
    sources and columns that tell an arm.
    """
    counted = table.query.counted
    return [query for source in counted if (query := _count(table, source, show))]


def _count(table: QueriedTable, source: CountedSource, show: Show) -> Query | None:
    counted = table.count(source.sql)
    left_out, absent, first = int(counted[LEFT_OUT]), int(counted[ABSENT]), counted[FIRST]
    if not left_out:
        return None
    fields = {
        "columns": ", ".join(show(source.columns)), "source": show([source.source])[0],
        "rows": counted[ROWS],
        "left_out": left_out, "first": first + (", ..." if left_out > SHOWN else ""),
    }  # fmt: skip
    if source.base:
        words = MessageCode.JOIN_NOT_TAKEN.write(
            **fields, absent=absent, base=", ".join(show(source.base))
        )
        is_note = not absent
    else:
        words = MessageCode.LOOKUP_NOT_TAKEN.write(**fields)
        is_note = set(source.columns) <= set(IDENTIFIERS)
    return Query(
        Severity.NOTE if is_note else Severity.WARNING, table.name, "", "", "", Rule.NOT_TAKEN,
        words, table.shelf.find(source.source).label, int(first.partition(",")[0]),
    )  # fmt: skip
