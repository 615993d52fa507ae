"""The columns of a figure on a sheet of any width."""

from __future__ import annotations

from analysis.display.frame import sheet_width
from analysis.display.presets import HOUSE


def across(inches: float) -> float:
    """Return where what stands at ``inches`` on the sheet of the house stands on that of now.

    Columns keep their share of the width: what a narrower sheet takes from them, the narrower
    letters of its journal need less.
    """
    return inches * (sheet_width() / HOUSE.width)
