"""The figures that a rule names by its outputs."""

from pathlib import Path

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.figures.draw import draw_figures, draw_presets
from analysis.run.job import Task, job
from analysis.run.settings.figure_presets import restore_preset


def draw(task: Task) -> None:
    """Draw them in the house's own preset, or in those that the parameter ``presets`` holds."""
    params = task.params
    with job(task, params.doing):
        ard, plan = Ard.read(Path(task.input.ard)), load_plan(Path(task.input.plan))
        if params.presets:
            settings = dict(params.presets)
            presets = [restore_preset(name, settings) for name in settings]
            draw_presets(ard, plan, params.stamp, presets, task.output)
        else:
            draw_figures(ard, plan, params.stamp, task.output)
