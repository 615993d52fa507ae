"""One table of the layout: the texts of its source, with what is said of them."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import Mapping
from analysis.edc.absent.empty_columns import find_empty
from analysis.edc.absent.not_collected import find_collected
from analysis.edc.layout import Table
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.reading.cells import Part, read_cells
from analysis.edc.reading.columns import FoundColumns, find_columns
from analysis.edc.reading.reading import Mask, Reading, find_spec
from analysis.edc.reading.row_places import hide_names, note_places
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.edc.typed import name_rows
from analysis.edc.written.unprintable import Cells, clean_table, pair_cells, query_unprintable
from analysis.errors import DataError
from analysis.io.large.progress import LARGE_BYTES, tell

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable


def read_texts_of(
    taken: "Source | QueriedTable",
    mapping: Mapping,
    name: str,
    table: Table,
    named: Collection[str] = (),
    mask: Mask | None = None,
) -> Reading:
    """Return the texts of one table, from the source that it takes, and all that was found.

    ``named``: the columns that the plan names; ``mask`` takes out what names an arm.
    """
    reading = Reading({}, [], [])
    _tell_size(taken, name)
    spec = find_spec(mapping, name)
    if spec.is_query:  # which has named its columns as the layout does
        spec = spec.model_copy(update={"columns": {}})
    part = Part(name, table, taken, spec, mapping)
    try:
        source = taken.read()
        texts = clean_table(source.texts)
        found = find_columns(replace(source, texts=texts), taken.label, name, table, spec, named)
        if found.can_be_read:
            _fill_reading(reading, part, source, replace(source, texts=texts), found, mask)
        else:
            reading.fatal.extend(found.fatal)
    except DataError as error:
        reading.fatal.append(str(error))
    return reading


def _fill_reading(
    reading: Reading,
    part: Part,
    as_it_is: LabelledTable,
    source: LabelledTable,
    found: FoundColumns,
    mask: Mask | None,
) -> None:
    """Add the texts of a table whose rows can be read, and what is said of them."""
    name, taken = part.name, part.taken
    reading.decimals[name] = taken.decimal
    reading.fatal.extend(found.fatal)
    reading.raised.extend(found.queries)
    if source.texts.empty:
        _note_empty(reading, part)
    read = read_cells(reading, part, source, found)
    texts = {column: one.texts for column, one in read.items()}
    reading.fatal.extend(find_collected(taken.label, found.declared, texts, name))
    reading.fatal.extend(find_empty(taken.label, name, part.table, texts, found.declared))
    reading.given[name] = {
        column: int((source.texts[header] != "").sum()) for column, header in found.headers.items()
    }
    filled = fill_columns(texts, part.table, source.texts.index)
    reading.texts.update(mask({name: filled}) if mask else {name: filled})
    note_places(reading, name, taken, source, found.headers, mask)
    if not isinstance(taken, Source):
        from analysis.edc.sql.left_out.empty_blocks import query_empty_blocks  # loads the engine
        from analysis.edc.sql.left_out.not_taken import query_not_taken
        from analysis.edc.sql.left_out.repeated import query_repeated
        from analysis.edc.sql.left_out.sql_rows import query_sql_rows

        show = partial(hide_names, table=name, mask=mask)
        reading.raised.extend([*query_empty_blocks(taken, show), *query_not_taken(taken, show)])
        reading.raised.extend(query_repeated(taken, show))
        reading.raised.extend(query_sql_rows(taken, as_it_is.places, show))
    cells = pair_cells(as_it_is.texts, source.texts, found.wanted)
    if mask:
        cells = _show_masked(cells, filled, reading.texts[name])
    rows = name_rows(name, part.table, reading.texts[name], reading.places[name])
    reading.raised.extend(query_unprintable(rows, cells))
    reading.spellings.add(taken.label, cells)


def _note_empty(reading: Reading, part: Part) -> None:
    if not part.table.may_be_empty:
        reading.fatal.append(f"{part.taken.label}: the table holds no rows. Export it again")
    words = MessageCode.EMPTY_TABLE.write()
    reading.raised.append(Query(Severity.NOTE, part.name, "", "", "", Rule.EMPTY_TABLE, words))


def _tell_size(taken: "Source | QueriedTable", name: str) -> None:
    if not isinstance(taken, Source) or not taken.path.is_file():
        return
    size = taken.path.stat().st_size
    if size >= LARGE_BYTES:
        tell(name, f"{taken.label}: reading, {size / 1e6:,.0f} MB")


def fill_columns(texts: dict[str, pd.Series], table: Table, index: pd.Index) -> pd.DataFrame:
    """Return the columns of the layout in their order, those that are not there without a value."""
    empty = pd.Series("", index=index, dtype=str)
    return pd.DataFrame({c: texts.get(c, empty) for c in table.columns}, index=index)


def _show_masked(cells: Cells, filled: pd.DataFrame, masked: pd.DataFrame) -> Cells:
    """The cells of a file with the mask in the place of those that were masked in the table."""
    hidden = filled.ne(masked)
    return {
        column: (raw, clean.mask(hidden[column], masked[column]))
        for column, (raw, clean) in cells.items()
    }
