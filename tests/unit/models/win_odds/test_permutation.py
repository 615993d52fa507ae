"""Permutation test: Monte Carlo against exact, what changes nothing, and refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.win_odds import permutation
from analysis.models.win_odds.estimate import estimate_win_odds
from analysis.models.win_odds.permutation import PermutationTest, permute_win_probability
from analysis.models.win_odds.wilcoxon import wilcoxon_mann_whitney_test

SEED = np.random.SeedSequence(20260101)
CHANCE = 4.0  # Monte Carlo errors: beyond it in one of 15,000 seeds, and the seed is fixed


def draw(n: int, effect: float = 0.5, seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    arm = rng.permutation(np.arange(n) % 2)
    y = np.clip(np.round(rng.normal(3 - effect * arm, 1.5)), 0, 6)
    return {"y": y, "arm": arm, "strata": np.arange(n) // 5 % 3}


def sample(
    data: dict[str, Any], monkeypatch: pytest.MonkeyPatch, **options: Any
) -> PermutationTest:
    """The Monte Carlo test of data that are small enough for the exact one."""
    monkeypatch.setattr(permutation, "permute_exactly", lambda counts: None)
    return permute_win_probability(**data, seed=options.pop("seed", SEED), **options)


@pytest.mark.parametrize("within", [False, True])
def test_random_permutations_agree_with_all(within: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    data = draw(40)
    if not within:
        data["strata"] = None
    exact = permute_win_probability(**data, seed=SEED)
    drawn = sample(data, monkeypatch)
    assert exact.exact
    assert (exact.draws, exact.as_extreme, exact.monte_carlo_error) == (0, 0, 0.0)
    assert not drawn.exact
    assert abs(drawn.p_value - exact.p_value) < CHANCE * drawn.monte_carlo_error
    assert drawn.win_probability == exact.win_probability


def test_the_data_count_as_one_permutation(monkeypatch: pytest.MonkeyPatch) -> None:
    found = sample(draw(40), monkeypatch, draws=99)
    assert found.draws == 99
    assert found.p_value == (found.as_extreme + 1) / 100


def test_p_is_never_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"y": np.arange(60), "arm": np.repeat([1, 0], 30)}
    found = sample(data, monkeypatch, draws=999)
    assert (found.as_extreme, found.p_value) == (0, 0.001)


def test_no_effect_is_a_p_value_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"y": np.tile([0, 1, 2, 3, 4], 10), "arm": np.repeat([1, 0], 25)}
    assert sample(data, monkeypatch).p_value == 1.0


def test_a_trial_is_permuted_at_random() -> None:
    """1060 rows: p close to that of the Wilcoxon-Mann-Whitney test, whose normal limit it has."""
    data = draw(1060, effect=0.15)
    found = permute_win_probability(data["y"], data["arm"], seed=SEED)
    normal = wilcoxon_mann_whitney_test(data["y"], data["arm"]).p_value
    assert not found.exact
    assert found.draws == permutation.DRAWS
    assert 0.01 < found.p_value < 0.99
    assert abs(found.p_value - normal) < CHANCE * found.monte_carlo_error


def test_the_statistic_and_the_strata_are_those_of_the_win_odds() -> None:
    data = draw(200)
    data["strata"] = np.where(np.arange(200) < 9, 100 + np.arange(200), data["strata"])
    found = permute_win_probability(**data, seed=SEED)
    estimate = estimate_win_odds(**data)
    assert found.win_probability == estimate.win_probability
    assert found.strata == estimate.strata
    assert found.strata is not None
    assert found.strata.pooled == 9
    assert found.n == estimate.n


def test_the_same_seed_gives_the_same_p_value_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [sample(draw(40), monkeypatch) for _ in range(2)]
    other = sample(draw(40), monkeypatch, seed=np.random.SeedSequence(8))
    assert found[0] == found[1]
    assert found[0].as_extreme != other.as_extreme


def test_batches_of_draws_are_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = permute_win_probability(**draw(40), seed=SEED)
    monkeypatch.setattr(permutation, "CELLS_AT_ONCE", 50)
    found = sample(draw(40), monkeypatch, draws=2005)
    assert abs(found.p_value - exact.p_value) < CHANCE * found.monte_carlo_error


def test_the_order_of_rows_and_names_of_levels_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = draw(40)
    order = np.random.default_rng(3).permutation(40)
    moved = {name: values[order] for name, values in data.items()}
    moved["y"] = moved["y"] ** 3 - 5
    assert sample(moved, monkeypatch) == sample(data, monkeypatch)


def test_strata_of_one_level_permute_to_nothing_new() -> None:
    data = draw(40)
    extended = {
        "y": [*data["y"], *[2] * 8],
        "arm": [*data["arm"], *[0, 1] * 4],
        "strata": [*data["strata"], *[9] * 8],
    }
    found = permute_win_probability(**extended, seed=SEED)
    assert found.p_value == permute_win_probability(**data, seed=SEED).p_value
    assert found.n == 48


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "integer seed": ({"seed": 1}, "SeedSequence"),
    "no seed": ({"seed": None}, "SeedSequence"),
    "no draws": ({"draws": 0}, "draws must be a whole number"),
    "half a draw": ({"draws": 100.5}, "draws must be a whole number"),
    "true draws": ({"draws": True}, "draws must be a whole number"),
    "too many draws": ({"draws": 10**9}, "draws must be a whole number"),
    "one level": ({"y": np.ones(24)}, "one observed level"),
    "one treated": ({"arm": np.eye(24)[0]}, "arms of 1 and 23 rows; 2 are needed"),
    "missing label": ({"strata": [None] * 24}, "label that is missing"),
    "levels are strata": (
        {"y": np.repeat([1, 2], 12), "arm": np.arange(24) % 2, "strata": np.repeat([1, 2], 12)},
        "every permutation is alike",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str) -> None:
    arguments, reason = BAD[name]
    with pytest.raises(EstimationError, match=reason):
        permute_win_probability(**(draw(24) | {"seed": SEED} | arguments))
