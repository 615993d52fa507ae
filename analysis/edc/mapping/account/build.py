"""The account of a mapping, from an export as it was read."""

from collections.abc import Sequence
from pathlib import Path

from analysis.config import Mapping
from analysis.edc.allocation.mentions import Mentions
from analysis.edc.layout import Layout
from analysis.edc.mapping.account.columns import account_columns
from analysis.edc.mapping.account.rows import account_rows
from analysis.edc.mapping.account.sources import account_sources
from analysis.edc.mapping.account.to_look_at import list_to_look_at
from analysis.edc.mapping.opened import open_export
from analysis.edc.mapping.shown import show_tables
from analysis.edc.reading.export import Export
from analysis.io.mapping.account import MappingAccount


def account_mapping(
    folder: Path,
    mapping: Mapping,
    layout: Layout,
    export: Export,
    findings: Sequence[str],
    mentions: Mentions,
) -> MappingAccount:
    """Return what ``mapping`` makes of the export in ``folder``.

    ``export``: as it was read; ``findings``: what would stop its analysis. ``mentions``: what names
    an arm. All sources are read, those too that no table takes.
    """
    opened = open_export(folder, mapping, layout)
    shown = show_tables(opened)
    sources = account_sources(export, opened, mentions)
    return MappingAccount(
        columns=account_columns(export, opened, mapping, layout),
        tables=account_rows(export, opened, layout),
        sources=sources,
        findings=tuple(dict.fromkeys(findings)),
        to_look_at=list_to_look_at(sources),
        queries=tuple((name, shown[name]) for name in layout.tables if name in shown),
    )
