"""Texts that became no value, by table and column, the most frequent first."""

from collections import Counter

import pandas as pd

from analysis.edc.layout import Column
from analysis.edc.mapping.texts.personal import find_personal, name_shape
from analysis.edc.queries import Queries, Query, Rule
from analysis.io.mapping.account import Unread

NO_VALUE = (Rule.TYPE, Rule.CODE_LIST, Rule.LIMITS, Rule.PLAUSIBLE_DATES)
"""Rules by which a text is no value."""
SHOWN = 10
Counts = dict[tuple[str, str], Counter[tuple[str, str]]]
"""By table and column, the cells of each text and rule."""


def count_unread(queries: Queries) -> Counts:
    """Return the cells of each text that became no value, by table and column."""
    counts: Counts = {}
    for part in queries.parts:
        for table, column, rule, text, cells in _list_cells(part):
            if rule in {str(each) for each in NO_VALUE}:
                counts.setdefault((table, column), Counter())[text, rule] += cells
    return counts


def show_unread(
    counts: Counter[tuple[str, str]], column: Column, *, is_suspect: bool = False
) -> tuple[Unread, ...]:
    """Return the texts as the page for the owner shows them, all, the most frequent first.

    They stand as they are, so that the mapping can name them; by their shape stand those of a
    column that the search for arms suspects, and, where the layout has no code list, those that
    look like names or free text.

    >>> unread = Counter({("1/2/26", "type"): 1, ("A. Weber", "type"): 1})
    >>> [each.text for each in show_unread(unread, Column(type="date"))]
    ['1/2/26', 'A. A']
    """
    by_text: Counter[str] = Counter()
    for (text, _), cells in counts.items():
        by_text[text] += cells
    hidden = frozenset() if column.allowed else find_personal(by_text)
    shown: Counter[tuple[str, str]] = Counter()
    for (text, rule), cells in counts.items():
        is_hidden = is_suspect or text in hidden
        shown[name_shape(text) if is_hidden else text, rule] += cells
    ordered = sorted(shown.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Unread(text, cells, rule) for (text, rule), cells in ordered)


def _list_cells(part: Query | pd.DataFrame) -> list[tuple[str, str, str, str, int]]:
    if isinstance(part, Query):
        return [(part.table, part.column, str(part.rule), part.value, 1)]
    named = part[["table", "column", "rule", "value"]].astype("str")
    counted = named.value_counts(sort=False).reset_index(name="cells")
    return list(counted.itertuples(index=False, name=None))
