"""The thrombectomy of everyone randomised: successful, within the eligibility of the trial."""

from dataclasses import dataclass

import numpy as np

from analysis.simulate.arrays import (
    Columns,
    Flags,
    Ints,
    Times,
    add_minutes,
    pick_texts,
    to_texts,
    write_moment,
    write_whole,
    write_yes_no,
)
from analysis.simulate.cohort.allocation import Allocation
from analysis.simulate.cohort.baseline import Baseline
from analysis.simulate.randomness.draws import draw_event, draw_log_logistic, draw_same_level

ETICIS = ("2B50", "2B67", "2C", "3")
ANAESTHESIAS = ("LA", "CS", "GA")
MINUTES_BY_PASSES = np.array([28.0, 40.0, 52.0, 64.0])  # median, puncture to recanalisation


@dataclass(frozen=True)
class Procedure:
    """Thrombectomy of the subjects, in order of SUBJID."""

    puncture: Times
    recanalised: Times
    passes: Ints
    etici: Ints  # index into ETICIS
    anaesthesia: Ints  # index into ANAESTHESIAS
    rescue: Flags


def draw_procedure(
    allocation: Allocation, baseline: Baseline, rng: np.random.Generator
) -> Procedure:
    """Return the procedure: randomised soon after recanalisation; more passes take longer."""
    n = len(allocation.subjid)
    passes = 1 + draw_same_level(rng, (0.56, 0.28, 0.16), n)
    recanalised = add_minutes(allocation.randomised, -draw_log_logistic(rng, 11, 3, (4, 30), n))
    duration = draw_log_logistic(rng, MINUTES_BY_PASSES[passes], 4.5, (14, 89), n)
    return Procedure(
        puncture=add_minutes(recanalised, -np.floor(duration)),
        recanalised=recanalised,
        passes=passes,
        etici=draw_same_level(rng, (0.19, 0.24, 0.19, 0.38), n),
        anaesthesia=draw_same_level(rng, (0.46, 0.19, 0.35), n),
        rescue=draw_event(rng, np.where(baseline.toast == 0, 0.36, 0.06), n),
    )


def build_evt(allocation: Allocation, procedure: Procedure) -> Columns:
    """Return the table ``evt``."""
    return {
        "SUBJID": allocation.subjid,
        "PUNCDTC": write_moment(procedure.puncture),
        "RECANDTC": write_moment(procedure.recanalised),
        "PASSES": write_whole(procedure.passes),
        "ETICI": pick_texts(ETICIS, procedure.etici),
        "ANESTH": pick_texts(ANAESTHESIAS, procedure.anaesthesia),
        "RESCUE": write_yes_no(procedure.rescue),
        "DSACOMP": to_texts(["NONE"] * len(allocation.subjid)),
    }


def build_ie(allocation: Allocation) -> Columns:
    """Return the table ``ie``: every criterion answered as it should be."""
    criteria = [f"IN{number:02d}" for number in range(1, 8)]
    criteria += [f"EX{number:02d}" for number in range(1, 16)]
    answers = ["Y" if criterion.startswith("IN") else "N" for criterion in criteria]
    n = len(allocation.subjid)
    return {
        "SUBJID": np.repeat(allocation.subjid, len(criteria)),
        "IETESTCD": np.tile(to_texts(criteria), n),
        "IEORRES": np.tile(to_texts(answers), n),
    }
