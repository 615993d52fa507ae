"""Which residuals a variance squares."""

from enum import StrEnum


class Residuals(StrEnum):
    """FITTED: outcome minus fit. LEAVE_ONE_OUT: each of them over 1 minus its leverage.

    The latter are, exactly for least squares and to first order for a logistic model, the outcomes
    minus the fits without their row (MacKinnon & White 1985): fitted ones are too small by as much
    as each row draws the fit to itself, which counts in small trials with many covariates.
    """

    FITTED = "fitted"
    LEAVE_ONE_OUT = "leave_one_out"
