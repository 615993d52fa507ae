"""Random draws asked for: where they come from and how many."""

from numbers import Integral

import numpy as np

from analysis.errors import EstimationError


def require_draws(seed: np.random.SeedSequence, draws: int, most: int) -> None:
    """Raise EstimationError unless ``seed`` is a SeedSequence and ``draws`` is from 1 to ``most``.

    >>> require_draws(np.random.SeedSequence(1), 100, most=1000)
    """
    if not isinstance(seed, np.random.SeedSequence):
        raise EstimationError("seed must be a numpy SeedSequence")
    whole = isinstance(draws, Integral) and not isinstance(draws, bool)
    if not whole or not 1 <= draws <= most:
        raise EstimationError(f"draws must be a whole number from 1 to {most}")
