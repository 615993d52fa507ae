"""Texts that became no value, by table and column, the most frequent first."""

import re
from collections import Counter

import pandas as pd

from analysis.edc.queries import Queries, Query, Rule
from analysis.io.mapping_account import Unread

NO_VALUE = (Rule.TYPE, Rule.CODE_LIST, Rule.LIMITS, Rule.PLAUSIBLE_DATES)
"""Rules by which a text is no value."""
SHOWN = 10
_SHAPES = (
    (re.compile(r"[0-9]"), "9"),
    (re.compile(r"[^\W\d_]+"), "A"),
)
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


def show_unread(counts: Counter[tuple[str, str]], fewest: int) -> tuple[Unread, ...]:
    """Return the texts as a page may show them, all of them, the most frequent first.

    Texts of fewer than ``fewest`` cells are shown by their shape.

    >>> show_unread(Counter({("1/2/2026", "type"): 1, ("3/4/2026", "type"): 1}), 2)
    (Unread(text='9/9/9999', cells=2, rule='type'),)
    """
    shown: Counter[tuple[str, str]] = Counter()
    for (text, rule), cells in counts.items():
        shown[text if cells >= fewest else name_shape(text), rule] += cells
    ordered = sorted(shown.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Unread(text, cells, rule) for (text, rule), cells in ordered)


def name_shape(text: str) -> str:
    """Return a text with 9 for every digit and A for every word.

    >>> name_shape("12-Mar-2026"), name_shape("Herr Müller")
    ('99-A-9999', 'A A')
    """
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return text


def _list_cells(part: Query | pd.DataFrame) -> list[tuple[str, str, str, str, int]]:
    if isinstance(part, Query):
        return [(part.table, part.column, str(part.rule), part.value, 1)]
    named = part[["table", "column", "rule", "value"]].astype("str")
    counted = named.value_counts(sort=False).reset_index(name="cells")
    return list(counted.itertuples(index=False, name=None))
