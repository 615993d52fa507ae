"""The missing outcomes imputed many times, and the primary measure of all (SAP 6, sens_mi)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.model_data.covariates import Prepared, build_columns
from analysis.analyses.model_data.design import TREATMENT_COLUMN, Design, build_design
from analysis.analyses.model_data.sites import label_strata
from analysis.analyses.mrs.win_odds import is_adjusted, is_stratified
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.config.blocks.shift import NO_AUXILIARY
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.residuals import Residuals
from analysis.models.imputation import (
    Auxiliary,
    Imputations,
    Kind,
    PooledEstimate,
    combine_rubin,
    impute_ordinal,
)
from analysis.models.proportional_odds import fit_proportional_odds_batch
from analysis.models.win_odds import estimate_win_odds_batch

ARMS = 2
MRS_BEFORE = "MRS30"
"""The auxiliary that is an mRS: nobody alive has the level of death."""


@dataclass(frozen=True)
class CompletedTrial:
    """The imputed outcomes of a trial, and the design of its analysis.

    ``design``: all randomised subjects, the missing outcomes at any level. ``members`` (n,): which
    of them the imputation is of, in the order of ``imputations``. ``auxiliaries``: those used.
    ``strata`` (n,): the stratum of each, of ``co_reported.strata``.
    """

    design: Design
    members: NDArray[np.bool_]
    imputations: Imputations
    auxiliaries: tuple[str, ...]
    strata: NDArray[np.str_]

    def outcomes(self, shifts: tuple[float, float]) -> NDArray[np.int64]:
        """Return the completed outcomes (m, n); ``shifts`` of treatment and reference arm."""
        treatment, reference = shifts
        shifted = self.imputations.shift((reference, treatment))
        completed = np.tile(self.design.y, (len(shifted.numbers), 1))
        completed[:, self.members] = shifted.completed
        return completed


def complete_trial(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> CompletedTrial:
    """Return the trial with its missing outcomes imputed, as the plan says (SAP 6).

    The imputation models are those of the subjects alive on the plan's day, within each arm; nobody
    who is known to be alive on the day of the outcome is given the level of the dead, unless that
    holds the living too. Auxiliaries
    without any value in an arm are not used. Raises
    EstimationError, in words of arms and columns, if there is a model that cannot be fitted.
    """
    settings = plan.sensitivity.imputation
    adsl = adsl.sort_values("SUBJID", kind="stable")  # the draws do not depend on the file's order
    subjects, _ = select_set(adsl, plan.primary.population)
    alive = subjects[~(subjects["DTHADY"] <= settings.alive_on_day).fillna(False)]
    known = subjects["MRS90"].fillna(plan.outcome.death_level)
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared, known)
    covariates, _ = build_columns(prepared, list(alive["SUBJID"]), plan)
    auxiliaries = _read_auxiliaries(alive, plan)
    try:
        imputations = impute_ordinal(
            alive["MRS90"].to_numpy(dtype=np.float64, na_value=np.nan),
            covariates.to_numpy(dtype=np.float64),
            _read_arm(alive, plan),
            auxiliaries=list(auxiliaries.values()),
            imputations=settings.imputations,
            cycles=settings.cycles,
            never_worst=_bar_from_worst(alive, plan),
            worst=plan.outcome.death_level,
            seed=settings.seed,
        )
    except EstimationError as error:
        names = _list_names(plan, tuple(auxiliaries))
        raise EstimationError(error.reason.renamed(names)) from error
    members = np.isin(np.array(design.subjects), alive["SUBJID"].to_numpy(dtype=np.str_))
    strata, _ = label_strata(adsl, design, plan.co_reported.strata)
    return CompletedTrial(design, members, imputations, tuple(auxiliaries), strata)


def pool_effect(
    trial: CompletedTrial, shifts: tuple[float, float], plan: Plan, alpha: float
) -> PooledEstimate:
    """Return the log of the primary measure, pooled over the imputations (Rubin's rules).

    Degrees of freedom of complete data: subjects less parameters; of win odds less both arms and
    the covariates. Raises EstimationError if one of the completed data sets has no estimate.
    """
    outcomes = trial.outcomes(shifts)
    if plan.primary.is_common_odds:
        fitted = _fit_models(trial.design, outcomes)
    else:
        fitted = _compare_wins(trial, outcomes, plan)
    return combine_rubin(fitted.log_odds, fitted.errors**2, fitted.complete_df, alpha)


@dataclass(frozen=True)
class _Fitted:
    """Of every imputation (m,): the log odds with their error."""

    log_odds: NDArray[np.float64]
    errors: NDArray[np.float64]
    complete_df: int


def _fit_models(design: Design, outcomes: NDArray[np.int64]) -> _Fitted:
    try:
        fits = fit_proportional_odds_batch(outcomes, design.x)
    except EstimationError as error:
        raise EstimationError(error.reason.with_columns(design.names)) from error
    _require_all(fits.problems, design.names)
    return _Fitted(
        fits.beta[:, TREATMENT_COLUMN],
        fits.beta_errors[:, TREATMENT_COLUMN],
        len(design.y) - (len(fits.levels) - 1) - design.x.shape[1],
    )


def _compare_wins(trial: CompletedTrial, outcomes: NDArray[np.int64], plan: Plan) -> _Fitted:
    measure, design = plan.primary.measure, trial.design
    covariates = design.x[:, 1:] if is_adjusted(measure) else None
    strata = trial.strata if is_stratified(measure) else None
    try:
        wins = estimate_win_odds_batch(
            outcomes, design.x[:, TREATMENT_COLUMN].astype(np.int64), strata=strata,
            covariates=covariates, fewest_per_arm=plan.co_reported.strata_fewest_per_arm,
            residuals=Residuals(plan.inference.adjusted_residuals),
        )  # fmt: skip
    except EstimationError as error:
        raise EstimationError(error.reason.with_columns(design.names[1:])) from error
    _require_all(wins.problems, design.names[1:])
    columns = 0 if covariates is None else covariates.shape[1]
    return _Fitted(wins.log_odds, wins.log_odds_error, len(design.y) - ARMS - columns)


def _require_all(problems: Mapping[int, Reason], names: Sequence[str]) -> None:
    """Raise EstimationError, with its number, for the first imputation without an estimate."""
    if problems:
        number, reason = next(iter(problems.items()))
        named = reason.with_columns(tuple(names))
        raise EstimationError(ReasonCode.IN_IMPUTATION, number=number + 1, reason=named)


def describe_imputation(trial: CompletedTrial, plan: Plan) -> tuple[str, ...]:
    """Return what the reader must know of the imputation models, by arm."""
    notes = [
        f"{auxiliary.name}: {NO_AUXILIARY}"
        for auxiliary in plan.sensitivity.imputation.auxiliaries
        if auxiliary.name not in trial.auxiliaries
    ]
    total = len(trial.imputations.numbers)
    names = _list_names(plan, trial.auxiliaries)
    for arm, report in zip(reversed(plan.arms.codes), trial.imputations.arms, strict=True):
        if not report.missing:
            continue
        notes += [
            f"{arm}: {names.get(name, name)} imputed from augmented data in "
            f"{count} of {total} imputations (separation)"
            for name, count in report.augmented.items()
        ]
        if report.absent_levels:
            levels = ", ".join(str(level) for level in report.absent_levels)
            notes.append(f"{arm}: nobody alive was observed at mRS {levels}, nobody is given it")
    return tuple(notes)


def _read_arm(alive: pd.DataFrame, plan: Plan) -> NDArray[np.float64]:
    """1 for the treatment arm; EstimationError if nobody, or one arm alone, is there."""
    arm = alive["TRT01P"] == plan.arms.treatment.code
    if arm.nunique() < 2:
        day = plan.sensitivity.imputation.alive_on_day
        raise EstimationError(ReasonCode.ARM_NOT_ALIVE, day=day)
    return np.asarray(arm, dtype=np.float64)


def _bar_from_worst(alive: pd.DataFrame, plan: Plan) -> NDArray[np.bool_]:
    """Who is missing and known to be alive: not given the last level, if that is death alone."""
    barred = (alive["ALV90FL"] == "Y") & alive["MRS90"].isna() & plan.outcome.is_death_alone
    return barred.to_numpy(dtype=np.bool_)


def _read_auxiliaries(alive: pd.DataFrame, plan: Plan) -> dict[str, Auxiliary]:
    """The auxiliaries of the plan that have a value in each arm, by name."""
    auxiliaries: dict[str, Auxiliary] = {}
    for auxiliary in plan.sensitivity.imputation.auxiliaries:
        values = alive[auxiliary.name]
        if auxiliary.name == MRS_BEFORE:
            values = values.mask((values == DEATH_SCORE).fillna(False))
        if set(alive.loc[values.notna(), "TRT01P"]) == set(plan.arms.codes):
            numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
            auxiliaries[auxiliary.name] = Auxiliary(numbers, Kind(auxiliary.kind))
    return auxiliaries


def _list_names(plan: Plan, auxiliaries: Sequence[str]) -> dict[str, str]:
    """Codes and columns by what the models call arms and auxiliaries: by their numbers."""
    arms = {f"arm {number}": code for number, code in enumerate(reversed(plan.arms.codes))}
    return arms | {f"auxiliary {number}": name for number, name in enumerate(auxiliaries)}
