"""Win odds by comparing every subject of one arm with every subject of the other (SAP 5.4)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.qc.formulas.likelihood.complex_step import Matrix, Vector
from analysis.qc.formulas.likelihood.finite import standardise

FEWEST = 2
"""Subjects that each arm of a stratum needs: a variance within the arm."""


@dataclass(frozen=True)
class Wins:
    """Share of pairs that the treatment wins, ties half, and its variance."""

    probability: float
    variance: float

    @property
    def log_odds(self) -> float:
        """Logarithm of the win odds."""
        return float(np.log(self.probability / (1.0 - self.probability)))

    @property
    def log_odds_error(self) -> float:
        """By the delta method."""
        return float(np.sqrt(self.variance) / (self.probability * (1.0 - self.probability)))


@dataclass(frozen=True)
class Pooling:
    """What became of the strata: those ``given``, the small ones, and whether these are pooled."""

    given: int
    small: tuple[str, ...]
    small_rows: int
    is_pooled: bool


def compare_pairs(levels: NDArray[np.int64], treated: NDArray[np.bool_]) -> Wins | str:
    """Return the wins over all pairs, or why there are none."""
    shares = _win_shares(levels, treated)
    if isinstance(shares, str):
        return shares
    return _require_both_sides([_combine_arms(*shares)], np.ones(1))


def compare_adjusted(
    levels: NDArray[np.int64],
    treated: NDArray[np.bool_],
    covariates: Matrix,
    *,
    strata: NDArray[np.str_] | None = None,
    leaves_out: bool = False,
) -> Wins | str:
    """Return the wins adjusted for covariates (n, p), as weighted least squares (Koch 1998).

    Randomisation makes the differences of the covariates' means 0 in expectation: the win
    probability and these are fitted with their covariance by one constant for the first of them.
    ``strata``: both are sums over these, weighted by n1 n0 / (n1 + n0). ``leaves_out``: with the
    variance of residuals that leave each subject out.
    """
    if strata is None:
        strata = np.full(len(levels), "", dtype=np.str_)
    plain = compare_strata(levels, treated, strata)
    if isinstance(plain, str) or not covariates.shape[1]:
        return plain
    z = standardise(covariates[:, _vary_within(covariates, strata)])
    if not z.shape[1]:
        return plain
    parts = _split(levels, treated, z, strata)
    if isinstance(parts, str):
        return parts
    if len(z) - FEWEST * len(parts) <= z.shape[1]:
        return f"{z.shape[1]} covariates for {len(z)} subjects"
    covariance = np.sum([part.covariance for part in parts], axis=0)
    if np.linalg.matrix_rank(covariance, tol=1e-12 * np.trace(covariance)) < len(covariance):
        return "collinear covariates"
    first = np.linalg.solve(covariance, np.eye(len(covariance))[0])
    differences = np.sum([part.differences for part in parts], axis=0)
    variance = float(1.0 / first[0])
    if leaves_out:
        weights = -first[1:] / first[0]
        variance = sum(part.leave_out(covariance[1:, 1:], weights) for part in parts)
    adjusted = Wins(float(first @ differences / first[0]), variance)
    return adjusted if 0.0 < adjusted.probability < 1.0 else "win probability outside 0 to 1"


@dataclass(frozen=True)
class _Part:
    """A stratum: of each arm's subjects the shares of wins and the covariates, and its weight."""

    arms: tuple[Matrix, Matrix]
    weight: float

    @property
    def covariance(self) -> Matrix:
        """Of the share of wins and the differences of means, weighted."""
        own, other = (np.cov(arm, rowvar=False) / len(arm) for arm in self.arms)
        covariance: Matrix = self.weight**2 * (own + other)
        return covariance

    @property
    def differences(self) -> Vector:
        """Share of wins, and difference of the covariates' means, weighted."""
        own, other = (arm.mean(axis=0) for arm in self.arms)
        return self.weight * np.append(own[0], own[1:] + other[1:])

    def leave_out(self, covariance: Matrix, weights: Vector) -> float:
        """Its part of the variance, each subject against what is found without it."""
        return sum(_leave_out(arm, self.weight, covariance, weights) for arm in self.arms)


