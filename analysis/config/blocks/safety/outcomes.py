"""Safety outcomes: the ``safety`` block of the plan."""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from analysis.config.base import Block, Strict, Text, require_distinct

HeidelbergClass = Literal["1A", "1B", "1C", "2", "3A", "3B", "3C", "3D"]
CLASSES: tuple[HeidelbergClass, ...] = get_args(HeidelbergClass)
"""Classes of intracranial haemorrhage (von Kummer 2015), in the order of the table."""
Classes = Annotated[tuple[HeidelbergClass, ...], Field(min_length=1)]
Points = Annotated[int, Field(ge=1, le=42)]


def name_class_flag(kind: str) -> str:
    """Return the flag of ADSL that marks a class.

    >>> name_class_flag("1A")
    'ICH1AFL'
    """
    return f"ICH{kind}FL"


class Deterioration(Strict):
    """What makes a haemorrhage symptomatic by ECASS II and SITS-MOST."""

    nihss_points: Points = Field(
        description="rise of the NIHSS from an earlier score that is a deterioration"
    )
    death_last_day: Annotated[int, Field(ge=1)] = Field(
        description="a death by this day is one too, whatever its cause, which is not exported"
    )


class SitsMost(Strict):
    """The image that SITS-MOST asks for."""

    hours: tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]] = Field(
        description="earliest and latest hour of the image after randomisation"
    )
    types: Classes = Field(description="ICHTYPE of a parenchymal haematoma of type 2")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.hours[0] >= self.hours[1]:
            raise ValueError("hours: the earliest stands first")
        require_distinct("types", self.types)
        return self


class EarlyImprovement(Strict):
    """Early neurological improvement: either is enough."""

    points: Points = Field(description="fall of the NIHSS from baseline to 24 h, or more")
    at_most: Annotated[int, Field(ge=0, le=42)] = Field(description="NIHSS at 24 h, or less")


class Safety(Block):
    """Definitions of the safety outcomes."""

    haemorrhage_hours: Annotated[float, Field(gt=0)] = Field(
        description="window of intracranial haemorrhage after randomisation, hours"
    )
    parenchymal_types: Classes = Field(description="ICHTYPE of a parenchymal haematoma")
    death_day: Annotated[int, Field(ge=1)] = Field(description="mortality by this day")
    deterioration: Deterioration = Field(
        description="deterioration with a haemorrhage by ECASS II and SITS-MOST"
    )
    sits_most: SitsMost = Field(description="image of a symptomatic haemorrhage by SITS-MOST")
    early_improvement: EarlyImprovement = Field(description="early neurological improvement")
    hemicraniectomy_terms: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="AEDECOD of a hemicraniectomy, capitals not regarded; counted if emergent"
    )

    @model_validator(mode="after")
    def _terms(self) -> Self:
        folded = [term.casefold() for term in self.hemicraniectomy_terms]
        require_distinct("hemicraniectomy_terms", folded)
        return self
