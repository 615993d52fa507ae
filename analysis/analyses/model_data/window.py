"""Outcomes assessed outside the window of the plan (SAP 4.3 d)."""

import pandas as pd

from analysis.config.blocks.outcome import DEATH_SCORE

OUT_OF_WINDOW = "d"
"""The rule of SAP 4.3 that chose an assessment outside the window."""


def is_out_of_window(adsl: pd.DataFrame) -> pd.Series:
    """Return for each subject whether the outcome is an assessment outside the window.

    A death never is. Subjects without an outcome: False.
    """
    late = adsl["MRS90RUL"].eq(OUT_OF_WINDOW).fillna(False)
    return late & adsl["MRS90SCR"].ne(DEATH_SCORE).fillna(False)
