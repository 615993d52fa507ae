"""Colours keep their order in grey, and their labels can be read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb

from analysis.display.drawing.palette import MRS_RAMP, contrast, ink_on, ramp, relative_luminance

READABLE = 4.5
"""WCAG 2.2 AA for text of normal size."""

COLOUR_BLIND = {
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
"""Machado GM, Oliveira MM, Fernandes LAF (2009) IEEE Trans Vis Comput Graph 15:1291, severity 1."""


def lightness(colour: str) -> float:
    """CIE L* of a colour."""
    luminance = relative_luminance(colour)
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def test_the_ramp_darkens_in_even_steps() -> None:
    steps = [lightness(colour) for colour in MRS_RAMP]
    falls = [high - low for high, low in pairwise(steps)]
    assert min(falls) > 12
    assert max(falls) < 14


@pytest.mark.parametrize("steps", [2, 4, 7])
def test_every_level_has_its_colour_and_readable_ink(steps: int) -> None:
    colours = ramp(steps)
    assert len(set(colours)) == steps
    assert all(contrast(ink_on(colour), colour) >= READABLE for colour in colours)


def simulate(colour: str, matrix: np.ndarray) -> str:
    """A colour as it is seen with a cone type lacking (linear RGB)."""
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(matrix @ linear, 0, 1)
    return to_hex(np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055))


@pytest.mark.parametrize("matrix", COLOUR_BLIND.values(), ids=COLOUR_BLIND)
def test_colour_blind_readers_see_the_order_and_read_the_ink(matrix: np.ndarray) -> None:
    seen = [simulate(colour, matrix) for colour in MRS_RAMP]
    assert all(lightness(high) - lightness(low) > 8 for high, low in pairwise(seen))
    for colour, shown in zip(MRS_RAMP, seen, strict=True):
        assert contrast(simulate(ink_on(colour), matrix), shown) >= READABLE


def test_black_on_white_is_the_largest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
