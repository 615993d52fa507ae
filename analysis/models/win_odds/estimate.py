"""Win odds: the Wilcoxon-Mann-Whitney effect with ties split (docs/methods.md, section 4)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns
from analysis.models.data.residuals import Residuals
from analysis.models.win_odds.adjustment import adjust_for_covariates
from analysis.models.win_odds.level_counts import read_two_arms, stratify
from analysis.models.win_odds.placement import Placement, place, to_odds
from analysis.models.win_odds.strata import FEWEST_PER_ARM, FEWEST_POOLED, StrataUse


@dataclass(frozen=True)
class WinOdds:
    """``win_probability`` = P(treatment lower) + P(tie) / 2, its odds, and the log odds' error.

    ``n`` rows were analysed. ``strata`` says what became of the strata, None if none were given;
    ``constant_covariates`` were constant within every stratum and not used.
    """

    win_probability: float
    win_probability_error: float
    odds: float
    log_odds: float
    log_odds_error: float
    n: int
    strata: StrataUse | None = None
    constant_covariates: tuple[int, ...] = ()


def estimate_win_odds(
    y: ArrayLike,
    arm: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    fewest_per_arm: int = FEWEST_PER_ARM,
    residuals: Residuals = Residuals.FITTED,
) -> WinOdds:
    """Return the win odds of arm 1 over arm 0; above 1 when arm 1 has the lower levels.

    ``y`` (n,): integer levels, low is good. ``arm`` (n,): 1 for the treatment, 0 for the reference.
    ``strata`` (n,): labels, text or numbers; rows are compared within a stratum, and strata with
    fewer than ``fewest_per_arm`` rows in either arm are pooled (SAP 5.4 b). ``covariates`` (n, p):
    adjusted for by the covariance that randomisation gives (Koch 1998; Kawaguchi, Koch & Wang
    2011; SAP 5.4 c), with the variance of ``residuals``: leave-one-out ones hold the level of small
    trials. The variance comes from the placement values of each arm (DeLong 1988; Brunner & Munzel
    2000), by the delta method on the log-odds scale.

    Raises EstimationError for anything but integer levels and arms of 0 and 1, if an arm has fewer
    than two rows, if all rows have one level, if the win probability is 0 or 1 or has no variance,
    for missing labels, and for covariates that are not finite, collinear or too many.

    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> round(estimate_win_odds(mrs, arm).odds, 2)
    2.0
    """
    arms = read_two_arms(y, arm, FEWEST_POOLED)
    columns = None if covariates is None else read_columns(covariates, len(arms.levels))
    data = stratify(arms, strata, fewest_per_arm)
    placement = place(data.counts)
    probability, variance = _combine(placement)
    constant: tuple[int, ...] = ()
    if columns is not None:
        adjustment = adjust_for_covariates(
            data.arms, data.strata, placement, columns[data.rows], residuals
        )
        probability, variance = probability - adjustment.shift, adjustment.variance
        constant = adjustment.constant_columns
    if not 0.0 < probability < 1.0:
        raise EstimationError(ReasonCode.WIN_PROBABILITY_OUTSIDE, probability=f"{probability:.3g}")
    scale = to_odds(np.array(probability), np.array(variance))
    return WinOdds(
        win_probability=probability,
        win_probability_error=float(scale.win_probability_error),
        odds=float(scale.odds),
        log_odds=float(scale.log_odds),
        log_odds_error=float(scale.log_odds_error),
        n=len(data.strata),
        strata=data.use,
        constant_covariates=constant,
    )


def _combine(placement: Placement) -> tuple[float, float]:
    if placement.find_one_sided():
        raise EstimationError(ReasonCode.ONE_ARM_WINS)
    probability, variance = placement.combine()
    if variance <= 0.0:
        raise EstimationError(ReasonCode.NO_WIN_VARIANCE)
    return float(probability), float(variance)
