"""The labels of the plan that figures show, and which of them lack a word in Chinese."""

from analysis.config import Plan
from analysis.display.presets import Preset, use_preset
from analysis.display.rows.subgroups import YES_NO
from analysis.display.text.labels import CATEGORY_LABELS
from analysis.display.text.language import lacks_chinese
from analysis.display.text.wording import COVARIATE_WORDS


def find_untranslated(plan: Plan, preset: Preset) -> tuple[str, ...]:
    """Return the plan's labels for which ``preset`` has no word in its language, in order."""
    with use_preset(preset):
        return tuple(label for label in list_labels(plan) if lacks_chinese(label))


def list_labels(plan: Plan) -> tuple[str, ...]:
    """Return every label of the plan that a figure shows, once, in the order of the plan."""
    arms = [plan.arms.treatment.label, plan.arms.reference.label]
    covariates = [
        covariate.label
        for covariate in plan.primary.covariates
        if covariate.name not in COVARIATE_WORDS
    ]
    factors = plan.subgroups.factors
    named = [factor.label for factor in factors]
    levels = [
        level
        for factor in factors
        for level in factor.levels
        if level not in CATEGORY_LABELS.get(factor.variable, {}) and level not in YES_NO
    ]
    return tuple(dict.fromkeys([*arms, *covariates, *named, *levels]))
