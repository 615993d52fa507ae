"""Firth's penalised logistic regression against R (``firth_logistic.R``) and against logistf."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.models.means_and_risks import FirthFit, fit_firth_logistic, profile_firth
from analysis.qc.formulas.likelihood.penalised import fit_penalised

ESTIMATE = 1e-9
"""Relative: brglm2 stops when its modified score is 1e-13."""
LIMIT = 1e-7
"""Relative: R maximises the profile by BFGS, to 1e-15 of a log likelihood that is flat there."""
P_VALUE = 1e-9
LOGISTF = 3e-7
"""Absolute: seven digits are shown; logistf stops at a score of 1e-5."""

FOLDER = Path(__file__).parent
RESULTS: dict[str, list[dict[str, Any]]] = json.loads(
    (FOLDER / "firth_logistic.json").read_text(encoding="utf-8")
)["results"]

# logistf(HG ~ NV + PI + EH): coefficient, lower and upper limit (95 %)
ENDOMETRIAL = {
    "NV": (2.92927330, 0.6097244, 7.85463171),
    "PI": (-0.03475175, -0.1244587, 0.04045547),
    "EH": (-2.60416387, -4.3651832, -1.23272106),
}


def read(name: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    if name == "no_event_in_an_arm":
        return np.repeat([1.0, 0.0, 0.0], [3, 5, 8]), np.repeat([1.0, 0.0], 8)[:, None]
    rows = np.loadtxt(FOLDER / f"{name}.csv", delimiter=",", skiprows=1)
    return rows[:, -1], rows[:, :-1]


@pytest.fixture(scope="module", params=list(RESULTS))
def case(request: pytest.FixtureRequest) -> tuple[FirthFit, list[dict[str, Any]]]:
    return fit_firth_logistic(*read(request.param)), RESULTS[request.param]


def test_estimates_and_standard_errors(case: tuple[FirthFit, list[dict[str, Any]]]) -> None:
    fit, expected = case
    assert fit.beta == pytest.approx([one["estimate"] for one in expected], rel=ESTIMATE)
    assert fit.beta_errors == pytest.approx([one["std_error"] for one in expected], rel=ESTIMATE)


def test_profile_limits_and_p_values(case: tuple[FirthFit, list[dict[str, Any]]]) -> None:
    fit, expected = case
    for column, one in enumerate(expected):
        found = profile_firth(fit, column, alpha=0.05)
        limits = (one["low"], one["high"])
        assert (found.low, found.high) == pytest.approx(limits, rel=LIMIT), one["column"]
        assert found.p_value == pytest.approx(one["p_value"], rel=P_VALUE), one["column"]


def test_endometrial_cancer_as_logistf_has_it() -> None:
    fit = fit_firth_logistic(*read("endometrial"))
    for column, expected in enumerate(ENDOMETRIAL.values()):
        found = profile_firth(fit, column, alpha=0.05)
        own = (float(fit.beta[column]), found.low, found.high)
        assert own == pytest.approx(expected, abs=LOGISTF)


@pytest.mark.parametrize("name", list(RESULTS))
def test_the_check_has_the_same_numbers_of_its_first_column(name: str) -> None:
    event, columns = read(name)
    fit = fit_penalised(event == 1.0, columns)
    assert not isinstance(fit, str)
    first = RESULTS[name][0]
    assert fit.log_odds_ratio == pytest.approx(first["estimate"], rel=ESTIMATE)
    assert fit.standard_error == pytest.approx(first["std_error"], rel=ESTIMATE)
    limits = [fit.profile_limit(side, 0.05) for side in (-1.0, 1.0)]
    assert limits == pytest.approx([first["low"], first["high"]], rel=LIMIT)
