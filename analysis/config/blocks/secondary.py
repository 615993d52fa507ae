"""The secondary outcomes: the ``visits``, ``secondary`` and ``missing_data`` blocks of the plan."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, Percent, RandomisedSet, Strict, require_distinct

OutcomeId = Literal["nihss_h24", "nihss_d7", "eq5d", "eqvas", "uw_mrs"]
Decrement = Annotated[float, Field(ge=0)]
Decrements = tuple[Decrement, Decrement, Decrement, Decrement]


DICHOTOMY_ENDINGS = ("_rr_adjusted", "_rr", "_rd", "_rd_adjusted", "_or_adjusted")
"""Of the ids of the five effect measures of a dichotomy."""


class Visits(Block):
    """Nominal times of the visits before day 90: of several rows of a visit the nearest counts."""

    nihss_h24_hours: Annotated[float, Field(gt=0)] = Field(
        description="NIHSS at 24 h: hours after randomisation"
    )
    nihss_d7_day: Annotated[int, Field(ge=1)] = Field(description="NIHSS at day 7: study day")
    mrs_d30_day: Annotated[int, Field(ge=1)] = Field(description="mRS at day 30: study day")


class NihssDeaths(Strict):
    """What the NIHSS of a subject without a value is who died early."""

    score: Annotated[int, Field(ge=0, le=42)] = Field(description="score of the dead")
    h24_last_day: Annotated[int, Field(ge=0)] = Field(
        description="last day of a death that counts at 24 h"
    )
    d7_last_day: Annotated[int, Field(ge=0)] = Field(
        description="last day of a death that counts at day 7"
    )


class ValueSet(Strict):
    """EQ-5D-5L value set: 1 less one decrement for each item above level 1."""

    EQMO: Decrements = Field(description="mobility, levels 2 to 5")
    EQSC: Decrements = Field(description="self-care, levels 2 to 5")
    EQUA: Decrements = Field(description="usual activities, levels 2 to 5")
    EQPD: Decrements = Field(description="pain or discomfort, levels 2 to 5")
    EQAD: Decrements = Field(description="anxiety or depression, levels 2 to 5")

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        for item, decrements in self:
            if list(decrements) != sorted(decrements):
                raise ValueError(f"{item}: a worse level has a smaller decrement")
        return self


class Eq5d(Strict):
    """EQ-5D-5L and EQ-VAS at the day of the outcome."""

    window_days: Annotated[int, Field(ge=0)] = Field(
        description="an assessment this close to outcome.day is used"
    )
    death_last_day: Annotated[int, Field(ge=0)] = Field(
        description="last day of a death that counts"
    )
    death_utility: float = Field(description="utility of the dead")
    death_vas: float = Field(description="EQ-VAS of the dead")
    decrements: ValueSet = Field(description="value set")


class Secondary(Block):
    """The secondary outcomes and how they are analysed."""

    population: RandomisedSet = Field(description="analysis set")
    dichotomies: tuple[int, ...] = Field(
        description="mRS up to this level against above: five effect measures each"
    )
    outcomes: tuple[OutcomeId, ...] = Field(
        description="outcomes compared by their means (analysis of covariance)"
    )
    win_odds: tuple[OutcomeId, ...] = Field(
        description="outcomes whose win odds stand beside the difference"
    )
    nihss_deaths: NihssDeaths = Field(description="NIHSS of the dead")
    eq5d: Eq5d = Field(description="EQ-5D-5L")
    mrs_utilities: tuple[float, ...] = Field(
        description="utility of each of outcome.levels: the utility-weighted mRS"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for key in ("dichotomies", "outcomes", "win_odds"):
            require_distinct(key, getattr(self, key))
        if not set(self.win_odds) <= set(self.outcomes):
            raise ValueError("win_odds: every one must be among outcomes")
        return self

    def list_ids(self, levels: tuple[int, ...]) -> tuple[str, ...]:
        """Return the ids of the comparisons between arms, one p-value each, in their order."""
        cuts = [f"mrs_{levels[0]}_{level}" for level in self.dichotomies]
        risks = [f"{cut}{ending}" for cut in cuts for ending in DICHOTOMY_ENDINGS]
        return (*risks, *self.outcomes, *(f"{name}_win_odds" for name in self.win_odds))

    def require_levels(self, levels: tuple[int, ...]) -> None:
        """Raise ValueError unless cut points and utilities are those of an outcome's levels."""
        strange = [level for level in self.dichotomies if level not in levels[:-1]]
        if strange:
            raise ValueError(
                f"secondary.dichotomies: {strange[0]} is not among outcome.levels but the last"
            )
        if len(self.mrs_utilities) != len(levels):
            raise ValueError(
                f"secondary.mrs_utilities: {len(self.mrs_utilities)} values for the "
                f"{len(levels)} levels of outcome.levels"
            )


class MissingData(Block):
    """How missing outcomes are reported."""

    warn_from_percent: Percent = Field(
        description="from this share of missing outcomes on the report warns"
    )
    headline_imputed_from_percent: Percent = Field(
        description="from this share of outcomes that are missing or out of the window on, the "
        "first sentence of the report carries the estimate of sens_mi"
    )
