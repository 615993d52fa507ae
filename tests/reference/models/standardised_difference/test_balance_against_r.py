"""Standardised differences of the results against base R (``README.md``)."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.analyses.description.balance import analyse_balance
from analysis.analyses.description.baseline import CATEGORICAL, CONTINUOUS
from analysis.config import load_plan

FOLDER = Path(__file__).parent
REFERENCE = json.loads((FOLDER / "balance.json").read_text())
ANSWER = 1e-11
"""Relative: 12 digits are written."""


@pytest.fixture(scope="module")
def found() -> dict[str, float | None]:
    rows = pd.read_csv(FOLDER / "rows.csv", dtype={"site": "str"})
    others = dict.fromkeys((*CONTINUOUS, *CATEGORICAL), pd.NA)
    adsl = pd.DataFrame({"ITTFL": "Y", "TRT01P": rows["arm"]}).assign(**others)
    adsl = adsl.assign(AGE=rows["age"], OCCLOC=rows["site"])
    result = analyse_balance(adsl, load_plan(FOLDER.parents[3] / "config" / "trial.yaml"))
    return {one.level: one.value for one in result.statistics}


def test_means(found: dict[str, float | None]) -> None:
    assert found["AGE"] == pytest.approx(REFERENCE["age"], rel=ANSWER)


@pytest.mark.parametrize("level", ["ICA", "M1", "M2"])
def test_shares(found: dict[str, float | None], level: str) -> None:
    assert found[f"OCCLOC={level}"] == pytest.approx(REFERENCE["site"][level], rel=ANSWER)
