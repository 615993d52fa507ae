"""The check's own models: by hand, against statsmodels, and data without a maximum."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import chi2, norm
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff
from statsmodels.miscmodels.ordinal_model import OrderedModel

from analysis.qc.formulas.likelihood import regressions
from analysis.qc.formulas.likelihood.complex_step import ByParameters, maximise
from analysis.qc.formulas.likelihood.ordinal import ShiftFit, fit_shift
from analysis.qc.formulas.likelihood.regressions import recompute_odds_ratio, recompute_risk_ratio
from analysis.qc.formulas.normal import find_chi_square_p, find_p, find_quantile
from analysis.qc.formulas.survival import Times, fit_hazards, kaplan_meier, log_rank
from analysis.qc.formulas.two_risks import Counts, recompute_difference, recompute_ratio
from analysis.qc.recomputed import Recomputed

EXACT = 1e-12
"""Relative: closed formulas."""
MAXIMUM = 1e-9
"""Relative: both sides find a maximum, to 1e-10."""
LIBRARY = 1e-5
"""Relative: the library stops early and takes curvatures from finite differences."""
ALPHA = 0.05


def value(numbers: list[Recomputed], name: str) -> float:
    found = {number.name: number.value for number in numbers}[name]
    assert found is not None
    return float(found)


def shift(found: ShiftFit | str) -> ShiftFit:
    assert isinstance(found, ShiftFit), found
    return found


# --- the tools -----------------------------------------------------------------------------------


@pytest.mark.parametrize("z", [0.0, 0.5, 1.96, 8.0, 30.0])
def test_normal_tails_keep_their_digits(z: float) -> None:
    assert find_p(z) == pytest.approx(2 * norm.sf(z), rel=EXACT)
    assert find_chi_square_p(z * z) == pytest.approx(chi2.sf(z * z, 1), rel=EXACT)


@pytest.mark.parametrize("alpha", [0.2, 0.05, 0.001])
def test_normal_quantiles(alpha: float) -> None:
    assert find_quantile(alpha) == pytest.approx(norm.isf(alpha / 2), rel=EXACT)


def test_the_maximum_of_a_poisson_likelihood() -> None:
    """Counts of mean 3: the logarithm of the mean, with information 4 x 3."""
    counts = np.array([1, 2, 4, 5])

    likelihood = ByParameters(lambda point: counts * point[0] - np.exp(point[0]))
    found = maximise(likelihood, np.zeros(1))
    assert found is not None
    assert found.point[0] == pytest.approx(math.log(3), rel=EXACT)
    assert found.information[0, 0] == pytest.approx(12, rel=1e-11)  # of fourth-order differences
    assert likelihood.information(np.zeros(1))[0, 0] == pytest.approx(4, rel=1e-11)


def test_a_likelihood_without_a_maximum_has_none() -> None:
    assert maximise(ByParameters(lambda point: point), np.zeros(1)) is None


# --- cumulative logits ---------------------------------------------------------------------------


def draw_levels(n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    columns = np.column_stack([np.arange(n) % 2, rng.normal(65, 9, n)]).astype(float)
    latent = 0.5 * columns[:, 0] - 0.03 * columns[:, 1] + rng.logistic(size=n)
    return 3 - np.searchsorted([-2.8, -1.9, -0.9], latent), columns


def test_two_levels_are_the_odds_ratio_of_the_table() -> None:
    """20 of 50 against 10 of 50 at the lower level: (20 x 40) / (30 x 10), Woolf's error."""
    levels = np.repeat([0, 1, 0, 1], [20, 30, 10, 40])
    fit = shift(fit_shift(levels, np.repeat([1.0, 0.0], [50, 50])[:, None]))
    assert math.exp(fit.log_odds_ratio) == pytest.approx(8 / 3, rel=EXACT)
    woolf = math.sqrt(1 / 20 + 1 / 30 + 1 / 10 + 1 / 40)
    assert fit.standard_error == pytest.approx(woolf, rel=MAXIMUM)


def test_the_likelihood_ratio_of_a_table_by_hand() -> None:
    """Twice the sum of observed times log (observed / expected)."""
    observed = np.array([[20, 30], [10, 40]])
    levels = np.repeat([0, 1, 0, 1], observed.ravel())
    fit = shift(fit_shift(levels, np.repeat([1.0, 0.0], [50, 50])[:, None]))
    expected = np.array([[15, 35], [15, 35]])
    statistic = 2 * np.sum(observed * np.log(observed / expected))
    assert fit.likelihood_ratio() == pytest.approx(statistic, rel=1e-11)


