"""Who is randomised, as the files of an export say it, and whose each row of a file is."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.config import Mapping
from analysis.edc.allocation.pattern.randomised import (
    IDENTIFIERS,
    RANDOMISATION,
    SHARED_LINKS,
    Ints,
    Randomised,
    describe_randomised,
)
from analysis.edc.allocation.search.files import SearchedFile
from analysis.edc.layout import SUBJECT

WANTED = {
    RANDOMISATION: (*IDENTIFIERS[RANDOMISATION], "RANDDTC"),
    "dm": ("SITEID",),
    **{table: columns for table, columns in IDENTIFIERS.items() if table != RANDOMISATION},
}
"""Columns of the layout that say who is randomised, when and where, by table."""


def find_randomised(files: Iterable[SearchedFile], mapping: Mapping) -> Randomised | None:
    """Return the randomised subjects of an export, or None if its ``rand`` cannot tell."""
    frames: dict[str, pd.DataFrame] = {}
    for file in files:
        frames.update(find_identifiers(file, mapping))
    return describe_randomised(frames)


def find_identifiers(file: SearchedFile, mapping: Mapping) -> dict[str, pd.DataFrame]:
    """Return by table what a file says of who is randomised; nothing of most files."""
    if not file.in_layout or file.table not in WANTED:
        return {}
    missing = dict.fromkeys(mapping.missing_values, "")
    texts = file.layout_texts()
    wanted = [c for c in texts if c in (SUBJECT, *WANTED[file.table])]
    return {file.table: texts[wanted].replace(missing)}


def find_owners(file: SearchedFile, randomised: Randomised | None) -> Ints | None:
    """Return whose each row of a file is, -1 for nobody's; None where nothing says so.

    The subject of the layout says it, else the column that names the most subjects, else, in a file
    of as many rows as there are subjects, the place of the row.
    """
    texts = file.content.texts
    if randomised is None or texts.empty:
        return None
    named = [
        str(c) for c in texts.columns if file.in_layout.get(str(c).upper(), ("",))[0] == SUBJECT
    ]
    best, share = None, 0.0
    for column in named or map(str, texts.columns):
        cells = file.code_cells(column)
        subject_of = randomised.known.find(cells.texts)
        filled = max(int(cells.counts[(cells.texts != "").to_numpy()].sum()), 1)
        here = int(cells.counts[subject_of >= 0].sum()) / filled
        if here > share and len(np.unique(subject_of)) > 2:
            best, share = (cells, subject_of), here
    if best is not None and (named or share >= SHARED_LINKS):
        return np.asarray(best[0].pick(best[1], -1), np.int64)
    return np.arange(randomised.count) if len(texts) == randomised.count else None
