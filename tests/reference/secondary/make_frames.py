"""Draw the two made-up trials of this folder: one row per subject, as a site would know it.

    python make_frames.py          (in this folder; writes trial.csv and small.csv)

MRS is the day-90 score of survivors; DTHDAY the day of death. NIHSS24 and NIHSS7 are assessed on
the nominal days (some are dated after the death), EQ on day EQDAY. LKWMIN: minutes from last known
well to randomisation.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

ITEMS = ("EQMO", "EQSC", "EQUA", "EQPD", "EQAD")
COLUMNS = (
    "SUBJID", "ARM", "AGE", "SEX", "NIHSSBL", "ASPECTS", "OCCLOC", "LKWMIN", "IVT", "MRSPRE",
    "ETICI", "PASSES", "TOAST", "DTHDAY", "MRS", "NIHSS24", "NIHSS7", "EQDAY", *ITEMS, "EQVAS",
)  # fmt: skip


def draw(n: int, seed: int) -> list[dict[str, str]]:
    """Rows of text; an empty cell is missing."""
    rng = np.random.default_rng(seed)
    arm = rng.permutation(np.arange(n) % 2)
    age, nihss = rng.integers(38, 90, n), rng.integers(6, 30, n)
    latent = 0.04 * (age - 66) + 0.11 * (nihss - 15) - 0.45 * arm + rng.logistic(size=n)
    mrs = np.searchsorted([-2.0, -1.0, -0.3, 0.4, 1.2, 1.9], latent)
    death = np.where(mrs == 6, rng.choice([0, 1, 2, 6, 7, 8, 20, 45, 90], n), -1)
    scores = {
        "NIHSS24": np.clip(nihss + 2 * mrs - 9 + rng.integers(-3, 4, n), 0, 41),
        "NIHSS7": np.clip(nihss + 2 * mrs - 12 + rng.integers(-3, 4, n), 0, 41),
    }
    day_of = {"NIHSS24": 1, "NIHSS7": 7}
    frame = {
        "SUBJID": np.array([f"S{i:04d}" for i in range(n)]),
        "ARM": np.where(arm == 1, "MPSS", "PLACEBO"),
        "AGE": lose(age, 0.01, rng),
        "SEX": lose(rng.choice(["M", "F"], n, p=[0.6, 0.4]), 0.02, rng),
        "NIHSSBL": lose(nihss, 0.01, rng),
        "ASPECTS": lose(rng.integers(3, 11, n), 0.015, rng),
        "OCCLOC": lose(rng.choice(["M1", "ICA", "M2"], n, p=[0.55, 0.3, 0.15]), 0.01, rng),
        "LKWMIN": lose(rng.integers(90, 1440, n), 0.01, rng),
        "IVT": lose(rng.choice(["Y", "N"], n, p=[0.3, 0.7]), 0.01, rng),
        "MRSPRE": lose(rng.choice([0, 0, 0, 1, 2], n), 0.01, rng),
        "ETICI": lose(rng.choice(["2A", "2B50", "2B67", "2C", "3"], n), 0.01, rng),
        "PASSES": lose(rng.integers(0, 5, n), 0.02, rng),
        "TOAST": lose(rng.choice(["LAA", "CE", "UNDETERMINED"], n), 0.02, rng),
        "DTHDAY": np.where(death >= 0, death.astype(str), ""),
        "MRS": np.where(mrs == 6, "", lose(mrs, 0.06, rng)),
    }
    frame["OCCLOC"][:3] = "OTHER"  # fewer than five: merged
    frame["TOAST"][(arm == 1).nonzero()[0][:3]] = "OTHER"  # in one arm only
    for name, score in scores.items():
        late = (death >= 0) & (death <= day_of[name])
        frame[name] = np.where(late & (rng.random(n) < 0.8), "", lose(score, 0.04, rng))
    frame |= draw_quality(np.minimum(mrs, 5), rng)
    seen = (frame["DTHDAY"] == "") & (rng.random(n) < 0.95)
    for name in ("EQDAY", *ITEMS, "EQVAS"):
        frame[name] = np.where(seen, frame[name], "")
    return [{name: str(frame[name][i]) for name in COLUMNS} for i in range(n)]


def draw_quality(mrs: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    n = len(mrs)
    items = {
        name: lose(1 + rng.binomial(4, np.minimum(0.04 + 0.16 * mrs, 1)), 0.01, rng)
        for name in ITEMS
    }
    vas = np.clip(90 - 12 * mrs + rng.integers(-12, 13, n), 0, 100)
    return items | {"EQDAY": rng.integers(55, 126, n).astype(str), "EQVAS": lose(vas, 0.02, rng)}


def lose(values: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """The values as text, some of them missing."""
    texts = values.astype(str).astype(object)
    texts[rng.random(len(values)) < share] = ""
    return texts


def make_small() -> list[dict[str, str]]:
    """Few subjects, nobody with placebo at mRS 0-1, nobody under 70 with placebo."""
    rows = draw(70, 20260114)
    for row in rows:
        if row["ARM"] == "PLACEBO":
            row["MRS"] = {"0": "2", "1": "3"}.get(row["MRS"], row["MRS"])
            row["AGE"] = row["AGE"] and str(max(70, int(row["AGE"])))
    return rows


def main() -> None:
    for name, rows in {"trial": draw(420, 20251119), "small": make_small()}.items():
        with Path(f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
