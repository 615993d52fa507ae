"""Ordinal multiple imputation: what is imputed, from which random numbers, and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.models.imputation import chained_equations
from analysis.models.imputation.data import Auxiliary, Kind
from analysis.models.imputation.impute import Imputations, impute_ordinal

ROWS, SEED = 160, 7
FAR = 60.0
"""A shift that leaves no doubt about the level."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """Levels 0 to 4 with one in seven missing, two columns, and incomplete auxiliaries."""

    y: Floats
    x: Floats
    arm: Floats
    early: Floats
    score: Floats
    fever: Floats

    def auxiliaries(self) -> list[Auxiliary]:
        return [
            Auxiliary(self.early, Kind.ORDINAL),
            Auxiliary(self.score, Kind.CONTINUOUS),
            Auxiliary(self.fever, Kind.BINARY),
        ]


@cache
def draw_trial() -> Trial:
    rng = np.random.default_rng(11)
    arm = np.arange(ROWS) % 2.0
    x = rng.normal(size=(ROWS, 2))
    state = x.sum(axis=1) - 0.5 * arm + rng.logistic(size=ROWS)
    y = np.digitize(state, [-2.0, -0.5, 0.5, 2.0]).astype(float)
    early = np.digitize(state + rng.normal(size=ROWS), [-1.0, 1.0]).astype(float)
    score = state + rng.normal(size=ROWS)
    fever = (state + rng.normal(size=ROWS) > 0).astype(float)
    for values, every in ((y, 7), (early, 11), (score, 13), (fever, 9)):
        values[rng.permutation(ROWS)[: ROWS // every]] = np.nan
    return Trial(y, x, arm, early, score, fever)


def impute(trial: Trial, **options: Any) -> Imputations:
    """Five imputations with all auxiliaries and four cycles, unless the options say otherwise."""
    settings = {
        "auxiliaries": trial.auxiliaries(),
        "imputations": 5,
        "cycles": 4,
        "seed": SEED,
        **options,
    }
    return impute_ordinal(trial.y, trial.x, trial.arm, **settings)


@cache
def imputed() -> Imputations:
    return impute(draw_trial())


def test_what_is_observed_stays() -> None:
    trial, found = draw_trial(), imputed()
    seen = ~np.isnan(trial.y)
    assert found.completed.shape == (5, ROWS)
    assert np.array_equal(found.missing, ~seen)
    assert (found.completed[:, seen] == trial.y[seen]).all()
    assert set(np.unique(found.completed)) <= {0, 1, 2, 3, 4}


def test_imputations_differ_from_each_other() -> None:
    found = imputed()
    assert len(np.unique(found.completed[:, found.missing], axis=0)) == 5


@pytest.mark.parametrize("numbers", [[3], [4, 0], range(1, 3)])
def test_any_subset_is_the_same_as_all(numbers: Sequence[int]) -> None:
    part = impute(draw_trial(), imputations=numbers)
    assert part.numbers == tuple(numbers)
    assert np.array_equal(part.completed, imputed().completed[list(numbers)])


def test_chains_that_advance_together_do_not_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chained_equations, "TOGETHER", 1)
    assert np.array_equal(impute(draw_trial()).completed, imputed().completed)


def test_the_seed_decides() -> None:
    assert np.array_equal(impute(draw_trial()).completed, imputed().completed)
    assert not np.array_equal(impute(draw_trial(), seed=SEED + 1).completed, imputed().completed)


def test_streams_are_those_of_spawned_seed_sequences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Child of a child: imputation first, then arm."""
    spawned = {
        (number, arm): np.random.default_rng(child).random()
        for number, parent in enumerate(np.random.SeedSequence(SEED).spawn(5))
        for arm, child in enumerate(parent.spawn(2))
    }
    used = []
    run = chained_equations.run_chains

    def spy(rows: Any, cycles: int, generators: Any) -> Any:
        used.append([np.random.default_rng(g.bit_generator.seed_seq) for g in generators])
        return run(rows, cycles, generators)

    monkeypatch.setattr("analysis.models.imputation.impute.run_chains", spy)
    impute(draw_trial())
    assert [[rng.random() for rng in arm] for arm in used] == [
        [spawned[number, arm] for number in range(5)] for arm in (0, 1)
    ]


