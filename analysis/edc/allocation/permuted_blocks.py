"""Permuted blocks, the way in which arms are allotted to a list of randomisation numbers."""

import numpy as np
from numpy.typing import NDArray


def permute_blocks(
    count: int, block_size: int, ratio: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Return ``count`` whole permuted blocks, one after another: True for the treatment arm.

    Each holds the arms at ``ratio``, treatment : reference, if ``block_size`` is a multiple of its
    sum.
    """
    content = np.arange(block_size) % sum(ratio) < ratio[0]
    return rng.permuted(np.tile(content, (count, 1)), axis=1).ravel()
