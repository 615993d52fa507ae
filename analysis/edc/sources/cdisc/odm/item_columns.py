"""Columns of an item group: its items in order, over all versions in which it has data."""

from dataclasses import dataclass

from analysis.edc.sources.cdisc.odm.context_columns import CONTEXT
from analysis.edc.sources.cdisc.odm.metadata import Item, Version, VersionKey
from analysis.edc.sources.cdisc.odm.rows import Row
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

SHOWN = 5
"""OIDs that a message names."""


@dataclass(frozen=True)
class ItemColumns:
    """Items of a group by the newest version that defines them, and the column of each.

    ``unreferenced``: OIDs of items with data that the group does not refer to; they come last.
    """

    items: dict[str, Item]
    names: dict[str, str]
    unreferenced: tuple[str, ...]


def find_items(
    file: SourceFile, oid: str, rows: list[Row], versions: dict[VersionKey, Version]
) -> ItemColumns:
    """Return the columns of one item group; raises DataError if it or an item is not defined."""
    used = {row.form.visit.subject.version for row in rows}
    _require_defined(file, oid, rows, {key: versions[key] for key in used})
    ordered = [version for key, version in versions.items() if key in used]
    referenced = {
        item: version.items[item]
        for version in ordered
        for item in version.groups[oid].items
        if item in version.items
    }
    others = dict.fromkeys(item for row in rows for item in row.texts)
    unreferenced = tuple(item for item in others if item not in referenced)
    items = referenced | {
        item: next(v.items[item] for v in reversed(ordered) if item in v.items)
        for item in unreferenced
    }
    return ItemColumns(items, _name(list(items.values())), unreferenced)


def _require_defined(
    file: SourceFile, oid: str, rows: list[Row], versions: dict[VersionKey, Version]
) -> None:
    lacking = sorted(key for key, version in versions.items() if oid not in version.groups)
    if lacking:
        study, version = lacking[0]
        raise DataError(
            f"{file.name}: data of item group {oid}, which MetaDataVersion {version} of study "
            f"{study} does not define. Export the data with their metadata in one file"
        )
    undefined: dict[str, None] = {}
    for row in rows:
        items = versions[row.form.visit.subject.version].items
        undefined.update(dict.fromkeys(item for item in row.texts if item not in items))
    if undefined:
        listed = ", ".join(list(undefined)[:SHOWN]) + (", ..." if len(undefined) > SHOWN else "")
        raise DataError(
            f"{file.name}: item group {oid} has data of {len(undefined)} item(s) that no ItemDef "
            f"defines ({listed}). Export the data with their metadata in one file"
        )


def _name(items: list[Item]) -> dict[str, str]:
    """By name if that tells them apart, and from the columns before them; otherwise by OID."""
    names = [item.name.upper() for item in items]
    distinct = len(set(names)) == len(names) and not set(names) & {n.upper() for n in CONTEXT}
    return {item.oid: item.name if distinct else item.oid for item in items}
