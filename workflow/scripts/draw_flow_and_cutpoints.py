"""Draw the flow of subjects, recruitment, balance, missing data and the cut points of the mRS."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.consort import draw_consort
from analysis.display.cutpoints import draw_cutpoints
from analysis.display.love_plot import draw_love_plot
from analysis.display.missing_pattern import draw_missing_pattern
from analysis.display.recruitment import draw_recruitment
from analysis.display.save import save_figure
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake

DRAWINGS = {
    "consort": draw_consort,
    "cutpoints": draw_cutpoints,
    "love_plot": draw_love_plot,
    "missing_pattern": draw_missing_pattern,
    "recruitment": draw_recruitment,
}


def run_drawing(ard_file: str, plan_file: str, stamp: str, outputs: Sequence[str]) -> None:
    ard, plan = Ard.read(Path(ard_file)), load_plan(Path(plan_file))
    for name, draw in DRAWINGS.items():
        paths = {path.suffix[1:]: path for path in map(Path, outputs) if path.stem == name}
        save_figure(draw(ard, plan, stamp), paths)


with job(snakemake, "Drawing the flow of subjects and the cut points"):
    run_drawing(snakemake.input.ard, snakemake.input.plan, snakemake.params.stamp, snakemake.output)
