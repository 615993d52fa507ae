"""Mutants are made, whatever an earlier change has left of the files."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.properties.mutated_shapes.mutate import mutate
from tests.properties.mutated_shapes.shape import Shape


@pytest.mark.parametrize("files", [{}, {"cut off.xlsx": b"PK"}], ids=["none", "one, damaged"])
def test_no_file_that_can_be_changed(shapes: dict[str, Shape], files: dict[str, bytes]) -> None:
    shape = replace(shapes["chinese_hospital_xlsx"], files=files)
    for seed in range(20):
        assert mutate(random.Random(seed), shape).changes
