"""Eligibility and the per-protocol set: three blocks of the plan about who counts."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, require_distinct

OcclusionSite = Literal["ICA", "M1", "M2", "OTHER"]
Etici = Literal["0", "1", "2A", "2B50", "2B67", "2C", "3"]
Complication = Literal["NONE", "PERFORATION", "DISSECTION", "EXTRAVASATION"]
ReasonCode = Literal[
    "IE", "IN01", "IN02", "IN03", "IN04", "IN05", "IN06", "IN07", "EX02", "EX06", "EX08", "EX10",
    "EX14", "EX15A", "EX15B", "DOSEIA", "DOSEIV", "KIT", "DV", "NOMRS", "WINDOW",
]  # fmt: skip


class Eligibility(Block):
    """Limits of the eligibility criteria that are checked against the data."""

    age_min: int = Field(description="years, IN01")
    age_max: int = Field(description="years, IN01")
    lkw_hours_max: float = Field(description="last known well to randomisation, hours, IN02")
    occlusion_sites: tuple[OcclusionSite, ...] = Field(description="OCCLOC, IN03")
    nihss_min: int = Field(description="baseline NIHSS, IN04")
    aspects_min: int = Field(description="ASPECTS, IN05")
    etici: tuple[Etici, ...] = Field(description="final eTICI, IN06")
    prestroke_mrs_max: int = Field(description="pre-stroke mRS, EX02")
    anticoagulated_inr_max: float = Field(description="INR when anticoagulated, EX06")
    egfr_min: float = Field(description="mL/min/1.73m2, EX08")
    creatinine_max: float = Field(description="umol/L, EX08")
    glucose_min: float = Field(description="mmol/L, EX10")
    glucose_max: float = Field(description="mmol/L, EX10")
    dsa_complications: tuple[Complication, ...] = Field(description="DSACOMP allowed, EX14")
    procedure_minutes_max: float = Field(
        description="arterial puncture to recanalisation, minutes, EX15A"
    )
    passes_max: int = Field(description="thrombectomy passes, EX15B")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.age_min > self.age_max:
            raise ValueError("must hold: age_min <= age_max")
        if self.glucose_min > self.glucose_max:
            raise ValueError("must hold: glucose_min <= glucose_max")
        return self


class EligibilityReadings(Block):
    """How the eligibility text is read where it can be read in two ways.

    One reading of each is derived, and any other is refused; the report prints them.
    """

    ex06: Literal["anticoagulant and INR by values, diathesis by the site's answer"] = Field(
        description="EX06, bleeding risk"
    )
    ex08: Literal["laboratory values alone, dialysis by the site's answer"] = Field(
        description="EX08, renal failure"
    )
    ex15: Literal["either duration or passes"] = Field(description="EX15, difficult procedure")
    onset: Literal["last known well"] = Field(description="time of stroke onset")


class PerProtocol(Block):
    """What excludes a subject from the per-protocol set."""

    reasons: Annotated[tuple[ReasonCode, ...], Field(min_length=1)] = Field(
        description="codes of the reasons, in the order of tables; a reason left out excludes "
        "nobody"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("reasons", self.reasons)
        return self
