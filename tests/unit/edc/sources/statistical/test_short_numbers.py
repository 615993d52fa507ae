"""Numbers that SAS stored in fewer than eight bytes read as the decimals that were meant."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import Mapping
from analysis.edc.sources.statistical.short_numbers import restore_decimal
from tests.unit.edc.sources.read_file import read_text_table
from tests.unit.edc.sources.statistical.transport import write_numbers

MEANT = [2.8, 22.2, 1.7, 0.9, 70.1, 63.3, -0.1, 80.0, 18.0, 0.0, 5.25, 220.5]


@pytest.mark.parametrize("length", [4, 5, 6, 7, 8])
def test_a_transport_file(
    length: int, tmp_path: Path, make_mapping: Callable[..., Mapping]
) -> None:
    path = tmp_path / "bl.xpt"
    write_numbers(path, {"GLUC": length}, [[value] for value in MEANT])
    texts = read_text_table(path, make_mapping())["GLUC"]
    assert [float(text) for text in texts] == MEANT
    assert texts[0] == "2.8"
    assert texts[7] == "80"


def cut_ieee(value: float, length: int) -> float:
    """What a SAS data set holds of a double: its first bytes."""
    return float(struct.unpack(">d", struct.pack(">d", value)[:length].ljust(8, b"\0"))[0])


@given(st.integers(-99_999, 99_999), st.integers(0, 3), st.integers(5, 8))
def test_a_decimal_comes_back_from_a_data_set(digits: int, decimals: int, length: int) -> None:
    meant = digits / 10**decimals
    assert restore_decimal(cut_ieee(meant, length), length, is_transport=False) == meant


@given(st.integers(-(2**20), 2**20), st.integers(3, 8), st.booleans())
def test_whole_numbers_stand_for_themselves(number: int, length: int, transport: bool) -> None:
    assert restore_decimal(float(number), length, is_transport=transport) == number


@given(st.floats(allow_nan=False))
def test_full_length_changes_nothing(value: float) -> None:
    assert restore_decimal(value, 8, is_transport=True) == value
