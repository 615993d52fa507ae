"""REDCap's wide file with labels as headers, which repeat, comes back as the layout's tables."""

from __future__ import annotations

import pytest

from tests.unit.simulate.exports.read_back.conftest import MakeShape, Shaped


@pytest.fixture(scope="module")
def shaped(make_shape: MakeShape) -> Shaped:
    return make_shape("redcap_labels")


def test_every_cell_comes_back(shaped: Shaped) -> None:
    shaped.require_read_back()


def test_what_cannot_be_carried_is_counted(shaped: Shaped) -> None:
    assert shaped.lost == {("dm", ""), ("mrs", "")}
