"""A changed export of another system gives what it says, or a message; nothing changes unsaid."""

from __future__ import annotations

import pytest

from tests.properties.mutated_shapes.run import Trial
from tests.properties.mutated_shapes.shape import Shape

SEEDS = {"castor": (0, 3), "openclinica": (0,), "sdtm_json": (0,)}
"""A few in every run of the tests; all shapes, by the hundred: ``make torture``."""


@pytest.mark.parametrize("name", SEEDS)
def test_nothing_changes_unsaid(shapes: dict[str, Shape], name: str) -> None:
    trial = Trial(shapes[name])
    for seed in SEEDS[name]:
        verdict = trial.run(seed)
        assert verdict.faults == (), f"{name} {seed}: {verdict.said}"
