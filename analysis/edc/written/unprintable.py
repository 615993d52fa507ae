"""Cells of an export that hold what cannot be printed: cleaned at the door, with a query each.

The data sets hold clean texts, in one line each. Identifiers that differ in such characters alone
would become one; they stop the run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.edc.queries import Query, Rule, Severity
from analysis.io.printable import REPLACEMENT, clean_cell, is_clean, name_unprintable

IDENTIFIERS = ("SUBJID", "SITEID", "SCRNO", "RANDNO", "KITNO")
"""Columns whose texts name something; in other columns two texts may become one, with queries."""
SHOWN = 5
"""Identifiers that a message names."""


Cells = Mapping[str, tuple[pd.Series, pd.Series]]


def clean_table(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the texts of a file, header included, without what cannot be printed."""
    dirty = [i for i in range(raw.shape[1]) if not all(map(is_clean, raw.iloc[:, i].unique()))]
    columns = {i: raw.iloc[:, i].map(clean_cell) for i in dirty}
    clean = pd.DataFrame({i: columns.get(i, raw.iloc[:, i]) for i in range(raw.shape[1])})
    clean.columns = pd.Index([clean_cell(str(name)) for name in raw.columns], dtype="str")
    return clean.set_axis(raw.index)


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


def query_unprintable(table: str, cells: Cells, keys: pd.Series) -> list[Query]:
    """Return a query for every cell that was cleaned, or holds a letter that was lost before.

    ``keys``: what identifies each row, in words.
    """
    return [
        Query(
            _judge(raw[row]), table, keys[row], column, clean[row], Rule.UNPRINTABLE,
            _describe(raw[row], clean[row]),
        )
        for column, (raw, clean) in cells.items()
        for row in raw.index[~raw.map(is_clean)]
    ]  # fmt: skip


def _judge(raw: str) -> Severity:
    """Lines and tabs in a free text are usual; what became U+FFFD is not."""
    return Severity.WARNING if REPLACEMENT in clean_cell(raw) else Severity.NOTE


def _describe(raw: str, clean: str) -> str:
    named = name_unprintable(raw)
    if raw == clean:
        return f"holds {named}: letters were lost before this export was made; kept"
    if _judge(raw) is Severity.NOTE:
        return f"holds {named}; the data hold a blank in its place"
    return f"holds {named}, which cannot be printed; the data hold U+FFFD in its place"


@dataclass
class Spellings:
    """The identifiers of an export: by column and clean text, how the files spell them."""

    files: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def add(self, file: str, cells: Cells) -> None:
        """Note the identifiers of one file."""
        for column in (column for column in IDENTIFIERS if column in cells):
            for spelt, text in dict(zip(*cells[column], strict=True)).items():
                self.files.setdefault((column, text), {}).setdefault(spelt, file)

    def update(self, other: "Spellings") -> None:
        """Note those of another file."""
        for key, spelt in other.files.items():
            self.files[key] = {**spelt, **self.files.get(key, {})}

    def find_merged(self) -> list[str]:
        """Return a finding for every column in which two identifiers would become one."""
        merged: dict[str, list[str]] = {}
        for (column, text), spelt in self.files.items():
            if len(spelt) > 1:
                merged.setdefault(column, []).append(_name_spellings(text, spelt))
        return [
            f"column {column}: {len(named)} identifier(s) differ only in what cannot be printed, "
            f"and would become one: {'; '.join(named[:SHOWN])}{'; ...' if named[SHOWN:] else ''}. "
            "Correct them in the database and export again"
            for column, named in merged.items()
        ]


def _name_spellings(text: str, spelt: Mapping[str, str]) -> str:
    """The identifier, and what each file has in it."""
    named = (f"{name_unprintable(raw) or 'plain'} in {file}" for raw, file in spelt.items())
    return f"'{text}' ({', '.join(named)})"
