"""An archive and its rerun side by side, and whether they agree.

Two manifests side by side: outputs that differ, and entries that say from what they came.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.run.lock.values import flatten
from analysis.run.verify.archive import Archive, find_edited
from analysis.run.verify.ard import ArdDifferences, compare_ards, read_ard_rows

SEPARATOR = ": "
"""Between the names that lead to an entry."""
SURROUNDINGS = ("versions", "environment", "blas", "processor")
"""Entries on which the last digits of a number may depend, though what is computed does not."""


@dataclass(frozen=True)
class Difference:
    """An output or an entry; ``archived`` and ``rerun`` as text, None where it is absent."""

    name: str
    archived: str | None
    rerun: str | None

    @property
    def is_of_surroundings(self) -> bool:
        """Whether it is an entry of versions, environment, BLAS or the processor."""
        return self.name.partition(SEPARATOR)[0] in SURROUNDINGS

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
    return compare_texts(_list_entries(archived), _list_entries(rerun))


def _list_entries(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Every value as text, under the names that lead to it."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in flatten(_name_rows(manifest), SEPARATOR)
    }


def _name_rows(value: Any) -> Any:
    """The same with a block, by the first column, in place of every list of rows."""
    if _is_list_of_rows(value):
        value = {str(row[0]): row[1:] for row in value}
    if isinstance(value, dict):
        return {name: _name_rows(each) for name, each in value.items()}
    return value


def _is_list_of_rows(value: object) -> bool:
    """Whether it is a table whose first column names its rows."""
    return (
        isinstance(value, list)
        and all(isinstance(row, list) and row for row in value)
        and len({str(row[0]) for row in value}) == len(value)
    )


ARD = "ard.csv"


@dataclass(frozen=True)
class Comparison:
    """How a rerun differs from the archive.

    ``edited``: archived outputs that are not as their manifest says. ``files``: outputs whose bytes
    differ between the two manifests. ``entries``: what they were made from. ``ard``: the archived
    statistics against the rerun's, or why they cannot be compared.
    """

    archive: Archive
    edited: tuple[str, ...]
    files: tuple[Difference, ...]
    entries: tuple[Difference, ...]
    ard: ArdDifferences | str

    @property
    def is_same_bytes(self) -> bool:
        """First level: every output is the same byte for byte."""
        return not self.edited and not self.files

    @property
    def is_same_numbers(self) -> bool:
        """Second level: bytes differ with versions, BLAS or processor alone, numbers do not.

        The outputs are the same ones, and every statistic of the ARD is within the tolerance.
        """
        return (
            not self.edited
            and all(file.is_in_both for file in self.files)
            and bool(self.entries)
            and all(entry.is_of_surroundings for entry in self.entries)
            and isinstance(self.ard, ArdDifferences)
            and self.ard.is_tolerable
        )


def compare(archive: Archive, again: Archive) -> Comparison:
    """Return how a rerun differs from the archive, both with their outputs beside them."""
    return Comparison(
        archive=archive,
        edited=tuple(find_edited(archive)),
        files=tuple(compare_texts(archive.outputs, again.outputs)),
        entries=tuple(compare_entries(archive.entries, again.entries)),
        ard=_compare_statistics(archive.folder / ARD, again.folder / ARD),
    )


def _compare_statistics(archived: Path, again: Path) -> ArdDifferences | str:
    try:
        old = read_ard_rows(archived)
    except DataError as error:
        return f"archive: {ARD} {error}"
    try:
        new = read_ard_rows(again)
    except DataError as error:
        return f"rerun: {ARD} {error}"
    return compare_ards(old, new)
