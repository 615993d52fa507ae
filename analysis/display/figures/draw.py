"""Draw figures by their file names, in the house's own preset or in others."""

from collections.abc import Iterable
from pathlib import Path

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.save import save_figure
from analysis.display.outline.displays import FIGURES
from analysis.display.presets import Preset, use_preset


def draw_figures(ard: Ard, plan: Plan, stamp: str, outputs: Iterable[str]) -> None:
    """Draw each figure once and write it to its paths, whose suffixes are the formats.

    Raises AnalysisError if the results frame lacks a row that a figure shows.
    """
    paths = [Path(output) for output in outputs]
    for name in dict.fromkeys(path.stem for path in paths):
        own = {path.suffix[1:]: path for path in paths if path.stem == name}
        save_figure(FIGURES[name].draw(ard, plan, stamp), own)


def draw_presets(
    ard: Ard, plan: Plan, stamp: str, presets: Iterable[Preset], outputs: Iterable[str]
) -> None:
    """Draw each figure by each preset to its paths, in folders of the presets' names.

    Raises AnalysisError as :func:`draw_figures`, and if a font lacks a character of a figure.
    """
    paths = [Path(output) for output in outputs]
    for preset in presets:
        own = [str(path) for path in paths if path.parent.name == preset.name]
        with use_preset(preset):
            draw_figures(ard, plan, stamp, own)
