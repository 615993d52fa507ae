"""The benchmark's pieces at tiny sizes, without R and without a clock."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.models.proportional_odds import fit_proportional_odds
from benchmarks.bench import Bench, Sizes
from benchmarks.data import CUTS, EFFECTS, Samples, draw_samples, read_samples, write_samples
from benchmarks.engine import Engine
from benchmarks.findings import Findings, Verdict
from benchmarks.parts.batches import measure_batches
from benchmarks.parts.large_trial import measure_large_fit
from benchmarks.parts.one_trial import measure_one_fit, measure_sites
from benchmarks.run import write_json
from benchmarks.surroundings import Surroundings
from benchmarks.worker import Worker, WorkerError

TINY = Sizes(
    n=300, large_n=400, trials=6, sampled_trials=2, workers=1, rounds=2, large_rounds=1,
    batch_rounds=1, site_rounds=1, warm_passes=1, seconds=0.0,
)  # fmt: skip
SHAPE = (2, 300, 8)


@pytest.fixture
def samples(tmp_path: Path) -> Samples:
    """Two trials, written to the folder."""
    drawn = draw_samples(1, 2, 300)
    write_samples(tmp_path, "trial", drawn)
    return drawn


@pytest.fixture
def engine(tmp_path: Path, samples: Samples) -> Engine:
    """This project's side with the two trials read."""
    engine = Engine(tmp_path, workers=1)
    assert engine.answer("read trial 2 300 8") == "done"
    return engine


def test_the_first_of_many_trials_are_those_of_a_few() -> None:
    few, many = draw_samples(3, 2, 50), draw_samples(3, 5, 50)
    for part in ("y", "x", "sites"):
        np.testing.assert_array_equal(getattr(few, part), getattr(many, part)[:2])


def test_drawn_trials_follow_their_model() -> None:
    drawn = draw_samples(2, 1, 40_000)
    fit = fit_proportional_odds(drawn.y[0], drawn.x[0])
    error = (np.concatenate([fit.theta, fit.beta]) - (*CUTS, *EFFECTS)) / fit.standard_errors
    assert np.abs(error).max() < 4.0  # of 14 standard normal numbers
    np.testing.assert_array_equal(drawn.x[0, :4, 0], [0, 1, 0, 1])


def test_trials_are_read_as_they_were_written(tmp_path: Path, samples: Samples) -> None:
    again = read_samples(tmp_path, "trial", SHAPE)
    for part in ("y", "x", "sites"):
        np.testing.assert_array_equal(getattr(again, part), getattr(samples, part))


def test_files_hold_matrices_column_by_column(tmp_path: Path, samples: Samples) -> None:
    numbers = np.fromfile(tmp_path / "trial-x.f64")
    np.testing.assert_array_equal(numbers[300:600], samples.x[0, :, 1])


def test_engine_answers_the_estimates_of_the_fit(engine: Engine, samples: Samples) -> None:
    fit = fit_proportional_odds(samples.y[0], samples.x[0])
    answered = [float(word) for word in engine.answer("estimate proportional_odds").split()]
    assert answered == [*fit.theta, *fit.beta]


def test_engine_answers_seconds_memory_and_versions(engine: Engine) -> None:
    assert float(engine.answer("fit proportional_odds 2")) > 0.0
    assert not float(engine.answer("peak")) <= 0.0  # nan where the system does not say
    assert f"numpy={np.__version__}" in engine.answer("versions").split()


@pytest.mark.parametrize("command", ["read nothing 1 1 1", "fit nothing 1", "nothing"])
def test_engine_says_what_it_cannot_do(engine: Engine, command: str) -> None:
    assert engine.answer(command).startswith("error ")


def test_engine_needs_trials(tmp_path: Path) -> None:
    assert "no trials" in Engine(tmp_path, workers=1).answer("estimate proportional_odds")


@pytest.mark.parametrize("program", ["", "input(); print('error no such method')"])
def test_a_program_that_ends_or_cannot_is_an_error(program: str) -> None:
    with (
        Worker("Python", [sys.executable, "-S", "-c", program]) as worker,
        pytest.raises(WorkerError, match="fit clm 1"),
    ):
        worker.ask("fit", "clm", 1)


@pytest.mark.parametrize(
    ("measure", "rows"),
    [(measure_one_fit, 4), (measure_large_fit, 5), (measure_batches, 3), (measure_sites, 1)],
)
def test_every_part_measures_this_side_without_r(
    measure: Callable[[Bench], Findings], rows: int, tmp_path: Path
) -> None:
    found = measure(Bench(tmp_path, TINY, None, frozenset()))
    assert len(found.rows) == rows
    assert all(row.ours.median > 0.0 and row.theirs is None for row in found.rows)
    assert found.agreements == []
    with_ratio = [row for row in found.rows if row.fewest_times is not None]
    assert all(row.verdict is Verdict.UNMEASURED for row in with_ratio)


def test_written_findings_name_versions_and_sizes(tmp_path: Path) -> None:
    surroundings = Surroundings(2, "Linux", {"numpy": "2.4"}, None, {})
    path = write_json(tmp_path / "results", surroundings, TINY, Findings())
    content = json.loads(path.read_text())
    assert content["python"] == {"numpy": "2.4"}
    assert content["cores"] == 2
    assert content["sizes"]["n"] == 300
