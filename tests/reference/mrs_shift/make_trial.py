"""Draw the made-up trial of this folder: ``python make_trial.py`` writes trial.csv.

420 subjects at 16 sites of very different sizes. MPSS lowers the mRS at the upper cut points more
than at the lower ones. Covariates, auxiliaries and outcomes are missing here and there; three
subjects have an occlusion elsewhere; some were assessed late, some treated with the other arm's
drug, some not at all.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

N, SITES = 420, 16
CUTS = np.array([-2.1, -1.0, -0.3, 0.4, 1.2, 1.9])


def draw_trial(seed: int = 20260915) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    share = np.arange(1, SITES + 1) ** 1.5
    site = rng.choice(SITES, N, p=share / share.sum())
    treated = rng.integers(0, 2, N)
    age, nihss = rng.integers(35, 81, N), rng.integers(6, 31, N)
    aspects, hours = rng.integers(3, 11, N), np.round(rng.uniform(1, 24, N), 2)
    occlusion = rng.choice(["M1", "ICA", "M2"], N, p=[0.6, 0.25, 0.15]).astype(object)
    occlusion[rng.choice(N, 3, replace=False)] = "OTHER"
    ivt, prestroke = rng.choice(["Y", "N"], N), rng.choice(["0", ">=1"], N, p=[0.85, 0.15])
    risk = 0.03 * (age - 65) + 0.08 * (nihss - 16) - 0.12 * (aspects - 7)
    risk = risk + 0.02 * hours + 0.4 * (prestroke == ">=1") - 0.2 * (ivt == "Y")
    risk = risk + rng.normal(0, 0.5, SITES)[site]
    noise = rng.logistic(size=N)
    benefit = (0.25 + 0.12 * np.arange(6)) * treated[:, None]
    mrs = np.sum((risk + noise)[:, None] > CUTS + benefit, axis=1)
    mrs30 = np.clip(mrs + rng.choice([-1, 0, 1, 2], N, p=[0.1, 0.5, 0.3, 0.1]), 0, 5)
    day = np.where(mrs == 6, np.round(rng.exponential(25, N)).clip(0, 90), np.nan)
    h24 = np.clip(np.round(nihss - 5 + 2.2 * (mrs - 3) + rng.normal(0, 4, N)), 0, 42)
    d7 = np.clip(np.round(h24 - 3 + 1.5 * (mrs - 3) + rng.normal(0, 3, N)), 0, 42)
    missing = (mrs < 6) & (rng.random(N) < 0.05 + 0.03 * mrs)
    dead30 = day <= 30
    frame = pd.DataFrame({
        "SUBJID": [f"S{i:03d}" for i in range(N)],
        "SITEID": [f"{s + 1:02d}" for s in site],
        "TRT01P": np.where(treated == 1, "MPSS", "PLACEBO"),
        "TRT01A": np.where((treated == 1) ^ (rng.random(N) < 0.02), "MPSS", "PLACEBO"),
        "SAFFL": np.where(rng.random(N) < 0.97, "Y", "N"),
        "PPROTFL": "Y",
        "AGE": age, "NIHSSBL": nihss, "ASPECTS": aspects, "OCCLOC": occlusion, "LKWRNDH": hours,
        "IVT": ivt, "MRSPRGR1": prestroke,
        "MRS90": np.where(missing, np.nan, mrs),
        "MRS90RUL": np.where(mrs == 6, "a", np.where(rng.random(N) < 0.04, "d", "b")),
        "MRS30": np.where(dead30, np.nan, mrs30),
        "NIHSSH24": np.where(day < 1, np.nan, h24),
        "NIHSSD7": np.where(day < 7, np.nan, d7),
        "DTHADY": day,
        "ALV90FL": np.where(missing & (rng.random(N) < 0.5), "Y", "N"),
    })  # fmt: skip
    holes = {"AGE": 4, "ASPECTS": 9, "OCCLOC": 5, "IVT": 3, "MRSPRGR1": 6, "MRS30": 30,
             "NIHSSH24": 25, "NIHSSD7": 35}  # fmt: skip
    for name, count in holes.items():
        frame.loc[rng.choice(N, count, replace=False), name] = None
    frame.loc[frame["MRS90"].isna(), "MRS90RUL"] = None
    late = np.where(rng.random(N) < 0.2, np.minimum(mrs + 1, 5), np.nan)
    last = pd.Series(late).fillna(frame["MRS30"])
    frame["MRSLAST"] = last.where(frame["MRS90"].isna())
    whole = ["AGE", "ASPECTS", "MRS90", "MRS30", "NIHSSH24", "NIHSSD7", "DTHADY", "MRSLAST"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


if __name__ == "__main__":
    path = Path(__file__).with_name("trial.csv")
    path.write_text(draw_trial().to_csv(index=False, lineterminator="\n"), encoding="utf-8")
