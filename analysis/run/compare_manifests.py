"""Two manifests side by side: outputs that differ, and entries that say from what they came."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SURROUNDINGS = ("versions", "blas", "processor")
"""Entries on which the last digits of a number may depend, though what is computed does not."""


@dataclass(frozen=True)
class Difference:
    """An output or an entry; ``archived`` and ``rerun`` as text, None where it is absent."""

    name: str
    archived: str | None
    rerun: str | None

    @property
    def is_of_surroundings(self) -> bool:
        """Whether it is an entry of the versions, the BLAS or the processor."""
        return self.name.partition(":")[0] in SURROUNDINGS

    @property
    def is_in_both(self) -> bool:
        """Whether archive and rerun both have it."""
        return self.archived is not None and self.rerun is not None


def compare_texts(archived: Mapping[str, str], rerun: Mapping[str, str]) -> list[Difference]:
    """Return what is not the same in both, in the order of the archive, then of the rerun."""
    return [
        Difference(name, archived.get(name), rerun.get(name))
        for name in {**archived, **rerun}
        if archived.get(name) != rerun.get(name)
    ]


def compare_entries(archived: Mapping[str, Any], rerun: Mapping[str, Any]) -> list[Difference]:
    """Return the entries of two manifests that are not the same, e.g. ``versions: numpy``."""
    return compare_texts(dict(_flatten("", archived)), dict(_flatten("", rerun)))


def _flatten(prefix: str, entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every value as text, under the names that lead to it."""
    for name, value in entries.items():
        if isinstance(value, dict):
            yield from _flatten(f"{prefix}{name}: ", value)
        elif _is_list_of_rows(value):
            yield from _flatten(f"{prefix}{name}: ", {str(row[0]): row[1:] for row in value})
        else:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield f"{prefix}{name}", text


def _is_list_of_rows(value: object) -> bool:
    """Whether it is a table whose first column names its rows."""
    return (
        isinstance(value, list)
        and all(isinstance(row, list) and row for row in value)
        and len({str(row[0]) for row in value}) == len(value)
    )
