"""Draw the forests of sensitivity and subgroups, the tipping point and the survival curves."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.forest_sensitivity import draw_sensitivity
from analysis.display.forest_subgroups import draw_subgroups
from analysis.display.km_death import draw_survival
from analysis.display.save import save_figure
from analysis.display.tipping_point import draw_tipping_point
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake

DRAWINGS = {
    "forest_sensitivity": draw_sensitivity,
    "forest_subgroups": draw_subgroups,
    "tipping_point": draw_tipping_point,
    "km_death": draw_survival,
}


def run_drawing(ard_file: str, plan_file: str, stamp: str, outputs: Sequence[str]) -> None:
    ard, plan = Ard.read(Path(ard_file)), load_plan(Path(plan_file))
    for name, draw in DRAWINGS.items():
        paths = {path.suffix[1:]: path for path in map(Path, outputs) if path.stem == name}
        save_figure(draw(ard, plan, stamp), paths)


with job(snakemake, "Drawing the forests and the curves"):
    run_drawing(snakemake.input.ard, snakemake.input.plan, snakemake.params.stamp, snakemake.output)
