"""A group of tick boxes, a column of the export each, as one column of codes."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from analysis.edc.cells.yes_no import fold, load_spellings
from analysis.edc.written.normal import normalise

BETWEEN = "; "
"""Between the codes of several ticks, which the code list then refuses: it wants one."""


def name_ticks(cells: Sequence[str], codes: Mapping[str, str], missing: Collection[str]) -> str:
    """Return the codes of the boxes that are ticked in one row, in the order of ``codes``.

    ``cells``: the texts of the boxes in that order; ``codes``: by column of the export the code of
    the layout; ``missing``: normalised texts for a missing value, which tick nothing. Nothing
    ticked is empty. A text that is no tick stays visible as ``column=text``, so that a query shows
    it.

    >>> name_ticks(["1", "?"], {"at___1": "ASA", "at___2": "CLOPIDOGREL"}, ())
    'ASA; at___2=?'
    """
    read = (
        _read(column, text, code, missing)
        for (column, code), text in zip(codes.items(), cells, strict=True)
    )
    return BETWEEN.join(text for text in read if text)


def join_ticks(
    boxes: Mapping[str, pd.Series], codes: Mapping[str, str], missing: Collection[str]
) -> pd.Series:
    """Return one text a row, as :func:`name_ticks` has it, asked once for rows alike.

    ``boxes``: by column of the export its texts.
    """
    frame = pd.DataFrame({column: boxes[column] for column in codes})
    rows = list(frame.itertuples(index=False, name=None))
    named = {row: name_ticks(row, codes, missing) for row in set(rows)}
    return pd.Series([named[row] for row in rows], index=frame.index, dtype=str)


def _read(column: str, text: str, code: str, missing: Collection[str]) -> str:
    if not text or normalise(text) in missing:
        return ""
    answer = load_spellings().get(fold(text))
    if answer is None:
        return f"{column}={text}"
    return code if answer == "Y" else ""
