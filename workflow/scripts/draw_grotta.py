"""Draw the Grotta bars: both sets, adjusted, by analysis and by subgroup."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.figures import FIGURES
from analysis.display.save import save_figure
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def run_drawing(ard_file: str, plan_file: str, stamp: str, outputs: Sequence[str]) -> None:
    ard, plan = Ard.read(Path(ard_file)), load_plan(Path(plan_file))
    for name in dict.fromkeys(Path(output).stem for output in outputs):
        draw, _ = FIGURES[name]
        paths = {path.suffix[1:]: path for path in map(Path, outputs) if path.stem == name}
        save_figure(draw(ard, plan, stamp), paths)


with job(snakemake, "Drawing the Grotta bars"):
    run_drawing(snakemake.input.ard, snakemake.input.plan, snakemake.params.stamp, snakemake.output)
