"""A made-up trial as the derivations leave it, the engine's numbers of it, and their check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.mrs.dichotomies import analyse_dichotomies
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.analyses.safety.time_to_death import analyse_survival
from analysis.analyses.sensitivity.site_effects import analyse_site_clusters
from analysis.analyses.supportive.analyse import analyse_supportive
from analysis.config import Plan
from analysis.config.blocks.safety.outcomes import CLASSES, name_class_flag
from analysis.io.result import Allocation, AnalysisResult, build_ard_rows, write_results_text
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc import EngineNumbers, Trial, check_independently

FLAGS = (
    "DTH90FL", "SICH48FL", "ICH48FL", "PH48FL", "SICHUNFL", "ICHUNFL", "ECASS2FL", "ECASS2UN",
    "SITSMFL", "SITSMUN", "HEMICRFL", "ENIFL", *map(name_class_flag, CLASSES),
)  # fmt: skip
ARMS = ("TRT01P", "TRT01A")
CUTS = (-2.4, -1.2, -0.5, 0.1, 0.9, 1.5)
Records = list[dict[str, str]]


def draw_adsl(n: int = 240, seed: int = 7) -> pd.DataFrame:
    """ADSL with events of every kind, missing covariates, a rare category and crossed arms."""
    rng = np.random.default_rng(seed)
    arm = np.where(np.arange(n) % 2, "MPSS", "PLACEBO")
    age, nihss = rng.integers(40, 81, n), rng.integers(6, 26, n)
    latent = 0.04 * (age - 65) + 0.1 * (nihss - 15) - 0.4 * (arm == "MPSS")
    adsl = pd.DataFrame(
        {
            "SUBJID": [f"S{i:04d}" for i in range(n)],
            "SITEID": rng.choice([f"{site:02d}" for site in range(12)], n),
            **dict.fromkeys(ARMS, arm),
            "MRS90": np.searchsorted(CUTS, latent + rng.logistic(size=n)),
            "AGE": age,
            "NIHSSBL": nihss,
            "ASPECTS": rng.integers(3, 11, n),
            "LKWRNDH": rng.uniform(1, 24, n),
            "OCCLOC": rng.choice(["M1", "ICA", "M2"], n),
            "IVT": rng.choice(["N", "Y"], n),
            "MRSPRGR1": rng.choice(["0", ">=1"], n, p=[0.8, 0.2]),
            "ITTFL": "Y",
            "SAFFL": "Y",
            "ICHIMGFL": "Y",
            "ENIKNFL": np.where(np.arange(n) % 7, "Y", "N"),
            "PPROTFL": np.where(rng.random(n) < 0.85, "Y", "N"),
            "DCSREAS": "COMPLETED",
            **{name: np.where(rng.random(n) < 0.2, "Y", "N") for name in FLAGS},
        }
    )
    adsl = adsl.astype(dict.fromkeys(("MRS90", "AGE", "NIHSSBL", "ASPECTS"), "Int64"))
    adsl.loc[[3, 50], "AGE"] = pd.NA
    adsl.loc[[4, 60], "OCCLOC"] = None
    adsl.loc[[5, 70, 90], "OCCLOC"] = "OTHER"
    adsl.loc[[6, 80], "MRS90"] = pd.NA
    adsl.loc[[9], "SITEID"] = None
    adsl.loc[[8, 10], "TRT01A"] = "MPSS"
    return adsl


def draw_adtte(adsl: pd.DataFrame, seed: int = 7, risk: float = 0.2) -> pd.DataFrame:
    """ADTTE of these subjects: deaths with ties, censoring on day 90 or 40."""
    rng, n = np.random.default_rng(seed), len(adsl)
    died = rng.random(n) < risk
    days = np.where(died, rng.integers(0, 91, n), np.where(rng.random(n) < 0.9, 90, 40))
    kept = adsl[["SUBJID", *ARMS, "ITTFL", "PPROTFL", "SAFFL"]]
    return kept.assign(
        AVAL=pd.array(days, dtype="Int64"), CNSR=pd.array((~died).astype(int), dtype="Int64")
    )


def draw_adqs(adsl: pd.DataFrame, seed: int = 7) -> pd.DataFrame:
    """ADQS of these subjects: utility, EQ-VAS and NIHSS, some missing, some not analysed."""
    rng, parts = np.random.default_rng(seed), []
    kinds = {("EQ5DUTIL", "D90"): 3, ("EQVAS", "D90"): 0, ("NIHSS", "H24"): 0, ("NIHSS", "D7"): 0}
    for (parameter, visit), decimals in kinds.items():
        values = np.round(rng.uniform(0.0, 1.0 if decimals else 40.0, len(adsl)), decimals)
        parts.append(
            pd.DataFrame(
                {
                    "SUBJID": adsl["SUBJID"],
                    "PARAMCD": parameter,
                    "AVISIT": visit,
                    "AVAL": pd.array(values, dtype="Float64"),
                    "DTYPE": pd.array([None] * len(adsl), dtype="str"),
                    "ANL01FL": np.where(rng.random(len(adsl)) < 0.9, "Y", None),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def build_trial(adsl: pd.DataFrame, plan: Plan, risk: float = 0.2) -> Trial:
    """These subjects with deaths and assessments."""
    return Trial(adsl, draw_adtte(adsl, risk=risk), draw_adqs(adsl), plan)


def list_engine_records(trial: Trial) -> Records:
    """The engine's numbers as rows of ``ard.csv``."""
    adsl, adtte, plan = trial.adsl, trial.adtte, trial.plan
    results = [
        *analyse_mrs_shift(adsl, plan),
        analyse_site_clusters(adsl, plan, prepare_covariates(adsl, plan)),
        *analyse_supportive(adsl, trial.adqs, adtte, plan),
        *analyse_dichotomies(adsl, plan),
        *analyse_safety(adsl, plan),
        *analyse_survival(adsl, adtte, plan),
        *analyse_populations(adsl, pd.DataFrame({"SUBJID": [], "CODE": []}), None, plan),
    ]
    return write_records(results)


def write_records(results: Sequence[AnalysisResult]) -> Records:
    """Results as rows of ``ard.csv``."""
    content: Any = json.loads(write_results_text(results, Allocation.REHEARSAL, {}))
    return build_ard_rows(content)


def check(adsl: pd.DataFrame, plan: Plan, risk: float = 0.2) -> list[Comparison]:
    """What the check says of the engine's numbers of these data."""
    trial = build_trial(adsl, plan, risk)
    return check_trial(trial, list_engine_records(trial))


def check_trial(trial: Trial, records: Records) -> list[Comparison]:
    """What the check says of these rows of ``ard.csv``."""
    return check_independently(trial, EngineNumbers.from_records(records))


def name_differing(comparisons: list[Comparison]) -> list[str]:
    """What differs, with both values: nothing is expected to."""
    return [item.describe() for item in comparisons if item.verdict is Verdict.DIFFERS]
