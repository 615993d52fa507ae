"""Times to death in the safety set, with the columns of the Cox model (SAP 9.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.analyses.model_data.arms import BOTH, select_set
from analysis.analyses.model_data.covariates import Prepared, build_columns
from analysis.analyses.model_data.design import ARM
from analysis.config import Plan
from analysis.io.result import Statistic

POPULATION, VARIABLE = "SAF", "DEATH"


@dataclass(frozen=True)
class Times:
    """Times of the subjects of the set, and the columns of a fit (n, p), the arm first."""

    time: NDArray[np.float64]
    event: NDArray[np.bool_]
    arm: NDArray[np.str_]
    x: NDArray[np.float64]
    names: tuple[str, ...]
    notes: tuple[str, ...]

    def take(self, code: str) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Times and events of one arm."""
        chosen = self.arm == code
        return self.time[chosen], self.event[chosen]

    def without_covariates(self, notes: tuple[str, ...]) -> Times:
        """Return the same with the arm as the only column, and what the reader must know of it."""
        return replace(self, x=self.x[:, :1], names=self.names[:1], notes=notes)

    def count(self, plan: Plan) -> list[Statistic]:
        """Subjects and deaths, together and by arm."""
        groups = {BOTH: (self.time, self.event)} | {c: self.take(c) for c in plan.arms.codes}
        return [
            Statistic(name, int(number), group=group, variable=VARIABLE)
            for group, (time, event) in groups.items()
            for name, number in (("n", len(time)), ("events", event.sum()))
        ]


def build_times(adtte: pd.DataFrame, plan: Plan, prepared: Prepared) -> Times:
    """Return the times of the safety set with arm as treated and covariates of 5.1 as columns."""
    members, arm = select_set(adtte, POPULATION)
    covariates, constant = build_columns(prepared, list(members["SUBJID"]), plan)
    groups = members[arm].to_numpy(dtype=np.str_)
    treated = (groups == plan.arms.treatment.code).astype(np.float64)
    return Times(
        time=members["AVAL"].to_numpy(dtype=np.float64),
        event=(members["CNSR"] == 0).to_numpy(dtype=np.bool_),
        arm=groups,
        x=np.column_stack([treated, covariates.to_numpy(dtype=np.float64)]),
        names=(ARM, *map(str, covariates.columns)),
        notes=tuple(
            f"{name} is constant among the subjects analysed, not in this model"
            for name in constant
        ),
    )
