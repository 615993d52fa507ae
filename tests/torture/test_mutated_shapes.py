"""Exports of all systems changed at random by the thousand: told, refused, or as they are."""

from __future__ import annotations

import pytest

from tests.properties.mutated_shapes.run import Trial
from tests.properties.mutated_shapes.shape import PARTS, make_shapes
from tests.torture.conftest import MUTANTS, Tell

FIRST = 100_000
"""Other seeds than those of the suite."""
AT_ONCE = 50


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    number = max(AT_ONCE, metafunc.config.getoption("mutants", MUTANTS) // len(PARTS))
    firsts = range(FIRST, FIRST + number, AT_ONCE)
    cases = [(name, i, min(i + AT_ONCE, FIRST + number)) for name in PARTS for i in firsts]
    metafunc.parametrize(("name", "first", "last"), cases)


@pytest.fixture(scope="module")
def trials() -> dict[str, Trial]:
    return {name: Trial(shape) for name, shape in make_shapes().items()}


def test_nothing_changes_unsaid(
    trials: dict[str, Trial], name: str, first: int, last: int, tell: Tell
) -> None:
    faults: dict[str, str] = {}
    ends: dict[str, int] = {"same": 0, "told": 0, "stopped": 0, "fault": 0}
    for seed in range(first, last):
        try:
            verdict = trials[name].run(seed)
            ends["fault" if verdict.faults else verdict.end] += 1
            faults |= dict.fromkeys(verdict.faults, f"{seed}: {verdict.said}")
        except Exception as error:  # noqa: BLE001
            ends["fault"] += 1
            faults[f"{type(error).__name__}: {error}"] = "; ".join(error.__notes__)
    tell(f"{name}, exports {first} to {last - 1}: {ends}")
    assert faults == {}
