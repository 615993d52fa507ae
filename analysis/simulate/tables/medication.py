"""Concomitant medication of interest: the table ``cm``."""

import numpy as np

from analysis.simulate.arrays import Columns, add_minutes, pick_texts, write_date, write_whole
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.randomness.draws import draw_event, draw_log_logistic
from analysis.simulate.tables.columns import number_within

DRUGS = (
    ("地塞米松注射液", "STEROID"),
    ("甲泼尼龙片", "STEROID"),
    ("生物合成人胰岛素注射液", "INSULIN"),
    ("注射用泮托拉唑钠", "OTHER"),
)
OPEN_LABEL = (0.025, 0.02)
INSULIN = (0.17, 0.11)  # treatment, reference, without diabetes
INSULIN_DIABETIC = 0.45
PROTECTION = 0.38


def build_cm(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``cm``."""
    n = len(cohort)
    insulin = np.where(cohort.allocation.treated, *INSULIN)
    insulin = np.where(cohort.baseline.history["DIAB"], INSULIN_DIABETIC, insulin)
    chance = np.column_stack(
        [*(np.full(n, p) for p in OPEN_LABEL), insulin, np.full(n, PROTECTION)]
    )
    subject, drug = np.nonzero(rng.random(chance.shape) < chance)
    start = draw_log_logistic(rng, 1.6, 2.0, (0.1, 20), len(subject)) * 1440
    kept = start < cohort.course.last_minutes[subject]
    subject, drug, start = subject[kept], drug[kept], start[kept]
    end = start + draw_log_logistic(rng, 6.0, 2.5, (1, 40), len(subject)) * 1440
    end = np.minimum(end, cohort.course.last_minutes[subject])
    randomised = cohort.allocation.randomised[subject]
    names, classes = (tuple(row[part] for row in DRUGS) for part in (0, 1))
    ongoing = draw_event(rng, 0.08, len(subject))
    ended = np.where(ongoing, np.datetime64("NaT", "m"), add_minutes(randomised, end))
    return {
        "SUBJID": cohort.allocation.subjid[subject],
        "CMSEQ": write_whole(number_within(subject)),
        "CMTRT": pick_texts(names, drug),
        "CMCLAS": pick_texts(classes, drug),
        "CMSTDTC": write_date(add_minutes(randomised, start)),
        "CMENDTC": write_date(ended),
    }
