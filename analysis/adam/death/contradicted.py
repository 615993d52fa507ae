"""A local mRS of 6 that a central score contradicts: no death (SAP 4.1)."""

from collections.abc import Iterator

import pandas as pd

from analysis.adam.tables import SUBJECT, Tables, by_subject, compute_day, look_up
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.io.large.text_columns import is_among

LOCAL, CENTRAL = "LOCAL", "CENTRAL"
MEANINGS = {"ds": ("DSDECOD", "DEATH"), "ae": ("AEOUT", "FATAL")}
"""By table: the column that may say of a row that it records a death, and what it then holds."""


def find_contradicted(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> "pd.Series[bool]":
    """Return for each row of ``mrs`` whether it is a local 6 that a central score takes back.

    It is the only 6 of its subject, at whatever visit; no row of ``dd``, no disposition DEATH and
    no fatal adverse event records a death; and a central score below 6 has a later study day, or
    both lie in the window of the outcome. A row without a date contradicts nothing, and nothing
    contradicts it.
    """
    mrs = tables["mrs"]
    subjects, score = mrs[SUBJECT], mrs["MRS"]
    day = compute_day(mrs["MRSDTC"], look_up(mrs, by_subject(adsl, "RANDDTM")))
    inside = _hold((day - plan.outcome.day).abs() <= plan.outcome.window_days)
    is_death = _hold(score == DEATH_SCORE)
    alone = is_death.groupby(subjects).transform("sum") == 1
    for rows in _iter_elsewhere(tables):
        alone &= ~is_among(subjects, rows[SUBJECT])
    living = _hold(score < DEATH_SCORE) & _hold(mrs["MRSSRC"] == CENTRAL) & day.notna()
    last = look_up(mrs, day[living].groupby(subjects[living]).max())
    same_window = inside & is_among(subjects, subjects[living & inside])
    contradicted = _hold(last > day) | same_window
    return is_death & _hold(mrs["MRSSRC"] == LOCAL) & alone & contradicted


def find_dead(table: str, tables: Tables) -> pd.DataFrame:
    """Return the rows of ``ds`` or ``ae`` that record a death, dated or not."""
    column, meaning = MEANINGS[table]
    rows = tables[table]
    return rows[_hold(rows[column] == meaning)]


def _iter_elsewhere(tables: Tables) -> Iterator[pd.DataFrame]:
    yield tables["dd"]
    yield from (find_dead(name, tables) for name in MEANINGS)


def _hold(condition: pd.Series) -> "pd.Series[bool]":
    """Where a condition holds; it does not hold where a value is missing."""
    return condition.fillna(False).astype(bool)
