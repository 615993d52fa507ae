"""An archive and its rerun side by side, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError
from analysis.run.archive import Archive, find_edited
from analysis.run.compare_ard import ArdDifferences, compare_ards, read_ard_rows
from analysis.run.compare_manifests import Difference, compare_entries, compare_texts

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
