"""Draw every figure by the presets that a run is asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.figures.draw import draw_presets
from analysis.run.job import job
from analysis.run.settings.figure_presets import restore_preset

if TYPE_CHECKING:
    from snakemake.script import snakemake

with job(snakemake, "Drawing the figures of the presets"):
    settings = dict(snakemake.params.presets)
    draw_presets(
        Ard.read(Path(snakemake.input.ard)),
        load_plan(Path(snakemake.input.plan)),
        snakemake.params.stamp,
        [restore_preset(name, settings) for name in settings],
        snakemake.output,
    )