def test_the_profile_limit_is_where_the_deviance_is_the_quantile() -> None:
    """Profile of the odds ratio of a table: the likelihood at a fixed ratio on a grid of risks."""
    levels = np.repeat([0, 1, 0, 1], [20, 30, 10, 40])
    fit = shift(fit_shift(levels, np.repeat([1.0, 0.0], [50, 50])[:, None]))
    for side in (-1.0, 1.0):
        limit = fit.profile_limit(side, ALPHA)
        assert limit is not None
        logits = np.linspace(-3, 1, 400_001)
        base, risk = 1 / (1 + np.exp(-logits)), 1 / (1 + np.exp(-logits - limit))
        held = 20 * np.log(risk) + 30 * np.log1p(-risk) + 10 * np.log(base) + 40 * np.log1p(-base)
        free = 20 * np.log(0.4) + 30 * np.log(0.6) + 10 * np.log(0.2) + 40 * np.log(0.8)
        # the grid is fine to 1e-5, and the likelihood is flat at its top: 1e-9
        assert 2 * (free - held.max()) == pytest.approx(norm.isf(ALPHA / 2) ** 2, rel=1e-8)


def test_several_levels_against_statsmodels() -> None:
    levels, columns = draw_levels()
    scaled = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    library = OrderedModel(levels, scaled, distr="logit").fit(method="newton", disp=False)
    fit = shift(fit_shift(levels, columns))
    scale = columns[:, 0].std()
    assert fit.log_odds_ratio == pytest.approx(-library.params[0] / scale, rel=LIBRARY)
    assert fit.standard_error == pytest.approx(library.bse[0] / scale, rel=LIBRARY)


def test_clusters_of_one_row_give_the_robust_error_of_a_table() -> None:
    """Without covariates the model of a table is saturated: the sandwich is Woolf's formula."""
    levels = np.repeat([0, 1, 0, 1], [20, 30, 10, 40])
    fit = shift(fit_shift(levels, np.repeat([1.0, 0.0], [50, 50])[:, None]))
    assert fit.cluster_error(np.arange(100)) == pytest.approx(fit.standard_error, rel=MAXIMUM)
    pairs = fit.cluster_error(np.repeat(np.arange(50), 2))  # equal rows: twice the variance
    assert pairs == pytest.approx(math.sqrt(2) * fit.standard_error, rel=MAXIMUM)


@pytest.mark.parametrize(
    ("levels", "columns", "reason"),
    [
        ([0, 0, 1, 1], [[1.0], [1], [0], [0]], "separation: no finite estimate exists"),
        ([0, 0, 0, 0], [[1.0], [1], [0], [0]], "one level of the outcome"),
        ([0, 1, 1, 2], [[1.0, 2], [0, 0], [1, 2], [0, 0]], "collinear columns"),
        ([0, 1, 1, 2], [[1.0], [1], [1], [1]], "collinear columns"),
        ([0, 1], [[1.0, 2], [0, 1]], "2 columns for 2 rows"),
    ],
)
def test_no_shift_says_why(levels: list[int], columns: list[list[float]], reason: str) -> None:
    assert fit_shift(np.array(levels), np.array(columns)) == reason


# --- a yes-or-no outcome -------------------------------------------------------------------------

TABLE = Counts(20, 50, 10, 60)
EVENT = np.repeat([True, False, True, False], [20, 30, 10, 50])
ARM = np.repeat([1.0, 0.0], [50, 60])[:, None]


def test_models_without_covariates_are_closed_formulas() -> None:
    ratio = recompute_risk_ratio(EVENT, ARM, ALPHA)
    assert value(ratio, "estimate") == pytest.approx(2.4, rel=EXACT)
    error = math.sqrt(30 / (20 * 50) + 50 / (10 * 60))
    assert value(ratio, "std_error") == pytest.approx(error, rel=MAXIMUM)
    odds = recompute_odds_ratio(EVENT, ARM, ALPHA)
    assert value(odds, "estimate") == pytest.approx(20 * 50 / (30 * 10), rel=EXACT)


def test_the_risk_ratio_of_counts() -> None:
    found = recompute_ratio(TABLE, ALPHA)
    error = math.sqrt(1 / 20 - 1 / 50 + 1 / 10 - 1 / 60)
    assert value(found, "estimate") == pytest.approx(2.4, rel=EXACT)
    assert value(found, "ci_low") == pytest.approx(2.4 * math.exp(-1.959963984540054 * error))
    assert value(found, "p_value") == pytest.approx(2 * norm.sf(math.log(2.4) / error), rel=EXACT)


@pytest.mark.parametrize("side", ["ci_low", "ci_high"])
def test_no_event_at_all_has_limits_on_both_sides(side: str) -> None:
    """The score statistic of 0/n against 0/n at delta is sqrt(delta n / (1 - delta) (1 - 1/2n))."""
    n, z = 50, norm.isf(ALPHA / 2)
    limit = abs(value(recompute_difference(Counts(0, n, 0, n), ALPHA), side))
    statistic = limit * n / (1 - limit) * (2 * n - 1) / (2 * n)
    assert statistic == pytest.approx(z**2, rel=1e-10)