def test_arms_do_not_see_each_other() -> None:
    trial = draw_trial()
    other = Trial(
        np.where(trial.arm == 1, 4 - trial.y, trial.y),
        trial.x,
        *(trial.arm, trial.early, trial.score, trial.fever),
    )
    reference = trial.arm == 0
    found = impute(other).completed
    assert np.array_equal(found[:, reference], imputed().completed[:, reference])


def test_a_shift_is_the_same_as_another_run() -> None:
    delta = (0.5, -1.5)
    assert np.array_equal(
        imputed().shift(delta).completed, impute(draw_trial(), delta=delta).completed
    )
    assert np.array_equal(imputed().shift(delta).shift((0, 0)).completed, imputed().completed)
    assert imputed().shift(delta).delta == delta


@pytest.mark.parametrize("arm", [0, 1])
def test_a_shift_is_towards_worse_in_its_arm_alone(arm: int) -> None:
    found = imputed()
    own = found.missing & (draw_trial().arm == arm)
    grid = [found.shift((d, 0.0) if arm == 0 else (0.0, d)) for d in (-FAR, -1, 0, 1, FAR)]
    for lower, higher in pairwise(grid):
        assert (lower.completed[:, own] <= higher.completed[:, own]).all()
        assert np.array_equal(lower.completed[:, ~own], higher.completed[:, ~own])
    assert (grid[0].completed[:, own] == 0).all()
    assert (grid[-1].completed[:, own] == 4).all()


def test_the_worst_level_is_withheld() -> None:
    trial = draw_trial()
    never = np.isnan(trial.y) & (np.arange(ROWS) % 2 == 0)
    found = impute(trial, never_worst=never).shift((FAR, FAR))
    assert (found.completed[:, never] == 3).all()
    assert (found.completed[:, found.missing & ~never] == 4).all()


def test_the_worst_level_may_be_one_that_nobody_has() -> None:
    trial = draw_trial()
    found = impute(trial, never_worst=np.isnan(trial.y), worst=5)
    assert np.array_equal(found.completed, imputed().completed)


def test_a_level_that_an_arm_lacks_is_not_given_there_and_said() -> None:
    """Arm 1 has no level 4, so that its level 3 is not withheld as the worst."""
    trial = draw_trial()
    y = np.where((trial.arm == 1) & (trial.y == 4), 3.0, trial.y)
    lacking = Trial(y, trial.x, trial.arm, trial.early, trial.score, trial.fever)
    found = impute(lacking, never_worst=np.isnan(y)).shift((FAR, FAR))
    assert found.arms[1].absent_levels == (4,)
    assert found.arms[0].absent_levels == ()
    assert (found.completed[:, found.missing & (trial.arm == 1)] == 3).all()


