"""Tables in files of Parquet, each read when it is asked for: together they may be too large."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.io.frames import read_parquet
from analysis.io.large.memory import give_back


class StoredTables(Mapping[str, pd.DataFrame]):
    """Tables by name, from the files that :func:`analysis.io.frames.write_parquet` wrote.

    None is kept: one that is asked for again is read again, and is another frame.
    """

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = dict(paths)

    def __getitem__(self, name: str) -> pd.DataFrame:
        give_back()
        return read_parquet(self._paths[name])

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
