"""Cells of an export that hold what cannot be printed: cleaned at the door, with a query each.

The data sets hold clean texts, in one line each. Identifiers that differ in such characters alone
would become one; they stop the run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.edc.queries import QueryRows, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.io.printable import REPLACEMENT, clean_cell, is_clean, name_unprintable

IDENTIFIERS = ("SUBJID", "SITEID", "SCRNO", "RANDNO", "KITNO")
"""Columns whose texts name something; in other columns two texts may become one, with queries."""
SHOWN = 5
"""Identifiers that a message names."""


Cells = Mapping[str, tuple[pd.Series, pd.Series]]


def clean_table(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the texts of a file, header included, without what cannot be printed."""
    columns = {i: _clean_texts(raw.iloc[:, i]) for i in range(raw.shape[1])}
    clean = pd.DataFrame(columns, index=raw.index)
    clean.columns = pd.Index([clean_cell(str(name)) for name in raw.columns], dtype="str")
    return clean


def _clean_texts(texts: pd.Series) -> pd.Series:
    """The texts clean; the very same where there is nothing to clean."""
    dirty = [text for text in find_suspects(texts).unique() if not is_clean(text)]
    return texts.replace({text: clean_cell(text) for text in dirty}) if dirty else texts


def find_suspects(texts: pd.Series) -> pd.Series:
    """Return the texts that are not of printable ASCII characters alone, which are all clean."""
    plain = pc.fill_null(pc.ascii_is_printable(pa.array(texts)), True)
    return texts[~np.asarray(plain)]


def pair_cells(raw: pd.DataFrame, clean: pd.DataFrame, sources: Mapping[str, str]) -> Cells:
    """Return by column of the layout the texts of the file, as they were and clean.

    ``sources``: by column of the layout the name of the file's column, in capitals.
    """
    places = {str(name).upper(): place for place, name in enumerate(clean.columns)}
    return {
        column: (raw.iloc[:, places[source]], clean.iloc[:, places[source]])
        for column, source in sources.items()
        if source in places
    }


def query_unprintable(rows: QueryRows, cells: Cells) -> list[pd.DataFrame]:
    """Return a query for every cell that was cleaned, or holds a letter that was lost before.

    ``cells``: by column the texts as they were and clean, a row each of ``rows``.
    """
    found = ((column, *_find_dirty(raw, clean)) for column, (raw, clean) in cells.items())
    return [_raise(rows, column, raw, clean) for column, raw, clean in found if len(raw)]


def _find_dirty(raw: pd.Series, clean: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The texts of which there is something to say, as they were and clean, by position."""
    suspects = find_suspects(raw.reset_index(drop=True))
    dirty = suspects[~suspects.map(is_clean).astype(bool)]
    return dirty, clean.reset_index(drop=True).loc[dirty.index]


def _raise(rows: QueryRows, column: str, raw: pd.Series, clean: pd.Series) -> pd.DataFrame:
    pairs = list(zip(raw, clean, strict=True))
    described = {pair: _describe(*pair) for pair in dict.fromkeys(pairs)}
    return rows.raise_at(
        raw.index.to_numpy(),
        pd.Categorical([_judge(text).value for text in raw], [each.value for each in Severity]),
        Rule.UNPRINTABLE,
        column,
        clean,
        pd.Series([described[pair] for pair in pairs], dtype="str"),
    )


def _judge(raw: str) -> Severity:
    """Lines and tabs in a free text are usual; what became U+FFFD is not."""
    return Severity.WARNING if REPLACEMENT in clean_cell(raw) else Severity.NOTE


def _describe(raw: str, clean: str) -> str:
    named = name_unprintable(raw)
    if raw == clean:
        return MessageCode.LETTERS_LOST.write(characters=named)
    if _judge(raw) is Severity.NOTE:
        return MessageCode.LINE_OR_TAB.write(characters=named)
    return MessageCode.UNPRINTABLE.write(characters=named)


@dataclass
class Spellings:
    """The identifiers of an export: by file and column how it spells them, as it is and clean."""

    files: list[tuple[str, str, pd.Series, pd.Series]] = field(default_factory=list)

    def add(self, file: str, cells: Cells) -> None:
        """Note the identifiers of one file."""
        for column in (column for column in IDENTIFIERS if column in cells):
            self.files.append((file, column, *_list_distinct(*cells[column])))

    def update(self, other: "Spellings") -> None:
        """Note those of another file."""
        self.files += other.files

    def find_merged(self) -> list[str]:
        """Return a finding for every column in which two identifiers would become one."""
        merged: dict[str, list[str]] = {}
        for (column, text), spelt in self._collect().items():
            if len(spelt) > 1:
                merged.setdefault(column, []).append(_name_spellings(text, spelt))
        return [
            f"column {column}: {len(named)} identifier(s) differ only in what cannot be printed, "
            f"and would become one: {'; '.join(named[:SHOWN])}{'; ...' if named[SHOWN:] else ''}. "
            "Correct them in the database and export again"
            for column, named in merged.items()
        ]

    def _collect(self) -> dict[tuple[str, str], dict[str, str]]:
        """By column and clean text its spellings, the last file's first, each with its first file.

        Of texts alone that some file spells otherwise.
        """
        doubtful: dict[str, set[str]] = {}
        for _, column, raw, clean in self.files:
            doubtful.setdefault(column, set()).update(clean[raw.ne(clean)])
        found: dict[tuple[str, str], dict[str, str]] = {}
        for file, column, raw, clean in self.files:
            chosen = clean.isin(doubtful[column])
            here: dict[str, dict[str, str]] = {}
            for spelt, text in zip(raw[chosen], clean[chosen], strict=True):
                here.setdefault(text, {})[spelt] = file
            for text, spelt_here in here.items():
                found[column, text] = {**spelt_here, **found.get((column, text), {})}
        return found


def _list_distinct(raw: pd.Series, clean: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Each text once, with what it became: the very same where all are clean, as most files are."""
    if raw.array.equals(clean.array):
        texts = pd.Series(raw.unique(), dtype="str")
        return texts, texts
    first = ~raw.duplicated()
    return raw[first], clean[first]


def _name_spellings(text: str, spelt: Mapping[str, str]) -> str:
    """The identifier, and what each file has in it."""
    named = (f"{name_unprintable(raw) or 'plain'} in {file}" for raw, file in spelt.items())
    return f"'{text}' ({', '.join(named)})"
