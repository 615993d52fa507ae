"""Data frames on disk: Parquet that says whose allocation it holds, and CSV with stable bytes."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.io.files import write_atomic, write_text
from analysis.io.not_collected import ATTRIBUTE, list_not_collected, mark_not_collected
from analysis.io.result import Allocation


def write_parquet(path: Path, frame: pd.DataFrame, allocation: Allocation) -> None:
    """Write a frame atomically, with ``allocation`` and ``stamp`` in the file's metadata.

    What of it was not collected stands there too (:mod:`analysis.io.not_collected`).
    """
    bare = frame.copy(deep=False)
    bare.attrs = {}
    table = pa.Table.from_pandas(bare, preserve_index=False)
    marks = {"allocation": allocation.value, "stamp": allocation.stamp}
    if absent := list_not_collected(frame):
        marks[ATTRIBUTE] = json.dumps(absent, sort_keys=True)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **marks})
    with write_atomic(path) as temporary:
        pq.write_table(table, temporary)


def read_parquet(path: Path) -> pd.DataFrame:
    """Return the frame that :func:`write_parquet` wrote, and what of it was not collected."""
    known = (pq.read_schema(path).metadata or {}).get(ATTRIBUTE.encode(), b"{}")
    return mark_not_collected(pd.read_parquet(path), json.loads(known))


def read_frame(path: Path) -> pd.DataFrame:
    """Return a frame of Parquet, or one of CSV, whose cells are texts and none is missing."""
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    return read_parquet(path)


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    r"""Write a frame atomically as UTF-8 CSV with a header and ``\n`` line ends."""
    write_text(path, frame.to_csv(index=False, lineterminator="\n"))
