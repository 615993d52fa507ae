"""The shapes of one small trial, made once."""

from __future__ import annotations

import pytest

from tests.properties.mutated_shapes.shape import PARTS, Shape, make_shapes

LOOKED_AT = ("castor", "openclinica", "rave_xpt", "sdtm_json", "chinese_hospital_xlsx")
"""One shape of each format; all of them: ``make torture``."""


@pytest.fixture(scope="session")
def shapes() -> dict[str, Shape]:
    return make_shapes({name: PARTS[name] for name in LOOKED_AT})
