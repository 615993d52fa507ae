"""The statistical analysis plan as data: the keys of ``config/trial.yaml``.

Nothing that the plan fixes has a default here: a missing line is an error, not a decision.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.adverse_events import AdverseEvents
from analysis.config.base import Block, Percent, Sha256, Strict, Text, require_distinct
from analysis.config.demo import Demo
from analysis.config.dummy import DummyAllocation
from analysis.config.secondary import MissingData, Secondary, Visits
from analysis.config.shift import CoReported, Sensitivity, ShiftId
from analysis.config.subgroups import Subgroups

Fraction = Annotated[float, Field(gt=0, lt=1)]
OcclusionSite = Literal["ICA", "M1", "M2", "OTHER"]
Etici = Literal["0", "1", "2A", "2B50", "2B67", "2C", "3"]
HeidelbergClass = Literal["1A", "1B", "1C", "2", "3A", "3B", "3C", "3D"]
Complication = Literal["NONE", "PERFORATION", "DISSECTION", "EXTRAVASATION"]
CONTINUOUS = ("AGE", "NIHSSBL", "ASPECTS", "LKWRNDH")
"""Covariates that are numbers; the others are categories."""


class Trial(Block):
    """What the trial is."""

    registry_id: Annotated[str, Field(pattern=r"^NCT\d{8}$")] = Field(
        description="registry number, printed on every output"
    )
    acronym: Text = Field(description="short name")
    title: Text = Field(description="title in words")
    phase: Literal["2", "3", "2/3", "4"] = Field(description="phase")
    n_randomised: Annotated[int, Field(ge=2)] = Field(description="planned number randomised")
    allocation_ratio: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]] = Field(
        description="treatment : reference"
    )


class Arm(Strict):
    """One arm."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9_]{1,20}$")] = Field(
        description="value of ARM in the allocation lists"
    )
    label: Text = Field(description="name in tables and figures")


