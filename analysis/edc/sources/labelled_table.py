"""One file of an export as text, with what SAS and SPSS files say beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.edc.sources.date_kinds import Kind


@dataclass(frozen=True)
class LabelledTable:
    """One file as text, with the words that SAS and SPSS files keep beside it.

    ``labels`` holds the label of a column, ``value_labels`` by column the label of a value; both
    hold only what the file gives. ``origin``: the day from which the file counts its dates.
    ``kinds``: of the columns whose format is one of dates; ``numbers``: the columns of numbers
    without such a format. ``notes`` are the label of the file and the notes inside it.
    """

    texts: pd.DataFrame
    labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[str, str]] = field(default_factory=dict)
    origin: np.datetime64 | None = None
    kinds: dict[str, Kind] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def frame_texts(header: list[str], columns: Iterable[Iterable[str]]) -> pd.DataFrame:
    """Return a frame of text, names and cells without blanks at both ends."""
    stripped = [[cell.strip() for cell in column] for column in columns]
    frame = pd.DataFrame({i: pd.Series(c, dtype=str) for i, c in enumerate(stripped)})
    frame.columns = pd.Index([name.strip() for name in header])
    return frame
