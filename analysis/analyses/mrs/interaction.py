"""Interaction of arm and subgroup factor: by likelihood ratio, or by win odds (SAP 8.4)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from analysis.analyses.model_data.design import OUTCOME, Design, fit_design
from analysis.analyses.statistics.estimates import give_reason
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import Statistic

TEST_NAMES = ("p_interaction", "statistic", "df")
DECIMALS = 10
"""Decimals of a deviance: a log likelihood of some thousand subjects is rounded at the 12th."""
Columns = dict[str, NDArray[np.float64]]


def describe_interaction(
    design: Design, columns: Sequence[str], level: Sequence[str], levels: Sequence[str]
) -> tuple[list[Statistic], tuple[str, ...]]:
    """Return p_interaction with its statistic and df, and what the reader must know.

    The likelihood-ratio test of the products of arm and factor, in the model of ``design`` plus the
    factor. ``columns``: the factor's own covariates, which it replaces; ``level`` (n,): that of
    each subject, one of ``levels``. Levels that nobody has are no levels; one with a single arm
    stays in the model and takes no part in the test. Not estimable with the reason.
    """
    by_level = {name: np.array([own == name for own in level], dtype=bool) for name in levels}
    present = {name: rows for name, rows in by_level.items() if rows.any()}
    treated = design.x[:, 0] == 1.0
    compared = [name for name, rows in present.items() if 0 < treated[rows].sum() < rows.sum()]
    df = len(compared) - 1
    try:
        if df < 1:
            raise EstimationError(ReasonCode.ONE_COMPARABLE_LEVEL)
        base = _add(_drop_covariates(design, columns), _indicate(present, list(present)[1:]))
        products = _indicate(present, compared[1:], design.x[:, 0])
        deviance = _compute_deviance(base, _add(base, products))
    except EstimationError as error:
        return give_reason(error.reason, TEST_NAMES, variable=OUTCOME), ()
    values = (float(chdtrc(df, deviance)), deviance, df)
    statistics = [
        Statistic(name, value, variable=OUTCOME)
        for name, value in zip(TEST_NAMES, values, strict=True)
    ]
    alone = [name for name in present if name not in compared]
    return statistics, tuple(
        f"{name}: one arm only, not in the test of interaction" for name in alone
    )


def describe_heterogeneity(estimates: Sequence[Statistic]) -> list[Statistic]:
    """Return p_interaction with its statistic and df: whether the levels' log odds differ.

    Cochran's Q of their ``log_estimate`` with ``std_error``, chi-square on levels less one
    (docs/methods.md, section 13). Levels without an estimate take no part; not estimable if fewer
    than two are left.
    """
    log_odds, errors = (
        np.array([each.value for each in estimates if each.name == name and each.value is not None])
        for name in ("log_estimate", "std_error")
    )
    df = len(log_odds) - 1
    if df < 1:
        reason = Reason.of(ReasonCode.ONE_COMPARABLE_LEVEL)
        return give_reason(reason, TEST_NAMES, variable=OUTCOME)
    weights = errors**-2
    mean = float(weights @ log_odds / weights.sum())
    statistic = float(weights @ (log_odds - mean) ** 2)
    values = (float(chdtrc(df, statistic)), statistic, df)
    return [
        Statistic(name, value, variable=OUTCOME)
        for name, value in zip(TEST_NAMES, values, strict=True)
    ]


def _drop_covariates(design: Design, columns: Sequence[str]) -> Design:
    """The design without the columns of some categorical covariates."""
    own = tuple(f"{column}=" for column in columns)
    kept = [j for j, name in enumerate(design.names) if not name.startswith(own)]
    return replace(design, x=design.x[:, kept], names=tuple(design.names[j] for j in kept))


def _indicate(
    rows: dict[str, NDArray[np.bool_]],
    levels: Sequence[str],
    times: NDArray[np.float64] | None = None,
) -> Columns:
    """One 0/1 column for each level, or its product with the arm."""
    if times is None:
        return {f"factor={level}": rows[level].astype(np.float64) for level in levels}
    return {f"arm*{level}": rows[level] * times for level in levels}


def _add(design: Design, columns: Columns) -> Design:
    return replace(
        design,
        x=np.column_stack([design.x, *columns.values()]),
        names=(*design.names, *columns),
    )


def _compute_deviance(base: Design, full: Design) -> float:
    """Twice the rise of the log likelihood from a model to a larger one."""
    rise = fit_design(full).log_likelihood - fit_design(base).log_likelihood
    return max(round(2.0 * rise, DECIMALS), 0.0)
