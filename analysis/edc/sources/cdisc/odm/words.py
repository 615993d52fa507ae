"""Words of the metadata on the columns of an item group: labels with units, labels of values."""

from analysis.edc.sources.cdisc.odm.item_columns import ItemColumns
from analysis.edc.sources.cdisc.odm.metadata import Codes, Version, VersionKey


def label_items(columns: ItemColumns) -> dict[str, str]:
    """Return the label of each column that has one, with its units in brackets."""
    labels: dict[str, str] = {}
    for oid, item in columns.items.items():
        units = f" [{', '.join(item.units)}]" if item.units else ""
        if item.label or units:
            labels[columns.names[oid]] = (item.label or item.name) + units
    return labels


def label_values(
    columns: ItemColumns, versions: dict[VersionKey, Version]
) -> tuple[dict[str, Codes], list[str]]:
    """Return the labels of values by column, and a note on each column where versions differ.

    Of several labels of one value, the one of the last version holds.
    """
    labels: dict[str, Codes] = {}
    notes = []
    for oid, name in columns.names.items():
        codes: Codes = {}
        differing: set[str] = set()
        for version in versions.values():
            found = _find_codes(version, oid)
            differing |= {
                value for value in found if codes.get(value, found[value]) != found[value]
            }
            codes |= found
        if codes:
            labels[name] = codes
        if differing:
            notes.append(
                f"{name}: versions of the metadata label {', '.join(sorted(differing))} "
                "differently; the label of the last is given"
            )
    return labels, notes


def _find_codes(version: Version, oid: str) -> Codes:
    item = version.items.get(oid)
    return version.code_lists.get(item.code_list, {}) if item else {}
