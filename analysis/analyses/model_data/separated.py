"""Covariates that separate an outcome: left out of the model of these subjects (SAP 5.8)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.analyses.model_data.design import TREATMENT_COLUMN, Design, fit_design
from analysis.config.blocks.subgroups import SEPARATES, TOGETHER
from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.numerics import separates
from analysis.models.proportional_odds import ProportionalOddsFit


def fit_unseparated(design: Design) -> tuple[ProportionalOddsFit, tuple[str, ...]]:
    """Return the fit of a design, and what is said of the covariates left out of it.

    Where the levels of the outcome are separated, each covariate that separates them alone is left
    out with all of its columns; where none does so, all covariates if they do so together. Raises
    EstimationError, as fit_design does, if the arm has a part in every direction that separates.
    """
    try:
        return fit_design(design), ()
    except EstimationError as error:
        if error.reason.code is not ReasonCode.SEPARATION:
            raise
        alone = _list_separating(design)
        if alone:
            fit, notes = fit_unseparated(_leave_out(design, alone))
            return fit, (*(f"{name} {SEPARATES}" for name in alone), *notes)
        covariates = _list_covariates(design)
        if not covariates or not separates(_code(design), design.x[:, TREATMENT_COLUMN + 1 :]):
            raise
        return fit_design(_leave_out(design, covariates)), (f"{', '.join(covariates)} {TOGETHER}",)


def _list_separating(design: Design) -> tuple[str, ...]:
    """The covariates of which a column separates alone; none where the arm does."""
    codes = _code(design)
    found = [j for j in range(design.x.shape[1]) if separates(codes, design.x[:, [j]])]
    if TREATMENT_COLUMN in found:
        return ()
    return tuple(dict.fromkeys(_name_covariate(design.names[j]) for j in found))


def _list_covariates(design: Design) -> tuple[str, ...]:
    terms = design.names[TREATMENT_COLUMN + 1 :]
    return tuple(dict.fromkeys(_name_covariate(term) for term in terms))


def _leave_out(design: Design, covariates: tuple[str, ...]) -> Design:
    kept = [j for j, term in enumerate(design.names) if _name_covariate(term) not in covariates]
    return replace(design, x=design.x[:, kept], names=tuple(design.names[j] for j in kept))


def _name_covariate(term: str) -> str:
    """``OCCLOC`` of the term ``OCCLOC=M2``."""
    return term.partition("=")[0]


def _code(design: Design) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    codes: np.ndarray[tuple[int], np.dtype[np.intp]] = np.unique(design.y, return_inverse=True)[1]
    return codes
