"""Date last known alive (SAP 9.1)."""

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.adam.tables import SUBJECT, Tables, compute_day, flag, given_doses, look_up
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.written.values import complete_date

Sign = tuple[pd.Series, pd.Series]
"""Subjects and dates, row by row."""


def derive_last_alive(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Add LSTALVDT, LSTALVDY and ALV90FL (known alive on the day of the outcome); same rows.

    LSTALVDT is the latest complete date of a sign of life (SAP 9.1), at the latest the day of
    death. ALV90FL = Y for whoever has one on or after that day, or died after it.
    """
    latest = find_last_alive(adsl, tables)
    latest = latest.mask(latest > adsl["DTHDT"], adsl["DTHDT"])
    day = compute_day(latest, adsl["RANDDTM"])
    later = (adsl["DTHADY"] > plan.outcome.day).fillna(False)
    dead = (adsl["DTHADY"] <= plan.outcome.day).fillna(False)
    alive = ((day >= plan.outcome.day).fillna(False) & ~dead) | later
    return adsl.assign(LSTALVDT=latest, LSTALVDY=day, ALV90FL=flag(alive))


def find_last_alive(adsl: pd.DataFrame, tables: Tables) -> pd.Series:
    """Return by row of ADSL the latest complete date of a sign of life, whatever date a death has.

    Nobody is without one, as everybody was randomised.
    """
    latest: pd.Series = _find_latest(adsl, _find_signs(adsl, tables)).dt.normalize()
    return latest


def _find_latest(adsl: pd.DataFrame, signs: Iterable[Sign]) -> pd.Series:
    """The latest date of each subject, missing without any."""
    latest = pd.Series(pd.NaT, index=adsl.index, dtype="datetime64[s]")
    for subjects, dates in signs:
        dated = pd.DataFrame({SUBJECT: subjects, "DATE": dates.astype("datetime64[s]")})
        found = dated.dropna(subset=["DATE"]).groupby(SUBJECT)["DATE"].max()
        found = look_up(adsl, found)
        latest = latest.mask(latest.isna() | (found > latest), found)
    return latest


def _find_signs(adsl: pd.DataFrame, tables: Tables) -> Iterator[Sign]:
    """Subjects and dates of everything that only the living have or do."""
    yield from _pick(adsl, "RANDDTM")
    yield from _pick(tables["evt"], "PUNCDTC", "RECANDTC")
    yield from _pick(given_doses(tables), "EXSTDTC")
    yield from _pick(tables["nihss"], "NIHDTC")
    yield from _pick(_find_scored(tables["mrs"]), "MRSDTC")
    yield from _pick(tables["eq5d"], "EQDTC")
    yield from _pick(tables["ich"], "ICHDTC")
    yield from _find_in_events(tables["ae"])
    yield _find_completed(tables["ds"])


def _pick(rows: pd.DataFrame, *columns: str) -> list[Sign]:
    return [(rows[SUBJECT], rows[column]) for column in columns]


def _find_scored(mrs: pd.DataFrame) -> pd.DataFrame:
    return mrs[(mrs["MRS"] < DEATH_SCORE).fillna(False)]


def _find_completed(ds: pd.DataFrame) -> Sign:
    completed = ds[ds["DSDECOD"].eq("COMPLETED").fillna(False)]
    return completed[SUBJECT], _complete_dates(completed["DSSTDTC"])


def _find_in_events(ae: pd.DataFrame) -> Iterator[Sign]:
    """The start of an event, and the end of one that was survived."""
    yield ae[SUBJECT], _complete_dates(ae["AESTDTC"])
    survived = ae[ae["AEOUT"].ne("FATAL").fillna(True)]
    yield survived[SUBJECT], _complete_dates(survived["AEENDTC"])


def _complete_dates(texts: pd.Series) -> pd.Series:
    days = [complete_date(text) for text in texts]
    return pd.Series(days, index=texts.index, dtype="datetime64[s]")
