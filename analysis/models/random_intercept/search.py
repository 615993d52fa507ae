"""Search for the maximum of the marginal likelihood, a standard deviation of 0 included."""

import numpy as np
from scipy.special import ndtr

from analysis.models.numerics.newton import FLAT, Derivatives, Optimum, maximise
from analysis.models.random_intercept.likelihood import RandomIntercept
from analysis.models.random_intercept.logits import GroupedLogits
from analysis.models.random_intercept.quadrature import Rule
from analysis.models.types import Vector

WIDEST_START = 2.0
"""Largest standard deviation to start from; the estimate from the score alone can be far out."""
MOST_HALVINGS = 30
"""Halvings of the first variance: what has not risen by then will not rise beyond rounding."""
OTHER_STARTS = (0.5, 1.2, 3.0)
"""Standard deviations at which a second maximum is looked for: a few groups can differ much where
most of them differ less than chance would make them."""
WEAK = 0.5
"""A first maximum whose log likelihood is not this much above the fit without intercept is not
trusted to be the only one."""
LONGEST_STEP = 1.0
"""Longest step in log sigma: the likelihood is not concave in it."""


def search_maximum(
    model: RandomIntercept, fixed: Vector, log_likelihood_fixed: float, rule: Rule
) -> Optimum | None:
    """Return the maximum in (theta, beta, log sigma), or None if it lies at sigma = 0.

    ``fixed``: the maximum without intercept, (theta, beta), and its log likelihood. Where the score
    of the variance is positive there, the search starts inside from a likelihood above it, and
    never falls below; else 0 is a local maximum. If the first maximum is 0 or weak, a second one is
    looked for.
    """
    first = None
    score, information = score_variance(model.logits, fixed)
    if score > 0.0:
        start = _start_inside(model, fixed, score / information, log_likelihood_fixed, rule)
        first = None if start is None else _climb(model, start, rule)
    value = log_likelihood_fixed if first is None else first.derivatives.value
    if value > log_likelihood_fixed + WEAK:
        return first
    floor = value + FLAT * abs(value)
    start = _start_elsewhere(model, fixed, floor, rule)
    second = None if start is None else _climb(model, start, rule)
    return second if second is not None and second.derivatives.value > floor else first


def _climb(model: RandomIntercept, start: Vector, rule: Rule) -> Optimum:
    def evaluate(parameters: Vector) -> Derivatives | None:
        found = model.evaluate(parameters, rule)
        return None if found is None else _limit_step(found)

    return maximise(evaluate, start)


def score_variance(logits: GroupedLogits, fixed: Vector) -> tuple[float, float]:
    """Return the derivative of the log likelihood by the variance at 0, and its information."""
    slope, curvature = logits.slopes(logits.design @ fixed)
    return 0.5 * float(np.sum(slope**2 - curvature)), 0.5 * float(np.sum(curvature**2))


def limit_log_likelihood(model: RandomIntercept, parameters: Vector) -> float:
    """Return the limit of the log likelihood as theta, beta and sigma grow in proportion.

    Each group then contributes the probability that its intercept puts all of its logits on the
    right side; minus infinity if no intercept can. The larger limit of two directions, with the
    effects of the parameters and with none. A limit above the likelihood at the parameters shows
    that no finite maximum exists.
    """
    without = parameters.copy()
    without[model.cuts : -1] = 0.0
    return max(_limit_along(model.logits, parameters), _limit_along(model.logits, without))


def _limit_along(logits: GroupedLogits, parameters: Vector) -> float:
    base, sigma = logits.design @ parameters[:-1], float(np.exp(parameters[-1]))
    lower = np.where(logits.sign > 0.0, -base, -np.inf)
    upper = np.where(logits.sign < 0.0, base, np.inf)
    low = np.maximum.reduceat(lower, logits.starts) / sigma
    high = np.minimum.reduceat(upper, logits.starts) / sigma
    mirrored = low > 0.0  # where both are far above 0, their probabilities round to 1
    low, high = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    chances = ndtr(high) - ndtr(low)
    return float(np.sum(np.log(chances))) if np.all(chances > 0.0) else -np.inf


def _start_inside(
    model: RandomIntercept, fixed: Vector, variance: float, floor: float, rule: Rule
) -> Vector | None:
    """The first of falling variances whose likelihood is above the floor; None within rounding."""
    log_sigma = 0.5 * np.log(min(variance, WIDEST_START**2))
    for _ in range(MOST_HALVINGS):
        start = np.append(fixed, log_sigma)
        found = model.evaluate(start, rule)
        if found is not None and found.value > floor:
            return start
        log_sigma -= 0.5 * np.log(2.0)
    return None


def _start_elsewhere(
    model: RandomIntercept, fixed: Vector, floor: float, rule: Rule
) -> Vector | None:
    """The largest of the profile likelihood at the other starts, if above the floor."""
    best, best_value = None, floor
    effects = fixed
    for sigma in OTHER_STARTS:
        profile = _climb_at(model, effects, float(np.log(sigma)), rule)
        if profile is None:
            continue
        effects = profile.parameters
        if profile.derivatives.value > best_value:
            best, best_value = np.append(effects, np.log(sigma)), profile.derivatives.value
    return best


def _climb_at(
    model: RandomIntercept, effects: Vector, log_sigma: float, rule: Rule
) -> Optimum | None:
    """The maximum in (theta, beta) at a given sigma; None if the start has no likelihood."""

    def evaluate(parameters: Vector) -> Derivatives | None:
        found = model.evaluate(np.append(parameters, log_sigma), rule)
        if found is None:
            return None
        return Derivatives(found.value, found.gradient[:-1], found.information[:-1, :-1])

    return None if evaluate(effects) is None else maximise(evaluate, effects)


def _limit_step(found: Derivatives) -> Derivatives:
    """Raise the curvature in log sigma where it is negative or the step would be too long.

    Given log sigma, the likelihood is concave in the other parameters. What is left of the
    information of log sigma after their adjustment is replaced by its absolute value, or by more.
    At a maximum nothing changes.
    """
    information, gradient = found.information, found.gradient
    try:
        factor = np.linalg.cholesky(information[:-1, :-1])
    except np.linalg.LinAlgError:
        return found
    mixed = np.linalg.solve(factor, information[:-1, -1])
    left = information[-1, -1] - mixed @ mixed
    slope = gradient[-1] - mixed @ np.linalg.solve(factor, gradient[:-1])
    curvature = max(abs(left), abs(slope) / LONGEST_STEP)
    if curvature == left:
        return found
    raised = information.copy()
    raised[-1, -1] = mixed @ mixed + curvature
    return Derivatives(found.value, gradient, raised)
