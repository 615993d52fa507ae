"""Demographics, stroke, history, laboratory and consent of everyone randomised.

Models: MARVEL (2024) and ANGEL-ASPECT (2023), within the eligibility of the trial.
"""

from dataclasses import dataclass

import numpy as np

from analysis.simulate.arrays import (
    Columns,
    Flags,
    Floats,
    Ints,
    add_minutes,
    pick_texts,
    write_decimal,
    write_moment,
    write_whole,
    write_yes_no,
)
from analysis.simulate.cohort.allocation import Allocation
from analysis.simulate.cohort.laboratory import draw_laboratory
from analysis.simulate.randomness.draws import (
    draw_event,
    draw_level,
    draw_log_logistic,
    draw_normal,
    draw_same_level,
    expit,
)
from analysis.simulate.randomness.streams import Streams

OCCLUSIONS = ("ICA", "M1", "M2", "OTHER")
TOASTS = ("LAA", "CE", "OTHER", "UNDETERMINED")


@dataclass(frozen=True)
class Baseline:
    """Baseline of the subjects, in order of SUBJID."""

    age: Ints  # years
    male: Flags
    weight: Floats  # kg
    height: Floats  # cm
    lkw_minutes: Floats  # last known well to randomisation
    nihss: Ints
    aspects: Ints
    occlusion: Ints  # index into OCCLUSIONS
    ivt: Flags
    mrs_before: Ints
    toast: Ints  # index into TOASTS
    history: dict[str, Flags]  # yes/no columns of the table bl
    laboratory: dict[str, Floats]  # number columns of the table bl


def draw_baseline(n: int, streams: Streams) -> Baseline:
    """Return the baseline of ``n`` eligible subjects."""
    rng = streams["baseline"]
    age = np.floor(18 + 63 * rng.beta(4.05, 1.16, n)).astype(np.int64)
    male = draw_event(rng, expit(0.9 - 0.35 * _decades(age, 60)), n)
    height = np.round(rng.normal(np.where(male, 169.0, 158.5), 6.0))
    weight = np.round(draw_normal(rng, 24.2, 3.2, (16.5, 36), n) * (height / 100) ** 2, 1)
    history = _draw_history(rng, age, male)
    occlusion = draw_same_level(rng, (0.305, 0.555, 0.14, 0.0), n)
    aspects = _draw_aspects(rng, occlusion)
    lkw = draw_log_logistic(rng, 7.0 * 60, 2.9, (180, 23.5 * 60), n)
    return Baseline(
        age=age,
        male=male,
        weight=weight,
        height=height,
        lkw_minutes=np.floor(lkw),
        nihss=_draw_nihss(rng, occlusion, aspects),
        aspects=aspects,
        occlusion=occlusion,
        ivt=draw_event(
            rng, np.where(history["ANTICOAG"], 0.1, 1) * np.where(lkw < 480, 0.54, 0.02), n
        ),
        mrs_before=draw_event(rng, 0.15, n).astype(np.int64),
        toast=_draw_toast(rng, history["AFIB"]),
        history=history,
        laboratory=draw_laboratory(streams["laboratory"], age, male, history),
    )


def _decades(age: Ints, centre: int) -> Floats:
    """Age in decades from a centre."""
    return np.asarray((age - centre) / 10, dtype=np.float64)


def _draw_history(rng: np.random.Generator, age: Ints, male: Flags) -> dict[str, Flags]:
    """History and medication, by age and sex."""
    n, decades = len(age), _decades(age, 67)
    atrial = draw_event(rng, expit(-0.75 + 0.5 * decades), n)
    return {
        "HTN": draw_event(rng, expit(0.4 + 0.3 * decades), n),
        "DIAB": draw_event(rng, expit(-1.25 + 0.1 * decades), n),
        "AFIB": atrial,
        "CAD": draw_event(rng, expit(-1.7 + 0.35 * decades), n),
        "STROKEHX": draw_event(rng, expit(-1.75 + 0.2 * decades), n),
        "SMOKE": draw_event(rng, np.where(male, 0.42, 0.05), n),
        "ANTIPLT": draw_event(rng, 0.17, n),
        "ANTICOAG": draw_event(rng, np.where(atrial, 0.24, 0.015), n),
    }


def _draw_aspects(rng: np.random.Generator, occlusion: Ints) -> Ints:
    """ASPECTS 3 to 10, median 8; lower with an ICA occlusion."""
    levels = np.array([0.03, 0.035, 0.055, 0.09, 0.17, 0.24, 0.22, 0.16])
    tilt = np.array([-0.12, 0.0, 0.12, 0.0])[occlusion]
    return 3 + draw_level(rng, levels * np.exp(tilt[:, None] * np.arange(8)))


def _draw_nihss(rng: np.random.Generator, occlusion: Ints, aspects: Ints) -> Ints:
    """NIHSS 6 to 40, median 16; higher with a proximal occlusion and a large core."""
    mean = 16.0 + np.array([1.6, 0.0, -2.5, 0.0])[occlusion] - 0.5 * (aspects - 7.5)
    drawn = np.round(rng.normal(mean, 5.2))
    reflected = np.where(drawn < 6, 12 - drawn, drawn)
    return np.clip(reflected, 6, 40).astype(np.int64)


def _draw_toast(rng: np.random.Generator, atrial: Flags) -> Ints:
    """Cause of the stroke: cardioembolic for most with atrial fibrillation."""
    with_af, without = (0.10, 0.83, 0.01, 0.06), (0.55, 0.13, 0.07, 0.25)
    return draw_level(rng, np.where(atrial[:, None], with_af, without))


def build_bl(allocation: Allocation, baseline: Baseline, rng: np.random.Generator) -> Columns:
    """Return the table ``bl``."""
    decimals = {"SBP": 0, "DBP": 0, "INR": 2}
    sides = draw_same_level(rng, (0.495, 0.5, 0.005), len(allocation.subjid))
    return {
        "SUBJID": allocation.subjid,
        "LKWDTC": write_moment(add_minutes(allocation.randomised, -baseline.lkw_minutes)),
        "MRSPRE": write_whole(baseline.mrs_before),
        "NIHSSBL": write_whole(baseline.nihss),
        "ASPECTS": write_whole(baseline.aspects),
        "OCCLOC": pick_texts(OCCLUSIONS, baseline.occlusion),
        "OCCSIDE": pick_texts(("L", "R", "B"), sides),
        "IVT": write_yes_no(baseline.ivt),
        "TOAST": pick_texts(TOASTS, baseline.toast),
        **{
            name: write_decimal(values, decimals.get(name, 1))
            for name, values in baseline.laboratory.items()
        },
        **{name: write_yes_no(flags) for name, flags in baseline.history.items()},
    }
