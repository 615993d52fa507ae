"""What the metadata of a snapshot define: item groups, items, code lists and units."""

from __future__ import annotations

from dataclasses import dataclass, field

Key = tuple[str, str]
"""OIDs of a study and of its version of the metadata, or of one of its units."""


@dataclass
class Item:
    """An item: its name, its code list and its units by OID."""

    name: str
    code_list: str = ""
    units: list[str] = field(default_factory=list)


@dataclass
class Version:
    """One version of the metadata; ``included``: another, whose definitions it has too."""

    included: Key | None = None
    groups: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    code_lists: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Definitions:
    """All versions in the order of the file, and the symbols of units."""

    versions: dict[Key, Version] = field(default_factory=dict)
    units: dict[Key, str] = field(default_factory=dict)

    def resolve(self, key: Key) -> Version:
        """Return a version with what it includes; raises LookupError if that is not there."""
        version, seen = self.versions[key], {key}
        found = Version(None, dict(version.groups), dict(version.items), dict(version.code_lists))
        while version.included is not None:
            if version.included in seen:
                raise LookupError("versions of the metadata include each other")
            seen.add(version.included)
            version = self.versions[version.included]
            found = Version(
                None,
                {**version.groups, **found.groups},
                {**version.items, **found.items},
                {**version.code_lists, **found.code_lists},
            )
        return found
