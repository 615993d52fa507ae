"""All splits of the randomised subjects that the columns and the rows of one file give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.edc.allocation.pattern.cells import Cells
from analysis.edc.allocation.pattern.characters import split_by_characters
from analysis.edc.allocation.pattern.numbers import Found as Splits
from analysis.edc.allocation.pattern.numbers import looks_dated, split_dates, split_numbers
from analysis.edc.allocation.pattern.randomised import IDENTIFIERS, Ints, Randomised
from analysis.edc.allocation.pattern.rows import (
    Codes,
    list_dated_orders,
    split_by_blanks,
    split_by_rows,
    split_by_texts,
    split_within_sites,
)
from analysis.edc.allocation.pattern.splits import (
    Classes,
    Nature,
    Split,
    drop_repeated,
    reduce_rows,
)
from analysis.edc.allocation.pattern.values import group_values

WHOLE_FILE = "*"
"""In place of a column: what the rows of a file say, whatever stands in them."""
NO_CELLS = Cells(np.zeros(0, np.int32), pd.Series(dtype="str"))
PAIRS = 12
"""Of so many columns of two values every two are looked at together."""
MOST_ORDERED = 4
"""Of so many columns of dates, and of so many of identifiers, are the orders of a file made."""
IDENTIFYING = frozenset(column for columns in IDENTIFIERS.values() for column in columns)


@dataclass(frozen=True)
class Source:
    """A column to be searched: its cells, and what is known of it.

    ``named``: by row the arm that the text names (1, 0, -1 for none). ``is_known``: the layout has
    it. ``is_plain``: the layout says that it holds no identifier or free text. ``is_suspect``: its
    name may be that of an allocation.
    """

    file: str
    column: str
    cells: Cells
    named: Classes
    is_known: bool
    is_plain: bool
    is_suspect: bool

    def let_go(self) -> Source:
        """Return what is known of it, without the cells."""
        return replace(self, cells=NO_CELLS, named=np.zeros(0, np.int8))


@dataclass(frozen=True)
class Found:
    """A split near the ratio, and the number of subjects in its file.

    ``is_identifier``: its column holds identifiers, of which characters may be codes. ``orders``:
    those of the subjects in which the file may honestly stand, beside those of randomisation.
    """

    source: Source
    split: Split
    in_file: int
    is_identifier: bool
    orders: tuple[Codes, ...] = ()


def split_file(
    file: str, sources: list[Source], subjects: Ints, randomised: Randomised, ratio: tuple[int, int]
) -> list[Found]:
    """Return all splits near the ratio that one file gives; ``subjects`` says whose a row is."""
    in_file = int((np.bincount(subjects[subjects >= 0]) > 0).sum())
    found: list[Found] = []
    for source in sources:
        splits = drop_repeated(_split_column(source, subjects, randomised, ratio))
        found += _keep_near(source, splits, ratio, in_file)
    found += _combine(found, ratio)
    whole = Source(
        file, WHOLE_FILE, NO_CELLS, np.zeros(0, np.int8),
        any(each.is_known for each in sources), True, False,
    )  # fmt: skip
    by_rows = drop_repeated(split_by_rows(subjects, randomised, ratio))
    found += _keep_near(whole, by_rows, ratio, in_file)
    orders = _list_orders(sources, subjects, randomised) if found else ()
    return [replace(each, orders=orders) for each in found]


def _list_orders(
    sources: list[Source], subjects: Ints, randomised: Randomised
) -> tuple[Codes, ...]:
    """The orders of the subjects by the dates of the layout in a file, which may be its own."""
    known = [each for each in sources if each.is_known]
    dated = [each.cells for each in known if looks_dated(each.cells.without_blank())]
    count = int((subjects >= 0).sum())
    numbered = [
        each.cells for each in known if not each.is_plain and len(each.cells.texts) >= count
    ]
    return list_dated_orders(dated[:MOST_ORDERED], numbered[:MOST_ORDERED], subjects, randomised)


def _keep_near(
    source: Source, splits: list[Split], ratio: tuple[int, int], in_file: int
) -> list[Found]:
    is_identifier = source.is_known and not source.is_plain and source.column in IDENTIFYING
    bare = source.let_go()
    return [Found(bare, split, in_file, is_identifier) for split in splits if split.is_near(ratio)]


def _split_column(
    source: Source, subjects: Ints, randomised: Randomised, ratio: tuple[int, int]
) -> Iterator[Split]:
    cells = source.cells.without_blank()
    filled = cells.codes >= 0
    if not filled.any():
        return
    codes, texts = cells.codes, cells.texts.tolist()
    for by, nature, rows in _split_cells(source, cells, texts, subjects, randomised, ratio):
        yield Split(by, nature, reduce_rows(rows, subjects, randomised.count))
    if not source.is_plain and len(texts) > 2:
        yield from split_within_sites(codes, subjects, randomised)
    yield from split_by_texts(codes, texts, subjects, randomised)
    yield split_by_blanks(filled, subjects, randomised)


def _split_cells(
    source: Source,
    cells: Cells,
    texts: list[str],
    subjects: Ints,
    randomised: Randomised,
    ratio: tuple[int, int],
) -> Splits:
    """By row: what the texts say, the dates, and the words for an arm in them."""
    for by, nature, side in _split_texts(source, texts, cells.counts, ratio):
        yield by, nature, cells.pick(side, -1)
    yield from split_dates(cells, subjects, randomised)
    if (source.named >= 0).any():
        yield "words in its texts", Nature.DERIVED, source.named
        yield "texts with such a word", Nature.DERIVED, (source.named >= 0).astype(np.int8)


def _split_texts(source: Source, texts: list[str], weights: Ints, ratio: tuple[int, int]) -> Splits:
    yield from group_values(texts, weights)
    yield from split_numbers(texts, weights, ratio)
    if not source.is_plain:
        yield from split_by_characters(texts, weights)


def _combine(found: list[Found], ratio: tuple[int, int]) -> list[Found]:
    """Two columns that say nothing alone, and together say it (a lock and its key)."""
    pairs: list[Found] = []
    plain = [
        each for each in found if each.split.nature != Nature.DERIVED and not each.source.is_known
    ]
    for one, other in combinations(plain[:PAIRS], 2):
        has = (one.split.side >= 0) & (other.split.side >= 0)
        side = np.where(has, one.split.side ^ other.split.side, -1).astype(np.int8)
        by = f"its values together with those of column {other.source.column}"
        pairs += _keep_near(one.source, [Split(by, Nature.DERIVED, side)], ratio, one.in_file)
    return pairs
