"""Sensitivity analyses in an abstract: per-protocol set, missing outcomes imputed (SAP 6)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.journal import EffectMeasure, Journal, Passage
from analysis.display.text.conclusion.confirmatory import find_confirmatory, name_ratio
from analysis.display.text.wording import SETS

ANALYSES = {
    "sens_pp": ("PP", f"in the {SETS['PP']}", "the per-protocol analysis"),
    "sens_mi": ("", "with missing outcomes imputed", "the multiple imputation"),
}
"""Analysis id: its set (empty: that of the primary analysis), where it is, what it is called."""


def say_sensitivity(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return the same odds ratio in the per-protocol set and after imputation, with both n."""
    chosen = find_confirmatory(ard, plan)
    texts, notes = [], []
    for name, (own, where, called) in ANALYSES.items():
        if name not in plan.analyses.run:
            notes.append(f"The plan does not run {called} ({name}).")
            continue
        if name == chosen:
            continue
        population = own or plan.primary.population
        effect = ard.effect(name, population)
        n = journal.numbers.count(ard.require(name, "n", population))
        if effect.estimate is None:
            notes.append(f"{called[0].upper()}{called[1:]}: {effect.reason}.")
        text = journal.estimate(EffectMeasure(name), effect, plan, journal.shows_nominal_p)
        texts.append(f"{text} {where} ({n} patients)")
    if not texts:
        return Passage(left_out=tuple(notes))
    ratio = name_ratio(ard, plan)
    verb = "was" if plan.primary.is_common_odds else "were"
    return Passage((f"The {ratio} {verb} {' and '.join(texts)}.",), tuple(notes))
