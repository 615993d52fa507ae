"""Blood pressure and laboratory values at baseline, inside the eligibility limits."""

import numpy as np

from analysis.simulate.arrays import Flags, Floats, Ints
from analysis.simulate.randomness.draws import draw_log_logistic, draw_normal

MG_PER_DL = 88.4  # umol/L of creatinine


def draw_laboratory(
    rng: np.random.Generator, age: Ints, male: Flags, history: dict[str, Flags]
) -> dict[str, Floats]:
    """Return SBP, DBP (mmHg), GLUC (mmol/L), CREAT (umol/L), EGFR (mL/min/1.73m2) and INR."""
    n = len(age)
    sbp = np.round(draw_normal(rng, np.where(history["HTN"], 151.0, 138.0), 20, (90, 220), n))
    glucose = draw_log_logistic(rng, np.where(history["DIAB"], 9.6, 6.7), 7, (3.4, 21.5), n)
    creatinine = np.round(draw_log_logistic(rng, np.where(male, 76.0, 62.0), 7, (32, 165), n), 1)
    on_warfarin = history["ANTICOAG"] & (rng.random(n) < 0.5)
    inr = np.where(
        on_warfarin, rng.uniform(1.1, 1.69, n), draw_normal(rng, 1.03, 0.08, (0.8, 1.4), n)
    )
    return {
        "SBP": sbp,
        "DBP": np.round(draw_normal(rng, 35 + 0.33 * sbp, 11, (45, 130), n)),
        "GLUC": np.round(glucose, 1),
        "CREAT": creatinine,
        "EGFR": np.maximum(np.round(compute_egfr(creatinine, age, male), 1), 31.0),
        "INR": np.round(inr, 2),
    }


def compute_egfr(creatinine: Floats, age: Ints, male: Flags) -> Floats:
    """Return the glomerular filtration rate, mL/min/1.73m2, from creatinine in umol/L.

    CKD-EPI 2021 (Inker, N Engl J Med 385:1737).
    """
    kappa, alpha = np.where(male, 0.9, 0.7), np.where(male, -0.302, -0.241)
    ratio = creatinine / MG_PER_DL / kappa
    rate: Floats = (
        142
        * np.minimum(ratio, 1) ** alpha
        * np.maximum(ratio, 1) ** -1.2
        * 0.9938**age
        * np.where(male, 1.0, 1.012)
    )
    return rate
