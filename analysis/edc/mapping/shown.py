"""The mapping as it is run: the query of each table, and what is done with its cells by column."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.config.cells import CellKeys
from analysis.edc.mapping.opened import OpenedExport
from analysis.edc.sql.queried_table import QueriedTable

OF_CELLS = tuple(key for key in CellKeys.model_fields if key != "labels")
"""The keys that act on cells, each by layout column."""


def show_mapping(opened: OpenedExport) -> str:
    """Return the query of every table of the layout, with the keys of its cells below it.

    The text is SQL: what is none stands in comments. A query that cannot be written is shown with
    what is wrong with it. A mapping that is pasted as ``sql`` gives the same rows.
    """
    return "\n\n".join(show_tables(opened).values())


def show_tables(opened: OpenedExport) -> dict[str, str]:
    """Return by table what :func:`show_mapping` prints of it."""
    made = {name: _show_table(name, table) for name, table in opened.tables.items()}
    return made | {name: f"-- {name}: {why}" for name, why in opened.absent.items()}


def _show_table(name: str, table: QueriedTable) -> str:
    query = table.query
    if query.findings:
        return "\n".join([f"-- {name}: there is no query", *_comment(query.findings)])
    return "\n".join([f"-- {name}: from {table.label}", f"{query.sql};", *_show_cells(table)])


def _show_cells(table: QueriedTable) -> Iterator[str]:
    """One line for each column whose cells a key changes, then the tables' own keys."""
    given = table.spec.model_dump(exclude_defaults=True, by_alias=True)
    for column in table.table.columns:
        keys = {key: given[key][column] for key in OF_CELLS if column in given.get(key, {})}
        if column in table.spec.labels:
            keys = {"labels": True, **keys}
        if keys:
            yield f"-- cells of {column}: {_write(keys)}"
    if table.spec.not_collected:
        yield f"-- not collected: {', '.join(table.spec.not_collected)}"


def _write(keys: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{key} {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()
    )


def _comment(lines: tuple[str, ...]) -> list[str]:
    return [f"--   {part}" for line in lines for part in line.splitlines()]
