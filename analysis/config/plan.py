"""The statistical analysis plan as data: the keys of ``config/trial.yaml``.

Nothing that the plan fixes has a default here: a missing line is an error, not a decision.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.config.base import Block, Percent, Sha256, Strict, Text, require_distinct
from analysis.config.blocks.demo import Demo
from analysis.config.blocks.door import Door, PlausibleDates
from analysis.config.blocks.dummy_allocation import DummyAllocation
from analysis.config.blocks.eligibility import Eligibility, EligibilityReadings, PerProtocol
from analysis.config.blocks.outcome import Outcome
from analysis.config.blocks.primary import Primary
from analysis.config.blocks.safety.adverse_events import AdverseEvents
from analysis.config.blocks.safety.outcomes import Safety
from analysis.config.blocks.secondary import MissingData, Secondary, Visits
from analysis.config.blocks.shift import CoReported, Sensitivity, ShiftId
from analysis.config.blocks.sparse import Sparse
from analysis.config.blocks.subgroups import Subgroups
from analysis.config.blocks.supportive import Supportive
from analysis.config.blocks.testing import KeySecondaryTesting
from analysis.config.columns import CODES, require_columns

Fraction = Annotated[float, Field(gt=0, lt=1)]
REGISTRY_NUMBER = (
    r"^(NCT\d{8}|ChiCTR[A-Z0-9-]{8,14}|ISRCTN\d{8}|ACTRN\d{14}|CTRI/\d{4}/\d{2,3}/\d{6}|"
    r"DRKS\d{8}|jRCTs?\d{10}|KCT\d{7}|\d{4}-\d{6}-\d{2}(-\d{2})?)$"
)
"""ClinicalTrials.gov, ChiCTR, ISRCTN, ANZCTR, CTRI, DRKS, jRCT, CRIS, EudraCT and EU CTIS."""


class Trial(Block):
    """What the trial is."""

    registry_id: Annotated[str, Field(pattern=REGISTRY_NUMBER)] = Field(
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
    synonyms: tuple[Text, ...] = Field(
        description="other words for the arm, in every language that the export may use: a blinded "
        "run refuses an export in which many subjects are told by them, and masks the rest"
    )


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


class Inference(Block):
    """Conventions of inference."""

    alpha: Fraction = Field(
        description="two-sided significance level of the confirmatory analysis; its interval, and "
        "that of the primary analysis, has the confidence 1 - alpha"
    )
    level: Fraction = Field(description="confidence level of every other interval: 0.95 for 95 %")
    adjusted_residuals: Literal["fitted", "leave_one_out"] = Field(
        description="residuals in the variance of the adjusted win odds and of the adjusted risk "
        "differences: those of the fit, or each as if the fit had left its subject out, which "
        "holds the significance level of small trials"
    )
    testing: KeySecondaryTesting = Field(
        description="testing of key secondary outcomes behind the primary one"
    )
    favours_treatment: Literal["above_1", "below_1"] = Field(
        description="side of 1 on which the odds ratios of the mRS and all win odds favour the "
        "treatment: above_1, they are odds of a lower mRS; below_1, of a higher one. Risks, "
        "hazards, and the odds ratios of secondary.dichotomies, are those of the event as named "
        "and do not turn"
    )

    @property
    def other_alpha(self) -> float:
        """1 - level, exact in decimals: what an interval of that level leaves out on both sides."""
        return float(1 - Decimal(repr(self.level)))

    @property
    def boundaries(self) -> tuple[float, ...]:
        """The p-values at which an interval begins to hold no effect, each once."""
        return tuple(dict.fromkeys((self.alpha, self.other_alpha)))


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
    supportive: Supportive = Field(description="the outcome beside its scale")
    plausible_dates: PlausibleDates = Field(description="days that a date of the export can be")
    visits: Visits = Field(description="nominal times of the earlier visits")
    missing_data: MissingData = Field(description="missing outcomes")
    secondary: Secondary = Field(description="secondary outcomes")
    sparse: Sparse = Field(description="models of few events")
    subgroups: Subgroups = Field(description="subgroups")
    eligibility: Eligibility = Field(description="criteria of the per-protocol set")
    eligibility_readings: EligibilityReadings = Field(description="readings of the criteria")
    per_protocol: PerProtocol = Field(description="reasons against the per-protocol set")
    dosing: Dosing = Field(description="study drug")
    safety: Safety = Field(description="safety outcomes")
    adverse_events: AdverseEvents = Field(description="adverse events")
    door: Door = Field(description="what may be lost when the export is read")
    dummy_allocation: DummyAllocation = Field(description="arms of a blinded run, which are drawn")
    sealed_lists: SealedLists = Field(
        description="what the unblinding must be made with, and a rehearsal must not"
    )
    demo: Demo = Field(description="settings of the demonstration trial")

    def alpha_of(self, analysis_id: str) -> float:
        """Return what the interval of an analysis leaves out: alpha, or 1 - level.

        Alpha of the primary analysis, and of one that the plan may make confirmatory in its place.
        """
        is_first = analysis_id in self.primary.may_be_confirmatory
        return self.inference.alpha if is_first else self.inference.other_alpha

    @property
    def baseline_columns(self) -> tuple[str, ...]:
        """The columns that it names as covariate, stratum or subgroup factor."""
        covariates = (covariate.name for covariate in self.primary.covariates)
        factors = (factor.column for factor in self.subgroups.factors)
        return (*covariates, *self.co_reported.strata, *factors)

    @model_validator(mode="after")
    def _secondary_fits_outcome(self) -> Self:
        self.secondary.require_levels(self.outcome.levels)
        return self

    @model_validator(mode="after")
    def _tested_outcomes_are_secondary(self) -> Self:
        known = self.secondary.list_ids(self.outcome.levels)
        strange = [name for name in self.inference.testing.outcomes if name not in known]
        if strange:
            raise ValueError(
                f"inference.testing.outcomes: {', '.join(strange)}: no analysis of the block "
                f"secondary as it stands. Allowed: {', '.join(known)}"
            )
        return self

    @model_validator(mode="after")
    def _columns_exist(self) -> Self:
        made = self.subgroups.made
        further = ", and the variables of subgroups.factors that end in GR1"
        names = [each.name for each in self.primary.covariates if each.kind == "categorical"]
        require_columns("primary.covariates", names, (*CODES, *made), further)
        require_columns("co_reported.strata", self.co_reported.strata, (*CODES, *made), further)
        for covariate in self.primary.covariates:
            factor = made.get(covariate.name)
            if factor is not None and set(covariate.levels) != set(factor.levels):
                raise ValueError(
                    f"primary.covariates: {covariate.name}: levels must be those of subgroup "
                    f"{factor.name} ({', '.join(factor.levels)}), in any order"
                )
        return self

    @model_validator(mode="after")
    def _one_per_protocol_analysis(self) -> Self:
        if self.primary.population == "PP" and "sens_pp" in self.analyses.run:
            raise ValueError(
                "analyses.run: sens_pp is the primary analysis itself where primary.population is "
                "PP; take it out"
            )
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
