"""The Chinese of every word that a figure says, by its English."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.display.words.chinese.grotta import WORDS as GROTTA
from analysis.display.words.chinese.plots import WORDS as PLOTS
from analysis.display.words.chinese.shared import WORDS as SHARED

CHINESE: Mapping[str, str] = {**SHARED, **GROTTA, **PLOTS}
"""Templates: what stands in braces is put in by :func:`analysis.display.words.language.say`."""
