"""Columns and rows that split the randomised subjects as an allocation does."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.config import Mapping
from analysis.config.plan import Arms
from analysis.edc.allocation.mentions import Mentions, build_mentions
from analysis.edc.allocation.pattern.judge import Judged, judge
from analysis.edc.allocation.pattern.randomised import (
    RANDOMISATION,
    SHARED_LINKS,
    Ints,
    Randomised,
    describe_randomised,
)
from analysis.edc.allocation.pattern.search import Found, Source, split_file
from analysis.edc.allocation.search.columns import SearchedColumn
from analysis.edc.allocation.search.files import SearchedFile
from analysis.edc.allocation.search.findings import WHOLE_FILE, Finding
from analysis.edc.allocation.search.told import judge_told, read_told
from analysis.edc.layout import SUBJECT

Columns = list[SearchedColumn]


def find_randomised(files: Iterable[SearchedFile], mapping: Mapping) -> Randomised | None:
    """Return the randomised subjects of an export, or None if its ``rand`` cannot tell."""
    missing = dict.fromkeys(mapping.missing_values, "")
    frames = {each.table: each.layout_texts().replace(missing) for each in files if each.in_layout}
    return describe_randomised(frames)


def search_patterns(
    files: list[SearchedFile],
    columns_of: list[Columns],
    randomised: Randomised | None,
    mapping: Mapping,
    arms: Arms,
    ratio: tuple[int, int],
) -> list[Finding]:
    """Return a finding for every column, and every file, that splits the subjects as arms would.

    Also for every column whose texts name the arms of too many. ``columns_of``: those of each file.
    """
    mentions, findings, splits = build_mentions(arms), [], []
    columns: dict[tuple[str, str], SearchedColumn] = {}
    for file, own in zip(files, columns_of, strict=True):
        subjects = find_owners(file, randomised)
        findings += _search_told(own, subjects, randomised, mentions)
        if randomised is not None and subjects is not None and own:
            columns |= {(file.name, each.name): each for each in own}
            sources = [
                source
                for each in own
                if not _repeats_subjects(each, randomised)
                for source in _list_sources(each, mapping, mentions)
            ]
            splits += split_file(file.name, sources, subjects, randomised, ratio)
    if randomised is not None:
        judged = judge(splits, randomised, ratio)
        findings += [_describe(each, columns, ratio) for each in judged]
    return findings


def find_owners(file: SearchedFile, randomised: Randomised | None) -> Ints | None:
    """Return whose each row of a file is, -1 for nobody's; None where nothing says so.

    The subject of the layout says it, else the column that names the most subjects, else, in a file
    of as many rows as there are subjects, the place of the row.
    """
    texts = file.content.texts
    if randomised is None or texts.empty:
        return None
    named = {
        str(c): c for c in texts.columns if file.in_layout.get(str(c).upper(), ("",))[0] == SUBJECT
    }
    best, share = None, 0.0
    for column in named.values() or texts.columns:
        owners = randomised.find_subjects(texts[column])
        filled = max(int((texts[column] != "").sum()), 1)
        if (owners >= 0).sum() / filled > share and len(np.unique(owners)) > 2:
            best, share = owners, float((owners >= 0).sum() / filled)
    if best is not None and (named or share >= SHARED_LINKS):
        return best
    return np.arange(randomised.count) if len(texts) == randomised.count else None


def _repeats_subjects(column: SearchedColumn, randomised: Randomised) -> bool:
    """Whether a column outside ``rand`` holds identifiers as ``rand`` has them."""
    texts = column.file.content.texts[column.name]
    if column.file.table == RANDOMISATION:
        return False
    return all(not text or text in randomised.ids for text in texts.unique())


def _list_sources(column: SearchedColumn, mapping: Mapping, mentions: Mentions) -> list[Source]:
    """A column as it stands; once more by the labels of its values if those put some together."""
    texts = column.file.content.texts[column.name]
    texts = (
        texts.replace(dict.fromkeys(mapping.missing_values, ""))
        if mapping.missing_values
        else texts
    )
    spec, labels = column.in_layout, column.file.content.value_labels.get(column.name, {})
    views = [texts]
    if len(set(labels.values())) < len(labels):
        views.append(texts.replace(labels))
    return [
        Source(
            file=column.file.name,
            column=column.name,
            texts=view,
            named=read_told(view, mentions, spec.allowed if spec else ()).rows,
            is_known=spec is not None,
            is_plain=spec is not None and (spec.type != "str" or bool(spec.allowed)),
            is_suspect=not column.is_known and column.is_suspect,
        )
        for view in views
    ]


def _search_told(
    columns: Columns, subjects: Ints | None, randomised: Randomised | None, mentions: Mentions
) -> list[Finding]:
    count = randomised.count if randomised else 0
    findings = []
    for column in columns:
        if not column.is_medication:
            labels = column.file.content.value_labels.get(column.name, {})
            texts: pd.Series = column.file.content.texts[column.name].replace(labels)
            spec = column.in_layout
            told = read_told(texts, mentions, spec.allowed if spec else ())
            is_free_text = spec is not None and spec.type == "str" and not spec.allowed
            if told.any and (
                reason := judge_told(told, subjects, count, is_free_text=is_free_text)
            ):
                findings.append(column.find(reason))
    return findings


def _describe(
    judged: Judged, columns: dict[tuple[str, str], SearchedColumn], ratio: tuple[int, int]
) -> Finding:
    found: Found = judged.found
    side, source = found.split.side, found.source
    sizes = sorted((int((side == 1).sum()), int((side == 0).sum())))
    reason = (
        f"{found.split.by}: {sizes[0]} and {sizes[1]} subjects, {judged.reason} "
        f"(planned {ratio[0]}:{ratio[1]})"
    )
    if source.column != WHOLE_FILE:
        return columns[source.file, source.column].find(reason)
    table = next(each.file.table for (file, _), each in columns.items() if file == source.file)
    return Finding(source.file, table, WHOLE_FILE, "", 0, reason)
