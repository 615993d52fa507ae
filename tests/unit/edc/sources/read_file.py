"""One file that is one table, as a source and as text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.edc.sources.folder import open_file
from analysis.edc.sources.source import Source


def find_source(path: Path, mapping: Mapping) -> Source:
    """The only source of a file."""
    (source,) = open_file(path, mapping)
    return source


def read_text_table(path: Path, mapping: Mapping) -> pd.DataFrame:
    """Its texts."""
    return find_source(path, mapping).read().texts
