"""Exports of a trial that did not collect some columns, and says so in its mapping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.config.mapping import WHOLE_TABLE, TableMapping
from analysis.edc.layout import load_layout
from analysis.edc.reading.check_mapping import check_mapping
from analysis.errors import ConfigError
from tests.properties.mutated_exports.analysed import Trial

Declared = tuple[str, ...]
"""Columns as ``ae.AESER``, or whole tables as ``ae.all``."""


def list_declarable(trial: Trial) -> Iterator[str]:
    """Every column and table of the export that a mapping may declare not collected."""
    layout = load_layout()
    for name, table in layout.tables.items():
        for column in (*table.columns, WHOLE_TABLE):
            declared = f"{name}.{column}"
            try:
                check_mapping(leave_out(trial, (declared,)).mapping, layout)
            except ConfigError:
                continue
            yield declared


def leave_out(trial: Trial, declared: Declared) -> Trial:
    """The trial without these columns, declared not collected."""
    export = {name: table.copy() for name, table in trial.export.items()}
    tables: dict[str, TableMapping] = {}
    for each in declared:
        name, _, column = each.partition(".")
        given = tables.get(name, TableMapping()).not_collected
        tables[name] = TableMapping(not_collected=(*given, column))
        if column == WHOLE_TABLE:
            export.pop(name, None)
        elif column in export[name].header:
            export[name].drop(column)
    mapping = trial.mapping.model_copy(update={"tables": tables})
    return replace(trial, export=export, mapping=mapping)
