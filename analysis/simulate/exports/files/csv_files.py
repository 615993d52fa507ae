"""CSV files, with line ends and quotes as a system writes them."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.io.files import write_atomic


def write_csv_file(
    path: Path,
    table: pd.DataFrame,
    *,
    delimiter: str = ",",
    labels: Iterable[str] = (),
    encoding: str = "utf-8",
) -> None:
    """Write a table with CR LF; ``labels``: a second row of words below the header."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(table.columns)
    words = list(labels)
    if words:
        writer.writerow(words)
    writer.writerows(table.to_numpy().tolist())
    with write_atomic(path) as written:
        written.write_bytes(stream.getvalue().encode(encoding))
