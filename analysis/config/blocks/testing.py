"""Testing of key secondary outcomes behind the primary one: ``inference.testing`` of the plan."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Strict, Text, require_distinct

Share = Annotated[float, Field(ge=0, le=1)]
ROUNDING = 1e-9
"""Shares such as three times 0.1 may add up to a little more than they do on paper."""


class KeySecondaryTesting(Strict):
    """Which key secondary outcomes are tested, and how alpha gets to them.

    All of alpha is the confirmatory analysis's. Once that rejects, its alpha goes on.
    """

    procedure: Literal["none", "fixed_sequence", "graphical"] = Field(
        description="none: the primary outcome alone is tested, every other p-value is nominal; "
        "fixed_sequence: outcomes one after the other, each at the whole alpha, until one is not "
        "rejected; graphical: weights and transitions (Bretz 2009)"
    )
    outcomes: tuple[Text, ...] = Field(
        description="analysis ids of the key secondary outcomes, such as mrs_0_2_rr_adjusted or "
        "eq5d, of the block secondary; in the order of the sequence"
    )
    weights: tuple[Share, ...] = Field(
        description="graphical: share of the alpha of the rejected confirmatory analysis that goes "
        "to each of outcomes, together at most 1; else []"
    )
    transitions: tuple[tuple[Share, ...], ...] = Field(
        description="graphical: a row for each of outcomes: the share of its alpha that goes to "
        "each of outcomes once it is rejected, to itself 0, together at most 1; else []"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct("outcomes", self.outcomes)
        if self.procedure == "none" and self.outcomes:
            raise ValueError("outcomes: must be [] where procedure is none, which tests none")
        if self.procedure != "none" and not self.outcomes:
            raise ValueError(f"outcomes: procedure {self.procedure} needs one or more")
        if self.procedure == "graphical":
            self._require_graph()
        elif self.weights or self.transitions:
            raise ValueError("weights and transitions: must be [] unless procedure is graphical")
        return self

    def _require_graph(self) -> None:
        size = len(self.outcomes)
        _require_shares("weights", self.weights, size)
        if len(self.transitions) != size:
            raise ValueError(
                f"transitions: {len(self.transitions)} rows for {size} outcomes: one for each"
            )
        for number, (name, row) in enumerate(zip(self.outcomes, self.transitions, strict=True)):
            _require_shares(f"transitions: the row of {name}", row, size)
            if row[number]:
                raise ValueError(f"transitions: {name} leads to itself: that share must be 0")
        never = [name for name in self.outcomes if name not in self._list_reached()]
        if never:
            raise ValueError(
                f"weights and transitions: no share of alpha ever gets to {', '.join(never)}; give "
                "it a weight, lead another outcome to it, or take it out of outcomes"
            )

    def _list_reached(self) -> set[str]:
        """The outcomes to which alpha gets if all others are rejected."""
        reached = {number for number, weight in enumerate(self.weights) if weight}
        for _ in self.outcomes:
            rows = [self.transitions[number] for number in reached]
            reached |= {number for row in rows for number, share in enumerate(row) if share}
        return {self.outcomes[number] for number in reached}


def _require_shares(name: str, shares: Sequence[float], size: int) -> None:
    if len(shares) != size:
        raise ValueError(f"{name}: {len(shares)} shares for {size} outcomes: one for each")
    if sum(shares) > 1 + ROUNDING:
        raise ValueError(f"{name}: adds up to {sum(shares):.12g}; shares of alpha are at most 1")
