"""Splits by numbers and dates: the upper half, a gap, odd ones, decimals, days since an event."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.cells import Cells
from analysis.edc.allocation.pattern.randomised import Ints, Randomised, read_times
from analysis.edc.allocation.pattern.splits import Classes, Nature
from analysis.edc.allocation.pattern.values import group_values

Floats = NDArray[np.float64]
Found = Iterator[tuple[str, Nature, Classes]]

MOST = 0.8
"""A column holds numbers, or dates, if this share of its cells does."""
MIDDLE = (0.2, 0.8)
"""A gap between two clusters is looked for between these quantiles."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def split_numbers(texts: list[str], weights: Ints, ratio: tuple[int, int]) -> Found:
    """Yield the splits of distinct texts by the number that they are, if most are numbers."""
    written = [_NUMBER.fullmatch(text) for text in texts]
    is_number = np.array([match is not None for match in written])
    if weights[is_number].sum() < MOST * weights.sum():
        return
    numbers = np.array(
        [float(t.replace(",", ".")) if m else np.nan for t, m in zip(texts, written, strict=True)]
    )
    yield from split_measures(numbers, weights, ratio)
    decimals = np.array([len(re.split("[.,]", t)[1]) if re.search("[.,]", t) else 0 for t in texts])
    found, rows = np.unique(decimals, return_inverse=True)
    counts = np.bincount(rows, weights=weights).astype(np.int64)
    for by, _, side in group_values([str(each) for each in found], counts, what="its decimals"):
        yield by, Nature.DERIVED, np.where(is_number, side[rows], -1).astype(np.int8)


def split_measures(numbers: Floats, weights: Ints, ratio: tuple[int, int], of: str = "") -> Found:
    """Yield the splits of numbers, nan for none: halves at the ratio, the widest gap, odd ones."""
    has = ~np.isnan(numbers)
    if len(np.unique(numbers[has])) < 2:
        return
    for share in sorted({ratio[0] / sum(ratio), ratio[1] / sum(ratio)}):
        limit = _quantile(numbers, weights, share)
        yield f"{of}the upper part of its numbers", Nature.DERIVED, _sides(numbers > limit, has)
    limit = _find_gap(numbers, weights)
    yield f"{of}two clusters of numbers", Nature.DERIVED, _sides(numbers > limit, has)
    whole = has & (np.nan_to_num(numbers) % 1 == 0)
    if whole.any() and not whole[has].all():
        yield f"{of}whole numbers", Nature.DERIVED, _sides(whole, has)
    odd = np.nan_to_num(np.where(whole, numbers, 0)) % 2 == 1
    yield f"{of}odd numbers", Nature.DERIVED, _sides(odd, whole)


def split_dates(cells: Cells, subjects: Ints, randomised: Randomised) -> Found:
    """Yield by row the splits of days and minutes since the subject's randomisation.

    ``cells``: without blank ones.
    """
    if not looks_dated(cells):
        return
    by_text = read_times(cells.texts)
    if cells.counts[by_text.notna().to_numpy()].sum() < MOST * cells.counts.sum():
        return
    times: pd.Series = pd.Series(
        cells.pick(by_text.to_numpy("datetime64[s]"), np.datetime64("NaT"))
    )
    own = pd.Series(randomised.times.array.take(np.maximum(subjects, 0)), index=times.index)
    own = own.where(subjects >= 0)
    days = (times.dt.normalize() - own.dt.normalize()).dt.days.to_numpy(float)
    minutes = ((times - own).dt.total_seconds() / 60).to_numpy(float)
    for of, numbers in (("days", days), ("minutes", minutes), ("day", times.dt.day.to_numpy(float)),
                        ("minute", times.dt.minute.to_numpy(float)),
                        ("second", times.dt.second.to_numpy(float))):  # fmt: skip
        yield from _split_elapsed(of, numbers)


def looks_dated(cells: Cells) -> bool:
    """Return whether one of the first filled cells is a date, before all are read."""
    first = cells.codes[cells.codes >= 0][:5]
    return any(_DATE.match(text) for text in cells.texts.iloc[first])


def _split_elapsed(of: str, numbers: Floats) -> Found:
    found, rows = np.unique(numbers, return_inverse=True)
    counts = np.bincount(rows)
    known = ~np.isnan(found)
    texts = [f"{each:g}" for each in found[known]]
    for by, _, side in group_values(texts, counts[known].astype(np.int64), what=f"its {of}"):
        yield by, Nature.DERIVED, np.append(side, np.full((~known).sum(), -1, np.int8))[rows]
    yield from split_measures(numbers, np.ones(len(numbers), np.int64), (1, 1), f"by its {of}: ")


def _quantile(numbers: Floats, weights: Ints, share: float) -> float:
    order = np.argsort(numbers)
    has = order[~np.isnan(numbers[order])]
    covered = np.cumsum(weights[has]) / weights[has].sum()
    return float(numbers[has[min(int(np.searchsorted(covered, share)), len(has) - 1)]])


def _find_gap(numbers: Floats, weights: Ints) -> float:
    """The lower end of the widest gap in the middle of the numbers."""
    low, high = (_quantile(numbers, weights, share) for share in MIDDLE)
    inside = np.unique(numbers[(numbers >= low) & (numbers <= high)])
    return float(inside[np.argmax(np.diff(inside))]) if len(inside) > 1 else low


def _sides(other: NDArray[np.bool_], among: NDArray[np.bool_]) -> Classes:
    return np.where(among, other, -1).astype(np.int8)
