"""Chains in one arm: order, start, predictors, and what each step draws from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.models.imputation.chained_equations import run_chains
from analysis.models.imputation.data import ArmRows, Incomplete
from analysis.models.imputation.step import build_step

ROWS = 60
EXACT = 1e-12


def hide(values: np.ndarray, every: int) -> np.ndarray:
    """Every so many-th value goes missing."""
    return np.where(np.arange(len(values)) % every == 0, np.nan, values)


def draw_rows() -> ArmRows:
    rng = np.random.default_rng(21)
    state = rng.normal(size=ROWS)
    y = np.digitize(state + rng.normal(size=ROWS), [-0.7, 0.7]).astype(float)
    flag = (state + rng.normal(size=ROWS) > 0).astype(float)
    outcome = Incomplete("the outcome", hide(y, 5))
    return ArmRows(
        x=np.column_stack([state + rng.normal(size=ROWS), np.ones(ROWS)]),
        auxiliaries=(
            Incomplete("many", hide(flag, 3)),
            Incomplete("complete", rng.normal(size=ROWS), continuous=True),
            Incomplete("constant", hide(np.ones(ROWS), 6)),
            Incomplete("few", hide(state, 10), continuous=True),
        ),
        outcome=outcome,
        below=outcome.missing,
    )


def generators(count: int) -> list[np.random.Generator]:
    return [np.random.default_rng(seed) for seed in range(count)]


def test_fewest_missing_first_and_the_outcome_last() -> None:
    rows = draw_rows()
    assert [rows.variables[j].name for j in rows.visiting_order()] == ["few", "many", "the outcome"]


def test_predictors_are_standardised_and_labelled() -> None:
    """The model of "many": a constant column and the constant variable cannot be used."""
    rows = draw_rows()
    step = build_step(rows, 0)
    assert step.left_out == {"column 1", "constant"}
    assert step.labels == ("column 0", "column 1", "complete", "constant", "few", "the outcome")
    filled = np.column_stack([np.nan_to_num(v.values, nan=1.0) for v in rows.variables])[None]
    columns = step.predictors(filled, step.fitted)
    assert columns.shape == (1, len(step.fitted), 4)
    assert columns[0, :, 0].mean() == pytest.approx(0.0, abs=EXACT)
    assert columns[0, :, 0].std() == pytest.approx(1.0, rel=EXACT)
    few = rows.auxiliaries[3].observed
    expected = (filled[0, step.fitted, 3] - few.mean()) / few.std()
    np.testing.assert_allclose(columns[0, :, 2], expected, rtol=EXACT)
    assert step.candidates(rows.x, filled[0]).shape == (ROWS, 2 + 4)


def test_the_last_level_is_withheld_in_every_cycle() -> None:
    """Also at the start, before any model: the mean of the imputed outcomes stays below 1."""
    chains = run_chains(draw_rows(), 6, generators(8))
    assert all((chain.outcome.shifted(0.0) < 2.0).all() for chain in chains)
    assert all((chain.trace[:, 2] <= 1.0).all() for chain in chains)


def test_imputed_values_move_with_the_origin_of_their_variable() -> None:
    """Levels and numbers 3 higher give imputations 3 higher, from the same random numbers."""
    rows = draw_rows()
    shifted = replace(
        rows, auxiliaries=tuple(replace(a, values=a.values + 3.0) for a in rows.auxiliaries)
    )
    plain = np.array([chain.trace[-1, 0] for chain in run_chains(rows, 3, generators(4))])
    moved = np.array([chain.trace[-1, 0] for chain in run_chains(shifted, 3, generators(4))])
    np.testing.assert_allclose(moved - plain, 3.0, atol=1e-8)


def test_chains_have_as_many_cycles_as_they_need() -> None:
    rows = draw_rows()
    assert run_chains(rows, 6, generators(1))[0].trace.shape == (6, 3)
    alone = replace(rows, auxiliaries=rows.auxiliaries[1:3])
    assert run_chains(alone, 6, generators(1))[0].trace.shape == (1, 1)


def test_the_levels_of_a_step_are_those_observed() -> None:
    step = build_step(draw_rows(), 4)
    assert step.levels.tolist() == [0.0, 1.0, 2.0]
    assert step.below.all()