class Arms(Block):
    """The two arms. Every contrast is treatment over, or minus, reference."""

    treatment: Arm = Field(description="the arm whose effect is estimated")
    reference: Arm = Field(description="the arm it is compared with")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if self.treatment.code == self.reference.code:
            raise ValueError("treatment.code and reference.code are the same")
        return self

    @property
    def codes(self) -> tuple[str, str]:
        """The codes, treatment first."""
        return self.treatment.code, self.reference.code


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
        description="levels, best first"
    )
    death_level: int = Field(description="the level that means death")
    source_order: Annotated[tuple[Literal["CENTRAL", "LOCAL"], ...], Field(min_length=1)] = Field(
        description="reading preferred first"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if list(self.levels) != list(range(self.levels[0], self.levels[-1] + 1)):
            raise ValueError("levels must be consecutive and ascending, as [0, 1, 2, 3]")
        if self.death_level != self.levels[-1]:
            raise ValueError("death_level must be the last of levels")
        if not self.window_days <= self.late_window_days < self.day:
            raise ValueError("must hold: window_days <= late_window_days < day")
        require_distinct("source_order", self.source_order)
        return self


class Inference(Block):
    """Conventions of inference."""

    alpha: Fraction = Field(description="two-sided significance level")


class Covariate(Strict):
    """One covariate of the primary model."""

    name: Literal["AGE", "NIHSSBL", "ASPECTS", "OCCLOC", "LKWRNDH", "IVT", "MRSPRGR1"] = Field(
        description="column of ADSL"
    )
    kind: Literal["continuous", "categorical"] = Field(description="how it enters the model")
    label: Text = Field(description="name in tables")
    levels: tuple[Text, ...] = Field(
        description="levels of a categorical covariate, reference first; [] if continuous"
    )

    @model_validator(mode="after")
    def _levels_fit_kind(self) -> Self:
        if (self.kind == "continuous") != (self.name in CONTINUOUS):
            raise ValueError(f"kind: continuous for {', '.join(CONTINUOUS)}, else categorical")
        if (self.kind == "categorical") != (len(self.levels) >= 2):
            raise ValueError("levels: two or more for a categorical covariate, [] otherwise")
        require_distinct("levels", self.levels)
        return self


class Primary(Block):
    """The primary analysis: proportional-odds model of the mRS."""

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
    switch_to: Literal["win_odds", "win_odds_stratified", "win_odds_adjusted"] = Field(
        description="analysis that is switched to, where switching is on"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("covariates", [covariate.name for covariate in self.covariates])
        if self.switch_if_nonproportional and self.confirmatory != "primary":
            raise ValueError("switch_if_nonproportional: only where confirmatory is primary")
        return self

    @property
    def needed(self) -> tuple[str, ...]:
        """The analyses that the confirmatory p-value may come from, or depend on."""
        if self.switch_if_nonproportional:
            return self.switch_test, self.switch_to
        return () if self.confirmatory == "primary" else (self.confirmatory,)


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
    """How the eligibility text is read where it can be read in two ways."""

    ex06: Literal["anticoagulant and INR by values, diathesis by the site's answer"] = Field(
        description="EX06, bleeding risk"
    )
    ex08: Literal["laboratory values alone, dialysis by the site's answer"] = Field(
        description="EX08, renal failure"
    )
    ex15: Literal["either duration or passes"] = Field(description="EX15, difficult procedure")
    onset: Literal["last known well"] = Field(description="time of stroke onset")


class Dosing(Block):
    """Planned study drug and how much of it counts as received."""

    ia_mg: Annotated[float, Field(gt=0)] = Field(description="intra-arterial dose, mg, day 0")
    iv_mg_per_kg: Annotated[float, Field(gt=0)] = Field(
        description="intravenous dose per day, mg per kg"
    )
    iv_days: Annotated[tuple[Annotated[int, Field(ge=1, le=3)], ...], Field(min_length=1)] = Field(
        description="days of intravenous doses"
    )
    accepted_percent: tuple[Percent, Percent] = Field(
        description="share of the planned dose that is accepted, lowest and highest"
    )
    planned_tolerance_percent: Percent = Field(
        description="planned intravenous dose further off mg per kg is a data query"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.accepted_percent[0] > self.accepted_percent[1]:
            raise ValueError("accepted_percent: the lowest stands first")
        require_distinct("iv_days", self.iv_days)
        return self


class Safety(Block):
    """Definitions of the safety outcomes."""

    haemorrhage_hours: Annotated[float, Field(gt=0)] = Field(
        description="window of intracranial haemorrhage after randomisation, hours"
    )
    parenchymal_types: Annotated[tuple[HeidelbergClass, ...], Field(min_length=1)] = Field(
        description="ICHTYPE of a parenchymal haematoma"
    )
    death_day: Annotated[int, Field(ge=1)] = Field(description="mortality by this day")


class Analyses(Block):
    """The analyses that are run beside the primary one."""

    run: tuple[ShiftId, ...] = Field(description="analysis ids")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("run", self.run)
        return self


class SealedLists(Block):
    """The allocation lists as they were sealed before the trial began."""

    randomisation_list: Sha256 | None = Field(
        description="sha256 of the sealed randomisation_list.csv; null: not deposited"
    )
    kit_list: Sha256 | None = Field(
        description="sha256 of the sealed kit_list.csv; null: not deposited"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if self.randomisation_list is not None and self.randomisation_list == self.kit_list:
            raise ValueError("randomisation_list and kit_list have the same sha256")
        return self


class Plan(Strict):
    """The whole plan."""

    trial: Trial = Field(description="what the trial is")
    arms: Arms = Field(description="treatment and reference")
    outcome: Outcome = Field(description="mRS at day 90")
    inference: Inference = Field(description="conventions of inference")
    primary: Primary = Field(description="primary analysis")
    analyses: Analyses = Field(description="further analyses")
    co_reported: CoReported = Field(description="what is reported with the primary analysis")
    sensitivity: Sensitivity = Field(description="other assumptions, other estimands")
    visits: Visits = Field(description="nominal times of the earlier visits")
    missing_data: MissingData = Field(description="missing outcomes")
    secondary: Secondary = Field(description="secondary outcomes")
    subgroups: Subgroups = Field(description="subgroups")
    eligibility: Eligibility = Field(description="criteria of the per-protocol set")
    eligibility_readings: EligibilityReadings = Field(description="readings of the criteria")
    dosing: Dosing = Field(description="study drug")
    safety: Safety = Field(description="safety outcomes")
    adverse_events: AdverseEvents = Field(description="adverse events")
    dummy_allocation: DummyAllocation = Field(description="arms of a blinded run, which are drawn")
    sealed_lists: SealedLists = Field(
        description="what the unblinding must be made with, and a rehearsal must not"
    )
    demo: Demo = Field(description="settings of the demonstration trial")

    @model_validator(mode="after")
    def _secondary_fits_outcome(self) -> Self:
        self.secondary.require_levels(self.outcome.levels)
        return self

    @model_validator(mode="after")
    def _merged_subgroups_are_covariates(self) -> Self:
        levels: dict[str, tuple[str, ...]] = {
            covariate.name: covariate.levels for covariate in self.primary.covariates
        }
        for factor in self.subgroups.factors:
            if factor.merge_rare and set(factor.levels) != set(levels.get(factor.column, ())):
                raise ValueError(
                    f"subgroups: {factor.name}: merge_rare is for the levels of one of "
                    "primary.covariates"
                )
        return self

    @model_validator(mode="after")
    def _shift_fits_outcome(self) -> Self:
        absent = [name for name in self.primary.needed if name not in self.analyses.run]
        if absent:
            raise ValueError(f"analyses.run: lacks {absent[0]}, which the block primary needs")
        self.co_reported.require_levels(self.outcome.levels)
        self.sensitivity.require_levels(self.outcome.levels)
        return self

    @model_validator(mode="after")
    def _blocks_fit_ratio(self) -> Self:
        cycle, block_size = sum(self.trial.allocation_ratio), self.dummy_allocation.block_size
        if block_size % cycle:
            raise ValueError(
                f"dummy_allocation.block_size = {block_size}: must be a multiple of {cycle}, the "
                "sum of trial.allocation_ratio"
            )
        return self
