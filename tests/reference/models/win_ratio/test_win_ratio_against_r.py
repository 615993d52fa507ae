"""Win ratio, bounds over joint distributions and re-randomisation against R (win_ratio.R)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.models.proportional_odds import rerandomise
from analysis.models.win_odds import EventTimes, Measurement, bound_joint_shares, estimate_win_ratio

FOLDER = Path(__file__).parent
EXPECTED = json.loads((FOLDER / "win_ratio.json").read_text(encoding="utf-8"))
ROWS = np.genfromtxt(FOLDER / "rows.csv", delimiter=",", names=True)
SHARE = 1e-12  # absolute: quotients of whole numbers
ERROR = 1e-10  # relative: sums of squares in another order
SCORE = 1e-6  # relative: R's optim stops there


def read_level(name: str, margin: float) -> EventTimes | Measurement:
    if name == "death":
        return EventTimes(ROWS["days"], ROWS["died"], margin)
    if name == "mrs":
        return Measurement(ROWS["mrs"], lower_is_better=True, margin=margin)
    return Measurement(ROWS["utility"], lower_is_better=False, margin=margin)


@pytest.mark.parametrize("name", EXPECTED["hierarchies"])
def test_the_win_ratio(name: str) -> None:
    wanted = EXPECTED["hierarchies"][name]
    order, margins = np.atleast_1d(wanted["order"]), np.atleast_1d(wanted["margins"])
    levels = {str(one): read_level(str(one), m) for one, m in zip(order, margins, strict=True)}
    found = estimate_win_ratio(levels, ROWS["arm"])
    for share in ("wins", "losses", "ties"):
        assert getattr(found, share) == pytest.approx(wanted[share], abs=SHARE)
    for effect in ("log_ratio", "log_odds", "net_benefit"):
        assert getattr(found, effect).estimate == pytest.approx(wanted[effect], rel=ERROR)
        error = wanted[f"{effect}_error"]
        assert getattr(found, effect).standard_error == pytest.approx(error, rel=ERROR)
    shares = found.levels.values()
    assert [one.won for one in shares] == pytest.approx(np.atleast_1d(wanted["won"]), abs=SHARE)
    assert [one.lost for one in shares] == pytest.approx(np.atleast_1d(wanted["lost"]), abs=SHARE)


@pytest.mark.parametrize("name", EXPECTED["bounds"])
def test_the_bounds_over_joint_distributions(name: str) -> None:
    outcome = ROWS["mrs"] if name == "mrs" else ROWS["site"]
    kept = outcome < 7
    found = bound_joint_shares(outcome[kept], ROWS["arm"][kept])
    for share, wanted in EXPECTED["bounds"][name].items():
        assert vars(getattr(found, share)) == pytest.approx(wanted, abs=SHARE)


def test_the_score_of_the_rerandomisation() -> None:
    x = np.column_stack([(ROWS["age"] - 60) / 10, ROWS["age"] > 75])
    found = rerandomise(
        ROWS["mrs"], ROWS["arm"], x,
        strata=ROWS["site"], seed=np.random.SeedSequence(1), draws=1,
    )  # fmt: skip
    assert found.score == pytest.approx(EXPECTED["rerandomisation"]["score"], rel=SCORE)
    assert found.z == pytest.approx(EXPECTED["rerandomisation"]["z"], rel=SCORE)
