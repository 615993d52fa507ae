"""Sparse data: which estimate stands where a model has few events, and what is said of it (5.8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from analysis.config.blocks.sparse import CRUDE, Sparse


class Estimator(Enum):
    """What an adjusted estimate is made by; the value says it beside the number."""

    ADJUSTED = ""
    FIRTH = "by Firth's penalised likelihood"
    CRUDE = "crude, without covariates"


@dataclass(frozen=True)
class Sparsity:
    """How a model of events is estimated. ``few``: how few there are, in words; empty if enough.

    ``odds``: the estimator of its odds ratio; ratios of risks and hazards, and differences, have no
    penalised one.
    """

    odds: Estimator
    few: str = ""

    @property
    def others(self) -> Estimator:
        """The estimator of a risk ratio, a risk difference or a hazard ratio."""
        return Estimator.CRUDE if self.few else Estimator.ADJUSTED

    def note(self, name: str, estimator: Estimator) -> tuple[str, ...]:
        """Return what the reader must know of the estimate ``name``; nothing if there are enough.

        >>> Sparsity(Estimator.FIRTH, "7 with the event").note("mRS 0-1", Estimator.FIRTH)
        ("mRS 0-1: sparse data, 7 with the event: by Firth's penalised likelihood",)
        """
        return (f"{name}: sparse data, {self.few}: {estimator.value}",) if self.few else ()


def judge_events(fewest: int, who: str, columns: int, sparse: Sparse) -> Sparsity:
    """Return how a model of ``columns``, the arm among them, is estimated.

    ``fewest``: those with the event, or those without where these are fewer; ``who`` says which.
    """
    if fewest >= sparse.events_per_variable * columns:
        return Sparsity(Estimator.ADJUSTED)
    width = "1 column" if columns == 1 else f"{columns} columns"
    few = f"{fewest} {who} for {width} of the model"
    if sparse.below == "crude" or fewest < sparse.fewest_events:
        return Sparsity(Estimator.CRUDE, few)
    return Sparsity(Estimator.FIRTH, few)


def judge_binary(events: int, n: int, columns: int, sparse: Sparse) -> Sparsity:
    """Return how a model of an event that ``events`` of ``n`` subjects have is estimated."""
    others = n - events
    who = "with the event" if events <= others else "without the event"
    return judge_events(min(events, others), who, columns, sparse)


def name_crude(method: str) -> str:
    """Return a method that says why it is without covariates."""
    return f"{method}, {CRUDE}"
