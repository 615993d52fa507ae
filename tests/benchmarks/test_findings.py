"""Ratios, verdicts and differences of the benchmark, by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.findings import Agreement, Findings, Row, Unit, Verdict, compare
from benchmarks.rounds import Contestant, Spread, alternate, divide
from benchmarks.surroundings import Surroundings, advise
from benchmarks.table import write_agreements, write_table

ONE_SECOND = Spread.of([1.0])
SLOW = Row("slow", Spread.of([30.0]), limit=20.0)
WRONG = Agreement("wrong", "ordinal::clm", 0.1, 1e-6)


@dataclass
class ScriptedWorker:
    """Answers every ``fit`` with the next of its seconds; keeps what was asked."""

    seconds: list[float]
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def ask(self, *words: object) -> list[str]:
        self.asked.append(words)
        return [str(self.seconds.pop(0))]

    def ask_numbers(self, *words: object) -> list[float]:
        return [float(word) for word in self.ask(*words)]


def around(*packages: str, rscript: str | None = "Rscript") -> Surroundings:
    r = {"R": "4.2.2", **dict.fromkeys(packages, "1.0")} if rscript else {}
    return Surroundings(2, "Linux", {"Python": "3.11"}, rscript, r)


def test_programs_take_turns_and_begin_in_turn() -> None:
    asked: list[str] = []

    class Recorder(ScriptedWorker):
        def ask(self, *words: object) -> list[str]:
            asked.append(str(words[1]))
            return super().ask(*words)

    contestants = [Contestant(Recorder([1.0, 2.0]), name) for name in ("a", "b", "c")]
    assert alternate(contestants, 2) == [[1.0, 2.0]] * 3
    assert asked == ["a", "b", "c", "b", "c", "a"]


@pytest.mark.parametrize(("once", "passes"), [(0.01, 20), (3.0, 1), (1e-5, 50)])
def test_a_fast_method_is_repeated_until_a_measurement_is_long_enough(once, passes) -> None:
    worker = ScriptedWorker([once, once])
    ready = Contestant(worker, "clm").warm_up(10, seconds=0.2)
    assert ready.passes == passes
    assert worker.asked == [("fit", "clm", 10), ("fit", "clm", 10)]


def test_ratios_are_of_the_same_round() -> None:
    # the machine was ten times as slow in the second round, for both
    assert divide([2.0, 30.0, 4.0], [1.0, 10.0, 1.0]) == Spread(3.0, 2.5, 3.5)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("a", ONE_SECOND, fewest_times=8.0).against("r", [1.0], [8.0]), Verdict.MET),
        (Row("a", ONE_SECOND, fewest_times=8.0).against("r", [1.0], [7.9]), Verdict.MISSED),
        (Row("a", ONE_SECOND, fewest_times=8.0).against("r", [1.0], None), Verdict.UNMEASURED),
        (Row("a", ONE_SECOND, limit=1.1), Verdict.MET),
        (Row("a", ONE_SECOND, limit=1.0), Verdict.MISSED),
        (Row("a", Spread.of([math.nan]), limit=1.0), Verdict.UNMEASURED),
        (Row("a", ONE_SECOND).against("r", [1.0], [0.5]), Verdict.NO_TARGET),
    ],
)
def test_verdict(row: Row, verdict: Verdict) -> None:
    assert row.verdict is verdict


def test_estimates_are_compared_one_by_one() -> None:
    found = compare("fit", "ordinal::clm", [1.0, 2.0], [1.0, 1.5], 1e-6)
    assert found.difference == 0.5
    assert not found.holds
    assert compare("fit", "ordinal::clm", [1.0], [1.0], 1e-6).holds
    assert not compare("fit", "ordinal::clm", [math.nan], [1.0], 1e-6).holds
    with pytest.raises(ValueError, match="shorter"):
        compare("fit", "ordinal::clm", [1.0, 2.0], [1.0], 1e-6)


def test_table_says_times_targets_and_verdicts() -> None:
    row = Row("one fit", Spread(0.002, 0.001, 0.003), fewest_times=15.0)
    memory = Row("memory", Spread.of([0.5]), unit=Unit.GIGABYTES, limit=1.5)
    table = write_table([row.against("rms::orm", [0.002], [0.02]), memory, SLOW])
    head, _, first, second, third = (
        [cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()
    )
    assert head[:2] == ["what", "ours"]
    assert first == [
        "one fit", "2.00 (1.00 to 3.00) ms", "rms::orm", "20.0 ms", "10.0", "at least 15 times",
        "MISSED",
    ]  # fmt: skip
    assert second == ["memory", "0.500 GB", "", "", "", "under 1.5 GB", "met"]
    assert third[-1] == "MISSED"


def test_table_shouts_where_estimates_differ() -> None:
    assert "DIFFERENT" in write_agreements([WRONG])
    assert "the times mean nothing" in run.report(Findings([SLOW], [WRONG]))


@pytest.mark.parametrize(
    ("found", "options", "status"),
    [
        (Findings([SLOW]), [], 0),
        (Findings([SLOW]), ["--strict"], 1),
        (Findings([Row("not measured", ONE_SECOND, fewest_times=8.0)]), ["--strict"], 0),
        (Findings([], [WRONG]), [], 1),
    ],
)
def test_exit_status(
    found: Findings, options: list[str], status: int, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(run, "look_around", lambda folder: around())
    monkeypatch.setattr(run, "PARTS", {"one": lambda bench: found})
    monkeypatch.setattr(run, "TOP", tmp_path)
    monkeypatch.setattr(run, "RESULTS", tmp_path / "results")
    assert run.main(options) == status


def test_quick_leaves_out_the_million_rows(tmp_path: Path, monkeypatch) -> None:
    measured: list[str] = []
    parts = {name: lambda _, name=name: measured.append(name) or Findings() for name in run.PARTS}
    monkeypatch.setattr(run, "look_around", lambda folder: around())
    monkeypatch.setattr(run, "PARTS", parts)
    monkeypatch.setattr(run, "TOP", tmp_path)
    monkeypatch.setattr(run, "RESULTS", tmp_path / "results")
    run.main(["--quick"])
    assert measured == ["one", "batches", "sites"]


@pytest.mark.parametrize(
    ("surroundings", "said", "unsaid"),
    [
        (around(rscript=None), ["apt-get install r-base-core r-cran-ordinal r-cran-rms"], []),
        (around("ordinal"), ["apt-get install r-cran-rms", 'c("rms")'], ["ordinal"]),
    ],
)
def test_advice_names_what_is_missing(surroundings, said: list[str], unsaid: list[str]) -> None:
    text = advise(surroundings)
    assert all(words in text for words in said)
    assert not any(words in text for words in unsaid)


def test_no_advice_where_nothing_is_missing() -> None:
    assert advise(around("ordinal", "rms")) == ""


@pytest.mark.parametrize("rounds", ["0", "-1", "many"])
def test_rounds_are_a_count(rounds: str) -> None:
    with pytest.raises(SystemExit):
        run.read_options(["--rounds", rounds])
    assert run.choose_sizes(run.read_options(["--rounds", "3"])).rounds == 3
