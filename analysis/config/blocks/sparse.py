"""Sparse data: the ``sparse`` block of the plan."""

from typing import Annotated, Literal

from pydantic import Field

from analysis.config.base import Block

CRUDE = "crude (sparse data)"
"""What the method of an estimate says that stands without covariates for want of events."""

FIRTH = "Firth's penalty"
"""What the method of an estimate says that is the maximum of Firth's penalised likelihood."""


class Sparse(Block):
    """Models of few events: what stands in place of an adjusted estimate (SAP 5.8)."""

    events_per_variable: Annotated[float, Field(ge=0)] = Field(
        description="a model of events (dichotomies of the mRS, cut points, time to death) is "
        "sparse if those with the event, or those without, are fewer for each of its columns, the "
        "arm among them; of times the events alone count; 0: no model is"
    )
    below: Literal["firth", "crude"] = Field(
        description="odds ratio of a sparse model: firth, Firth's penalised likelihood with the "
        "covariates; crude, without covariates. Risk ratio, risk difference and hazard ratio of a "
        "sparse model are crude"
    )
    fewest_events: Annotated[int, Field(ge=0)] = Field(
        description="with fewer in all, the odds ratio of a sparse model is crude in any case"
    )
