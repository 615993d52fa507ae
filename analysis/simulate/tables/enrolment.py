"""Consent and randomisation: the tables ``dm`` and ``rand``."""

import numpy as np

from analysis.simulate.arrays import (
    Columns,
    Floats,
    Texts,
    Times,
    add_minutes,
    pick_texts,
    write_date,
    write_decimal,
    write_moment,
    write_whole,
)
from analysis.simulate.cohort.allocation import Allocation
from analysis.simulate.cohort.baseline import Baseline
from analysis.simulate.randomness.draws import draw_event, draw_log_logistic


def build_dm(allocation: Allocation, baseline: Baseline, rng: np.random.Generator) -> Columns:
    """Return the table ``dm``."""
    n = len(allocation.subjid)
    return {
        "SUBJID": allocation.subjid,
        "SITEID": allocation.siteid,
        "AGE": write_whole(baseline.age),
        "SEX": np.where(baseline.male, "M", "F").astype(object),
        "WEIGHT": write_decimal(baseline.weight),
        "HEIGHT": write_decimal(baseline.height, 0),
        "RFICDTC": _write_consent(rng, allocation.randomised, baseline.lkw_minutes),
        "RFICBY": pick_texts(("FAMILY", "PATIENT"), draw_event(rng, 0.12, n).astype(np.int64)),
    }


def _write_consent(rng: np.random.Generator, randomised: Times, lkw_minutes: Floats) -> Texts:
    """Consent some time before randomisation; one in twelve sites' cells has no time."""
    before = np.minimum(draw_log_logistic(rng, 95, 4, (12, 240), len(randomised)), lkw_minutes - 60)
    consent = add_minutes(randomised, -before)
    day_only = draw_event(rng, 1 / 12, len(randomised))
    return np.where(day_only, write_date(consent), write_moment(consent)).astype(object)


def build_rand(allocation: Allocation) -> Columns:
    """Return the table ``rand``: no treatment in it."""
    return {
        "SUBJID": allocation.subjid,
        "RANDNO": allocation.randno,
        "RANDDTC": write_moment(allocation.randomised),
        "KITNO": allocation.kitno,
    }
