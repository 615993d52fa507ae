"""The subjects of a set and their covariates, rebuilt from the words of the plan (SAP 3, 5)."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config import Plan
from analysis.config.blocks.primary import Covariate
from analysis.qc.formulas.likelihood.complex_step import Matrix
from analysis.qc.recomputed import Recomputed, count

SETS = {"ITT": ("ITTFL", "TRT01P"), "PP": ("PPROTFL", "TRT01P"), "SAF": ("SAFFL", "TRT01A")}
"""Flag and arm of each analysis set: as randomised, but as treated for safety."""


@dataclass(frozen=True)
class Trial:
    """The analysis data sets of one trial and its plan.

    ADSL and ADTTE have one row per subject, ADQS one per assessment.
    """

    adsl: pd.DataFrame
    adtte: pd.DataFrame
    adqs: pd.DataFrame
    plan: Plan

    def members(self, population: str) -> pd.DataFrame:
        """Return the rows of a set with the column ARM, by subject."""
        flag, arm = SETS[population]
        chosen = self.adsl.loc[self.adsl[flag].eq("Y").fillna(False)]
        return chosen.assign(ARM=chosen[arm].astype(object)).set_index("SUBJID")

    def read_parameter(self, parameter: str, visit: str | None = None) -> pd.Series:
        """Return the value of ADQS that is analysed, by subject; ``visit`` None: of any."""
        rows = self.adqs[self.adqs["PARAMCD"].eq(parameter) & self.adqs["ANL01FL"].eq("Y")]
        if visit is not None:
            rows = rows[rows["AVISIT"].eq(visit)]
        return rows.set_index("SUBJID")["AVAL"].astype("float64")

    @cached_property
    def covariates(self) -> pd.DataFrame:
        """The columns of model 5.1 of every randomised subject, by subject, 0/1 for categories."""
        itt = self.members("ITT")
        below = self.plan.primary.rare_category_below
        parts = [_expand(itt[item.name], item, below) for item in self.plan.primary.covariates]
        return pd.concat([itt[[]], *parts], axis=1)

    def kept_levels(self, column: str) -> tuple[str, ...]:
        """Return the levels of a categorical covariate after merging, its reference first."""
        covariate = next(item for item in self.plan.primary.covariates if item.name == column)
        values = self.members("ITT")[column]
        home, rare = _find_rare(
            _fill(values, covariate), covariate, self.plan.primary.rare_category_below
        )
        return (home, *(each for each in covariate.levels if each not in (home, *rare)))


@dataclass(frozen=True)
class Model:
    """Subjects of one model: their rows, which are treated, and its columns with the arm first.

    ``names``: the covariate of each column.
    """

    rows: pd.DataFrame
    treated: NDArray[np.bool_]
    columns: Matrix
    names: tuple[str, ...] = ()

    @property
    def has_both_arms(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.treated.any() and not self.treated.all())

    def counts(self, plan: Plan) -> list[Recomputed]:
        """Subjects of the model, together and by arm."""
        arms = [count("n", int(self.rows["ARM"].eq(code).sum()), group=code) for code in
                plan.arms.codes]  # fmt: skip
        return [count("n", len(self.rows)), *arms]


def build_model(trial: Trial, rows: pd.DataFrame, *, adjusted: bool) -> Model:
    """Return the model of some subjects; a covariate constant among them is left out (SAP 5.3)."""
    treated = rows["ARM"].eq(trial.plan.arms.treatment.code).to_numpy(dtype=bool)
    columns, names = [treated.astype(np.float64)], ["arm"]
    if adjusted:
        values = trial.covariates.reindex(rows.index)
        varying = [name for name in values if values[name].nunique() > 1]
        columns += [values[name].to_numpy() for name in varying]
        names += [str(name).split("=")[0] for name in varying]
    return Model(rows, treated, np.column_stack(columns), tuple(names))


def with_outcome(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the subjects with a day-90 mRS."""
    return rows[rows["MRS90"].notna()]


def _expand(observed: pd.Series, covariate: Covariate, below: int) -> pd.DataFrame:
    """Missing values set to median or mode; rare categories merged; one column per category."""
    if covariate.kind == "continuous":
        numbers = observed.astype("float64")
        return numbers.fillna(np.nanmedian(numbers)).to_frame(covariate.name)
    filled = _fill(observed, covariate)
    home, rare = _find_rare(filled, covariate, below)
    merged = filled.replace(dict.fromkeys(rare, home))
    dummies = pd.get_dummies(merged, prefix=covariate.name, prefix_sep="=", dtype=float)
    return dummies.drop(columns=f"{covariate.name}={home}", errors="ignore")


def _fill(observed: pd.Series, covariate: Covariate) -> pd.Series:
    """Missing categories set to the most frequent."""
    given = Counter(observed.dropna())
    usual = max(covariate.levels, key=lambda level: given[level])  # the first of equals
    return observed.astype(object).where(observed.notna(), usual)


def _find_rare(filled: pd.Series, covariate: Covariate, below: int) -> tuple[str, list[str]]:
    """The category that rare ones are merged into, and the rare."""
    sizes = Counter(filled)
    rare = [level for level in covariate.levels if sizes[level] < below]
    reference = covariate.levels[0]
    home = max(covariate.levels, key=lambda level: sizes[level]) if reference in rare else reference
    return home, rare
