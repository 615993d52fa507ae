"""Plausible dates: which days of the calendar a date of the export can be."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, IsoDate

Day = Annotated[IsoDate, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]


class PlausibleDates(Block):
    """First and last day of the trial; a date outside is set to missing, with a query."""

    first: Day = Field(description="first subject in: no date of the trial lies before this day")
    last: Day = Field(description="data lock: no date lies after this day")
    first_of_history: Day = Field(
        description="no date of a history (docs/edc_tables.md) lies before this day"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.first_of_history <= self.first < self.last:
            raise ValueError("must be in this order: first_of_history, first, last")
        return self
