"""A batch of win odds: each replicate's are those of the single function, whatever is beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.models.data import batch as batch_inputs
from analysis.models.data.residuals import Residuals
from analysis.models.win_odds.batch import (
    data as stacked_arms,
)
from analysis.models.win_odds.batch import (
    data as win_odds_batch_inputs,
)
from analysis.models.win_odds.batch import (
    estimates as stacked_win_odds,
)
from analysis.models.win_odds.batch.trials import FIELDS, WinOddsBatch, estimate_win_odds_batch
from analysis.models.win_odds.estimate import estimate_win_odds

SAME = 1e-13  # the same additions in the same order; logarithms of arrays may differ in one bit
SHARED_AXES = {"y": 1, "arm": 1, "strata": 1, "covariates": 2}
DATA = ("y", "arm", "strata", "covariates")


def draw_batch(seed: int, m: int = 7, n: int = 40, levels: int = 5, sites: int = 3) -> Any:
    """Replicates with everything stacked: outcome, arm, sites of unequal sizes, two columns."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(m, n, 2))
    arm = rng.integers(0, 2, size=(m, n))
    latent = x @ [0.8, -0.5] - 0.4 * arm + rng.logistic(size=(m, n))
    y = np.searchsorted(np.linspace(-2, 2, levels - 1), latent)
    return {"y": y, "arm": arm, "strata": rng.integers(0, sites, (m, n)) ** 2, "covariates": x}


def take_one(data: dict[str, Any], i: int) -> dict[str, Any]:
    """What the single function is given for replicate i."""
    taken = dict(data)
    for name in DATA:
        if np.ndim(data.get(name)) > SHARED_AXES[name]:
            taken[name] = data[name][i]
    return taken


def estimate_one(data: dict[str, Any], i: int) -> tuple[list[float], Reason | None]:
    """The numbers and the problem of the single function."""
    try:
        one = estimate_win_odds(**take_one(data, i))
    except EstimationError as error:
        return [np.nan] * len(FIELDS), error.reason
    return [getattr(one, name) for name in FIELDS], None


def require_single(found: WinOddsBatch, data: dict[str, Any]) -> None:
    """The numbers, or the problem, of the single function for every replicate."""
    for i in range(len(found.odds)):
        expected, problem = estimate_one(data, i)
        numbers = [getattr(found, name)[i] for name in FIELDS]
        assert numbers == pytest.approx(expected, rel=SAME, abs=SAME, nan_ok=True)
        assert found.problems.get(i) == problem


def require_bits(found: WinOddsBatch, expected: WinOddsBatch) -> None:
    for name in FIELDS:
        assert np.array_equal(getattr(found, name), getattr(expected, name), equal_nan=True)
    assert found.problems == expected.problems


MODES = {
    "plain": ("y", "arm"),
    "stratified": ("y", "arm", "strata"),
    "adjusted": ("y", "arm", "covariates"),
    "stratified and adjusted": DATA,
    "residuals that leave one out": DATA,
}
modes = pytest.mark.parametrize("mode", MODES)
numbers = settings(max_examples=150, deadline=None)


def choose(data: dict[str, Any], mode: str) -> dict[str, Any]:
    chosen = {name: data[name] for name in MODES[mode]}
    return chosen | ({"residuals": Residuals.LEAVE_ONE_OUT} if "leave" in mode else {})


def test_the_fields_are_those_of_the_single_result() -> None:
    assert (*FIELDS, "problems") == tuple(field.name for field in fields(WinOddsBatch))


@numbers
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from(list(MODES)),
    st.integers(2, 30),
    st.integers(1, 9),
    st.integers(1, 6),
    st.integers(2, 5),
    st.sets(st.sampled_from(DATA), max_size=3),
)
def test_each_replicate_is_the_single_estimate(
    seed: int, mode: str, n: int, levels: int, sites: int, fewest: int, shared: set[str]
) -> None:
    """Down to two rows, one level, empty arms and strata; up to three of the inputs shared."""
    data = choose(draw_batch(seed, n=n, levels=levels, sites=sites), mode)
    given_data = set(data) & set(DATA)
    for name in (shared & given_data) if not given_data <= shared else set():
        data[name] = data[name][0]
    if "strata" in data:
        data["fewest_per_arm"] = fewest
    require_single(estimate_win_odds_batch(**data), data)


@modes
def test_large_replicates(mode: str) -> None:
    data = choose(draw_batch(5, m=4, n=3000, levels=7, sites=12), mode)
    found = estimate_win_odds_batch(**data)
    require_single(found, data)
    assert not found.problems


