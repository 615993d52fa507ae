"""Settings of the dummy allocation of blinded runs: the ``dummy_allocation`` block of the plan."""

from typing import Annotated

from pydantic import Field

from analysis.config.base import Block


class DummyAllocation(Block):
    """How a run without the allocation lists draws arms that nobody got."""

    seed: Annotated[int, Field(ge=0)] = Field(description="seed of the drawing")
    block_size: Annotated[int, Field(ge=2)] = Field(
        description="size of the permuted blocks, a multiple of the sum of trial.allocation_ratio"
    )
