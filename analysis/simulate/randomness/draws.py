"""Random draws that numpy does not offer, each in closed form."""

import numpy as np

from analysis.simulate.arrays import Flags, Floats, Ints


def draw_log_logistic(
    rng: np.random.Generator,
    median: float | Floats,
    shape: float,
    bounds: tuple[float, float],
    size: int,
) -> Floats:
    """Return log-logistic values between the bounds (median before the cut): skewed, positive."""
    low, high = (1 / (1 + (np.asarray(bound) / median) ** -shape) for bound in bounds)
    share = low + (high - low) * rng.random(size)
    return np.clip(median * (share / (1 - share)) ** (1 / shape), *bounds)


def draw_weibull(
    rng: np.random.Generator, scale: float, shape: float, bounds: tuple[float, float], size: int
) -> Floats:
    """Return Weibull values between the bounds (a shape below 1 puts most of them early)."""
    low, high = (1 - np.exp(-((bound / scale) ** shape)) for bound in bounds)
    share = low + (high - low) * rng.random(size)
    values: Floats = np.clip(scale * (-np.log1p(-share)) ** (1 / shape), *bounds)
    return values


def draw_normal(
    rng: np.random.Generator, mean: float | Floats, sd: float, bounds: tuple[float, float], n: int
) -> Floats:
    """Return normal values pulled back to the bounds."""
    return np.clip(rng.normal(mean, sd, n), *bounds)


def draw_level(rng: np.random.Generator, probabilities: Floats) -> Ints:
    """Return one level (0, 1, ...) per row of probabilities; rows need not sum to one."""
    cumulative = np.cumsum(probabilities, axis=1)
    share = rng.random(len(probabilities)) * cumulative[:, -1]
    levels: Ints = (share[:, None] > cumulative[:, :-1]).sum(axis=1)
    return levels


def draw_same_level(rng: np.random.Generator, probabilities: tuple[float, ...], n: int) -> Ints:
    """Return ``n`` levels from one set of probabilities."""
    return draw_level(rng, np.tile(np.asarray(probabilities), (n, 1)))


def draw_event(rng: np.random.Generator, probability: float | Floats, n: int) -> Flags:
    """Return ``n`` flags, each up with its probability."""
    return rng.random(n) < probability


def expit(values: Floats) -> Floats:
    """Return probabilities from log odds."""
    probabilities: Floats = 1 / (1 + np.exp(-values))
    return probabilities
