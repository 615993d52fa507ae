"""Draw the figures that a rule names by its outputs."""

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.figures.draw import draw_figures
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake

with job(snakemake, snakemake.params.doing):
    draw_figures(
        Ard.read(Path(snakemake.input.ard)),
        load_plan(Path(snakemake.input.plan)),
        snakemake.params.stamp,
        snakemake.output,
    )
