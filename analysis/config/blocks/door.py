"""What may be lost at the door, and which dates can be: ``door`` and ``plausible_dates``."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, IsoDate, Strict, Text, require_distinct

Share = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]
Day = Annotated[IsoDate, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]


class Limit(Strict):
    """How much of something may be lost: a run stops above the share and above the number."""

    percent: Share = Field(description="a larger share stops the run")
    tolerated: Count = Field(
        description="so many or fewer stop nothing: of a short table they are a large share, and "
        "slips of single sites"
    )


class NamedLimit(Strict):
    """A limit of one table, or of one column as ``mrs.VISIT``."""

    name: Text = Field(description="table or table.column of the layout")
    percent: Share = Field(description="a larger share stops the run")
    tolerated: Count = Field(description="so many or fewer stop nothing")


class Limits(Limit):
    """A limit for all, and others for what is named."""

    where: tuple[NamedLimit, ...] = Field(
        description="tables or columns with a limit of their own, in place of the one for all"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("where", [each.name for each in self.where])
        return self

    def find(self, name: str) -> Limit:
        """Return the limit of a table or of a column."""
        own = (each for each in self.where if each.name == name)
        return next((Limit(percent=x.percent, tolerated=x.tolerated) for x in own), self)


class QueryLimit(Strict):
    """How many data queries of one rule are tolerated."""

    rule: Text = Field(description="rule, as queries.csv names it")
    severity: Literal["any", "error", "warning", "note"] = Field(
        description="queries of this severity alone"
    )
    tolerated: Count = Field(description="so many queries or fewer stop nothing")
    percent: Share | None = Field(
        description="more queries stop the run where a larger share of the randomised subjects has "
        "one; null: their number decides",
    )


class Door(Block):
    """What may be lost when an export is read. All that is lost is counted, whatever the limit."""

    majority_from: Annotated[int, Field(ge=1)] = Field(
        description="more than half lost stops the run from so many on, whatever the limit: all of "
        "15 rows are a wrong file, however short it is"
    )
    rows_left_out: Limits = Field(
        description="rows without a subject, with one who is not randomised, or without their key. "
        "Strictest where a row is a subject (rand) or an outcome (mrs); deaths, doses, bleeding "
        "and adverse events next; answers of eligibility come as short lists of exceptions too"
    )
    values_unusable: Limits = Field(
        description="filled cells that are not of their type, code list or scale, and are set to "
        "missing. Strictest for what the day-90 outcome is made of, then deaths, doses, bleeding"
    )
    values_implausible: Limits = Field(
        description="filled cells outside the plausible range, which are kept: a unit or a code "
        "for missing, once it is more than slips"
    )
    covariates_imputed: Limits = Field(
        description="covariates of the primary model without a usable value among the randomised, "
        "which the model would fill by median or mode"
    )
    subjects_without_row: Limits = Field(
        description="randomised subjects without a row in dm, bl, evt or ds: a file of a part of "
        "the subjects. ds is filled last"
    )
    dates_incomplete: Limits = Field(
        description="dates without a day, in columns that allow them: a format that cuts them off"
    )
    dates_out_of_order: Limits = Field(
        description="dates in the wrong order against another date of the subject, of those that "
        "can be compared: another clock, another form of date, columns exchanged. Imaging before "
        "randomisation is honest where baseline imaging is exported"
    )
    visits_off_day: Limits = Field(
        description="dated rows of a visit that lie nearer the day of another visit of the plan, "
        "of all its dated rows; they stop the run where the median lies there too: visits exchanged"
        ", or the date of another form"
    )
    kits_unlisted: Limit = Field(
        description="kits used that the kit list does not hold (without lists: that were assigned "
        "to nobody), of all kits given"
    )
    missing_codes: tuple[Text, ...] = Field(
        description="texts that programs write for a missing value. One that lies outside the "
        "plausible values of its column and is not declared under missing_values is named"
    )
    missing_codes_tolerated: Count = Field(
        description="one such text more often than this in a column stops the run; fewer are "
        "slips, and follow the rules of their column"
    )
    typical_from: Annotated[int, Field(ge=1)] = Field(
        description="from so many values on the median of a column is held against the typical "
        "band of the layout, and weights against planned doses and heights: a wrong unit may lie "
        "inside the plausible range"
    )
    body_mass_index: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]] = Field(
        description="lowest and highest median of weight over squared height, kg per m2"
    )

    queries: tuple[QueryLimit, ...] = Field(
        description="rules of data queries of which more than tolerated stop the run before "
        "anything is analysed; without a limit, queries of a rule stop nothing",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.body_mass_index[0] >= self.body_mass_index[1]:
            raise ValueError("body_mass_index: the lowest stands first")
        require_distinct("missing_codes", self.missing_codes)
        require_distinct("queries", [f"{each.rule}, {each.severity}" for each in self.queries])
        return self


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
