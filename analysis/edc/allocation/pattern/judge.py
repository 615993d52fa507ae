"""Which splits are taken for an allocation: those in blocks, and two codes near the ratio."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.edc.allocation.pattern.blocks import Flags, Floats, measure_blocks, measure_own
from analysis.edc.allocation.pattern.randomised import Ints, Randomised
from analysis.edc.allocation.pattern.search import Found
from analysis.edc.allocation.pattern.splits import Nature, Split, digest, turn_first

LEAST = {False: (2.5, 4.0), True: (5.0, 5.5)}
"""The natural logarithm of the e-value that is needed: of a column's values, and of what is made of
them. True: a column of the layout, of which there are many and whose meaning is known. Set
on simulated coins and held against exports that were not looked at (decision record 0007)."""
COVERED = 0.8
"""Two codes alone count only if they cover so many of the subjects in the file."""
TOLERANCE = 2.5
"""How many standard errors they may be off the ratio."""

IN_BLOCKS = "balanced in blocks as an allocation list is"
NEAR = "two codes near the ratio overall and at the sites"


@dataclass(frozen=True)
class Judged:
    """A split that is taken for an allocation, and why."""

    found: Found
    reason: str


def judge(found: Iterable[Found], randomised: Randomised, ratio: tuple[int, int]) -> list[Judged]:
    """Return the splits that are taken for an allocation, one a column."""
    everything = list(found)
    evidence = _measure(everything, randomised, ratio)
    reasons: dict[tuple[str, str], tuple[float, Judged]] = {}
    for each, weight in zip(everything, evidence, strict=True):
        key = (each.source.file, each.source.column)
        if weight >= _threshold(each) and _is_no_order(each, float(weight), randomised):
            reason = IN_BLOCKS
        elif _is_enough(each, randomised, ratio):
            reason = NEAR
        else:
            continue
        if key not in reasons or weight > reasons[key][0]:
            reasons[key] = (weight, Judged(each, reason))
    return [judged for _, judged in reasons.values()]


def _is_no_order(each: Found, weight: float, randomised: Randomised) -> bool:
    """Whether the evidence is enough beside the orders in which the file may honestly stand.

    Only what is made of values, or of places, is made by an order.
    """
    if each.split.nature != Nature.DERIVED:
        return True
    return weight - measure_own(each.split.side, randomised, each.orders) >= _threshold(each)


def _threshold(each: Found) -> float:
    of_values, of_derived = LEAST[each.source.is_known]
    return of_derived if each.split.nature == Nature.DERIVED else of_values


def _measure(found: list[Found], randomised: Randomised, ratio: tuple[int, int]) -> Floats:
    """The logarithm of the e-value of each, less what its way of making takes from it."""
    made = np.array([each.split.nature == Nature.DERIVED for each in found], bool)
    first, place = _find_distinct(found, made)
    sides = np.empty((len(first), randomised.count), np.int8)
    for row, number in enumerate(first):
        sides[row] = turn_first(found[number].split.side)
    evidence = measure_blocks(sides, randomised, ratio, made[first])
    given = np.array([each.split.given for each in found], float)
    return np.asarray(evidence[place] - given, np.float64)


def _find_distinct(found: list[Found], made: Flags) -> tuple[Ints, Ints]:
    """The number of the first of each distinct split, and by split the place of its like there."""
    first: dict[tuple[bytes, bool], int] = {}
    keys = [
        (digest(turn_first(each.split.side)), bool(is_made))
        for each, is_made in zip(found, made, strict=True)
    ]
    for number, key in enumerate(keys):
        first.setdefault(key, number)
    order = {key: place for place, key in enumerate(first)}
    numbers = np.array([*first.values()], np.int64)
    return numbers, np.array([order[key] for key in keys], np.int64)


def _is_enough(each: Found, randomised: Randomised, ratio: tuple[int, int]) -> bool:
    """Whether two values mean nothing else and are near the ratio, overall and at the sites."""
    split, source = each.split, each.source
    wanted = {Nature.CODES} | ({Nature.FLAG} if source.is_suspect else set())
    if split.nature not in wanted or split.count < COVERED * each.in_file:
        return False
    if source.is_known and not each.is_identifier:
        return False
    return split.is_near(ratio, TOLERANCE) and _fits_sites(split, randomised)


def _fits_sites(split: Split, randomised: Randomised) -> bool:
    """Whether the sites differ by no more than chance lets them (Pearson's statistic)."""
    has = split.side >= 0
    side, site = split.side[has].astype(float), randomised.sites[has] + 1
    count, ones = np.bincount(site), np.bincount(site, weights=side)
    share, used = side.mean(), count > 0
    expected, variance = count[used] * share, count[used] * share * (1 - share)
    freedom = max(int(used.sum()) - 1, 1)
    statistic = float(((ones[used] - expected) ** 2 / variance).sum())
    return statistic <= freedom + 3 * float(np.sqrt(2 * freedom))
