"""Time to death: hazard ratio, log-rank test, survival and days lived up to the last day (9.1)."""

import math
from collections.abc import Iterator

import numpy as np

from analysis.qc.checks.sparse import ADJUSTED, replace_sparse
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.normal import find_chi_square_p, find_quantile
from analysis.qc.formulas.survival import (
    Times,
    fit_hazards,
    kaplan_meier,
    log_rank,
    restricted_mean,
)
from analysis.qc.formulas.wald import (
    DIFFERENCE_NAMES,
    RATIO_NAMES,
    describe_difference,
    describe_ratio,
)
from analysis.qc.recomputed import (
    COUNT,
    FORMULA,
    Recomputed,
    assign,
    count,
    measure,
    tolerate_p,
    without,
)
from analysis.qc.subjects import Model, Trial, build_model

METHODS = {
    "death_hr": "Efron's partial likelihood written anew, complex-step gradients, scipy BFGS and "
    "Newton",
    "death_logrank": "observed less expected deaths over the days with a death",
    "death_km": "product limit, Greenwood, log(-log)",
    "death_km_difference": "product limit, Greenwood",
    "death_rmst": "covariance of the curve with itself",
    "death_rmst_difference": "covariance of the curve with itself",
}
NO_ERROR = "nobody died in an arm, or all did: no standard error"


def check_survival(trial: Trial) -> Iterator[Recomputed]:
    """Yield hazard ratio, log-rank test, survival and mean time by arm, and their differences."""
    rows = trial.members("SAF")
    own = trial.adtte.set_index("SUBJID").reindex(rows.index)
    times = Times(own["AVAL"].to_numpy(dtype=float), own["CNSR"].eq(0).to_numpy(dtype=bool))
    model = build_model(trial, rows, adjusted=True)
    groups = {code: model.rows["ARM"].eq(code).to_numpy() for code in trial.plan.arms.codes}
    counts = [
        number
        for group, chosen in {"": np.ones(len(rows), dtype=bool), **groups}.items()
        for number in (
            count("n", int(chosen.sum()), group=group),
            count("events", int(times.event[chosen].sum()), group=group),
        )
    ]
    arms = {code: times.take(chosen) for code, chosen in groups.items()}
    by_id = {
        "death_hr": _recompute_hazard(times, model, trial),
        "death_logrank": _recompute_test(times, model),
        "death_km": [n for code, own in arms.items() for n in _recompute_curve(own, code, trial)],
        "death_km_difference": _compare([_find_alive(own, trial) for own in arms.values()], trial),
        "death_rmst": [n for code, own in arms.items() for n in _recompute_mean(own, code, trial)],
        "death_rmst_difference": _compare([_find_mean(own, trial) for own in arms.values()], trial),
    }  # fmt: skip
    for analysis_id, numbers in by_id.items():
        yield from assign(
            [*counts, *numbers], analysis_id=analysis_id, population="SAF",
            method=METHODS[analysis_id],
        )  # fmt: skip


def _recompute_hazard(times: Times, model: Model, trial: Trial) -> list[Recomputed]:
    if not all(times.event[arm].any() for arm in (model.treated, ~model.treated)):
        return without(RATIO_NAMES, "nobody died in an arm")
    columns = model.columns
    if replace_sparse(int(times.event.sum()), columns, trial.plan) != ADJUSTED:
        columns = columns[:, :1]
    fit = fit_hazards(times, columns)
    if isinstance(fit, str):
        return without(RATIO_NAMES, fit)
    return describe_ratio(*fit, find_left_out(trial.plan))


def _recompute_test(times: Times, model: Model) -> list[Recomputed]:
    statistic = log_rank(times, model.treated)
    if isinstance(statistic, str):
        return without(("statistic", "df", "p_value"), statistic)
    return [
        Recomputed("statistic", statistic, FORMULA),
        Recomputed("df", 1, COUNT),
        Recomputed("p_value", find_chi_square_p(statistic), tolerate_p(statistic)),
    ]


def _recompute_curve(times: Times, code: str, trial: Trial) -> Iterator[Recomputed]:
    day = trial.plan.safety.death_day
    survival = kaplan_meier(times, day, find_left_out(trial.plan))
    values = {
        "estimate": survival.estimate,
        "std_error": survival.standard_error,
        "ci_low": survival.ci_low,
        "ci_high": survival.ci_high,
    }
    numbers = [count("n_risk", survival.at_risk), *measure(values, FORMULA, "nobody is left")]
    return assign(numbers, group=code, level=str(day))


def _find_alive(times: Times, trial: Trial) -> tuple[float, float] | None:
    """Share alive on the last day and its error; None without either."""
    found = kaplan_meier(times, trial.plan.safety.death_day, find_left_out(trial.plan))
    if found.estimate is None or found.standard_error is None:
        return None
    return found.estimate, found.standard_error


def _find_mean(times: Times, trial: Trial) -> tuple[float, float] | None:
    return restricted_mean(times, trial.plan.safety.death_day) if len(times.day) else None


def _compare(arms: list[tuple[float, float] | None], trial: Trial) -> list[Recomputed]:
    """The difference of two amounts that both have an error."""
    known = [amount for amount in arms if amount is not None and amount[1] > 0.0]
    if len(known) < len(arms):
        return without(DIFFERENCE_NAMES, NO_ERROR)
    (treated, own), (reference, other) = known
    error = math.hypot(own, other)
    return describe_difference(treated - reference, error, find_left_out(trial.plan))


def _recompute_mean(times: Times, code: str, trial: Trial) -> Iterator[Recomputed]:
    mean = _find_mean(times, trial)
    values: dict[str, float | None] = dict.fromkeys(("estimate", "std_error", "ci_low", "ci_high"))
    if mean is not None:
        values |= {"estimate": mean[0], "std_error": mean[1]}
        half = find_quantile(find_left_out(trial.plan)) * mean[1]
        if half > 0.0:
            values |= {"ci_low": mean[0] - half, "ci_high": mean[0] + half}
    return assign(measure(values, FORMULA, NO_ERROR), group=code)
