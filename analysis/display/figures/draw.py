"""Every figure by its file name: what draws it, and what its caption says.

Draw figures by their file names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.save import save_figure
from analysis.display.figures import (
    flow_diagram as consort,
)
from analysis.display.figures import (
    kaplan_meier as km_death,
)
from analysis.display.figures import (
    love_plot,
    missing_pattern,
    recruitment,
    tipping_point,
)
from analysis.display.figures.forest import (
    cut_points as cutpoints,
)
from analysis.display.figures.forest import (
    sensitivity as forest_sensitivity,
)
from analysis.display.figures.forest import (
    subgroups as forest_subgroups,
)
from analysis.display.figures.grotta import (
    arms as grotta,
)
from analysis.display.figures.grotta import (
    captions as grotta_words,
)
from analysis.display.figures.grotta import (
    sensitivity as grotta_sensitivity,
)
from analysis.display.figures.grotta import (
    subgroups as grotta_subgroups,
)
from analysis.display.presets import Preset, use_preset
from analysis.display.rows.disposition import build_screening

Draw = Callable[[Ard, Plan, str], Figure]
Caption = Callable[[Ard, Plan], str]

FIGURES: dict[str, tuple[Draw, Caption]] = {
    "grotta_itt": (
        lambda ard, plan, stamp: grotta.draw_grotta(ard, plan, "ITT", stamp),
        lambda ard, plan: grotta_words.caption(ard, plan, "ITT"),
    ),
    "grotta_pp": (
        lambda ard, plan, stamp: grotta.draw_grotta(ard, plan, "PP", stamp),
        lambda ard, plan: grotta_words.caption(ard, plan, "PP"),
    ),
    "grotta_itt_adjusted": (grotta.draw_adjusted, grotta_words.caption_adjusted),
    "grotta_sensitivity": (grotta_sensitivity.draw_sensitivity_bars, grotta_sensitivity.caption),
    "grotta_subgroups": (grotta_subgroups.draw_subgroup_bars, grotta_subgroups.caption),
    "love_plot": (love_plot.draw_love_plot, love_plot.caption),
    "recruitment": (recruitment.draw_recruitment, recruitment.caption),
    "missing_pattern": (missing_pattern.draw_missing_pattern, missing_pattern.caption),
    "cutpoints": (cutpoints.draw_cutpoints, cutpoints.caption),
    "consort": (
        consort.draw_consort,
        lambda ard, plan: consort.caption(plan, screened=build_screening(ard) is not None),
    ),
    "forest_sensitivity": (forest_sensitivity.draw_sensitivity, forest_sensitivity.caption),
    "forest_subgroups": (forest_subgroups.draw_subgroups, forest_subgroups.caption),
    "tipping_point": (tipping_point.draw_tipping_point, tipping_point.caption),
    "km_death": (km_death.draw_survival, km_death.caption),
}


def draw_figures(ard: Ard, plan: Plan, stamp: str, outputs: Iterable[str]) -> None:
    """Draw each figure once and write it to its paths, whose suffixes are the formats.

    Raises AnalysisError if the results frame lacks a row that a figure shows.
    """
    paths = [Path(output) for output in outputs]
    for name in dict.fromkeys(path.stem for path in paths):
        draw, _ = FIGURES[name]
        own = {path.suffix[1:]: path for path in paths if path.stem == name}
        save_figure(draw(ard, plan, stamp), own)


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
