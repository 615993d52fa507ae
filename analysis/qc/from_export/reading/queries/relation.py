"""What a table is selected from: one source, or several one below the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.qc.from_export.reading.files import TextFile

FILE, ROW = "_file", "_row"
"""Columns that conditions and queries may speak of beside those of a source."""
Text = str | None
"""None: a source that is stacked lacks the column, or nothing was found."""


@dataclass(frozen=True)
class Column:
    """The cells of one column, and the sources and headers (in capitals) that they come from."""

    name: str
    texts: Sequence[Text]
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Relation:
    """Rows by column, found by its name without regard to capitals, with file and number.

    ``name``: by which a condition may call it. ``ambiguous``: names that several sources hold.
    """

    name: str
    columns: Mapping[str, Column]
    files: Sequence[str]
    numbers: Sequence[int]
    ambiguous: frozenset[str] = field(default_factory=frozenset)

    def find(self, name: str) -> Column | None:
        """Return a column, or the file or number of each row; None if there is none of the name."""
        if name.casefold() == FILE:
            return Column(FILE, self.files)
        if name.casefold() == ROW:
            return Column(ROW, list(map(str, self.numbers)))
        return self.columns.get(name.casefold())


def stack(sources: Mapping[str, TextFile]) -> Relation:
    """Return sources one below the other, columns by name; a cell that a source lacks is None."""
    names: dict[str, str] = {}
    places: dict[str, tuple[tuple[str, str], ...]] = {}
    for source, file in sources.items():
        for capitals, header in file.headers.items():
            folded = header.casefold()
            names.setdefault(folded, header)
            places[folded] = (*places.get(folded, ()), (source, capitals))
    columns = {}
    for folded, header in names.items():
        headers = dict(places[folded])
        texts: list[Text] = []
        for source, file in sources.items():
            own = file.columns[headers[source]] if source in headers else [None] * len(file.rows)
            texts.extend(own)
        columns[folded] = Column(header, texts, places[folded])
    return Relation(
        next(iter(sources)) if len(sources) == 1 else "stacked",
        columns,
        [file.name for file in sources.values() for _ in file.rows],
        [row for file in sources.values() for row in file.rows],
    )
