"""Every source of an export, read as its file is written: which keys that takes is tried out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.edc.mapping.proposal.files.encodings import rank_encodings
from analysis.edc.sources.columns.titles import BETWEEN
from analysis.edc.sources.delimited.label_rows import is_figure
from analysis.edc.sources.files.content import read_content
from analysis.edc.sources.folder import list_sources
from analysis.edc.sources.kinds import KINDS
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.edc.written.unprintable import clean_table
from analysis.errors import AnalysisError

UTF_8 = "utf-8"
DELIMITERS = (None, ";", "tab", "|", ",")
LABEL_ROWS = (0, 1, 2)
REPEATED = ("refuse", "number")
MOST_ABOVE = 5
"""Rows of titles that are tried above the names of a sheet."""
FEWEST_ROWS = 2
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class ReadSource:
    """A source that was read. ``keys``: of the mapping, by which it was, beside its file.

    ``labels``: of its columns, also those that stand in rows below its header. ``words``: texts
    that all its rows have in one column, such as the name of a form or a questionnaire. ``rows``:
    the condition for the rows that were taken; empty: all. ``repeats``: whether
    some subjects have several rows, of a source in which each row is a record; else None.
    """

    source: Source
    table: LabelledTable
    keys: dict[str, object] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    rows: str = ""
    repeats: bool | None = None

    @property
    def name(self) -> str:
        """The name by which the mapping finds it."""
        return self.source.name


def read_sources(folder: Path, mapping: Mapping) -> tuple[list[ReadSource], list[str]]:
    """Return the sources of ``folder``, and a finding for each that cannot be read.

    Raises DataError if the folder is absent.
    """
    read: list[ReadSource] = []
    findings = []
    for source in list_sources(folder, mapping):
        try:
            found = _read(source)
        except AnalysisError as error:
            findings.append(str(error))
            continue
        texts = clean_table(found.table.texts)
        words = list_words(texts)
        read.append(replace(found, table=replace(found.table, texts=texts), words=words))
    return read, findings


def list_words(texts: pd.DataFrame) -> tuple[str, ...]:
    """Return the texts that stand in every row of some column; none of a table of one row."""
    if len(texts) < FEWEST_ROWS:
        return ()
    firsts = [(str(texts.iloc[0, at]), texts.iloc[:, at]) for at in range(texts.shape[1])]
    return tuple(first for first, cells in firsts if first and bool((cells == first).all()))


def _read(source: Source) -> ReadSource:
    """The source as it is written; raises what it raises as the mapping has it if nothing does."""
    first: AnalysisError | None = None
    for keys in _list_ways(source):
        options = replace(source.options, **keys)  # type: ignore[arg-type]
        tried = replace(source, options=options)
        try:
            table = tried.read()
        except AnalysisError as error:
            first = first or error
            continue
        if tried.options.name_row > source.options.name_row and not _has_names(table.texts):
            continue
        if not options.label_rows and _begins_with_words(source, table.texts):
            continue
        return ReadSource(tried, table, keys, {**table.labels, **_read_labels(tried)})
    raise first or AnalysisError(source.label)


def _begins_with_words(source: Source, texts: pd.DataFrame) -> bool:
    """Whether the first row of a text file names the columns whose other cells are numbers."""
    kind = KINDS.get(source.file.suffix)
    if not kind or not kind.is_text or len(texts) <= FEWEST_ROWS:
        return False
    of_numbers = [texts.iloc[:, at] for at in range(texts.shape[1])]
    of_numbers = [cells for cells in of_numbers if _is_of_numbers(cells.iloc[1:])]
    words = sum(cells.iloc[0][:1].isalpha() for cells in of_numbers)
    return bool(of_numbers) and words > len(of_numbers) / 2


def _is_of_numbers(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    return len(filled) > 0 and bool(filled.str[0].str.isdigit().mean() > NEARLY_ALL)


def _list_ways(source: Source) -> Iterator[dict[str, object]]:
    """The keys to try: none first; of text files others then, what is likest first."""
    yield {}
    kind = KINDS.get(source.file.suffix)
    if source.problem or kind is None or not kind.is_text:
        return
    is_workbook = kind.list_parts is not None
    encodings = (source.options.encoding,) if is_workbook else _list_encodings(source)
    delimiters = (None,) if is_workbook else DELIMITERS
    for encoding, delimiter, rows, repeated in product(encodings, delimiters, LABEL_ROWS, REPEATED):
        keys = {
            "encoding": encoding, "delimiter": delimiter, "label_rows": rows,
            "repeated_headers": repeated,
        }  # fmt: skip
        yield {key: value for key, value in keys.items() if value != getattr(source.options, key)}
    if is_workbook and not source.options.header_rows:
        yield from _list_headers(source.options.header_row)


def _list_encodings(source: Source) -> tuple[str, ...]:
    """The encodings to try: one that the mapping names, unless it is that of all, then the likest.

    A file whose bytes cannot be had is read in none: it has said so already.
    """
    named = source.options.encoding
    try:
        ranked = rank_encodings(read_content(source.file))
    except AnalysisError:
        ranked = {}
    return tuple(dict.fromkeys([*([named] if named != UTF_8 else []), *ranked]))


def _list_headers(first: int) -> Iterator[dict[str, object]]:
    """Rows below the first that may name the columns, alone or with the titles above them."""
    for row in range(first + 1, first + MOST_ABOVE + 1):
        yield {"header_row": row}
        if first == 1:
            yield {"header_rows": (row - 1, row)}


def _has_names(texts: pd.DataFrame) -> bool:
    """Whether a row that was tried as the header holds words, not the cells of a row of data."""
    names = [str(name).rpartition(BETWEEN)[2] for name in texts.columns]
    are_cells = (
        is_figure(name) or bool((texts.iloc[:, at] == name).any()) for at, name in enumerate(names)
    )
    return len(texts) > 0 and not any(are_cells)


def _read_labels(source: Source) -> dict[str, str]:
    """The words in the first row below the header, where the rows of words are not read."""
    if not source.options.label_rows:
        return {}
    unread = replace(source.options, label_rows=0)
    try:
        table = KINDS[source.file.suffix].read(source.file, source.part, unread)
    except AnalysisError:
        return _read_header_rows(source)
    return {str(c): str(table.texts[c].iloc[0]) for c in table.texts.columns if len(table.texts)}


def _read_header_rows(source: Source) -> dict[str, str]:
    """The labels as a header of their own, where the file is refused without them."""
    shifted = replace(source.options, label_rows=0, header_row=source.options.header_row + 1)
    try:
        words = KINDS[source.file.suffix].read(source.file, source.part, shifted)
        named = KINDS[source.file.suffix].read(source.file, source.part, source.options)
    except AnalysisError:
        return {}
    headers = list(map(str, named.texts.columns))
    labels = list(map(str, words.texts.columns))
    return dict(zip(headers, labels, strict=True)) if len(headers) == len(labels) else {}
