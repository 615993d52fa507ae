"""Likelihood of cumulative logits with the same effects at every cut point: proportional odds.

Value, gradient and observed information of many outcomes at once (docs/methods.md, section 2).

It is the special case of ``free_effects`` in which only the intercept is free. A row's distance of
logits is then one of cut points, so the log likelihood is made of sums by level, the observed
information of one matrix product, and each logit takes one exponential. That is two to three times
faster than the general form, and adds in another order: the last bits of the two differ. Both take
the probability of a level and the closeness of cut points from ``levels``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.cumulative_logit.level_sums import LevelSums, RowBlock
from analysis.models.cumulative_logit.levels import CLOSEST, gap_and_closeness
from analysis.models.data.arrays import chunks
from analysis.models.numerics.newton import Derivatives
from analysis.models.types import Matrix, Stack, Vector

NO_CUT = 1e300
"""The cut point beyond either end: its logit takes no part, whatever is added to it."""
ATTENUATION = 0.346
"""Variance of the linear predictor shrinks marginal logits by the root of 1 + 0.346 times it, where
0.346 = (16 sqrt(3) / (15 pi))^2 matches the logistic with a normal distribution (Zeger, Liang &
Albert 1988). It makes the start better and has no part in the result."""
MOST_ATTENUATED = 0.5
"""A start needs care where effects are strong: plain steps from too far out do not come back."""
BLOCK_ROWS = 16_384
"""Rows evaluated together, so that what is computed from them stays in the processor's cache."""


@dataclass(frozen=True)
class StackedDerivatives:
    """Value (m,), minus infinity where cut points do not increase; gradient (m, r) and observed
    information (m, r, r) by (theta, beta).
    """

    value: Vector
    gradient: Matrix
    information: Stack

    def take(self, chosen: NDArray[np.bool_]) -> StackedDerivatives:
        """Return the entries that are marked."""
        return StackedDerivatives(*(part[chosen] for part in vars(self).values()))


