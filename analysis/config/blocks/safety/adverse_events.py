"""Adverse events: the ``adverse_events`` block of the plan."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, Strict, Text, require_distinct

Relation = Literal["NOT RELATED", "UNLIKELY", "POSSIBLE", "PROBABLE", "DEFINITE"]
Action = Literal[
    "DOSE NOT CHANGED", "DOSE REDUCED", "DRUG INTERRUPTED", "DRUG WITHDRAWN", "NOT APPLICABLE"
]


class SpecialInterest(Strict):
    """An event of special interest: terms that count as it, capitals not regarded."""

    label: Text = Field(description="name in tables, and level in ard.csv")
    preferred_terms: tuple[Text, ...] = Field(description="AEDECOD; any of them counts")
    system_organ_classes: tuple[Text, ...] = Field(
        description="AEBODSYS; every event of it counts; [] for preferred terms alone"
    )

    @model_validator(mode="after")
    def _terms(self) -> Self:
        if not self.preferred_terms and not self.system_organ_classes:
            raise ValueError("preferred_terms or system_organ_classes: name at least one term")
        require_distinct("preferred_terms", [term.casefold() for term in self.preferred_terms])
        return self


class AdverseEvents(Block):
    """Which adverse events are treatment-emergent, related, and of special interest."""

    meddra_version: Text = Field(description="version of MedDRA that coded the events, printed")
    last_day: Annotated[int, Field(ge=1)] = Field(
        description="last day on which the start of an event is treatment-emergent"
    )
    related: Annotated[tuple[Relation, ...], Field(min_length=1)] = Field(
        description="AEREL of a related event"
    )
    drug_withdrawn: Annotated[tuple[Action, ...], Field(min_length=1)] = Field(
        description="AEACN of an event that led to withdrawal of the study drug"
    )
    special_interest: tuple[SpecialInterest, ...] = Field(description="events of special interest")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("related", self.related)
        require_distinct("drug_withdrawn", self.drug_withdrawn)
        require_distinct("special_interest", [event.label for event in self.special_interest])
        return self
