"""The true mRS at day 90: a proportional-odds model with the planned common odds ratio."""

import math

import numpy as np

from analysis.config.plan import Plan
from analysis.errors import ConfigError
from analysis.simulate.arrays import Floats, Ints
from analysis.simulate.cohort.allocation import Allocation
from analysis.simulate.cohort.baseline import Baseline
from analysis.simulate.cohort.procedure import Procedure
from analysis.simulate.randomness.draws import expit

# Log odds of a higher (worse) mRS. Sizes as in prognostic models after thrombectomy.
PER_YEAR = 0.035
PER_NIHSS_POINT = 0.085
PER_ASPECTS_POINT = -0.16
PER_HOUR = 0.025
OCCLUSION = (0.25, 0.0, -0.15, 0.0)
THROMBOLYSIS = -0.15
PRESTROKE_DISABILITY = 0.5
ETICI = (0.25, 0.1, -0.05, -0.15)
SUM_TOLERANCE = 1e-6
BISECTIONS = 50
LOG_ODDS_BOUND = 40.0


def draw_mrs(
    plan: Plan,
    allocation: Allocation,
    baseline: Baseline,
    procedure: Procedure,
    rng: np.random.Generator,
) -> Ints:
    """Return the mRS at day 90, 6 = dead, of every subject.

    The odds of a lower mRS are ``demo.common_odds_ratio`` times higher in the treatment arm at
    equal covariates and site. The intercepts are set so that the expected distribution without
    treatment is ``demo.reference_distribution``. Raises ConfigError if that does not sum to one.
    """
    site_effect = rng.normal(0.0, plan.demo.site_sd, plan.demo.sites)[allocation.site]
    worse = _compute_risk(baseline, procedure) + site_effect
    cumulative = np.cumsum(_require_distribution(plan))[:-1]
    intercepts = _calibrate_intercepts(worse, cumulative)
    benefit = math.log(plan.demo.common_odds_ratio) * allocation.treated
    at_most = expit(intercepts[None, :] - worse[:, None] + benefit[:, None])
    share = rng.random(len(worse))
    mrs: Ints = (share[:, None] > at_most).sum(axis=1)
    return mrs


def _require_distribution(plan: Plan) -> Floats:
    """The mRS distribution of the reference arm, checked."""
    distribution = np.asarray(plan.demo.reference_distribution)
    if abs(distribution.sum() - 1) > SUM_TOLERANCE:
        raise ConfigError(
            f"demo.reference_distribution: the shares sum to {distribution.sum():.6g}, not to 1"
        )
    return distribution


def _compute_risk(baseline: Baseline, procedure: Procedure) -> Floats:
    """Log odds of a higher mRS by covariates."""
    risk: Floats = (
        PER_YEAR * baseline.age
        + PER_NIHSS_POINT * baseline.nihss
        + PER_ASPECTS_POINT * baseline.aspects
        + PER_HOUR * baseline.lkw_minutes / 60
        + np.asarray(OCCLUSION)[baseline.occlusion]
        + THROMBOLYSIS * baseline.ivt
        + PRESTROKE_DISABILITY * (baseline.mrs_before > 0)
        + np.asarray(ETICI)[procedure.etici]
    )
    return risk


def _calibrate_intercepts(worse: Floats, cumulative: Floats) -> Floats:
    """The intercepts whose mean probability over all subjects is each cumulative share."""
    low = np.full(len(cumulative), worse.min() - LOG_ODDS_BOUND)
    high = np.full(len(cumulative), worse.max() + LOG_ODDS_BOUND)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        too_low = expit(middle[None, :] - worse[:, None]).mean(axis=0) < cumulative
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    intercepts: Floats = (low + high) / 2
    return intercepts
