"""Co-reported and sensitivity analyses: the ``co_reported`` and ``sensitivity`` blocks."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, Percent, Strict, require_distinct
from analysis.config.blocks.supportive import SupportiveId
from analysis.config.columns import ColumnName

SensitivityId = Literal[
    "sens_in_window",
    "sens_mi",
    "sens_worst",
    "sens_best",
    "sens_tipping",
    "sens_locf",
    "sens_site_cluster",
]
"""The estimand of the primary analysis under other assumptions; all others are supplementary."""
ShiftId = Literal[
    "win_odds",
    "win_odds_stratified",
    "win_odds_adjusted",
    "win_odds_stratified_adjusted",
    "sens_unadjusted",
    "cutpoint",
    "brant",
    "po_lr_treatment",
    "partial_po",
    "sens_pp",
    "sens_merge56",
    SensitivityId,
    "sens_site_random",
    "sens_as_treated",
    SupportiveId,
]
Count = Annotated[int, Field(ge=1)]


class CoReported(Block):
    """The analyses that are reported with the primary one whatever a test says."""

    cut_points: tuple[int, ...] = Field(
        description="odds ratio of an mRS at or below each of these levels"
    )
    strata: Annotated[tuple[ColumnName, ...], Field(min_length=1)] = Field(
        description="columns of ADSL that hold codes, or variables of subgroups.factors: the win "
        "odds are stratified by every combination of their values"
    )
    strata_fewest_per_arm: Annotated[int, Field(ge=2)] = Field(
        description="strata with fewer analysed subjects in either arm are pooled"
    )
    strata_pooled_warn_above_percent: Percent = Field(
        description="a larger share of the subjects in pooled strata is warned of"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("cut_points", self.cut_points)
        require_distinct("strata", self.strata)
        return self

    def require_levels(self, levels: tuple[int, ...]) -> None:
        """Raise ValueError unless the cut points lie between an outcome's levels."""
        strange = [level for level in self.cut_points if level not in levels[:-1]]
        if strange:
            raise ValueError(
                f"co_reported.cut_points: {strange[0]} is not a level of outcome.levels below the "
                "last"
            )


NO_AUXILIARY = "no value in an arm, not in the imputation models"
"""What results say of an auxiliary that the imputation could not use, behind its name."""


class AuxiliaryVariable(Strict):
    """A variable that helps to predict a missing outcome."""

    name: Literal["MRS30", "NIHSSH24", "NIHSSD7"] = Field(description="column of ADSL")
    kind: Literal["ordinal", "continuous"] = Field(
        description="ordinal: imputed by proportional odds; continuous: by linear regression"
    )


class MultipleImputation(Strict):
    """How a missing outcome is imputed."""

    imputations: Annotated[int, Field(ge=2)] = Field(description="number of completed data sets")
    cycles: Count = Field(description="cycles of the chained equations")
    seed: Annotated[int, Field(ge=0)] = Field(description="seed of the random numbers")
    alive_on_day: Count = Field(
        description="the imputation models are those of the subjects alive on this day"
    )
    auxiliaries: tuple[AuxiliaryVariable, ...] = Field(
        description="predictors beside the covariates; they may be missing themselves"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("auxiliaries", [auxiliary.name for auxiliary in self.auxiliaries])
        return self


class TippingGrid(Strict):
    """Shifts of the cumulative logits of imputed outcomes, towards worse, in each arm."""

    lowest: float = Field(description="smallest shift")
    highest: float = Field(description="largest shift")
    step: Annotated[float, Field(gt=0)] = Field(description="distance of two shifts")

    @model_validator(mode="after")
    def _whole_steps(self) -> Self:
        steps = (self.highest - self.lowest) / self.step
        if steps < 1 or abs(steps - round(steps)) > 1e-9:
            raise ValueError("highest must lie one or more whole steps above lowest")
        return self

    @property
    def shifts(self) -> tuple[float, ...]:
        """The shifts, ascending; a shift of 0 is exactly 0."""
        steps = round((self.highest - self.lowest) / self.step)
        return tuple(
            round(self.lowest + i * (self.highest - self.lowest) / steps, 9) + 0.0
            for i in range(steps + 1)
        )


class Sensitivity(Block):
    """The analyses of the primary outcome under other assumptions."""

    merged_levels: Annotated[tuple[int, ...], Field(min_length=2)] = Field(
        description="levels of the mRS that become one"
    )
    imputation: MultipleImputation = Field(description="multiple imputation")
    tipping: TippingGrid = Field(description="grid of the tipping-point analysis")
    quadrature_nodes: Annotated[int, Field(ge=1, le=250)] = Field(
        description="Gauss-Hermite nodes of the random site intercept"
    )

    @model_validator(mode="after")
    def _consecutive(self) -> Self:
        first = self.merged_levels[0]
        if list(self.merged_levels) != list(range(first, first + len(self.merged_levels))):
            raise ValueError("merged_levels must be consecutive and ascending, as [5, 6]")
        return self

    def require_levels(self, levels: tuple[int, ...]) -> None:
        """Raise ValueError unless the merged levels are some, but not all, of an outcome's."""
        if not set(self.merged_levels) < set(levels):
            raise ValueError(
                "sensitivity.merged_levels: must be among outcome.levels, and not all of them"
            )
