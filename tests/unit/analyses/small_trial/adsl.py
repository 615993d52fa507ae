"""ADSL of a few subjects, as the derivations leave it, with everything equal but what a test says.

Every subject is 65 years old with NIHSS 15, ASPECTS 8, an M1 occlusion, six hours from last known
well, no thrombolysis and pre-stroke mRS 0, is in all analysis sets, treated as randomised, alive
and without a haemorrhage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.analyses.description.baseline import CATEGORICAL, CONTINUOUS
from analysis.config.blocks.safety.outcomes import CLASSES, name_class_flag
from analysis.io.result import AnalysisResult, Statistic

Scores = Sequence[int | None]

_TYPICAL = {
    "AGE": 65, "WEIGHT": 70.0, "NIHSSBL": 15, "ASPECTS": 8, "LKWRNDH": 6.0, "PUNCRECM": 50.0,
    "PASSES": 1, "SBP": 150.0, "DBP": 85.0, "GLUC": 7.0, "SEX": "F", "MRSPRE": 0, "MRSPRGR1": "0",
    "OCCLOC": "M1", "OCCSIDE": "L", "TOAST": "CE", "ETICI": "3", "ANESTH": "GA",
    "DCSREAS": "COMPLETED", "SITEID": "01", "MRS90RUL": "b", "MRS30": 2, "NIHSSH24": 10,
    "NIHSSD7": 6, "MRSLAST": None, "DTHADY": None, "ALV90FL": "N",
    "RANDDT": pd.Timestamp("2026-05-14"),
}  # fmt: skip
_YES = ("ITTFL", "PPROTFL", "SAFFL", "ICHIMGFL", "ENIKNFL")
_NO = (
    "DTH90FL", "SICH48FL", "SICHUNFL", "ICH48FL", "PH48FL", "ICHUNFL", "ECASS2FL", "ECASS2UN",
    "SITSMFL", "SITSMUN", "HEMICRFL", "ENIFL", *map(name_class_flag, CLASSES),
)  # fmt: skip
_INTEGERS = (
    "AGE", "NIHSSBL", "ASPECTS", "PASSES", "MRSPRE", "MRS90", "MRS30", "NIHSSH24", "NIHSSD7",
    "MRSLAST", "DTHADY",
)  # fmt: skip


def build_adsl(mpss: Scores, placebo: Scores, **columns: object) -> pd.DataFrame:
    """Return ADSL: the day-90 mRS of the subjects of each arm, then any column (one value or one
    per subject, MPSS first)."""
    arms = ["MPSS"] * len(mpss) + ["PLACEBO"] * len(placebo)
    adsl = pd.DataFrame(
        {
            "SUBJID": [f"S{i:04d}" for i in range(len(arms))],
            "TRT01P": arms,
            "TRT01A": arms,
            "MRS90": [*mpss, *placebo],
        }
    )
    typical = dict.fromkeys({*CONTINUOUS, *CATEGORICAL}, "N") | _TYPICAL
    flags = dict.fromkeys(_YES, "Y") | dict.fromkeys(_NO, "N")
    adsl = adsl.assign(**(typical | flags | columns))
    adsl = adsl.astype(dict.fromkeys(_INTEGERS, "Int64"))
    adsl["MRS90SCR"] = adsl["MRS90"]
    texts = [name for name in adsl if adsl[name].dtype == object]
    return adsl.astype(dict.fromkeys(texts, "str"))


def repeat(counts: Mapping[int, int]) -> list[int]:
    """Return each score as often as its count says."""
    return [score for score, count in counts.items() for _ in range(count)]


def build_planted_adsl(n: int, log_odds_ratio: float, seed: int = 20250310) -> pd.DataFrame:
    """Return a trial of ``n`` subjects with this log odds ratio of a lower mRS for MPSS.

    Higher age and NIHSS are worse, by 0.04 and 0.1 per unit on the log-odds scale.
    """
    rng = np.random.default_rng(seed)
    half = n // 2
    treated = np.r_[np.ones(half), np.zeros(n - half)]
    age, nihss = rng.integers(40, 81, n), rng.integers(6, 26, n)
    latent = 0.04 * (age - 65) + 0.1 * (nihss - 15) - log_odds_ratio * treated
    cuts = np.array([-2.4, -1.2, -0.5, 0.1, 0.9, 1.5])
    mrs = np.searchsorted(cuts, latent + rng.logistic(size=n))
    return build_adsl(
        mrs[:half].tolist(), mrs[half:].tolist(), AGE=age, NIHSSBL=nihss,
        ASPECTS=rng.integers(3, 11, n), LKWRNDH=rng.uniform(1, 24, n),
        OCCLOC=rng.choice(["M1", "ICA", "M2"], n), IVT=rng.choice(["N", "Y"], n),
        MRSPRGR1=rng.choice(["0", ">=1"], n), SITEID=rng.choice(["01", "02", "03"], n),
    )  # fmt: skip


def swap_arms(adsl: pd.DataFrame) -> pd.DataFrame:
    """Return the same subjects with the arms exchanged."""
    other = {"MPSS": "PLACEBO", "PLACEBO": "MPSS"}
    return adsl.assign(**{arm: adsl[arm].map(other).astype("str") for arm in ("TRT01P", "TRT01A")})


class Found:
    """The statistics of some results, looked up."""

    def __init__(self, results: Sequence[AnalysisResult]) -> None:
        self.results = {(result.analysis_id, result.population): result for result in results}

    def statistic(
        self, analysis_id: str, name: str, population: str = "ITT", **place: str
    ) -> Statistic:
        """Return the one statistic of this name and place; group, level and variable matter only
        if given, but group and level are empty unless given."""
        wanted = {"group": "", "level": ""} | place
        found = [
            statistic
            for statistic in self.results[analysis_id, population].statistics
            if statistic.name == name
            and all(getattr(statistic, key) == text for key, text in wanted.items())
        ]
        assert len(found) == 1, f"{analysis_id} {name} {place}: {len(found)} statistics"
        return found[0]

    def value(
        self, analysis_id: str, name: str, population: str = "ITT", **place: str
    ) -> int | float | None:
        """Return the number of that statistic."""
        return self.statistic(analysis_id, name, population, **place).value

    def warning(self, analysis_id: str, name: str, population: str = "ITT", **place: str) -> str:
        """Return what the reader must know of that statistic."""
        return self.statistic(analysis_id, name, population, **place).note
