"""What a source says beside the cells of a layout column: marks, missing values, labels, units."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.config import Mapping as ExportMapping
from analysis.config.cells import CellKeys, MissingValues, UnitOfCell, name_reasons
from analysis.config.mapping import DecimalMark
from analysis.edc.absent.columns import find_nearest
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import ConfigError


@dataclass(frozen=True)
class Beside:
    """What stands beside the cells of one column.

    ``decimal``: the mark of its numbers; ``missing``: texts for a missing value in its source;
    ``labels``: of its codes; ``units``: the cells of the column of units, row by row.
    """

    decimal: DecimalMark = "."
    missing: MissingValues = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    units: pd.Series | None = None


PLAIN = Beside()


def find_beside(
    source: LabelledTable,
    header: str,
    column: str,
    keys: CellKeys,
    decimal: DecimalMark,
    missing: MissingValues,
) -> Beside:
    """Return what ``source`` holds beside a layout column that stands under ``header`` in it."""
    named = _name_column(keys, column).upper()
    units = next((c for c in source.texts.columns if named and str(c).upper() == named), None)
    return Beside(
        decimal,
        missing,
        source.value_labels.get(header, {}),
        None if units is None else source.texts[units],
    )


def find_missing(mapping: ExportMapping, column: str, sources: Collection[str]) -> MissingValues:
    """Return the texts for a missing value of the sources that a layout column comes from.

    ``sources``: their names. Raises ConfigError if they have different ones: nobody could tell then
    of which source a text is.
    """
    found = {
        name: mapping.sources[name].missing_values if name in mapping.sources else ()
        for name in sources
    }
    different = {tuple(sorted(name_reasons(one).items())) for one in found.values()}
    if len(different) > 1:
        listed = ", ".join(sorted(found))
        raise ConfigError(
            f"column {column}: its sources ({listed}) have different missing_values in the "
            "mapping. Give them the same, or declare them for the column (missing_values: "
            f"{{{column}: [...]}})"
        )
    return next(iter(found.values()), ())


def list_beside(keys: CellKeys) -> dict[str, str]:
    """Return the columns of a source that hold units, in capitals, by the key that names each."""
    return {
        f"units.{column}.column": named.upper()
        for column in keys.units
        if (named := _name_column(keys, column))
    }


def find_lacking(
    label: str, table: str, keys: CellKeys, source: LabelledTable, headers: Mapping[str, str]
) -> Iterator[str]:
    """Yield a finding for what the mapping names beside a column and the source does not hold.

    ``label``: the source as messages name it; ``headers``: by layout column its name in it.
    """
    given = [str(column) for column in source.texts.columns]
    for key, named in list_beside(keys).items():
        if named not in {column.upper() for column in given}:
            near = ", ".join(f"'{text}'" for text in find_nearest(named, given)) or "none"
            yield (
                f"{label}: column {named} is missing, and tables.{table}.{key} of the mapping "
                f"names it. The nearest headers of the file: {near}. Correct the key"
            )
    for column in keys.labels:
        if column in headers and not source.value_labels.get(headers[column]):
            yield (
                f"{label}: column {headers[column]} has no labels of values, and "
                f"tables.{table}.labels of the mapping names {column}. Export it with its format "
                f"or value labels, or say what its codes mean (tables.{table}.values.{column})"
            )


def _name_column(keys: CellKeys, column: str) -> str:
    unit = keys.units.get(column)
    return (unit.column or "") if isinstance(unit, UnitOfCell) else ""
