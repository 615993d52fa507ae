"""Splits by values: two values, or a few in two groups, whatever rare ones stand beside them."""

import unicodedata
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from analysis.edc.allocation.pattern.randomised import Ints
from analysis.edc.allocation.pattern.splits import Classes, Nature

RARE = 0.05
"""Values of up to this share of the rows in all are passed over: slips of the pen, `unknown`."""
FEW_VALUES = 6
"""Up to so many values are put into two groups in every way; the splits are 31 at most."""

_PAIRS = (
    "y/n yes/no true/false t/f 1/0 ja/nein j/n oui/non o/n si/no s/n 是/否 有/无 有/無 阳性/阴性 "
    "m/f m/w male/female man/woman men/women 男/女 l/r left/right 左/右 左侧/右侧 links/rechts "
    "positive/negative pos/neg +/- normal/abnormal 正常/异常 present/absent done/notdone "
    "checked/unchecked high/low alive/dead 存活/死亡 am/pm home/hospital clinic/phone new/old "
    "patient/family 本人/家属 0/100 mild/severe 轻/重"
)
FLAGS = frozenset(frozenset(pair.split("/")) for pair in _PAIRS.split())
"""Pairs of values that mean something else than an arm."""


def is_flag(values: tuple[str, str]) -> bool:
    """Return whether two values are a flag or another plain pair (yes and no, left and right)."""
    folded = frozenset(
        "".join(c for c in unicodedata.normalize("NFKC", value).casefold() if not c.isspace())
        for value in values
    )
    return folded in FLAGS


def group_values(
    texts: list[str], weights: Ints, *, what: str = "its values"
) -> Iterator[tuple[str, Nature, Classes]]:
    """Yield the splits of a few values in two groups; ``weights`` counts the rows of each."""
    common = _find_common(weights)
    if len(common) == 2:
        nature = Nature.FLAG if is_flag((texts[common[0]], texts[common[1]])) else Nature.CODES
        yield what, nature, _mark(len(texts), common, common[:1])
    elif 2 < len(common) <= FEW_VALUES:
        for size in range(1, len(common) // 2 + 1):
            for group in combinations(common, size):
                yield f"{what} in two groups", Nature.DERIVED, _mark(len(texts), common, group)


def _find_common(weights: Ints) -> tuple[int, ...]:
    """The most frequent values, without as many rare ones as make up a small share."""
    order = np.argsort(-weights, kind="stable")
    covered = np.cumsum(weights[order]) / max(weights.sum(), 1)
    needed = int(np.searchsorted(covered, 1 - RARE)) + 1
    return tuple(int(row) for row in order[:needed])


def _mark(count: int, common: tuple[int, ...], group: tuple[int, ...]) -> Classes:
    side = np.full(count, -1, np.int8)
    side[list(common)] = 0
    side[list(group)] = 1
    return side
