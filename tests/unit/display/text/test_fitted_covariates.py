"""Sentences name the covariates of the fitted model, not those of the plan."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from analysis.config.blocks.sparse import CRUDE
from analysis.display.ard import Ard, Effect
from analysis.display.figures.forest.cut_points import caption
from analysis.display.figures.grotta.captions import caption_adjusted, title_adjusted
from analysis.display.prose.methods.primary import methods
from analysis.display.tables.effects import name_covariates
from analysis.display.text.conclusion.measure import name_measure
from analysis.display.text.wording import (
    adjustment,
    as_fitted,
    covariates_in_words,
    dropped_in_words,
    list_fitted,
)
from analysis.errors import AnalysisError

Records = list[dict[str, str]]


def without(records: Records, *names: str) -> Ard:
    """The frame of a run whose primary model dropped some covariates."""
    kept = [
        row
        for row in records
        if row["analysis_id"] != "primary_coefficients"
        or row["level"].partition("=")[0] not in names
    ]
    return Ard.from_records(kept)


def test_all_are_named_where_all_were_fitted(ard: Ard, plan: Plan) -> None:
    assert list_fitted(ard, plan) == plan.primary.covariates
    assert dropped_in_words(ard, plan) == ""
    assert "not in the model" not in name_covariates(ard, plan)


def test_a_covariate_that_was_dropped_is_named_as_such_alone(records: Records, plan: Plan) -> None:
    fewer = without(records, "IVT", "ASPECTS")
    words = covariates_in_words(fewer, plan)
    assert "thrombolysis" not in words
    assert "ASPECTS" not in words
    assert "baseline NIHSS" in words
    assert name_covariates(fewer, plan).endswith(
        "and so not in the model (SAP 5.3): ASPECTS and intravenous thrombolysis."
    )
    assert "thrombolysis" not in caption(fewer, plan)
    primary = dict(methods(fewer, plan))["Primary analysis"]
    assert "Of the covariates of the plan, ASPECTS and intravenous thrombolysis: one" in primary


def test_one_level_of_a_covariate_is_enough(records: Records, plan: Plan) -> None:
    kept = [row for row in records if row["level"] != "OCCLOC=ICA"]
    assert "occlusion site" in covariates_in_words(Ard.from_records(kept), plan)


def test_without_any_there_are_no_covariates(records: Records, plan: Plan) -> None:
    none = without(records, *(covariate.name for covariate in plan.primary.covariates))
    assert adjustment(none, plan) == "without covariates"
    label = as_fitted(none, plan, "Risk ratio, adjusted", make_effect("Poisson regression"))
    assert label == "Risk ratio, without covariates"
    assert name_measure(none, plan) == "common odds ratio"
    assert "adjusted" not in caption(none, plan)
    assert caption_adjusted(none, plan).startswith("Modelled distribution of the mRS at day 90")
    assert title_adjusted(none, plan).endswith("by the model without covariates")
    assert name_covariates(none, plan).startswith("No covariates. Of one value or level")


def test_a_crude_estimate_is_not_called_adjusted(records: Records, plan: Plan) -> None:
    ard = Ard.from_records(records)
    for method, label in (("Cox regression", "adjusted"), (CRUDE, "without covariates")):
        effect = make_effect(f"{method}, Wald interval")
        assert as_fitted(ard, plan, "Hazard ratio, adjusted", effect) == f"Hazard ratio, {label}"


def make_effect(method: str) -> Effect:
    return Effect(1.2, 1.0, 1.4, 0.05, method, "")


def test_a_frame_without_the_model_is_an_error(records: Records, plan: Plan) -> None:
    names = ("arm", *(covariate.name for covariate in plan.primary.covariates))
    with pytest.raises(AnalysisError, match="primary_coefficients"):
        list_fitted(without(records, *names), plan)
