"""What names, labels and whole cells of a column say, each by itself."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config import Mapping
from analysis.config.plan import Arms
from analysis.edc.allocation.arm_names import is_arm_name, is_medication_name, is_suspect_name
from analysis.edc.allocation.arm_values import ArmWords, build_words
from analysis.edc.allocation.folded import fold_cell
from analysis.edc.allocation.mentions import Mentions, build_mentions
from analysis.edc.allocation.pattern.cells import Cells, may_match
from analysis.edc.allocation.search.files import SearchedFile
from analysis.edc.allocation.search.findings import Finding
from analysis.edc.layout import Column, Layout

MEDICATION = "cm"
"""The table of the layout that names drugs, among which the drug of an arm may be."""

View = tuple[pd.Series, NDArray[np.int64]]
"""Texts of a column and how many cells hold each; a text may stand there more than once."""


@dataclass(frozen=True)
class SearchedColumn:
    """One column of a file: what it is called, what it holds, and what the layout knows of it.

    ``missing``: texts that stand for a missing value; ``labels``: words for its values, if any.
    ``is_suspect``: its name or label may be that of an allocation, or of something else.
    """

    file: SearchedFile
    name: str
    label: str
    shown: str
    missing: frozenset[str]
    labels: MappingABC[str, str]
    in_layout: Column | None
    is_known: bool
    is_medication: bool
    is_suspect: bool

    def find(self, reason: str) -> Finding:
        """Return a finding of this column."""
        filled = int(self._count_cells()[1].sum())
        return Finding(self.file.name, self.file.table, self.name, self.shown, filled, reason)

    @property
    def cells(self) -> Cells:
        """The cells of the column, as they stand."""
        return self.file.code_cells(self.name)

    def list_views(self) -> tuple[View, ...]:
        """Return the cells as they stand and, if they have labels, by their labels."""
        texts, counts = self._count_cells()
        views = ((texts, counts),)
        return (*views, (texts.replace(dict(self.labels)), counts)) if self.labels else views

    def _count_cells(self) -> View:
        """The distinct texts without those that are missing, and how many cells hold each."""
        there = ~self.cells.texts.isin(self.missing)
        return self.cells.texts[there], self.cells.counts[there.to_numpy()]


def search_columns(columns: Iterable[SearchedColumn], arms: Arms) -> list[Finding]:
    """Return a finding for every reason why a column is taken for an allocation by its words."""
    words, mentions = build_words(arms), build_mentions(arms)
    return [
        column.find(reason)
        for column in columns
        for reason in (
            *_judge_name(column, words, mentions),
            *(_judge_cells(column, words, arms) or _judge_labels(column, mentions)),
        )
    ]


def iter_columns(
    file: SearchedFile, mapping: Mapping, layout: Layout, arms: Arms
) -> Iterator[SearchedColumn]:
    """Yield the columns of a file."""
    everywhere = {column for each in layout.tables.values() for column in each.columns}
    mentions, words = build_mentions(arms), build_words(arms)
    for position, name in enumerate(map(str, file.content.texts.columns), start=1):
        # A header that names an arm may be the first row of a file without a header.
        names_arm = words.names_arm(name) or mentions.names_any(name)
        labels = file.content.value_labels.get(name, {})
        yield SearchedColumn(
            file=file,
            name=name,
            label=file.content.labels.get(name, ""),
            shown=f"column {position if names_arm else name}",
            missing=frozenset({"", *mapping.missing_values}),
            labels=labels,
            in_layout=file.find_column(name),
            is_known=name.upper() in (file.in_layout or everywhere),
            is_medication=file.table == MEDICATION or is_medication_name(name),
            is_suspect=any(map(is_suspect_name, (name, file.content.labels.get(name, "")))),
        )


def _judge_name(column: SearchedColumn, words: ArmWords, mentions: Mentions) -> Iterator[str]:
    """What the name and the label say; a column of the layout holds what the layout says."""
    if column.is_known:
        return
    for what, text in (("name", column.name), ("label", column.label)):
        if is_arm_name(text):
            quoted = f" ('{text}')" if what == "label" and not mentions.names_any(text) else ""
            yield f"its {what}{quoted} is that of an allocation"
        elif not column.is_medication and (words.names_arm(text) or mentions.names_any(text)):
            yield f"its {what} is that of an arm"


def _judge_labels(column: SearchedColumn, mentions: Mentions) -> list[str]:
    """Labels of SPSS values that name an arm among other words, whether a cell has them or not."""
    if not column.is_medication and any(map(mentions.names_any, column.labels.values())):
        return ["its values have labels that name an arm"]
    return []


def _judge_cells(column: SearchedColumn, words: ArmWords, arms: Arms) -> list[str]:
    """What the cells say; those that the layout's code list allows say nothing about an arm."""
    allowed = column.in_layout.allowed if column.in_layout else ()
    for texts, counts in column.list_views():
        asked = ~texts.isin(allowed).to_numpy()
        may_be = may_match(texts[asked], words.pattern)
        folded = [fold_cell(str(text)) for text in texts[asked][may_be]]
        cells = frozenset(folded)
        of_word = zip(folded, counts[asked][may_be].tolist(), strict=True)
        telling = sum(count for word, count in of_word if word in words.telling)
        if telling and (words.names_both(cells) or not column.is_medication):
            return [f"{telling} cell(s) hold an arm of the plan ({_list_words(arms)})"]
        if may_be.all() and words.covers_both(cells, with_codes=not column.is_known):
            return ["its cells hold words or codes for the two arms, and nothing else"]
    return []


def _list_words(arms: Arms) -> str:
    """Codes and labels of both arms, so that the message does not say which was found."""
    planned = [word for arm in (arms.treatment, arms.reference) for word in (arm.code, arm.label)]
    return ", ".join(dict.fromkeys(planned))
