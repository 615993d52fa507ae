"""Settings of the demonstration trial: the ``demo`` block of the plan."""

from typing import Annotated

from pydantic import Field

from analysis.config.base import Block

Share = Annotated[float, Field(ge=0, le=1)]


class Demo(Block):
    """A simulated trial, so that the whole path can be seen before there are data."""

    seed: Annotated[int, Field(ge=0)] = Field(description="seed of the generator")
    n: Annotated[int, Field(ge=40)] = Field(description="subjects randomised")
    sites: Annotated[int, Field(ge=2)] = Field(description="number of sites, of unequal size")
    block_size: Annotated[int, Field(ge=2)] = Field(description="size of the permuted blocks")
    common_odds_ratio: Annotated[float, Field(gt=0)] = Field(
        description="true common odds ratio of a lower mRS, treatment against reference"
    )
    site_sd: Annotated[float, Field(ge=0)] = Field(
        description="standard deviation of the site effect, log odds"
    )
    reference_distribution: Annotated[tuple[Share, ...], Field(min_length=7, max_length=7)] = Field(
        description="probabilities of mRS 0 to 6 in the reference arm"
    )
    missing_outcome: Share = Field(description="share of survivors without a day-90 mRS")
    fault_rate: Share = Field(
        description="share of subjects given each kind of data fault (at least one subject each)"
    )
