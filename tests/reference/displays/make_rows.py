"""Write rows.csv: the baseline and outcome of the demonstration trial, as its data set holds them.

Run from the top of the project after ``make run``:
``.venv/bin/python tests/reference/displays/make_rows.py``
"""

from __future__ import annotations

from pathlib import Path

from analysis.analyses.description.baseline import CATEGORICAL, CONTINUOUS
from analysis.io.frames import read_parquet

KEPT = ("SUBJID", "SITEID", "TRT01P", "ITTFL", "PPROTFL", "MRSPRGR1", "MRS90")


def write_rows() -> None:
    adsl = read_parquet(Path("results/rehearsal/adam/adsl.parquet"))
    columns = dict.fromkeys((*KEPT, *CONTINUOUS, *CATEGORICAL))
    adsl[list(columns)].to_csv(
        Path(__file__).with_name("rows.csv"), index=False, lineterminator="\n"
    )


if __name__ == "__main__":
    write_rows()
