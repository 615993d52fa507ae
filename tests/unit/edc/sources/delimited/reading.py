"""Read a text file that lies nowhere, and what is said of one that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.edc.sources.delimited.csv_files import read_delimited
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError


def read(content: str | bytes, name: str = "dm.csv", **options: Any) -> LabelledTable:
    raw = content if isinstance(content, bytes) else content.encode()
    return read_delimited(SourceFile(name, content=raw), ReadOptions(**options))


def rows(content: str | bytes, name: str = "dm.csv", **options: Any) -> list[list[str]]:
    """Header and cells."""
    texts = read(content, name, **options).texts
    return [list(texts.columns), *texts.to_numpy().tolist()]


def refusal(content: str | bytes, name: str = "dm.csv", **options: Any) -> str:
    with pytest.raises(DataError) as caught:
        read(content, name, **options)
    return str(caught.value)
