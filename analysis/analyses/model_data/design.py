"""The data of one model fit, and the fit in words of the plan (SAP 5.1, 5.3)."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.model_data.covariates import Prepared, build_columns
from analysis.config import Plan
from analysis.config.blocks.primary import NOT_IN_MODEL
from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import Statistic
from analysis.models.proportional_odds import ProportionalOddsFit, fit_proportional_odds

OUTCOME = "MRS"
ARM = "arm"
TREATMENT_COLUMN = 0


@dataclass(frozen=True)
class Design:
    """The data of one fit. ``x`` (n, p): arm (1 treatment, 0 reference) first, then covariates.

    ``y`` (n,): the outcome, int64 of an mRS and float64 of a measurement; ``variable``: its name.
    ``names`` (p,): model terms; ``groups`` (n,): arm codes; ``subjects`` (n,): their ids.
    ``constant``: model terms left out because they are constant among these subjects.
    """

    y: NDArray[Any]
    x: NDArray[np.float64]
    names: tuple[str, ...]
    groups: pd.Series
    constant: tuple[str, ...]
    subjects: tuple[str, ...]
    variable: str = OUTCOME

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must know of the columns."""
        return tuple(f"{name} {NOT_IN_MODEL}" for name in self.constant)

    @property
    def counts(self) -> list[Statistic]:
        """Number analysed, together and by arm."""
        keys = {"variable": self.variable}
        by_arm = self.groups.value_counts(sort=False)
        arms = [Statistic("n", int(n), group=str(arm), **keys) for arm, n in by_arm.items()]
        return [Statistic("n", len(self.y), **keys), *arms]


def build_design(
    adsl: pd.DataFrame,
    population: str,
    plan: Plan,
    prepared: Prepared | None,
    outcome: pd.Series | None = None,
    variable: str = OUTCOME,
) -> Design:
    """Return the data of a fit: subjects of the set with an outcome, with or without covariates.

    ``outcome``: values by the index of ADSL, whole or real numbers; the day-90 mRS unless given.
    ``variable``: its name in the results.
    """
    values = (adsl["MRS90"].astype("Int64") if outcome is None else outcome).dropna()
    members, arm = select_set(adsl, population)
    members = members[members.index.isin(values.index)]
    groups = members[arm].astype(pd.CategoricalDtype(list(plan.arms.codes))).reset_index(drop=True)
    treated = (groups == plan.arms.treatment.code).to_numpy(dtype=np.float64)
    columns, names, constant = [treated], [ARM], tuple[str, ...]()
    if prepared is not None:
        covariates, constant = build_columns(prepared, list(members["SUBJID"]), plan)
        columns += [covariates[name].to_numpy() for name in covariates]
        names += [str(name) for name in covariates.columns]
    kind = np.int64 if pd.api.types.is_integer_dtype(values) else np.float64
    return Design(
        y=values.loc[members.index].to_numpy(dtype=kind),
        x=np.column_stack(columns),
        names=tuple(names),
        groups=groups,
        constant=constant,
        subjects=tuple(str(subject) for subject in members["SUBJID"]),
        variable=variable,
    )


def keep_rows(design: Design, rows: NDArray[np.bool_]) -> Design:
    """Return the design of the subjects that are marked."""
    kept = np.flatnonzero(rows)
    return replace(
        design,
        y=design.y[kept],
        x=design.x[kept],
        groups=design.groups.iloc[kept].reset_index(drop=True),
        subjects=tuple(design.subjects[i] for i in kept),
    )


def cut_outcome(design: Design, level: int) -> Design:
    """Return the design with the outcome cut in two: 0 up to the level, 1 above it.

    Raises EstimationError if all subjects are on one side.
    """
    higher = design.y > level
    if len(np.unique(higher)) == 1:
        code = ReasonCode.NOBODY_UP_TO_MRS if higher[0] else ReasonCode.EVERYBODY_UP_TO_MRS
        raise EstimationError(code, level=level)
    return replace(design, y=higher.astype(np.int64))


def fit_design(design: Design) -> ProportionalOddsFit:
    """Return the proportional-odds fit; the first effect is that of the arm.

    Raises EstimationError, in words of arms and model terms, if there is none.
    """
    require_two_arms(design)
    try:
        return fit_proportional_odds(design.y, design.x)
    except EstimationError as error:
        raise EstimationError(error.reason.with_columns(design.names)) from error


def require_two_arms(design: Design) -> None:
    """Raise EstimationError, naming the arm, if subjects of one arm alone, or none, are there."""
    present = [str(code) for code, n in design.groups.value_counts(sort=False).items() if n]
    if not present:
        raise EstimationError(ReasonCode.NO_OUTCOME)
    if len(present) < 2:
        raise EstimationError(ReasonCode.ONE_ARM, arm=present[0])