def _vary_within(covariates: Matrix, strata: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Which covariates vary in a stratum: the others say nothing between subjects compared."""
    groups = [covariates[strata == stratum] for stratum in set(strata)]
    varies: NDArray[np.bool_] = np.any([np.ptp(group, axis=0) > 0.0 for group in groups], axis=0)
    return varies


def _split(
    levels: NDArray[np.int64], treated: NDArray[np.bool_], z: Matrix, strata: NDArray[np.str_]
) -> list[_Part] | str:
    """The strata; the covariates of the reference arm count negatively."""
    parts = []
    for stratum in sorted(set(strata)):
        inside = strata == stratum
        shares = _win_shares(levels[inside], treated[inside])
        if isinstance(shares, str):
            return shares
        arms = (
            np.column_stack([shares[0], z[inside & treated]]),
            np.column_stack([shares[1], -z[inside & ~treated]]),
        )
        n1, n0 = map(len, arms)
        parts.append(_Part(arms, n1 * n0 / (n1 + n0)))
    total = sum(part.weight for part in parts)
    return [_Part(part.arms, part.weight / total) for part in parts]


def _leave_out(arm: Matrix, weight: float, covariance: Matrix, weights: Vector) -> float:
    """An arm's part of the variance: each subject against what is found without it.

    ``arm``: shares of wins, and the covariates, of its subjects; ``weight`` of its stratum;
    ``covariance`` of the differences of the covariates' means; ``weights``: how much of each
    difference is taken off the wins.
    """
    centred, share = arm - arm.mean(axis=0), weight**2 / (len(arm) * (len(arm) - 1))
    covariates = centred[:, 1:]
    pull = share * np.sum(covariates * np.linalg.solve(covariance, covariates.T).T, axis=1)
    residuals = (centred[:, 0] - covariates @ weights) / (1.0 - pull)
    return share * float(residuals @ residuals)


def compare_strata(
    levels: NDArray[np.int64], treated: NDArray[np.bool_], strata: NDArray[np.str_]
) -> Wins | str:
    """Return the wins within strata, weighted by n1 n0 / (n1 + n0), or why there are none."""
    parts, weights = [], []
    for stratum in sorted(set(strata)):
        inside = strata == stratum
        shares = _win_shares(levels[inside], treated[inside])
        if isinstance(shares, str):
            return shares
        n1, n0 = len(shares[0]), len(shares[1])
        parts.append(_combine_arms(*shares))
        weights.append(n1 * n0 / (n1 + n0))
    if not parts:
        return "there is no stratum"
    return _require_both_sides(parts, np.array(weights))


def pool_strata(strata: pd.Series, treated: NDArray[np.bool_], fewest: int) -> Pooling:
    """Return which strata have fewer than ``fewest`` subjects in an arm, and whether they pool."""
    sizes = pd.crosstab(strata.to_numpy(), treated).reindex(columns=[True, False], fill_value=0)
    small = sizes[sizes.min(axis=1) < fewest]
    together = int(small.sum().min()) if len(small) else 0
    return Pooling(
        len(sizes), tuple(map(str, small.index)), int(small.to_numpy().sum()), together >= FEWEST
    )


def _win_shares(
    levels: NDArray[np.int64], treated: NDArray[np.bool_]
) -> tuple[Vector, Vector] | str:
    """For each treated subject the share of pairs won; for each other the share lost to them."""
    own, other = levels[treated][:, None], levels[~treated][None, :]
    if min(own.size, other.size) < FEWEST:
        return "fewer than two subjects in an arm"
    wins = (own < other) + 0.5 * (own == other)
    return wins.mean(axis=1), wins.mean(axis=0)


def _combine_arms(own: Vector, other: Vector) -> Wins:
    variance = np.var(own, ddof=1) / len(own) + np.var(other, ddof=1) / len(other)
    return Wins(float(own.mean()), float(variance))


def _require_both_sides(parts: list[Wins], weights: Vector) -> Wins | str:
    weights = weights / weights.sum()
    combined = Wins(
        float(sum(weight * part.probability for weight, part in zip(weights, parts, strict=True))),
        float(sum(weight**2 * part.variance for weight, part in zip(weights, parts, strict=True))),
    )
    if all(part.probability == 0.0 for part in parts) or all(
        part.probability == 1.0 for part in parts
    ):
        return "one arm wins every pair"
    return combined if combined.variance > 0.0 else "no variance within the arms"
