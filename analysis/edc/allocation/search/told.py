"""Texts that name an arm among other words, in so many rows that they tell who got what."""

from dataclasses import dataclass

import numpy as np

from analysis.edc.allocation.mentions import Mentions
from analysis.edc.allocation.pattern.cells import Cells
from analysis.edc.allocation.pattern.randomised import Ints
from analysis.edc.allocation.pattern.splits import Classes

MOST_TOLD = {True: 0.2, False: 0.05}
"""Share of the randomised subjects (of the rows, where nothing says whose they are) whose arm a
column may tell. True: a free text of the layout, which is masked, and in which a drug may honestly
be named; False: any other column. What is told of few is masked or not written."""
FEWEST = 3
"""So few told subjects are a slip."""
EVERYBODY = 0.9
"""One arm named for nearly everybody says nothing: that of the trial's drug, say."""


@dataclass(frozen=True)
class Told:
    """By row the arm that a text names: 1 the treatment, 0 the reference, -1 none or both.

    ``either`` is 1 where it names one or both.
    """

    rows: Classes
    either: Classes

    @property
    def any(self) -> bool:
        """Return whether a text names an arm."""
        return bool((self.rows >= 0).any())


def read_told(cells: Cells, mentions: Mentions, allowed: tuple[str, ...] = ()) -> Told:
    """Return the arm that each cell names; a text of ``allowed`` names none."""
    found = mentions.find_all(cells.texts)
    found[cells.texts.isin(allowed).to_numpy()] = False
    named = np.where(found[:, 0] != found[:, 1], found[:, 0], -1).astype(np.int8)
    either = np.asarray(found.any(axis=1), np.int8)
    return Told(cells.pick(named, -1), cells.pick(either, 0))


def judge_told(told: Told, subjects: Ints | None, count: int, *, is_free_text: bool) -> str:
    """Return why a column tells too many their arm, or "" if it does not.

    ``subjects``: whose each row is, -1 for nobody's; None where nothing says so.
    """
    rows = told.rows
    owners = np.arange(len(rows)) if subjects is None else subjects
    among = len(rows) if subjects is None else count
    told_by = {side: set(owners[(rows == side) & (owners >= 0)].tolist()) for side in (0, 1)}
    everybody = told_by[0] | told_by[1]
    if len(everybody) < max(FEWEST, MOST_TOLD[is_free_text] * among):
        return ""
    if (not told_by[0] or not told_by[1]) and len(everybody) >= EVERYBODY * among:
        return ""
    what = "rows" if subjects is None else "randomised subjects"
    return f"words for an arm stand in its texts, for {len(everybody)} of {among} {what}"
