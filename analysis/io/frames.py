"""Data frames on disk: Parquet that says whose allocation it holds, and CSV with stable bytes.

Any text survives, but for lone surrogates, which are written as U+FFFD.
"""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.io.csv_rows import read_rows, write_rows
from analysis.io.files import write_atomic, write_text
from analysis.io.not_collected import ATTRIBUTE, list_not_collected, mark_not_collected
from analysis.io.printable import clean_surrogates
from analysis.io.result import Allocation


def write_parquet(path: Path, frame: pd.DataFrame, allocation: Allocation) -> None:
    """Write a frame atomically, with ``allocation`` and ``stamp`` in the file's metadata.

    What of it was not collected stands there too (:mod:`analysis.io.not_collected`).
    """
    bare = _without_surrogates(frame.copy(deep=False))
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
        return read_csv(path)
    return read_parquet(path)


def read_csv(path: Path) -> pd.DataFrame:
    """Return the frame that :func:`write_csv` wrote, every cell as text; AnalysisError if none."""
    header, *rows = read_rows(path) or [[]]
    return pd.DataFrame(rows, columns=header, dtype=str)


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    r"""Write a frame of texts and numbers atomically as UTF-8 CSV with a header and ``\n`` ends.

    A missing cell is empty; a text that a spreadsheet would compute is escaped.
    """
    columns = (_list_texts(frame[name]) for name in frame.columns)
    write_text(path, write_rows([list(frame.columns), *zip(*columns, strict=True)]))


def _list_texts(cells: pd.Series) -> list[str]:
    return ["" if missing else str(cell) for cell, missing in zip(cells, cells.isna(), strict=True)]


def _without_surrogates(frame: pd.DataFrame) -> pd.DataFrame:
    """Only columns of Python objects can hold them."""
    is_object = pd.api.types.is_object_dtype
    objects = [str(name) for name, dtype in frame.dtypes.items() if is_object(dtype)]
    return frame.assign(**{name: frame[name].map(_clean_text) for name in objects})


def _clean_text(cell: object) -> object:
    return clean_surrogates(cell) if isinstance(cell, str) else cell
