"""Re-randomisation test of the treatment in a proportional-odds model (docs/methods.md, 2)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arms import read_arm
from analysis.models.data.arrays import chunks, read_columns, read_levels
from analysis.models.data.draws import require_draws
from analysis.models.data.labels import read_labels
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.types import Vector

MOST_DRAWS = 10_000_000
"""More would run for a quarter of an hour."""
CELLS_AT_ONCE = 1_000_000
"""Draws by rows held in memory: 16 MB. The stream of random numbers does not depend on it."""
SAME = 1e-9
"""Scores that differ by less, relative to the sum of their parts, differ by rounding."""


@dataclass(frozen=True)
class RerandomisationTest:
    """A two-sided test that the treatment changes no row's outcome.

    ``score``: of the treatment, less its mean over the assignments; above 0 when arm 1 has the
    lower levels. ``z``: over its standard deviation there. ``p_value`` = (as_extreme + 1) /
    (draws + 1), where ``as_extreme`` of the ``draws`` lie at least as far from 0, with
    ``monte_carlo_error``. ``n`` rows in ``strata`` strata; ``fixed_rows`` of them are in a stratum
    of one arm, in which every assignment is the same.
    """

    score: float
    z: float
    p_value: float
    draws: int
    as_extreme: int
    monte_carlo_error: float
    n: int
    strata: int
    fixed_rows: int


def rerandomise(
    y: ArrayLike,
    arm: ArrayLike,
    x: ArrayLike,
    *,
    strata: ArrayLike,
    seed: np.random.SeedSequence,
    draws: int,
) -> RerandomisationTest:
    """Return the test of ``arm`` by its score in the model of ``x``, arms drawn anew in strata.

    ``y`` (n,): integer levels, low is good; ``arm`` (n,): 1 or 0; ``x`` (n, p): the covariates of
    the model, which stay with their rows as the outcome does. The score of the treatment is the
    sum of the treated rows' residuals 1 - F(y) - F(y - 1) in the model without it, so one fit
    serves all draws (Gail, Tan & Piantadosi 1988). A draw
    exchanges the arms at random within ``strata`` (n,), labels, which keep their sizes of either
    arm: what a randomisation stratified by them could have given, its blocks apart.

    Raises EstimationError where the model without the arm has no fit, for arms other than 0 and 1,
    where no stratum has both arms and different residuals, for a ``seed`` that is no SeedSequence
    and ``draws`` that are not a whole number from 1 to 10 million.

    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> age, seed = [[50 + 3 * (i % 5)] for i in range(12)], np.random.SeedSequence(1)
    >>> test = rerandomise(mrs, arm, age, strata=["m", "f"] * 6, seed=seed, draws=1000)
    >>> round(test.z, 2), 0.2 < test.p_value < 0.4
    (0.95, True)
    """
    require_draws(seed, draws, MOST_DRAWS)
    n = len(read_levels(y)[1])
    treated = read_arm(arm, n)
    codes = read_labels(strata, n, "strata")[1]
    residuals = find_score_residuals(y, x)
    centred, deviation, fixed = _centre(residuals, treated, codes)
    score = float(centred[treated].sum())
    least = abs(score) - SAME * float(np.abs(centred).sum())
    as_extreme = sum(
        int(np.sum(np.abs(some) >= least))
        for some in _draw_scores(centred, treated, codes, draws, np.random.default_rng(seed))
    )
    p_value = (as_extreme + 1) / (draws + 1)
    return RerandomisationTest(
        score=score,
        z=score / deviation,
        p_value=p_value,
        draws=draws,
        as_extreme=as_extreme,
        monte_carlo_error=float(np.sqrt(p_value * (1.0 - p_value) / draws)),
        n=n,
        strata=int(codes.max()) + 1,
        fixed_rows=fixed,
    )


def find_score_residuals(y: ArrayLike, x: ArrayLike) -> Vector:
    """Return the slope of each row's log likelihood (n,) in the log odds of a lower level."""
    codes = read_levels(y)[1]
    columns = read_columns(x, len(codes))
    fit = fit_proportional_odds(y, columns)
    cuts = np.concatenate([[-np.inf], fit.theta, [np.inf]])
    shift = columns @ fit.beta
    residuals: Vector = 1.0 - expit(cuts[codes + 1] + shift) - expit(cuts[codes] + shift)
    return residuals


def _centre(
    residuals: Vector, treated: NDArray[np.bool_], codes: NDArray[np.intp]
) -> tuple[Vector, float, int]:
    """Residuals less the mean of their stratum; the score's deviation; rows that cannot change."""
    sizes = np.bincount(codes)
    means = np.bincount(codes, weights=residuals) / sizes
    centred = residuals - means[codes]
    treated_n = np.bincount(codes[treated], minlength=len(sizes))
    squares = np.bincount(codes, weights=centred**2)
    pairs = treated_n * (sizes - treated_n)
    variance = float(np.sum(pairs * squares / (sizes * np.maximum(sizes - 1, 1))))
    if not variance > SAME**2:
        raise EstimationError(ReasonCode.NO_REARRANGEMENT)
    return centred, float(np.sqrt(variance)), int(sizes[pairs == 0].sum())


def _draw_scores(
    centred: Vector,
    treated: NDArray[np.bool_],
    codes: NDArray[np.intp],
    draws: int,
    generator: np.random.Generator,
) -> list[Vector]:
    """Scores of random assignments: in random order, the first of each stratum are treated."""
    order = np.argsort(codes, kind="stable")
    values, strata = centred[order], codes[order].astype(np.float64)
    starts = np.concatenate([[0], np.cumsum(np.bincount(codes))[:-1]])
    treated_n = np.bincount(codes[treated], minlength=len(starts))
    places = np.concatenate([
        np.arange(start, start + n) for start, n in zip(starts, treated_n, strict=True)
    ])  # fmt: skip
    found = []
    for some in chunks(draws, max(1, CELLS_AT_ONCE // len(values))):
        keys = generator.random((some.stop - some.start, len(values))) + strata
        found.append(values[np.argsort(keys, axis=1)[:, places]].sum(axis=1))
    return found
