"""Splits by rows: who has one, how many, where they stand in the file, which cells are blank."""

from collections.abc import Iterable, Iterator
from math import lgamma, log

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.cells import Cells
from analysis.edc.allocation.pattern.numbers import split_measures
from analysis.edc.allocation.pattern.randomised import (
    Ints,
    Randomised,
    read_times,
    write_sort_key,
)
from analysis.edc.allocation.pattern.splits import Classes, Nature, Split
from analysis.edc.allocation.pattern.values import group_values

NEVER = np.iinfo(np.int64).max
"""Stands for a date that is not there."""
Codes = NDArray[np.int32]
FEW_TEXTS = 40
"""Up to so many distinct texts of a column are looked at one by one: who has a row with it."""


def split_by_rows(subjects: Ints, randomised: Randomised, ratio: tuple[int, int]) -> list[Split]:
    """Return the splits of subjects by their rows in one file, ``subjects`` in its order."""
    return [*_split_counts(subjects, randomised), *_split_places(subjects, randomised, ratio)]


def list_dated_orders(
    dated: Iterable[Cells], numbered: Iterable[Cells], subjects: Ints, randomised: Randomised
) -> tuple[Codes, ...]:
    """Return the orders of the subjects by the dates of their first rows, undated ones last.

    ``dated``: columns of dates; ``numbered``: columns of identifiers, by which the rows of one day
    stand in each order once, beside the order of ``rand``. Never by the place in the file, which
    is what is judged.
    """
    first = pd.Series(subjects).drop_duplicates()
    first = first[first >= 0]
    rows, owners = first.index.to_numpy(), first.to_numpy(np.int64)
    ties = [np.arange(randomised.count)]
    for cells in numbered:
        keys = cells.texts.map(write_sort_key)
        ranks = keys.rank(method="dense").to_numpy(np.int64)
        ties.append(_by_subject(cells.pick(ranks, 0)[rows], owners, randomised.count))
    orders = []
    for cells in dated:
        times = read_times(cells.texts).astype("int64").to_numpy(np.int64)
        day = _by_subject(cells.pick(times, NEVER)[rows], owners, randomised.count)
        orders += [np.lexsort((tie, np.where(day < 0, NEVER, day))).astype(np.int32)
                   for tie in ties]  # fmt: skip
    return tuple(orders)


def _by_subject(values: Ints, owners: Ints, count: int) -> Ints:
    of_subject = np.full(count, NEVER, np.int64)
    of_subject[owners] = values
    return of_subject


def _split_counts(subjects: Ints, randomised: Randomised) -> Iterator[Split]:
    rows = np.bincount(subjects[subjects >= 0], minlength=randomised.count).astype(np.int64)
    yield Split("subjects with a row", Nature.DERIVED, (rows > 0).astype(np.int8))
    found, place = np.unique(rows, return_inverse=True)
    texts, counts = [str(each) for each in found], np.bincount(place).astype(np.int64)
    for by, _, side in group_values(texts, counts, what="its number of rows"):
        yield Split(by, Nature.DERIVED, side[place])
    yield Split("an odd number of rows", Nature.DERIVED, (rows % 2).astype(np.int8))


def _split_places(
    subjects: Ints, randomised: Randomised, ratio: tuple[int, int]
) -> Iterator[Split]:
    """By the place of a subject's first row among those of all, and among those of its site."""
    first = pd.Series(subjects).drop_duplicates()
    owners = first[first >= 0].to_numpy(np.int64)
    place = np.full(randomised.count, np.nan)
    place[owners] = np.arange(len(owners))
    within = pd.Series(place).groupby(randomised.sites).rank(pct=True).to_numpy(float)
    even = np.ones(randomised.count, np.int64)
    for by, nature, side in split_measures(place, even, ratio, "order of rows: "):
        yield Split(by, nature, side)
    for share in sorted({ratio[0] / sum(ratio), ratio[1] / sum(ratio)}):
        side = np.where(np.isnan(within), -1, within > share).astype(np.int8)
        given = _measure_balance(side, randomised.sites)
        yield Split("order of rows within sites", Nature.DERIVED, side, given)


def _measure_balance(side: Classes, sites: Ints) -> float:
    """How much likelier a split into the parts of each site is made so than by coins, in nats."""
    total = 0.0
    for site in np.unique(sites[side >= 0]):
        own = side[(sites == site) & (side >= 0)]
        n, k = len(own), int(own.sum())
        total += n * log(2) - (lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
    return total


def split_by_blanks(filled: NDArray[np.bool_], subjects: Ints, randomised: Randomised) -> Split:
    """Return who has a filled cell in a column, of those who have a row."""
    return Split("blank cells", Nature.DERIVED, _who(filled, subjects, randomised))


def split_by_texts(
    codes: Codes, texts: list[str], subjects: Ints, randomised: Randomised
) -> list[Split]:
    """Return for each of a few texts who has a row with it; ``codes`` is -1 for a blank cell."""
    if len(texts) > FEW_TEXTS:
        return []
    return [
        Split(
            "subjects with one of its values",
            Nature.DERIVED,
            _who(codes == code, subjects, randomised),
        )
        for code in range(len(texts))
    ]


def _who(rows: NDArray[np.bool_], subjects: Ints, randomised: Randomised) -> Classes:
    side = np.full(randomised.count, -1, np.int8)
    side[subjects[subjects >= 0]] = 0
    side[subjects[(subjects >= 0) & rows]] = 1
    return side


def split_within_sites(codes: Codes, subjects: Ints, randomised: Randomised) -> list[Split]:
    """Return the split by two values that every site has of its own, as codes of two per site."""
    frame = pd.DataFrame({"subject": subjects, "code": codes})
    frame = frame[(frame["subject"] >= 0) & (frame["code"] >= 0)].drop_duplicates()
    frame = frame[~frame["subject"].duplicated(keep=False)]
    frame["site"] = randomised.sites[frame["subject"]]
    by_site = frame.groupby("site")["code"]
    frame = frame[by_site.transform("nunique") <= 2]
    side = np.full(randomised.count, -1, np.int8)
    lowest = frame.groupby("site")["code"].transform("min")
    side[frame["subject"]] = (frame["code"] > lowest).astype(np.int8)
    return [Split("two values at each site", Nature.DERIVED, side)]