# --- times to an event ---------------------------------------------------------------------------


def draw_times(n: int = 200) -> tuple[Times, np.ndarray]:
    rng = np.random.default_rng(5)
    columns = np.column_stack([np.arange(n) % 2, rng.normal(65, 10, n)]).astype(float)
    rate = np.exp(0.03 * (columns[:, 1] - 65) - 0.5 * columns[:, 0])
    days = np.floor(rng.exponential(60 / rate))
    return Times(np.minimum(days, 90.0), days < 90), columns


def test_a_hazard_ratio_by_hand() -> None:
    """r / (2 + 2r) * 1 / (2 + r) * r / (1 + r) is highest where r^2 - r - 4 = 0."""
    times = Times(np.array([1.0, 2, 3, 4]), np.array([True, True, True, False]))
    found = fit_hazards(times, np.array([[1.0], [0], [1], [0]]))
    assert not isinstance(found, str)
    assert math.exp(found[0]) == pytest.approx((1 + math.sqrt(17)) / 2, rel=EXACT)


def test_ties_against_statsmodels() -> None:
    times, columns = draw_times()
    library = PHReg(times.day, columns, status=times.event.astype(float), ties="efron").fit()
    found = fit_hazards(times, columns)
    assert not isinstance(found, str)
    assert found == pytest.approx((library.params[0], library.bse[0]), rel=1e-8)


def test_log_rank_against_statsmodels() -> None:
    times, columns = draw_times()
    treated = columns[:, 0] == 1.0
    library, _ = survdiff(times.day, times.event.astype(float), treated.astype(int))
    assert log_rank(times, treated) == pytest.approx(library, rel=EXACT)


def test_survival_by_hand() -> None:
    """Of 5, one dies on day 1, one is censored on day 2, one dies on day 3: 4/5 x 2/3."""
    times = Times(np.array([1.0, 2, 3, 4, 4]), np.array([True, False, True, False, False]))
    found = kaplan_meier(times, 3, ALPHA)
    assert found.at_risk == 3
    assert found.estimate == pytest.approx(8 / 15, rel=EXACT)
    greenwood = 8 / 15 * math.sqrt(1 / (5 * 4) + 1 / (3 * 2))
    assert found.standard_error == pytest.approx(greenwood, rel=EXACT)
    reach = norm.isf(ALPHA / 2) * math.sqrt(1 / 20 + 1 / 6) / math.log(15 / 8)
    assert found.ci_low == pytest.approx((8 / 15) ** math.exp(reach), rel=EXACT)
    assert found.ci_high == pytest.approx((8 / 15) ** math.exp(-reach), rel=EXACT)


def test_survival_at_the_ends() -> None:
    times = Times(np.array([2.0, 2, 3]), np.array([True, True, True]))
    first, last = kaplan_meier(times, 1, ALPHA), kaplan_meier(times, 3, ALPHA)
    assert (first.estimate, first.ci_high) == (1.0, 1.0)
    assert first.ci_low == pytest.approx(0.025 ** (1 / 3), rel=EXACT)
    assert (last.estimate, last.standard_error, last.ci_low) == (0.0, None, None)


def test_no_hazard_ratio_says_why() -> None:
    times = Times(np.array([1.0, 2, 3, 4]), np.array([True, True, False, False]))
    columns = np.array([[1.0], [1], [0], [0]])
    assert fit_hazards(times, columns) == "separation: no finite estimate exists"
    assert fit_hazards(times, np.ones((4, 1))) == "a column is constant among those at risk"


@pytest.mark.parametrize("seed", range(6))
def test_a_small_sample_is_fitted_to_the_end_or_not_at_all(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the library stops after two of its steps, the check goes on by itself."""
    rng = np.random.default_rng(seed)
    columns = np.column_stack([np.arange(20) % 2, rng.normal(size=(20, 2))]).astype(float)
    event = rng.random(20) < 0.5
    whole = recompute_odds_ratio(event, columns, 0.05), recompute_risk_ratio(event, columns, 0.05)
    monkeypatch.setitem(regressions.STEPS, "maxiter", 2)
    early = recompute_odds_ratio(event, columns, 0.05), recompute_risk_ratio(event, columns, 0.05)
    for complete, stopped in zip(whole, early, strict=True):
        for one, other in zip(complete, stopped, strict=True):
            assert (one.value is None) == (other.value is None)
            assert one.value is None or other.value == pytest.approx(one.value, rel=1e-9)
    monkeypatch.setattr(regressions, "MOST_FITS", 1)
    stopped = recompute_odds_ratio(event, columns, 0.05)
    assert {one.reason for one in stopped} <= {regressions.NOT_REACHED, *_reasons(whole[0])}


def _reasons(numbers: list[Recomputed]) -> set[str]:
    return {one.reason for one in numbers}