def test_the_report_tells_the_order_and_the_course() -> None:
    """Fewest missing first (score 12, early 14, fever 17 of both arms), the outcome last."""
    trial, found = draw_trial(), imputed()
    counts = {
        f"auxiliary {j}": int(np.isnan(np.asarray(a.values)[trial.arm == 0]).sum())
        for j, a in enumerate(trial.auxiliaries())
    }
    report = found.arms[0]
    assert report.visited == (*sorted(counts, key=counts.__getitem__), "the outcome")
    assert report.trace.shape == (5, 4, 4)
    own = found.missing & (trial.arm == 0)
    assert report.trace[:, -1, -1] == pytest.approx(found.completed[:, own].mean(axis=1))
    assert (report.rows, report.missing) == (ROWS // 2, own.sum())
    assert report.augmented == {}
    assert report.left_out == {}


def test_complete_auxiliaries_need_one_cycle() -> None:
    trial = draw_trial()
    found = impute(trial, auxiliaries=[Auxiliary(trial.x[:, 0] ** 2, Kind.CONTINUOUS)], cycles=50)
    assert found.arms[1].trace.shape == (5, 1, 1)


def test_an_arm_without_missing_outcomes_is_left_alone() -> None:
    trial = draw_trial()
    y = np.where((trial.arm == 1) & np.isnan(trial.y), 2.0, trial.y)
    found = impute_ordinal(y, trial.x, trial.arm, imputations=2, seed=1)
    assert (found.completed[:, trial.arm == 1] == y[trial.arm == 1]).all()
    assert found.arms[1].visited == ()
    complete = impute_ordinal(np.nan_to_num(trial.y), trial.x, trial.arm, imputations=2, seed=1)
    assert (complete.completed == np.nan_to_num(trial.y)).all()


def test_separation_is_augmented_and_counted() -> None:
    """A column that only the best level of arm 0 has; arm 1 fits as it is."""
    trial = draw_trial()
    mark = (trial.y == 0) & (trial.arm == 0) | (np.isnan(trial.y) & (np.arange(ROWS) % 4 == 0))
    x = np.column_stack([trial.x, mark & (np.arange(ROWS) % 3 > 0)])
    found = impute_ordinal(trial.y, x, trial.arm, imputations=4, seed=SEED)
    assert found.arms[0].augmented == {"the outcome": 4}
    assert found.arms[0].separations["the outcome"].startswith("separation along column [2]")


def test_separation_in_every_imputation_of_every_cycle() -> None:
    """From the second cycle on there is no imputation left whose model is fitted as it is."""
    trial = draw_trial()
    x = np.column_stack([trial.x, (trial.y == 0) & (trial.arm == 0)])
    found = impute_ordinal(
        trial.y,
        x,
        trial.arm,
        auxiliaries=[Auxiliary(trial.early, Kind.ORDINAL)],
        imputations=3,
        cycles=3,
        seed=SEED,
    )
    assert found.arms[0].augmented["the outcome"] == 3
    assert set(np.unique(found.completed)) <= set(np.unique(trial.y[~np.isnan(trial.y)]))


def test_unusable_predictors_are_left_out_and_named() -> None:
    """A column constant in arm 1, and an auxiliary that repeats another column there."""
    trial = draw_trial()
    x = np.column_stack([trial.x, (trial.arm == 0) & (np.arange(ROWS) % 3 == 0)])
    twice = np.where(trial.arm == 1, 3.0 * trial.x[:, 0] + 1.0, trial.score)
    found = impute_ordinal(
        trial.y,
        x,
        trial.arm,
        auxiliaries=[Auxiliary(twice, Kind.CONTINUOUS), Auxiliary(trial.early, Kind.ORDINAL)],
        imputations=3,
        cycles=2,
        seed=SEED,
    )
    assert found.arms[0].left_out == {}
    assert found.arms[1].left_out["the outcome"] == ("auxiliary 0", "column 2")


def test_an_auxiliary_with_one_value_in_an_arm_is_left_out() -> None:
    trial = draw_trial()
    early = np.where((trial.arm == 1) & ~np.isnan(trial.early), 1.0, trial.early)
    found = impute(trial, auxiliaries=[Auxiliary(early, Kind.ORDINAL)])
    assert found.arms[1].visited == ("the outcome",)
    assert found.arms[1].left_out == {"the outcome": ("auxiliary 0",)}
    assert found.arms[0].visited == ("auxiliary 0", "the outcome")


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"y": np.full(ROWS, np.nan)}, "the outcome has no observed value"),
    ({"y": np.where(np.arange(ROWS) < 5, np.nan, 1.0)}, "arm 0 has fewer than two"),
    ({"y": np.where(np.arange(ROWS) < 5, np.nan, 0.5 * np.arange(ROWS))}, "integer levels"),
    ({"y": np.where(np.arange(ROWS) < 5, np.inf, 1.0)}, "the outcome must hold"),
    ({"y": ["a"] * ROWS}, "the outcome must be a vector of numbers"),
    ({"y": [[1.0], [1.0, 2.0]]}, "the outcome must be a vector of numbers"),
    ({"y": np.zeros((ROWS, 1))}, "the outcome must be a vector of numbers"),
    ({"x": np.zeros((3, 2))}, f"x must have {ROWS} rows"),
    ({"x": np.full((ROWS, 1), np.nan)}, "x holds NaN"),
    ({"arm": np.ones(ROWS)}, "arm must hold 0 and 1, both"),
    ({"arm": np.arange(ROWS) % 3}, "arm must hold 0 and 1, both"),
    ({"arm": np.arange(ROWS - 1) % 2}, "arm must hold"),
    ({"imputations": 0}, "imputations must be"),
    ({"imputations": []}, "imputations must be"),
    ({"imputations": [1, 1]}, "imputations must be"),
    ({"imputations": [-1]}, "imputations must be"),
    ({"imputations": 2.5}, "imputations must be"),
    ({"imputations": "12"}, "imputations must be"),
    ({"imputations": True}, "imputations must be"),
    ({"cycles": 0}, "cycles must be a positive"),
    ({"seed": -1}, "seed a non-negative"),
    ({"seed": None}, "seed a non-negative"),
    ({"delta": (0.0,)}, "delta must be two finite numbers"),
    ({"delta": (0.0, np.nan)}, "delta must be two finite numbers"),
    ({"delta": "no"}, "delta must be two finite numbers"),
    ({"never_worst": np.ones(3)}, "never_worst must hold"),
    ({"never_worst": np.full(ROWS, 2)}, "never_worst must hold True and False"),
    ({"never_worst": np.ones(ROWS, dtype=bool)}, "a row that is never level 4 has it"),
    ({"worst": 3}, "worst must be a level not below 4"),
    ({"worst": 4.5}, "worst must be a level not below 4"),
    ({"auxiliaries": [np.zeros(ROWS)]}, "auxiliary 0 must be an Auxiliary"),
    ({"auxiliaries": [Auxiliary(np.zeros(ROWS), "nominal")]}, "must be an Auxiliary of kind"),
    ({"auxiliaries": [Auxiliary(np.zeros(9), Kind.ORDINAL)]}, f"must have {ROWS} values"),
    ({"auxiliaries": [Auxiliary(np.arange(ROWS) % 3, Kind.BINARY)]}, "binary and has 3 levels"),
    ({"auxiliaries": [Auxiliary(np.arange(ROWS) / 3, Kind.ORDINAL)]}, "integer levels"),
    ({"auxiliaries": [Auxiliary(np.full(ROWS, np.nan), Kind.ORDINAL)]}, "no observed value"),
    (
        {"auxiliaries": [Auxiliary(np.where(np.arange(ROWS) % 2, np.nan, 1.0), Kind.BINARY)]},
        "auxiliary 0 has no observed value in arm 1",
    ),
]


@pytest.mark.parametrize(("changes", "text"), REFUSED)
def test_what_is_refused(changes: dict[str, Any], text: str) -> None:
    trial = draw_trial()
    arguments = {"y": trial.y, "x": trial.x, "arm": trial.arm, "imputations": 2, "seed": 1}
    with pytest.raises(EstimationError, match=text):
        impute_ordinal(**{**arguments, **changes})


def test_an_arm_with_one_level_is_refused() -> None:
    trial = draw_trial()
    y = np.where((trial.arm == 1) & ~np.isnan(trial.y), 2.0, trial.y)
    with pytest.raises(EstimationError, match="arm 1 has fewer than two observed levels"):
        impute_ordinal(y, trial.x, trial.arm, seed=1)


def test_more_columns_than_rows_are_refused_with_arm_and_model() -> None:
    trial = draw_trial()
    x = np.random.default_rng(1).normal(size=(ROWS, 75))
    with pytest.raises(
        EstimationError, match=r"^arm 0: imputation model of the outcome: 75 columns for \d+ rows"
    ):
        impute_ordinal(trial.y, x, trial.arm, seed=1)
