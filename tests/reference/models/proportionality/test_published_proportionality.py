"""Tests of proportional odds that others have printed."""

from __future__ import annotations

import pytest

from analysis.models.cumulative_logit import Information
from analysis.models.proportionality import brant_test, score_test
from tests.reference.models.proportionality.proportionality_data import read_data


def test_arthritis_as_printed_by_sas() -> None:
    """Improvement on sex and treatment (Koch & Edwards 1988; Stokes, Davis & Koch, Categorical
    Data Analysis Using SAS): "Score Test for the Proportional Odds Assumption: Chi-Square 1.8833,
    DF 2, Pr > ChiSq 0.3900". SAS PROC LOGISTIC takes the observed information."""
    data = read_data("arthritis")
    found = score_test(data.y, data.x, weights=data.w, information=Information.OBSERVED).overall
    assert found.statistic == pytest.approx(1.8833, abs=5e-5)
    assert found.p_value == pytest.approx(0.3900, abs=5e-5)
    assert found.df == 2


def test_survey_as_printed_by_the_brant_package() -> None:
    """MASS::survey, smoking on sex and height: the example of brant(), R package brant 0.3:
    omnibus 3.28 on 4, sex 1.58 on 2, height 0.02 on 2 degrees of freedom."""
    data = read_data("survey")
    found = brant_test(data.y, data.x, {"sex": (0,), "height": (1,)})
    printed = {test.name: (round(test.statistic or -1.0, 2), test.df) for test in found.terms}
    assert printed == {"sex": (1.58, 2), "height": (0.02, 2)}
    assert (round(found.overall.statistic or -1.0, 2), found.overall.df) == (3.28, 4)
    assert found.overall.p_value == pytest.approx(0.51, abs=5e-3)


def test_cheese_has_no_score_test_by_observed_information() -> None:
    """McCullagh & Nelder (1989), p. 175: nobody gave additive 1 the two lowest ratings, so no row
    informs its effect at the first cut point. SAS prints 17.2866 on 21 degrees of freedom, by a
    generalised inverse and without a word; by expected information there is a test."""
    data = read_data("cheese")
    observed = score_test(data.y, data.x, weights=data.w, information=Information.OBSERVED)
    assert observed.overall.statistic is None
    assert str(observed.overall.reason) == "the observed information is not positive definite"
    expected = score_test(data.y, data.x, weights=data.w).overall
    assert expected.df == 21
    assert expected.p_value == pytest.approx(0.4627, abs=5e-5)
