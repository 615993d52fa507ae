"""Proportional odds with a random intercept by group."""

from analysis.models.random_intercept.fit import (
    InterceptConvergence,
    RandomInterceptFit,
    fit_random_intercept,
)

__all__ = ["InterceptConvergence", "RandomInterceptFit", "fit_random_intercept"]
