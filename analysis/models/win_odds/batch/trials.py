"""Win odds of many data sets of one shape, as simulated trials (docs/methods.md, section 4)."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.models.data.batch import BatchInputs, map_chunks
from analysis.models.data.residuals import Residuals
from analysis.models.types import Matrix, Vector
from analysis.models.win_odds.batch.data import read_arms, read_batch
from analysis.models.win_odds.batch.estimates import estimate_stack
from analysis.models.win_odds.estimate import WinOdds, estimate_win_odds
from analysis.models.win_odds.placement import to_odds
from analysis.models.win_odds.strata import FEWEST_PER_ARM, require_threshold

FIELDS = ("win_probability", "win_probability_error", "odds", "log_odds", "log_odds_error", "n")


@dataclass(frozen=True)
class WinOddsBatch:
    """The numbers of ``WinOdds`` for each of m replicates, (m,); ``n`` rows were analysed.

    ``problems``: the replicates that have no estimate, numbered from 0, and why; their numbers are
    NaN.
    """

    win_probability: Vector
    win_probability_error: Vector
    odds: Vector
    log_odds: Vector
    log_odds_error: Vector
    n: Vector
    problems: Mapping[int, Reason]


def estimate_win_odds_batch(
    y: ArrayLike,
    arm: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    fewest_per_arm: int = FEWEST_PER_ARM,
    residuals: Residuals = Residuals.FITTED,
    workers: int = 1,
) -> WinOddsBatch:
    """Return the win odds of arm 1 over arm 0 in each of m replicates with n rows.

    ``y``, ``arm``, ``strata`` (m, n), ``covariates`` (m, n, p): as in ``estimate_win_odds``, for
    each replicate; or (n,) and (n, p) for what all share; one of them at least must be stacked.
    ``residuals``: of all. Small strata are pooled in each replicate by itself. A replicate's
    numbers are those of ``estimate_win_odds`` for it, above 1 when arm 1 has the lower levels;
    neither the other replicates nor the number of ``workers`` (threads) change a bit of them.

    What ``estimate_win_odds`` says of a replicate that has no estimate is in ``problems``. Raises
    EstimationError for what concerns the batch: shapes that do not fit, a kind of values that
    cannot be read, missing or unreadable values in what is shared, nothing stacked, a bad
    ``fewest_per_arm``, and ``workers`` that are not a whole number of at least 1.

    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> estimate_win_odds_batch([mrs, mrs[::-1]], arm).odds.round(2).tolist()
    [2.0, 0.5]
    """
    inputs = read_batch(y, arm, strata, covariates)
    if strata is not None:
        require_threshold(fewest_per_arm)
    rules = _Rules(fewest_per_arm, residuals)
    numbers = np.full((len(FIELDS), inputs.replicates), np.nan)

    def estimate(chunk: slice) -> dict[int, Reason]:
        return _estimate(inputs, chunk, rules, numbers[:, chunk])

    columns = 0 if covariates is None else inputs.parts["covariates"].given.shape[-1]
    values = inputs.rows * (1 + columns)
    problems = map_chunks(estimate, inputs.replicates, values, workers)
    fields = dict(zip(FIELDS, numbers, strict=True))
    return WinOddsBatch(**fields, problems=problems)


@dataclass(frozen=True)
class _Rules:
    fewest_per_arm: int
    residuals: Residuals


def _estimate(
    inputs: BatchInputs, chunk: slice, rules: _Rules, numbers: Matrix
) -> dict[int, Reason]:
    """Write the replicates' ``numbers`` (fields, m) and return the problems."""
    found = estimate_stack(read_arms(inputs, chunk), rules.fewest_per_arm, rules.residuals)
    sound = found.sound
    scale = to_odds(found.probability[sound], found.variance[sound])
    numbers[:, sound] = (*astuple(scale), found.n[sound])
    problems = {}
    for i in np.flatnonzero(~sound):
        replicate = chunk.start + int(i)
        try:
            one = _estimate_one(inputs, replicate, rules)
        except EstimationError as error:
            problems[replicate] = error.reason
        else:
            numbers[:, i] = [getattr(one, field) for field in FIELDS]
    return problems


def _estimate_one(inputs: BatchInputs, replicate: int, rules: _Rules) -> WinOdds:
    y, arm = inputs.parts["y"], inputs.parts["arm"]
    return estimate_win_odds(
        y.take(replicate),
        arm.take(replicate),
        strata=inputs.take("strata", replicate),
        covariates=inputs.take("covariates", replicate),
        fewest_per_arm=rules.fewest_per_arm,
        residuals=rules.residuals,
    )
