"""Write the listings of deaths, serious adverse events and per-protocol exclusions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import load_plan
from analysis.display.documents.table_files import write_table
from analysis.display.tables.listings import build_listings
from analysis.io.frames import read_parquet
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake

PROGRAM = "build_listings"


def write_listings(
    inputs: Mapping[str, str], stamp: str, lock: str, outputs: Sequence[str]
) -> None:
    adsl, adae = (read_parquet(Path(inputs[name])) for name in ("adsl", "adae"))
    reasons = pd.read_csv(inputs["reasons"], dtype=str, keep_default_na=False)
    listings = build_listings(adsl, adae, reasons, load_plan(Path(inputs["plan"])), stamp)
    for name, listing in listings.items():
        paths = {path.suffix[1:]: path for path in map(Path, outputs) if path.stem == name}
        write_table(listing, paths, lock, PROGRAM)


with job(snakemake, "Building the listings"):
    write_listings(
        dict(snakemake.input.items()),
        snakemake.params.stamp,
        snakemake.params.lock,
        snakemake.output,
    )
