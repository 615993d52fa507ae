"""Lay out every number of every analysis in one long table."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.io.frames import write_csv
from analysis.io.result import ARD_COLUMNS, build_ard_rows
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def build_ard(files: Sequence[str], output: str) -> None:
    contents = [json.loads(Path(file).read_text(encoding="utf-8")) for file in files]
    rows = [row for content in contents for row in build_ard_rows(content)]
    write_csv(Path(output), pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str))


with job(snakemake, "Gathering the results"):
    build_ard(snakemake.input, snakemake.output[0])
