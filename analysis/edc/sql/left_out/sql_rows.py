"""Notes on rows of sources that give no row of a table which a query in SQL makes."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sql.left_out.empty_blocks import Show
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.short_form.not_taken import SHOWN


def query_sql_rows(
    table: QueriedTable, places: pd.DataFrame | None, show: Show = list
) -> Iterator[Query]:
    """Yield a note for each source of a query in SQL with rows that no row of the table is of.

    ``places``: ``file`` and ``row`` of each row of the table, as the query selects them. A source
    of which it selects none stands beside another one, and nobody can tell what is taken from it;
    nor of two sources of one file. ``show`` masks names that tell an arm.
    """
    if not table.spec.sql or places is None:
        return
    sources = table.sources
    labels = Counter(source.label for source in sources)
    for source in sources:
        of_source = places["row"][(places["file"] == source.label) & (places["row"] > 0)]
        if of_source.empty or labels[source.label] > 1:
            continue
        there = table.shelf.read(source.name.casefold()).texts.index.to_numpy(np.int64) + 1
        left = np.setdiff1d(there, of_source.to_numpy(np.int64))
        if len(left):
            first = ", ".join(map(str, left[:SHOWN])) + (", ..." if len(left) > SHOWN else "")
            words = MessageCode.SQL_LEFT_OUT.write(
                left_out=len(left), rows=len(there), source=show([source.name])[0], first=first
            )
            yield Query(
                Severity.NOTE, table.name, "", "", "", Rule.NOT_TAKEN, words, source.label,
                int(left[0]),
            )  # fmt: skip
