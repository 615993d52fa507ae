"""Refusal, in a blinded run, of an export that holds who got which arm (decision record 0007).

Every file of the export is searched, also those and their columns that no analysis reads. A finding
names file, column and number of cells, never a cell of a subject.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.config.plan import Arms
from analysis.edc.allocation.arm_names import is_arm_name, is_medication_name
from analysis.edc.allocation.arm_values import ArmWords, build_words
from analysis.edc.allocation.folded import fold_cell
from analysis.edc.layout import Column, Layout
from analysis.edc.sources.files import read_labelled_table
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError, join_findings

MEDICATION = "cm"
"""The table of the layout that names drugs, among which the drug of an arm may be."""

HEADING = (
    "A blinded run cannot use this export: it holds what looks like the allocation. Take these "
    "columns out and export again. Arms come from the lists alone (key unblinding_dir), under an "
    "unblinding record, once the blind review has frozen the analysis sets (SAP 1.7)."
)


Counts = dict[str, int]
"""How many cells of a column hold each text; blank cells left out."""


@dataclass(frozen=True)
class _Column:
    """One column of a file: what it is called, what it holds, and what the layout knows of it.

    ``views`` are its cells as they stand and, if they have SPSS labels, by their labels.
    """

    position: int
    name: str
    label: str
    views: tuple[Counts, ...]
    in_layout: Column | None
    is_known: bool
    is_medication: bool


def require_no_arms(folder: Path, mapping: Mapping, layout: Layout, arms: Arms) -> None:
    """Raise DataError with every finding if the export holds what looks like the allocation."""
    findings = find_arm_like(folder, mapping, layout, arms)
    if findings:
        raise DataError(join_findings(HEADING, findings))


def find_arm_like(folder: Path, mapping: Mapping, layout: Layout, arms: Arms) -> list[str]:
    """Return a finding for every column of the export that looks like an allocation.

    A file that cannot be read cannot be searched: it is a finding, unless it is a table of the
    layout, for which ``read_export`` has the same finding. Raises DataError if the folder is
    absent.
    """
    findings = []
    for table, paths in list_tables(folder, mapping).items():
        for path in paths:
            try:
                content = read_labelled_table(path, mapping)
            except DataError as error:
                if table not in layout.tables:
                    findings.append(f"{error}. It cannot be searched: take it out of the folder")
                continue
            in_table = search_table(table, content, mapping, layout, arms)
            findings += [f"{path.name}, {finding}" for finding in in_table]
    return findings


def search_table(
    table: str, content: LabelledTable, mapping: Mapping, layout: Layout, arms: Arms
) -> list[str]:
    """Return a finding for every column of one table, named as in the layout, that looks so."""
    words, findings = build_words(arms), []
    for column in _iter_columns(table, content, mapping, layout):
        if reasons := [*_judge_name(column, words), *_judge_cells(column, words, arms)]:
            filled = sum(column.views[0].values())
            # A header that names an arm may be the first row of a file without a header.
            named = str(column.position) if words.names_arm(column.name) else column.name
            findings.append(f"column {named} ({filled} cell(s) filled): {'; '.join(reasons)}")
    return findings


def _iter_columns(
    table: str, content: LabelledTable, mapping: Mapping, layout: Layout
) -> Iterator[_Column]:
    in_layout = _columns_in_layout(table, mapping, layout)
    everywhere = {column for each in layout.tables.values() for column in each.columns}
    for position, name in enumerate(map(str, content.texts.columns), start=1):
        counts = _count(content.texts[name], mapping)
        labels = content.value_labels.get(name, {})
        labelled: Counts = Counter()
        for text, number in counts.items():
            labelled[labels.get(text, text)] += number
        yield _Column(
            position=position,
            name=name,
            label=content.labels.get(name, ""),
            views=(counts, labelled) if labels else (counts,),
            in_layout=in_layout.get(name.upper()),
            is_known=name.upper() in (in_layout or everywhere),
            is_medication=table == MEDICATION or is_medication_name(name),
        )


def _count(texts: pd.Series, mapping: Mapping) -> Counts:
    missing = {"", *mapping.missing_values}
    counts = Counter(texts.tolist())
    return {text: number for text, number in counts.items() if text not in missing}


def _columns_in_layout(table: str, mapping: Mapping, layout: Layout) -> dict[str, Column]:
    """The columns of the layout by the name that the mapping gives them in the file."""
    if table not in layout.tables:
        return {}
    sources = mapping.tables.get(table, TableMapping()).columns
    columns = layout.tables[table].columns
    return {sources.get(name, name).upper(): column for name, column in columns.items()}


def _judge_name(column: _Column, words: ArmWords) -> list[str]:
    """What the name and the label say; a column of the layout holds what the layout says."""
    if column.is_known:
        return []
    reasons = []
    for what, text in (("name", column.name), ("label", column.label)):
        if is_arm_name(text):
            quoted = f" ('{text}')" if what == "label" else ""
            reasons.append(f"its {what}{quoted} is that of an allocation")
        elif words.names_arm(text) and not column.is_medication:
            reasons.append(f"its {what} is that of an arm")
    return reasons


def _judge_cells(column: _Column, words: ArmWords, arms: Arms) -> list[str]:
    """What the cells say; those that the layout's code list allows say nothing about an arm."""
    allowed = column.in_layout.allowed if column.in_layout else ()
    for view in column.views:
        folded = {text: fold_cell(text) for text in view if text not in allowed}
        cells = frozenset(folded.values())
        telling = sum(view[text] for text, word in folded.items() if word in words.telling)
        if telling and (words.names_both(cells) or not column.is_medication):
            return [f"{telling} cell(s) hold an arm of the plan ({_list_words(arms)})"]
        if words.covers_both(cells, with_codes=not column.is_known):
            return ["its cells hold words or codes for the two arms, and nothing else"]
    return []


def _list_words(arms: Arms) -> str:
    """Codes and labels of both arms, so that the message does not say which was found."""
    planned = [word for arm in (arms.treatment, arms.reference) for word in (arm.code, arm.label)]
    return ", ".join(dict.fromkeys(planned))
