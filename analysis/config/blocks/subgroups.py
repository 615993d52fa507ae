"""The subgroups: the ``subgroups`` block of the plan."""

from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from analysis.config.base import Block, RandomisedSet, Strict, Text, require_distinct
from analysis.config.blocks.shift import ShiftId
from analysis.config.columns import CODES, NUMBERS, ColumnName, require_columns

TAKEN = ("rd", "adjusted", "rd_adjusted", *get_args(ShiftId))
"""What follows mrs_distribution_ in the ids of other analyses: no name of a subgroup."""

SEPARATES = "separates the outcome of these subjects, not in their model"
"""What results say of a covariate that a level's model leaves out (SAP 5.8), behind its name."""
TOGETHER = "separate the outcome of these subjects together, not in their model"
"""The same behind the names of all covariates, none of which does so alone."""


class Subgroup(Strict):
    """One factor whose levels the treatment effect is estimated in."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = Field(
        description="the analysis id is subgroup_<name>"
    )
    label: Text = Field(description="name in tables and figures")
    column: ColumnName = Field(description="column of ADSL that holds the factor")
    variable: ColumnName = Field(
        description="column of ADSL for the levels: column itself, or a new name ending in GR1"
    )
    cuts: tuple[float, ...] = Field(description="cut points of a number, ascending; [] for codes")
    at_cut: Literal["lower", "higher"] | None = Field(
        description="level of a value equal to a cut point; null for codes"
    )
    groups: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = Field(
        description="codes of each level, others are left out; [] for a number"
    )
    levels: Annotated[tuple[Text, ...], Field(min_length=2)] = Field(
        description="label of each level, in the order of cuts or groups"
    )
    merge_rare: bool = Field(
        description="true: rare levels are merged as those of the covariate (SAP 5.3)"
    )

    @model_validator(mode="after")
    def _has_own_id(self) -> Self:
        if self.name in TAKEN:
            raise ValueError(
                f"name: {self.name} is taken: mrs_distribution_{self.name} is the id of another "
                "analysis; choose another name"
            )
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_columns("column", [self.column], (*NUMBERS, *CODES), "")
        is_number = self.column in NUMBERS
        if is_number != bool(self.cuts) or is_number != (self.at_cut is not None):
            raise ValueError("cuts and at_cut: for a number, and for a number only")
        if is_number == bool(self.groups):
            raise ValueError("groups: for codes, and for codes only")
        if len(self.levels) != (len(self.cuts) + 1 if is_number else len(self.groups)):
            raise ValueError("levels: one label for each range or group")
        if any(low >= high for low, high in pairwise(self.cuts)):
            raise ValueError("cuts: must be ascending")
        require_distinct("levels", self.levels)
        require_distinct("groups", [code for group in self.groups for code in group])
        return self

    @model_validator(mode="after")
    def _named(self) -> Self:
        unchanged = not self.cuts and self.groups == tuple((label,) for label in self.levels)
        if self.variable == self.column:
            if not unchanged:
                raise ValueError("variable: a new name ending in GR1, as levels are not the codes")
        elif not self.variable.endswith("GR1") or self.variable == "MRSPRGR1":
            raise ValueError("variable: the column itself, or a new name ending in GR1")
        if self.merge_rare and self.variable != self.column:
            raise ValueError("merge_rare: only for a covariate with its own levels")
        return self


class Subgroups(Block):
    """The subgroups of the primary analysis."""

    population: RandomisedSet = Field(description="analysis set")
    factors: tuple[Subgroup, ...] = Field(description="one entry for each subgroup analysis")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("factors: name", [factor.name for factor in self.factors])
        require_distinct("factors: variable", [factor.variable for factor in self.factors])
        return self

    @property
    def made(self) -> dict[str, Subgroup]:
        """The factors whose levels are a column of their own, by its name."""
        return {
            factor.variable: factor for factor in self.factors if factor.variable != factor.column
        }
