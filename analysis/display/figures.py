"""Every figure by its file name: what draws it, and what its caption says."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display import (
    consort,
    cutpoints,
    forest_sensitivity,
    forest_subgroups,
    grotta,
    grotta_sensitivity,
    grotta_subgroups,
    grotta_words,
    km_death,
    love_plot,
    missing_pattern,
    recruitment,
    tipping_point,
)
from analysis.display.ard import Ard
from analysis.display.flow import build_screening

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
