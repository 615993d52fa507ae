"""The primary analysis and its covariates: the ``primary`` block of the plan."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, RandomisedSet, Strict, Text, require_distinct
from analysis.config.columns import CODES, NUMBERS, ColumnName, require_columns

NOT_IN_MODEL = "is constant among the subjects analysed, not in this model"
"""What results say of a column of the model that was left out (SAP 5.3), behind its name."""


class Covariate(Strict):
    """One covariate of the primary model."""

    name: ColumnName = Field(
        description="column of ADSL: a number if continuous; if categorical one that holds codes, "
        "or a variable of subgroups.factors"
    )
    kind: Literal["continuous", "categorical"] = Field(description="how it enters the model")
    label: Text = Field(description="name in tables")
    levels: tuple[Text, ...] = Field(
        description="levels of a categorical covariate, reference first; [] if continuous"
    )

    @model_validator(mode="after")
    def _levels_fit_kind(self) -> Self:
        if self.kind == "continuous" and self.name not in CODES:
            require_columns("name", [self.name], NUMBERS, "")
        if (self.kind == "continuous") != (self.name in NUMBERS):
            raise ValueError(f"kind: continuous for {', '.join(NUMBERS)}, else categorical")
        if (self.kind == "categorical") != (len(self.levels) >= 2):
            raise ValueError("levels: two or more for a categorical covariate, [] otherwise")
        require_distinct("levels", self.levels)
        return self


WinOddsId = Literal[
    "win_odds", "win_odds_stratified", "win_odds_adjusted", "win_odds_stratified_adjusted"
]
"""Win odds, crude or within strata, without or with the covariates of the primary model."""
MeasureId = Literal["common_odds", WinOddsId]


class Primary(Block):
    """The primary analysis: its measure of the shift of the mRS, set and covariates."""

    measure: MeasureId = Field(
        description="effect of the primary analysis and of all that follow it (sensitivity, "
        "subgroups, tipping point, headline): the common odds ratio of the proportional-odds "
        "model; or win odds, within the strata of co_reported.strata, adjusted for the "
        "covariates, or both, with the common odds ratio beside them"
    )
    population: RandomisedSet = Field(
        description="analysis set of the primary analysis and of all that stands beside it, but "
        "sens_pp and sens_as_treated"
    )
    covariates: tuple[Covariate, ...] = Field(description="adjustment of the primary model")
    rare_category_below: Annotated[int, Field(ge=0)] = Field(
        description="a category of fewer subjects of the ITT set is merged into the reference"
    )
    confirmatory: Literal["primary", "sens_mi"] = Field(
        description="analysis whose p-value is confirmatory: of the observed outcomes (primary), "
        "or of the imputed ones where that is prespecified (sens_mi)"
    )
    switch_if_nonproportional: bool = Field(
        description="true: if switch_test has p below alpha, switch_to is the confirmatory analysis"
    )
    switch_test: Literal["po_lr_treatment", "brant"] = Field(
        description="test of proportional odds that switches, where switching is on"
    )
    switch_to: WinOddsId = Field(description="analysis that is switched to, where switching is on")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("covariates", [covariate.name for covariate in self.covariates])
        if self.switch_if_nonproportional and self.confirmatory != "primary":
            raise ValueError("switch_if_nonproportional: only where confirmatory is primary")
        if self.switch_if_nonproportional and not self.is_common_odds:
            raise ValueError(
                "switch_if_nonproportional: only where measure is common_odds; win odds assume "
                "no proportional odds"
            )
        return self

    @property
    def is_common_odds(self) -> bool:
        """Whether the primary analysis is the proportional-odds model."""
        return self.measure == "common_odds"

    @property
    def common_odds_id(self) -> str:
        """The analysis that gives the common odds ratio: the primary one, or one beside it."""
        return "primary" if self.is_common_odds else "common_odds"

    @property
    def may_be_confirmatory(self) -> tuple[str, ...]:
        """The primary analysis, and the one that the plan puts, or may put, in its place."""
        other = self.switch_to if self.switch_if_nonproportional else self.confirmatory
        return tuple(dict.fromkeys(("primary", other)))

    @property
    def needed(self) -> tuple[str, ...]:
        """The analyses that the confirmatory p-value may come from, or depend on."""
        if self.switch_if_nonproportional:
            return self.switch_test, self.switch_to
        return () if self.confirmatory == "primary" else (self.confirmatory,)
