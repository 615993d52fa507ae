"""Where the rows of a table stand in the export, and what its sources are called."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.edc.queries import Places
from analysis.edc.queries.places import repeat_text
from analysis.edc.queries.source_rows import Place
from analysis.edc.reading.reading import Mask, Reading
from analysis.edc.sources.labelled_table import LabelledTable

if TYPE_CHECKING:
    from analysis.edc.sources.source import Source
    from analysis.edc.sql.queried_table import QueriedTable


def note_places(
    reading: Reading,
    name: str,
    taken: "Source | QueriedTable",
    source: LabelledTable,
    headers: Mapping[str, str],
    mask: Mask | None,
) -> None:
    """Note where rows and cells of the table ``name`` stand, and what the files are called.

    ``source``: what ``taken`` holds; ``headers``: by layout column its name there; ``mask`` takes
    out what names an arm.
    """
    for each in taken.sources:
        reading.sources[each.label] = _hide(Place(each.file.name, each.part), name, mask)
    reading.sources.setdefault(taken.label, _hide(Place(taken.label), name, mask))
    cells = {
        column: Places.of_rows(source.cell_places[header])
        for column, header in headers.items()
        if header in source.cell_places
    }
    reading.places[name] = replace(_find_places(source, taken.label), cells=cells)


def _find_places(source: LabelledTable, file: str) -> Places:
    """Where the rows stand: as the query says that made the table, else by their index."""
    if source.places is not None:
        return Places.of_rows(source.places)
    texts = source.texts
    return Places(repeat_text(file, len(texts)), texts.index.to_numpy(dtype="int32") + 1)


def hide_names(names: Sequence[str], table: str, mask: Mask | None) -> list[str]:
    """Return names of sources and columns as a message on a table shows them.

    Each that tells an arm is masked as a whole.
    """
    if mask is None or not names:
        return list(names)
    shown = mask({table: pd.DataFrame([list(names)], dtype=str)})[table]
    return [str(name) for name in shown.iloc[0]]


def _hide(place: Place, name: str, mask: Mask | None) -> Place:
    """The source of a table, masked where its own name tells an arm."""
    return Place(*hide_names(astuple(place), name, mask))
