"""The sources of an export as queries see them, each read once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from analysis.config.mapping import QUERY_SECONDS
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.edc.sql.engine import Engine
from analysis.edc.sql.statement import QueryError
from analysis.edc.written.unprintable import IDENTIFIERS, Spellings, clean_table
from analysis.errors import DataError


class Shelf(Mapping[str, tuple[str, ...]]):
    """By source name, folded, the names of its columns; a source is read when it is asked for.

    ``seconds``: the time that a query may take.

    Raises DataError, when a source is asked for, if it can't be read or several have its name.
    """

    def __init__(self, sources: Mapping[str, list[Source]], seconds: float = QUERY_SECONDS) -> None:
        self._sources = {name.casefold(): found for name, found in sources.items()}
        self._read: dict[str, LabelledTable] = {}
        self._dirty: dict[str, list[tuple[pd.Series, pd.Series]]] = {}
        self._engine: Engine | None = None
        self._seconds = seconds

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return tuple(map(str, self.read(name).texts.columns))

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    @property
    def used(self) -> frozenset[str]:
        """The names of the sources that were asked for."""
        return frozenset(self._read)

    @property
    def engine(self) -> Engine:
        """The engine that holds every source that was read."""
        self._engine = self._engine or Engine(self._seconds)
        return self._engine

    def find(self, name: str) -> Source:
        """Return the source of a name; DataError if several have it."""
        found = self._sources[name]
        if len(found) > 1:
            listed = ", ".join(source.label for source in found)
            raise DataError(
                f"source {name}: several files ({listed}). Leave one in the folder, or give each a "
                "name (sources: {NAME: {file: ...}})"
            )
        return found[0]

    def is_long(self, name: str) -> bool:
        """Whether a source holds one value a row, which are read side by side."""
        return self.find(name).options.rows_by is not None

    def read(self, name: str) -> LabelledTable:
        """Return a source, without what cannot be printed, and let the engine know it."""
        if name not in self._read:
            source = self.find(name)
            table = source.read()
            texts = clean_table(table.texts)
            self._read[name] = replace(table, texts=texts)
            self._dirty[name] = _pair_dirty(table.texts, texts)
            try:
                self.engine.add_source(name, self._read[name].texts, source.label)
            except QueryError as error:
                raise DataError(f"{error}. Rename it and export again") from None
        return self._read[name]

    def query_unprintable(self, columns: Mapping[str, Collection[str]]) -> list[Query]:
        """Return a note for each column of a source with cells that were cleaned.

        ``columns``: by source the folded names of those that queries use.
        """
        return [
            Query(
                Severity.WARNING, name, "", str(clean.name), "", Rule.UNPRINTABLE,
                MessageCode.CLEANED_BEFORE_QUERY.write(count=int((raw != clean).sum())),
            )
            for name, used in columns.items()
            for raw, clean in self._dirty[name]
            if str(clean.name).casefold() in used
        ]  # fmt: skip

    def find_spellings(self, names: Collection[str], texts: pd.DataFrame) -> Spellings:
        """Return how sources spell the identifiers of a table that was made from them."""
        spellings = Spellings()
        for column in (column for column in IDENTIFIERS if column in texts.columns):
            wanted = set(texts[column]) - {""}
            for name in names:
                for spelt, clean in self._dirty[name]:
                    meant = clean.isin(wanted)
                    if (spelt != clean)[meant].any():
                        cells = {column: (spelt[meant], clean[meant])}
                        spellings.add(self.find(name).label, cells)
        return spellings


def _pair_dirty(raw: pd.DataFrame, clean: pd.DataFrame) -> list[tuple[pd.Series, pd.Series]]:
    """The columns of a source in which cells were cleaned, as they were and clean."""
    pairs = ((raw.iloc[:, place], clean.iloc[:, place]) for place in range(clean.shape[1]))
    return [pair for pair in pairs if (pair[0] != pair[1]).any()]


def list_by_name(files: Mapping[str, list[Source]]) -> dict[str, list[Source]]:
    """Return the sources by their own names, whatever tables take them."""
    by_name: dict[str, list[Source]] = {}
    for source in (source for found in files.values() for source in found):
        same = by_name.setdefault(source.name, [])
        if source not in same:
            same.append(source)
    return by_name
