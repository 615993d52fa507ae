"""The made-up trial as ADSL."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
_WHOLE = [
    "AGE", "NIHSSBL", "ASPECTS", "MRS90", "MRS30", "NIHSSH24", "NIHSSD7", "DTHADY", "MRSLAST",
]  # fmt: skip


def read_trial() -> pd.DataFrame:
    """Return trial.csv with the types of ADSL; everybody is in the ITT set."""
    texts = dict.fromkeys(["SUBJID", "SITEID", "MRSPRGR1"], "str")
    trial = pd.read_csv(HERE / "trial.csv", dtype=texts, na_values=[""], keep_default_na=False)
    trial = trial.astype(dict.fromkeys(_WHOLE, "Int64"))
    return trial.assign(ITTFL="Y", MRS90SCR=trial["MRS90"])
