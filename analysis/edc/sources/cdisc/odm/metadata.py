"""Metadata of an ODM file: item groups, items, code lists and units, by version."""

from dataclasses import dataclass, field

from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

VersionKey = tuple[str, str]
"""OID of the study and of its MetaDataVersion."""
Codes = dict[str, str]
"""Label by coded value."""


@dataclass(frozen=True)
class Item:
    """An ItemDef. ``units``: their symbols. ``label``: the question, or else the description."""

    oid: str
    name: str
    label: str
    units: tuple[str, ...]
    code_list: str


@dataclass(frozen=True)
class ItemGroup:
    """An ItemGroupDef with the OIDs of its items in order."""

    oid: str
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """One MetaDataVersion; ``included``: another whose definitions are a part of it."""

    key: VersionKey
    included: VersionKey | None
    groups: dict[str, ItemGroup]
    items: dict[str, Item]
    code_lists: dict[str, Codes]


@dataclass
class Metadata:
    """What the file defines. ``units``: symbol by OIDs of study and MeasurementUnit."""

    versions: dict[VersionKey, Version] = field(default_factory=dict)
    units: dict[tuple[str, str], str] = field(default_factory=dict)

    def list_groups(self) -> list[str]:
        """Return the OIDs of all item groups in order of their first definition."""
        return list(dict.fromkeys(oid for each in self.versions.values() for oid in each.groups))

    def resolve(self, file: SourceFile, key: VersionKey) -> Version:
        """Return a version with the definitions of those that it includes.

        Raises DataError if the file lacks one of them, or they include each other.
        """
        chain: list[Version] = []
        wanted: VersionKey | None = key
        while wanted is not None:
            if any(version.key == wanted for version in chain):
                raise DataError(
                    f"{file.name}: MetaDataVersion {wanted[1]} of study {wanted[0]} includes "
                    "itself, so the file is no valid ODM. Export it again, or ask the vendor"
                )
            chain.append(self._require(file, wanted))
            wanted = chain[-1].included
        groups: dict[str, ItemGroup] = {}
        items: dict[str, Item] = {}
        code_lists: dict[str, Codes] = {}
        for version in reversed(chain):
            groups |= version.groups
            items |= version.items
            code_lists |= version.code_lists
        return Version(key, None, groups, items, code_lists)

    def _require(self, file: SourceFile, key: VersionKey) -> Version:
        if key in self.versions:
            return self.versions[key]
        there = "; ".join(f"{oid} of study {study}" for study, oid in list(self.versions)[:5])
        raise DataError(
            f"{file.name}: the data are by MetaDataVersion {key[1]} of study {key[0]}, which the "
            f"file does not define (it defines {there or 'none'}). Export the data with their "
            "metadata in one file"
        )
