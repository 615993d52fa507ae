"""The primary model fitted a second time, by another library; both must agree or the run stops."""

from __future__ import annotations

import math
import warnings

import numpy as np
from numpy.typing import NDArray

from analysis.errors import CheckError
from analysis.models.proportional_odds import ProportionalOddsFit
from analysis.result import AnalysisResult, Statistic

AGREEMENT = {"log_estimate": 1e-6, "std_error": 1e-5}
"""Largest difference between the two fits, in standard errors. Both solve the same equations to
1e-8; the second takes the Hessian for its standard error from finite differences, good to 1e-6."""

_METHOD = "statsmodels OrderedModel, Newton: the same model by a second implementation"


def check_primary(
    fit: ProportionalOddsFit, y: NDArray[np.int64], x: NDArray[np.float64]
) -> AnalysisResult:
    """Return the effect and its standard error from statsmodels' OrderedModel, and the agreement.

    Raises CheckError if either differs by more than :data:`AGREEMENT`.
    """
    estimate, error = _fit_second(fit, y, x)
    own, own_error = float(fit.beta[0]), float(fit.beta_errors[0])
    pairs = {"log_estimate": (own, estimate), "std_error": (own_error, error)}
    for name, (first, second) in pairs.items():
        if not abs(first - second) <= AGREEMENT[name] * own_error:
            raise CheckError(
                f"The primary analysis fails its independent check: {name} is {first:.12g} by the "
                f"proportional-odds engine and {second:.12g} by statsmodels (tolerance "
                f"{AGREEMENT[name]:g} standard errors). No result is reported. Keep the "
                "export and report the disagreement to the developers"
            )
    statistics = []
    for name, (_, second) in pairs.items():
        shown = _round_within(second, AGREEMENT[name] * own_error)
        statistics += [
            Statistic("estimate", shown, variable="MRS", level=name),
            Statistic("agrees", 1, variable="MRS", level=name),
        ]
    return AnalysisResult("qc", "ITT", _METHOD, tuple(statistics))


def _fit_second(
    fit: ProportionalOddsFit, y: NDArray[np.int64], x: NDArray[np.float64]
) -> tuple[float, float]:
    """The effect and its standard error by statsmodels.

    The columns are made uncorrelated with the arm last, so that its effect is one parameter: the
    library's finite differences lose digits where columns are correlated.
    """
    from statsmodels.miscmodels.ordinal_model import OrderedModel  # slow to import

    n, p = x.shape
    standard = (x - x.mean(axis=0)) / x.std(axis=0)
    scores, triangle = np.linalg.qr(standard[:, ::-1])
    codes = np.searchsorted(np.asarray(fit.levels), y)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # convergence is judged by the agreement
            model = OrderedModel(codes, scores * math.sqrt(n), distr="logit")
            second = model.fit(method="newton", disp=False, maxiter=50, tol=1e-7)
    except (np.linalg.LinAlgError, ValueError) as error:
        raise CheckError(
            f"The independent check of the primary analysis cannot be made: statsmodels fails with "
            f"'{error}'. No result is reported. Keep the export and report this to the developers"
        ) from error
    scale = float(triangle[-1, -1]) / math.sqrt(n) * float(x[:, 0].std())
    return -float(second.params[p - 1]) / scale, float(second.bse[p - 1]) / abs(scale)


def _round_within(value: float, tolerance: float) -> float:
    """The value at the decimals in which the two implementations must agree."""
    return round(value, math.floor(-math.log10(tolerance))) + 0.0  # + 0.0 takes the sign from -0.0
