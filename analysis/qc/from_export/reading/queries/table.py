"""One table that the mapping makes by short keys or a query, as a file of its own."""

from collections.abc import Mapping, Sequence

from analysis.config import Mapping as ExportMapping
from analysis.config.cells import UnitOfCell
from analysis.config.mapping import TableMapping
from analysis.qc.from_export.reading.files import TextFile
from analysis.qc.from_export.reading.queries.query import run_query
from analysis.qc.from_export.reading.queries.registry import (
    NotCheckedError,
    Registry,
    WrongExportError,
)
from analysis.qc.from_export.reading.queries.short_form import MadeTable, make_table
from analysis.qc.from_export.reading.queries.sqlite.words import UnlikeQueryError
from analysis.qc.from_export.reading.sources.labelled import Epoch


def read_made(registry: Registry, name: str, columns: Sequence[str]) -> TextFile:
    """Return the table ``name``, made of the sources of the export; ``columns``: those wanted.

    One that cannot be made says why: the check reads no such file, the second engine cannot run the
    query, or the export does not hold what the mapping names.
    """
    spec = registry.mapping.tables[name]
    wanted = (*columns, *_list_units(spec))
    try:
        made = (
            run_query(spec.sql, wanted, registry)
            if spec.sql
            else make_table(name, spec, wanted, registry)
        )
    except NotCheckedError as error:
        return TextFile(problem=f"table {name} is not checked: {error}", is_foreign=True)
    except UnlikeQueryError as error:
        return TextFile(
            problem=f"table {name} is not checked: the second engine (SQLite) cannot run "
            f"tables.{name}.{'sql' if spec.sql else 'rows'} as the first one does: {error}",
            is_foreign=True,
        )
    except WrongExportError as error:
        return TextFile(problem=f"table {name}: {error} (tables.{name} of the mapping)")
    sources = {source: registry.read(source) for source in made.sources}
    return _make_file(made, sources, registry.mapping)


def _list_units(spec: TableMapping) -> list[str]:
    """The columns of units, which the mapping names as the export does."""
    units = (unit for unit in spec.units.values() if isinstance(unit, UnitOfCell))
    return [unit.column.upper() for unit in units if unit.column]


def _make_file(
    made: MadeTable, sources: Mapping[str, TextFile], mapping: ExportMapping
) -> TextFile:
    marked: dict[str, frozenset[str]] = {}
    labels: dict[str, dict[str, str]] = {}
    missing: dict[str, frozenset[str]] = {}
    shown: set[str] = set()
    declared = {key.casefold(): spec for key, spec in mapping.sources.items()}
    for column in made.columns:
        places = made.places.get(column, ())
        for source, header in places:
            file = sources[source]
            marked[column] = marked.get(column, frozenset()) | file.marked.get(header, frozenset())
            labels.setdefault(column, {}).update(file.labels.get(header, {}))
            shown |= {column.upper()} if header in file.shown_as_days else set()
        of = {source for source, _ in places} or set(sources)
        texts = (text for s in of & declared.keys() for text in declared[s].missing_values)
        missing[column] = frozenset(texts)
    decimals = {file.decimal for file in sources.values()}
    return TextFile(
        ", ".join(file.name for file in sources.values()),
        {name.upper(): list(texts) for name, texts in made.columns.items()},
        epoch=_find_epoch(made, sources),
        marked={name.upper(): texts for name, texts in marked.items()},
        labels={name.upper(): texts for name, texts in labels.items()},
        shown_as_days=frozenset(shown),
        rows=made.numbers,
        decimal=decimals.pop() if len(decimals) == 1 else ".",
        missing=missing,
    )


def _find_epoch(made: MadeTable, sources: Mapping[str, TextFile]) -> Epoch | None:
    """The one that all sources count from; none of a query, which may have changed the numbers."""
    epochs = {file.epoch for file in sources.values()}
    return epochs.pop() if len(epochs) == 1 and made.places else None
