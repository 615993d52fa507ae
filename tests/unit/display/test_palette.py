"""Colours keep their order in grey, and their labels can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from analysis.display.palette import (
    MRS_RAMP,
    contrast,
    ink_on,
    ramp,
    relative_luminance,
)

READABLE = 4.5
"""WCAG 2.2 AA for text of normal size."""


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


def test_black_on_white_is_the_largest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
