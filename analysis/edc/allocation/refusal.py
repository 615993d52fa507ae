"""Refusal, in a blinded run, of an export that holds who got which arm (decision record 0007).

Every file of the export is searched, also those and their columns that no analysis reads. A finding
names file, column and number of cells, never a cell of a subject.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.config.plan import Arms
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.allocation.pattern.randomised import Randomised, describe_randomised
from analysis.edc.allocation.search.columns import iter_columns, search_columns
from analysis.edc.allocation.search.files import SearchedExport, SearchedFile, describe_file
from analysis.edc.allocation.search.findings import (
    Finding,
    find_unknown_declared,
    join_reasons,
    leave_declared,
)
from analysis.edc.allocation.search.names import search_names, search_notes
from analysis.edc.allocation.search.patterns import PatternSearch
from analysis.edc.allocation.search.subjects import find_identifiers
from analysis.edc.layout import Layout
from analysis.edc.reading.absent_sources import list_absent_declared
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError, join_findings

Ratio = tuple[int, int]

HEADING = (
    "A blinded run cannot use this export: it holds what looks like the allocation. Take these "
    "columns out and export again. Arms come from the lists alone (key unblinding_dir), under an "
    "unblinding record, once the blind review has frozen the analysis sets (SAP 1.7). A column "
    "that you know to be none is declared with the reason in config/edc.yaml, as in "
    'tables: {NAME: {not_allocation: {COLUMN: "reason"}}}: NAME is the source (the file without '
    "its extension, a sheet, a name under sources) or a table of the layout that is read from it; "
    'COLUMN is the column as the export calls it, "*" the file itself. The audit prints it.'
)


def require_no_arms(
    folder: Path, mapping: Mapping, layout: Layout, arms: Arms, ratio: Ratio
) -> None:
    """Raise DataError with every finding if the export holds what looks like the allocation.

    ``ratio``: planned, treatment : reference. An export that lacks a source which the mapping
    declares is refused with that alone: how its files are to be read is not known.
    """
    if absent := list_absent_declared(folder, mapping, layout.tables):
        raise DataError(join_findings("The export cannot be analysed.", absent))
    findings = find_arm_like(folder, mapping, layout, arms, ratio)
    if findings:
        raise DataError(join_findings(HEADING, findings))


def find_arm_like(
    folder: Path, mapping: Mapping, layout: Layout, arms: Arms, ratio: Ratio
) -> list[str]:
    """Return a finding for every column of the export that looks like an allocation.

    A file that cannot be read cannot be searched: it is a finding, unless it is a table of the
    layout, for which ``read_export`` has the same finding. Raises DataError if the folder is
    absent.
    """
    files, mentions = SearchedExport(folder, mapping, layout), build_mentions(arms)
    frames: dict[str, pd.DataFrame] = {}

    def take(file: SearchedFile) -> SearchedFile:
        frames.update(find_identifiers(file, mapping))
        return file.without_rows()

    heads = list(map(take, files))  # which, other than a loop, holds no file while it gets the next
    unreadable, randomised = files.unreadable, describe_randomised(frames)
    frames.clear()
    findings = [
        *search_names(folder, heads, mentions),
        *search_notes(heads, mentions, randomised),
        *search_files(files, randomised, mapping, layout, arms, ratio),
    ]
    left = leave_declared(findings, heads, mapping)
    unknown = find_unknown_declared(heads, mapping, files.unread)
    return [*join_reasons(left), *unreadable, *unknown]


def search_files(
    files: Iterable[SearchedFile],
    randomised: Randomised | None,
    mapping: Mapping,
    layout: Layout,
    arms: Arms,
    ratio: Ratio,
) -> list[Finding]:
    """Return every finding in the columns and rows of some files, file by file."""
    patterns = PatternSearch(randomised, mapping, arms, ratio)

    def search(file: SearchedFile) -> tuple[str, list[Finding]]:
        columns = list(iter_columns(file, mapping, layout, arms))
        patterns.search(file, columns)
        return file.name, search_columns(columns, arms)

    found = list(map(search, files))
    order = {name: place for place, (name, _) in enumerate(found)}
    named = (each for _, of_file in found for each in of_file)
    findings = [*named, *patterns.told, *patterns.judge_splits()]
    return sorted(findings, key=lambda each: order[each.file])


def search_table(
    table: str, content: LabelledTable, mapping: Mapping, layout: Layout, arms: Arms
) -> list[str]:
    """Return a finding for every column of one table that looks so by its words alone."""
    file = describe_file("", table, content, mapping, layout)
    found = search_columns(iter_columns(file, mapping, layout, arms), arms)
    return [line.removeprefix(", ") for line in join_reasons(found)]
