"""The second implementation of the primary model: agreement passes, disagreement stops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_adsl import Found, build_planted_adsl

from analysis.analyses.covariates import prepare_covariates
from analysis.analyses.crosscheck import AGREEMENT, check_primary
from analysis.analyses.design import Design, build_design, fit_design
from analysis.config import Plan
from analysis.errors import CheckError
from analysis.models.proportional_odds import ProportionalOddsFit

TEN_TIMES = 10.0


@pytest.fixture(scope="module")
def design(plan: Plan) -> Design:
    return build_design(build_planted_adsl(200, 0.5), "ITT", plan, None)


@pytest.fixture(scope="module")
def fit(design: Design) -> ProportionalOddsFit:
    return fit_design(design)


def shift_effect(fit: ProportionalOddsFit, errors: float) -> ProportionalOddsFit:
    beta = fit.beta.copy()
    beta[0] += errors * fit.beta_errors[0]
    return replace(fit, beta=beta)


def test_agreement_is_reported_at_the_decimals_compared(plan: Plan) -> None:
    adsl = build_planted_adsl(300, 0.5)
    design = build_design(adsl, "ITT", plan, prepare_covariates(adsl, plan))
    fit = fit_design(design)
    found = Found([check_primary(fit, design.y, design.x)])
    own = {"log_estimate": fit.beta[0], "std_error": fit.beta_errors[0]}
    # the standard error is about 0.2, so the tolerances are 2e-7 and 2e-6
    for name, decimals in {"log_estimate": 6, "std_error": 5}.items():
        shown = found.value("qc", "estimate", level=name)
        assert shown == round(shown, decimals)
        assert shown == pytest.approx(own[name], abs=10.0**-decimals)
        assert found.value("qc", "agrees", level=name) == 1


@pytest.mark.parametrize("direction", [-1, 1])
def test_another_estimate_stops_the_run(
    fit: ProportionalOddsFit, design: Design, direction: int
) -> None:
    wrong = shift_effect(fit, direction * TEN_TIMES * AGREEMENT["log_estimate"])
    with pytest.raises(CheckError, match=r"log_estimate is .* by the proportional-odds engine"):
        check_primary(wrong, design.y, design.x)


def test_another_standard_error_stops_the_run(fit: ProportionalOddsFit, design: Design) -> None:
    factor = (1 + TEN_TIMES * AGREEMENT["std_error"]) ** 2
    with pytest.raises(CheckError, match=r"std_error is .* by the proportional-odds engine"):
        check_primary(replace(fit, covariance=fit.covariance * factor), design.y, design.x)


def test_the_opposite_sign_stops_the_run(fit: ProportionalOddsFit, design: Design) -> None:
    with pytest.raises(CheckError, match="fails its independent check"):
        check_primary(replace(fit, beta=-fit.beta), design.y, design.x)


def test_an_estimate_that_is_no_number_stops_the_run(
    fit: ProportionalOddsFit, design: Design
) -> None:
    with pytest.raises(CheckError, match="nan"):
        check_primary(replace(fit, beta=np.full_like(fit.beta, np.nan)), design.y, design.x)
