"""Supportive analyses of the mRS: the ``supportive`` block of the plan."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, Strict, require_distinct
from analysis.config.blocks.secondary import OutcomeId

SupportiveId = Literal[
    "unconditional", "win_ratio", "benefit_per_100", "number_needed", "van_elteren",
    "rerandomisation",
]  # fmt: skip
"""Analyses beside the primary one: nominal, whatever they say."""
HierarchyId = Literal["death", "mrs", OutcomeId]


class HierarchyLevel(Strict):
    """One level of the win ratio."""

    outcome: HierarchyId = Field(
        description="what decides: death (days to death by safety.death_day, later is better), mrs "
        "(day 90), or one of the secondary outcomes"
    )
    margin: Annotated[float, Field(ge=0)] = Field(
        description="a difference up to this is a tie, in days, levels of the mRS or units of the "
        "outcome; 0: any difference decides"
    )


class Rerandomisation(Strict):
    """How the arms are drawn anew."""

    draws: Annotated[int, Field(ge=100, le=1_000_000)] = Field(
        description="random assignments: the smallest p-value is 1 over one more"
    )
    seed: Annotated[int, Field(ge=0)] = Field(description="seed of the random numbers")


class Supportive(Block):
    """The analyses that look at the outcome beside its scale."""

    hierarchy: Annotated[tuple[HierarchyLevel, ...], Field(min_length=1)] = Field(
        description="levels of the win ratio, the first to decide first"
    )
    rerandomisation: Rerandomisation = Field(
        description="test of the primary model by assignments within co_reported.strata"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("hierarchy", [level.outcome for level in self.hierarchy])
        return self
