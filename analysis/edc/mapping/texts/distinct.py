"""The texts that each column of each source holds, before there is a mapping."""

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.config import Mapping
from analysis.edc.allocation.masking import MASK
from analysis.edc.allocation.mentions import Mentions
from analysis.edc.mapping.proposal.files.reading import ReadSource
from analysis.edc.mapping.texts.personal import find_personal, name_shape, names_person
from analysis.edc.mapping.texts.suspects import (
    Declared,
    list_declared_columns,
    name_source,
)
from analysis.io.mapping.texts import ColumnTexts, SourceTexts

SHOWN = 10
VARIOUS = 20
"""From so many different texts on, hardly one of which stands twice, a column is shown by shapes:
identifiers, dates, measurements."""
SELDOM = 3
"""Cells for each text below which hardly one stands twice."""


def list_texts(
    sources: Iterable[ReadSource], mapping: Mapping, mentions: Mentions
) -> tuple[SourceTexts, ...]:
    """Return the most frequent texts of every column, source by source, in their order.

    Columns about a person, those of a suspect of the search for arms, and those of hardly any text
    twice are shown by shapes; what names an arm (``mentions``) is masked.
    """
    declared = list_declared_columns(mapping)
    return tuple(
        SourceTexts(
            source.source.label,
            len(source.table.texts),
            tuple(_list_columns(source, declared, mentions)),
        )
        for source in sources
    )


def _list_columns(
    source: ReadSource, declared: Declared, mentions: Mentions
) -> Iterator[ColumnTexts]:
    names = name_source(source.source)
    for at, column in enumerate(map(str, source.table.texts.columns)):
        is_suspect = any((name, column.casefold()) in declared for name in names)
        label = source.labels.get(column, "")
        is_hidden = is_suspect or names_person(column) or names_person(label)
        yield _describe(column, label, source.table.texts.iloc[:, at], mentions, hide=is_hidden)


def _describe(
    column: str, label: str, cells: pd.Series, mentions: Mentions, *, hide: bool
) -> ColumnTexts:
    counted = cells[cells != ""].value_counts()
    counts = {str(text): int(n) for text, n in counted.items()}
    filled = sum(counts.values())
    hide = hide or (len(counts) > VARIOUS and filled < SELDOM * len(counts))
    hidden = frozenset(counts) if hide else find_personal(counts)
    shown: dict[str, int] = {}
    for text, number in counts.items():
        seen = name_shape(text) if text in hidden else text
        seen = MASK if mentions.names_any(text) else seen
        shown[seen] = shown.get(seen, 0) + number
    ordered = sorted(shown.items(), key=lambda each: (-each[1], each[0]))
    named, label = (MASK if mentions.names_any(text) else text for text in (column, label))
    return ColumnTexts(
        named, label, filled, len(counts), tuple(ordered[:SHOWN]), len(ordered[SHOWN:])
    )