@dataclass(frozen=True)
class CumulativeLogit:
    """The models logit P(Y <= j) = theta_j + x'beta + offset of m outcomes, n rows each.

    ``blocks`` hold the rows; ``totals`` (m, k) are the sums of weights by level, all positive. No
    outcome depends on another, to the last bit.
    """

    blocks: tuple[RowBlock, ...]
    totals: Matrix

    @classmethod
    def build(
        cls,
        columns: Stack,
        codes: NDArray[np.intp],
        levels: int,
        weights: Matrix | None = None,
        offset: Matrix | None = None,
    ) -> CumulativeLogit:
        """Return the models of ``columns`` (m, p, n) and of ``codes`` (m, n), 0 to levels - 1.

        ``weights`` and ``offset`` (m, n): None for ones and zeros.
        """
        blocks = [
            RowBlock.build(
                columns[:, :, rows],
                codes[:, rows],
                levels,
                None if weights is None else weights[:, rows],
                None if offset is None else offset[:, rows],
            )
            for rows in chunks(codes.shape[1], BLOCK_ROWS)
        ]
        return cls(tuple(blocks), np.sum([block.totals() for block in blocks], axis=0))

    @property
    def cuts(self) -> int:
        """Number of cut points."""
        return int(self.totals.shape[1] - 1)

    def take(self, chosen: NDArray[np.bool_]) -> CumulativeLogit:
        """Return the models of the outcomes that are marked."""
        return CumulativeLogit(
            tuple(block.take(chosen) for block in self.blocks), self.totals[chosen]
        )

    def start(self) -> Matrix:
        """Return parameters near the maximum, (m, r), for uncorrelated columns of variance 1.

        The cut points of the marginal distribution, and for effects their scores at no effect over
        the expected information, n (1 - sum p^3) / 3 for shares p of the levels; both widened by
        what the spread of the linear predictor takes from marginal logits.
        """
        # shares p of the levels and what lies below them
        below = np.cumsum(self.totals, axis=1)
        n = below[:, -1:]
        share, lower = self.totals / n, (below - self.totals) / n
        # scores of the effects at no effect, over their expected information
        slopes = 1.0 - share - 2.0 * lower  # 1 - F(u) - F(l) at no effect
        scores = sum(block.weigh(slopes) for block in self.blocks)
        information = n * (1.0 - np.sum(share**3, axis=1, keepdims=True)) / 3.0
        above = np.cumsum(self.totals[:, ::-1], axis=1)[:, -2::-1]
        effects = scores / information
        # s, and the marginal cut points widened with it
        spread = np.sum(effects**2, axis=1, keepdims=True)
        widen = 1.0 / np.sqrt(1.0 - np.minimum(ATTENUATION * spread, MOST_ATTENUATED))
        start: Matrix = widen * np.hstack([np.log(below[:, :-1] / above), effects])
        return start

    def diverges(self, parameters: Matrix, limit: float) -> NDArray[np.bool_]:
        """Whether a logit of an outcome is beyond ``limit`` at parameters (m, r)."""
        cut_points, beta = self._split(parameters)
        # a bound of the logits, which most often is enough
        reach = np.abs(parameters[:, : self.cuts]).max(axis=1)
        reach = reach + np.max([block.reach(beta) for block in self.blocks], axis=0)
        if np.all(reach <= limit):
            return np.zeros(len(reach), dtype=bool)
        logits = [np.abs(block.logits(cut_points, beta)) for block in self.blocks]
        inner = [np.where(size < NO_CUT / 2.0, size, 0.0).max(axis=(0, 2)) for size in logits]
        return np.asarray(np.max(inner, axis=0) > limit)

    def at(self, parameters: Vector) -> Derivatives | None:
        """Return the derivatives of the one outcome; None if the cut points do not increase."""
        found = self.evaluate(parameters[None, :])
        value = float(found.value[0])
        if value == -np.inf:
            return None
        return Derivatives(value, found.gradient[0], found.information[0])

    def evaluate(self, parameters: Matrix) -> StackedDerivatives:
        """Return the derivatives at parameters (m, r)."""
        cut_points, beta = self._split(parameters)
        # sums over the rows, by level
        sums = self.blocks[0].sums(cut_points, beta)
        for block in self.blocks[1:]:
            sums = sums + block.sums(cut_points, beta)
        # d of the inner levels; where cut points do not increase, any will do
        distances = cut_points[:, 2:-1] - cut_points[:, 1:-2]
        ordered = distances.min(axis=1, initial=np.inf) > CLOSEST
        if not ordered.all():
            distances = np.where(ordered[:, None], distances, 1.0)
        between, closeness = gap_and_closeness(distances)
        # what the distances add: log(1 - e^-d) to the value, c to the gradient
        inner = self.totals[:, 1:-1]
        pushed = inner * closeness
        value = sums.value + (inner * np.log(between)).sum(axis=1)
        value[~ordered] = -np.inf
        gradient = np.concatenate([sums.upper[:, :-1] - sums.lower[:, 1:], sums.by_column], axis=1)
        gradient[:, 1 : self.cuts] += pushed
        gradient[:, : self.cuts - 1] -= pushed
        information = self._information(sums, pushed * (1.0 + closeness))
        return StackedDerivatives(value, gradient, information)

    def _split(self, parameters: Matrix) -> tuple[Matrix, Matrix]:
        """The cut points with one beyond either end, and beta."""
        cut_points = np.empty((len(parameters), self.cuts + 2))
        cut_points[:, 0], cut_points[:, -1] = -NO_CUT, NO_CUT
        cut_points[:, 1:-1] = parameters[:, : self.cuts]
        return cut_points, parameters[:, self.cuts :]

    def _information(self, sums: LevelSums, tied: Matrix) -> Stack:
        cuts = self.cuts
        size = cuts + sums.by_column.shape[1]
        information = np.empty((len(tied), size, size))
        information[:, :cuts, :cuts] = 0.0
        flat = information.reshape(len(tied), -1)
        diagonal, last = flat[:, : cuts * size : size + 1], (cuts - 1) * size
        # theta_j: its densities, and c (1 + c) of the levels on either side
        diagonal[:] = sums.at_cuts
        diagonal[:, 1:] += tied
        diagonal[:, :-1] += tied
        # theta_j with theta_(j+1): -c (1 + c) of the level between
        np.negative(tied, out=flat[:, 1 : last : size + 1])
        np.negative(tied, out=flat[:, size : last + size : size + 1])
        # theta with beta, and beta
        information[:, :cuts, cuts:] = sums.mixed
        information[:, cuts:, :cuts] = sums.mixed.swapaxes(1, 2)
        information[:, cuts:, cuts:] = sums.products
        return information
