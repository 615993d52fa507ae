"""Draw the Grotta bars of the ITT and the per-protocol set."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.grotta import draw_grotta
from analysis.display.save import save_figure
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def run_drawing(ard_file: str, plan_file: str, stamp: str, outputs: Sequence[str]) -> None:
    ard, plan = Ard.read(Path(ard_file)), load_plan(Path(plan_file))
    for population in ("ITT", "PP"):
        name = f"grotta_{population.lower()}"
        paths = {path.suffix[1:]: path for path in map(Path, outputs) if path.stem == name}
        save_figure(draw_grotta(ard, plan, population, stamp), paths)


with job(snakemake, "Drawing the Grotta bars"):
    run_drawing(snakemake.input.ard, snakemake.input.plan, snakemake.params.stamp, snakemake.output)
