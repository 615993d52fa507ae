"""What the mapping says of one table, in the check's words: the one place that reads its keys."""

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass

from analysis.config import Mapping
from analysis.config.mapping import TableMapping

WHOLE_TABLE = "all"


@dataclass(frozen=True)
class MappedTable:
    """How the export names the columns of one table and writes their values.

    ``names``: column of the layout, name in the file. ``not_collected``: columns that the mapping
    declares, or ``all``. ``dates``: column, its form as of ``strptime``.
    """

    name: str
    file: str
    file_type: str
    names: MappingABC[str, str]
    values: MappingABC[str, MappingABC[str, str]]
    missing: frozenset[str]
    not_collected: frozenset[str]
    encoding: str
    delimiter: str
    decimal: str
    dates: MappingABC[str, str]

    def find_name(self, column: str) -> str:
        """Return the name of a column in the file."""
        return self.names.get(column, column)

    def is_declared_absent(self, column: str) -> bool:
        """Whether the mapping says that a column was not collected."""
        return bool(self.not_collected & {WHOLE_TABLE, column})

    def translate(self, column: str, text: str) -> str:
        """Return the text of the layout for one of the export; empty for a missing value."""
        return self.values.get(column, {}).get(text, "" if text in self.missing else text)


def describe_table(mapping: Mapping, name: str) -> MappedTable:
    """Return what ``mapping`` says of the table ``name``; a key that it lacks changes nothing."""
    spec = mapping.tables.get(name, TableMapping())
    return MappedTable(
        name=name,
        file=spec.file or "",
        file_type=mapping.format,
        names=spec.columns,
        values=spec.values,
        missing=frozenset(mapping.missing_values),
        not_collected=frozenset(getattr(spec, "not_collected", ())),
        encoding=mapping.encoding,
        delimiter=getattr(mapping, "delimiter", ","),
        decimal=getattr(mapping, "decimal", "."),
        dates=getattr(spec, "dates", {}),
    )


def describe_list(mapping: Mapping, name: str) -> MappedTable:
    """Return how an allocation list is read: the keys of ``tables`` do not touch it."""
    return describe_table(mapping.model_copy(update={"tables": {}, "format": "csv"}), name)
