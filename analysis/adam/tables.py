"""Look-ups by subject, study days, hours, doses given and flags: what every derivation uses."""

from collections.abc import Mapping

import pandas as pd

SUBJECT = "SUBJID"
_SECONDS_PER_HOUR = 3600.0
Tables = Mapping[str, pd.DataFrame]


def by_subject(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return ``column`` of a table with one row per subject, by subject."""
    return frame.set_index(SUBJECT)[column]


def look_up(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    """Return ``values`` (by subject) for every row of ``rows``; missing where there is none.

    Unlike ``Series.map`` it keeps the type of ``values`` when there are no rows.
    """
    return values.reindex(rows[SUBJECT]).set_axis(rows.index)


def compute_day(dates: pd.Series, randomised: pd.Series) -> pd.Series:
    """Return the study day: calendar date minus that of randomisation, which is day 0 (SAP 1.1)."""
    elapsed = dates.dt.normalize() - randomised.dt.normalize()
    days: pd.Series = elapsed.dt.days.astype("Int64")
    return days


def compute_hours(later: pd.Series, earlier: pd.Series) -> pd.Series:
    """Return the hours from one moment to another, negative if the order is the other way."""
    hours: pd.Series = (later - earlier).dt.total_seconds() / _SECONDS_PER_HOUR
    return hours


def given_doses(tables: Tables) -> pd.DataFrame:
    """Return the rows of ``ex`` with a dose above 0 mg."""
    ex = tables["ex"]
    return ex[(ex["EXDOSE"] > 0).fillna(False)]


def flag(condition: pd.Series) -> pd.Series:
    """Return "Y" where the condition holds, else "N"."""
    codes = condition.fillna(False).to_numpy(dtype=bool).astype("int8")
    flags = pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(["N", "Y"]))
    return pd.Series(flags, index=condition.index, name=condition.name).astype("str")
