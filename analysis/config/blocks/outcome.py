"""The primary outcome: the ``outcome`` block of the plan."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, require_distinct

DEATH_SCORE = 6
"""The score of the modified Rankin Scale that means death."""


class Outcome(Block):
    """The primary outcome: the modified Rankin Scale (mRS) at day 90."""

    day: Annotated[int, Field(ge=1)] = Field(description="nominal day after randomisation")
    window_days: Annotated[int, Field(ge=0)] = Field(
        description="an assessment this close to the day is in the window"
    )
    late_window_days: Annotated[int, Field(ge=0)] = Field(
        description="an assessment this close is used when none is in the window"
    )
    levels: Annotated[tuple[int, ...], Field(min_length=2)] = Field(
        description="levels, best first: scores from 0 on; the last holds every worse score too, "
        "so [0, 1, 2, 3, 4, 5] are six levels, the last 5-6"
    )
    death_level: int = Field(description="the level that holds death: the last")
    source_order: Annotated[tuple[Literal["CENTRAL", "LOCAL"], ...], Field(min_length=1)] = Field(
        description="reading preferred first"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if list(self.levels) != list(range(len(self.levels))) or self.levels[-1] > DEATH_SCORE:
            raise ValueError(
                f"levels must be consecutive scores from 0 to at most {DEATH_SCORE}, as [0, 1, 2, "
                "3, 4, 5]; the last holds every worse score too"
            )
        if self.death_level != self.levels[-1]:
            raise ValueError("death_level must be the last of levels")
        if not self.window_days <= self.late_window_days < self.day:
            raise ValueError("must hold: window_days <= late_window_days < day")
        require_distinct("source_order", self.source_order)
        return self

    @property
    def is_death_alone(self) -> bool:
        """Whether the last level holds the dead and nobody else."""
        return self.death_level == DEATH_SCORE

    def name_level(self, level: int) -> str:
        """Return a level by its scores: ``4``, or ``5-6`` for a last level of several."""
        return self.name_scores(level, level)

    def name_scores(self, first: int, last: int) -> str:
        """Return the levels from first to last by their scores: ``0-2``, ``3-6``, ``6``."""
        worst = DEATH_SCORE if last == self.levels[-1] else last
        return str(first) if first == worst else f"{first}-{worst}"