@modes
def test_workers_and_chunks_change_no_bit(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = choose(draw_batch(1, m=50, n=8, levels=3), mode)
    expected = estimate_win_odds_batch(**data)
    assert 0 < len(expected.problems) < 50
    monkeypatch.setattr(batch_inputs, "VALUES_AT_ONCE", 100)
    for cells in (1, 100):
        monkeypatch.setattr(stacked_win_odds, "CELLS_AT_ONCE", cells)
        for workers in (1, 2, 3):
            require_bits(estimate_win_odds_batch(**data, workers=workers), expected)


def each(data: dict[str, Any], change: Callable[[Any, str], Any]) -> dict[str, Any]:
    """The data changed, the rules left."""
    return {name: change(part, name) if name in DATA else part for name, part in data.items()}


@modes
def test_neighbours_change_no_bit(mode: str) -> None:
    """Reversed, alone, and beside one with many levels and strata."""
    data = choose(draw_batch(2, m=20, n=30), mode)
    expected = estimate_win_odds_batch(**data)
    turned = estimate_win_odds_batch(**each(data, lambda part, _: part[::-1]))
    for name in FIELDS:
        assert np.array_equal(getattr(turned, name)[::-1], getattr(expected, name), equal_nan=True)
    assert turned.problems == {19 - i: text for i, text in expected.problems.items()}
    wide = draw_batch(3, m=1, n=30, levels=25, sites=15)
    mixed = estimate_win_odds_batch(**each(data, lambda part, n: np.concatenate([part, wide[n]])))
    for i in range(20):
        alone = estimate_win_odds_batch(**each(data, lambda part, _, i=i: part[i : i + 1]))
        for name in FIELDS:
            number = getattr(expected, name)[i : i + 1]
            assert np.array_equal(getattr(alone, name), number, equal_nan=True)
            assert np.array_equal(getattr(mixed, name)[i : i + 1], number, equal_nan=True)


@pytest.mark.parametrize("name", DATA)
def test_shared_is_the_same_as_repeated(name: str) -> None:
    data = draw_batch(4)
    repeated = np.repeat(data[name][:1], 7, axis=0)
    shared = estimate_win_odds_batch(**(data | {name: repeated[0]}))
    require_bits(shared, estimate_win_odds_batch(**(data | {name: repeated})))
    assert not shared.problems


def test_columns_alone_may_be_stacked() -> None:
    data = draw_batch(6, n=60)
    data |= {name: data[name][0] for name in ("y", "arm", "strata")}
    require_single(estimate_win_odds_batch(**data), data)


def replace_rows(**rows: Any) -> dict[str, Any]:
    """A batch of 12 rows each whose replicate 1 has other rows."""
    data = draw_batch(8, m=3, n=12, levels=4, sites=1)
    data["arm"][:] = np.arange(12) % 2
    data["fewest_per_arm"] = 2
    data["y"][:, :4] = (0, 1, 2, 3)
    for name, values in rows.items():
        part = data[name].astype(float) if name != "strata" else data[name].astype(object)
        part[1] = np.reshape(values, part[1].shape)
        data[name] = part
    return data


WHOLE = np.arange(12.0)
COLUMNS = np.random.default_rng(0).normal(size=(12, 2))
ONE_FAULT: dict[str, tuple[dict[str, Any], str]] = {
    "half a level": ({"y": WHOLE / 2}, "integer levels"),
    "missing outcome": ({"y": np.where(WHOLE == 3, np.nan, WHOLE)}, "integer levels"),
    "infinite outcome": ({"y": np.where(WHOLE == 3, -np.inf, WHOLE)}, "integer levels"),
    "wide outcome": ({"y": 1000 * WHOLE}, "more than 1000 levels"),
    "large outcome": ({"y": 1e300 * WHOLE}, "integer levels"),
    "one level": ({"y": 0 * WHOLE + 7}, r"one observed level \(7\)"),
    "arm of 2": ({"arm": WHOLE % 3}, "arm must be 0 or 1"),
    "missing arm": ({"arm": np.where(WHOLE == 3, np.nan, 1)}, "arm must hold 12 finite numbers"),
    "empty arm": ({"arm": 0 * WHOLE}, "arms of 0 and 12 rows"),
    "one row in an arm": ({"arm": WHOLE > 0}, "arms of 11 and 1 rows"),
    "all won": ({"y": WHOLE > 5, "arm": WHOLE < 6}, "every comparison is won by one arm"),
    "missing label": ({"strata": [None] + ["a"] * 11}, "label that is missing"),
    "mixed labels": ({"strata": np.array(["a", 1] * 6, dtype=object)}, "of another kind"),
    "sites of one arm": ({"strata": WHOLE}, None),
    "sites of two": ({"strata": list("abcdefabcdef")}, None),
    "no variance": ({"y": WHOLE // 6, "strata": WHOLE // 6}, "no variance within any stratum"),
    "missing covariate": ({"covariates": COLUMNS * [[1, np.nan]]}, r"infinity in column \[1\]"),
    "huge covariate": ({"covariates": COLUMNS * 1e200}, "beyond 1e\\+100"),
    "tiny covariate": ({"covariates": COLUMNS * 1e-200}, "rescale it"),
    "collinear": ({"covariates": COLUMNS[:, [0, 0]]}, r"collinear column \[1\]"),
    "the arm as covariate": (
        {"covariates": np.stack([COLUMNS[:, 0], 0.2 + WHOLE % 2 / 3], axis=1)},
        r"column \[1\] is constant in each arm",
    ),
    "constant covariate": ({"covariates": COLUMNS * [[1, 0]]}, None),
    "constant in each site, but for rounding": (
        {
            "strata": WHOLE // 6,
            "covariates": np.stack([COLUMNS[:, 0], 0.1 + (WHOLE // 6) / 3], axis=1),
        },
        None,
    ),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_a_fault_is_the_problem_of_its_replicate(name: str) -> None:
    """Where there is no reason, the single function has an answer, and so has the batch."""
    rows, reason = ONE_FAULT[name]
    data = replace_rows(**rows)
    found = estimate_win_odds_batch(**data)
    require_single(found, data)
    assert set(found.problems) == (set() if reason is None else {1})
    if reason is not None:
        with pytest.raises(EstimationError, match=reason):
            raise EstimationError(found.problems[1])


def test_rows_left_out_in_some_replicates() -> None:
    """Site 9 has one row in an arm of replicate 0 and is left out there, adjusted or not."""
    data = draw_batch(9, m=4, n=40, sites=2)
    data["strata"][0, :3] = 9
    data["arm"][0, :3] = (0, 0, 1)
    for mode in ("stratified", "stratified and adjusted"):
        found = estimate_win_odds_batch(**choose(data, mode))
        require_single(found, choose(data, mode))
        assert found.n.tolist() == [37, 40, 40, 40]


@pytest.mark.parametrize("name", ["y", "arm", "strata", "covariates"])
def test_masked_values_are_the_problem_of_their_replicate(name: str) -> None:
    data = draw_batch(10)
    data[name] = np.ma.masked_array(data[name])
    data[name][(2, 5) if name != "covariates" else (2, 5, 0)] = np.ma.masked
    found = estimate_win_odds_batch(**data)
    require_single(found, data)


LABELS: dict[str, Any] = {
    "text": np.array(["a", "b", "c"])[np.arange(120).reshape(3, 40) % 3],
    "objects": np.array(["a", "b", "c"], dtype=object)[np.arange(120).reshape(3, 40) % 3],
    "a frame": pd.DataFrame(np.array(["a", "b"], dtype=object)[np.arange(120).reshape(3, 40) % 2]),
    "lists": [["a", "b"] * 20] * 3,
    "other labels in each": np.arange(3)[:, None] * 100.5 + np.arange(40) % 2,
    "text in one, numbers in others": np.array(
        [["a", "b"] * 20, [1, 2] * 20, [0.5, 1] * 20], dtype=object
    ),
    "shared text": ["x", "y"] * 20,
    "shared column": pd.Series(["x", "y"] * 20),
}


@pytest.mark.parametrize("name", LABELS)
def test_labels_of_any_kind(name: str) -> None:
    data = choose(draw_batch(11, m=3), "plain")
    labels = LABELS[name]
    rows = np.asarray(labels, dtype=object)
    found = estimate_win_odds_batch(**data, strata=labels)
    require_single(found, data | {"strata": rows})
    assert not found.problems


@pytest.mark.parametrize("shared", [False, True])
def test_more_strata_than_are_tabulated_together(
    shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = choose(draw_batch(12), "stratified")
    data["strata"] = data["strata"][0] if shared else data["strata"] + 5 * np.arange(7)[:, None]
    expected = estimate_win_odds_batch(**data)
    for limit in (2, 3):
        monkeypatch.setattr(stacked_arms, "MOST_STRATA", limit)
        monkeypatch.setattr(win_odds_batch_inputs, "MOST_STRATA", limit)
        require_bits(estimate_win_odds_batch(**data), expected)


def test_kinds_of_numbers_and_names_of_levels_do_not_matter() -> None:
    data = draw_batch(13)
    expected = estimate_win_odds_batch(**data)
    for kind in (np.int8, np.uint16, np.float32):
        found = estimate_win_odds_batch(**(data | {"y": data["y"].astype(kind)}))
        require_bits(found, expected)
    require_bits(estimate_win_odds_batch(**(data | {"arm": data["arm"] == 1})), expected)
    require_bits(estimate_win_odds_batch(**(data | {"y": data["y"] ** 3 - 2**50})), expected)
    require_bits(estimate_win_odds_batch(**(data | {"y": data["y"].tolist()})), expected)
    turned = np.asfortranarray(data["covariates"])
    require_bits(estimate_win_odds_batch(**(data | {"covariates": turned})), expected)


def test_the_input_is_not_changed() -> None:
    data = replace_rows(y=np.where(WHOLE == 3, np.nan, WHOLE), covariates=COLUMNS * np.inf)
    before = {name: data[name].copy() for name in DATA}
    estimate_win_odds_batch(**data)
    for name in DATA:
        assert np.array_equal(data[name], before[name], equal_nan=True)


Y = np.array([[0, 1, 3, 1, 2, 3]] * 2)
ARM = np.array([1, 1, 1, 0, 0, 0])
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "nothing stacked": ({"y": Y[0]}, "none of y, arm has a row for each replicate"),
    "a number": ({"y": 3}, "y has 0 axes"),
    "three axes": ({"y": Y[None]}, r"y has 3 axes; \(n,\) and \(m, n\)"),
    "other rows": ({"arm": ARM[:5]}, "numbers of rows must be the same"),
    "no rows": ({"y": Y[:, :0], "arm": ARM[:0]}, "above 0"),
    "other replicates": ({"arm": [ARM] * 3}, "numbers of replicates must be the same"),
    "no replicates": ({"y": Y[:0]}, "numbers of replicates must be the same and above 0"),
    "ragged": ({"y": [[1, 2], [1]]}, "y must be a rectangular array"),
    "text": ({"y": Y.astype(str)}, "y must hold numbers"),
    "complex": ({"covariates": np.ones((6, 1)) * 1j}, "covariates must hold numbers"),
    "days": ({"strata": np.zeros((2, 6), dtype="datetime64[D]")}, "text or numbers"),
    "a vector of covariates": ({"covariates": ARM}, r"covariates has 1 axes; \(n, p\)"),
    "rows of covariates": ({"covariates": np.ones((5, 1))}, "numbers of rows"),
    "rows of strata": ({"strata": np.ones((2, 5))}, "numbers of rows"),
    "missing in shared arm": ({"arm": [1, 1, 1, 0, 0, np.nan]}, "arm must hold 6 finite numbers"),
    "shared arm of 2": ({"arm": ARM * 2}, "arm must be 0 or 1"),
    "missing in shared strata": ({"strata": ["a"] * 5 + [None]}, "label that is missing"),
    "missing in shared covariates": ({"covariates": ARM[:, None] * np.nan}, "NaN or infinity"),
    "missing in shared outcome": ({"y": [0, 1, 3, 1, 2, np.nan], "arm": [ARM] * 2}, "integer"),
    "threshold": ({"strata": ["a"] * 6, "fewest_per_arm": 1}, "whole number of at least 2"),
    "no workers": ({"workers": 0}, "workers must be a whole number of at least 1"),
    "half a worker": ({"workers": 1.5}, "workers must be a whole number"),
    "a true worker": ({"workers": True}, "workers must be a whole number"),
}


@pytest.mark.parametrize("name", BAD)
def test_faults_of_the_batch(name: str) -> None:
    arguments, reason = BAD[name]
    with pytest.raises(EstimationError, match=reason):
        estimate_win_odds_batch(**({"y": Y, "arm": ARM} | arguments))


def test_no_columns_adjust_nothing() -> None:
    """To rounding: the variance is a sum over rows instead of levels."""
    plain = estimate_win_odds_batch(Y, ARM)
    found = estimate_win_odds_batch(Y, ARM, covariates=np.ones((6, 0)))
    assert found.log_odds_error == pytest.approx(plain.log_odds_error, rel=SAME)
    assert found.odds.tolist() == plain.odds.tolist()


def test_a_threshold_without_strata_is_not_looked_at() -> None:
    found = estimate_win_odds_batch(Y, ARM, fewest_per_arm=1)
    require_single(found, {"y": Y, "arm": ARM, "fewest_per_arm": 1})
