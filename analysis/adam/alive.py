"""Date last known alive (SAP 9.1)."""

from collections.abc import Iterator

import pandas as pd

from analysis.adam.adsl.dosing import given_doses
from analysis.adam.tables import SUBJECT, Tables, compute_day, flag, look_up
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.written.values import complete_date


def derive_last_alive(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Add LSTALVDT, LSTALVDY and ALV90FL (known alive on the day of the outcome); same rows.

    LSTALVDT is the latest complete date of a sign of life (SAP 9.1), at the latest the day of
    death. ALV90FL = Y for whoever has one on or after that day, or died after it.
    """
    signs = pd.concat(
        [
            pd.DataFrame({SUBJECT: rows[SUBJECT], "DATE": dates.astype("datetime64[s]")})
            for rows, dates in _find_signs(adsl, tables, plan)
        ]
    ).dropna(subset=["DATE"])
    latest = look_up(adsl, signs.groupby(SUBJECT)["DATE"].max()).dt.normalize()
    latest = latest.mask(latest > adsl["DTHDT"], adsl["DTHDT"])
    day = compute_day(latest, adsl["RANDDTM"])
    later = (adsl["DTHADY"] > plan.outcome.day).fillna(False)
    dead = (adsl["DTHADY"] <= plan.outcome.day).fillna(False)
    alive = ((day >= plan.outcome.day).fillna(False) & ~dead) | later
    return adsl.assign(LSTALVDT=latest, LSTALVDY=day, ALV90FL=flag(alive))


def _find_signs(
    adsl: pd.DataFrame, tables: Tables, plan: Plan
) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """Rows and their dates of everything that only the living have or do."""
    yield adsl, adsl["RANDDTM"]
    evt = tables["evt"]
    yield evt, evt["PUNCDTC"]
    yield evt, evt["RECANDTC"]
    doses = given_doses(tables)
    yield doses, doses["EXSTDTC"]
    yield tables["nihss"], tables["nihss"]["NIHDTC"]
    scored = tables["mrs"][(tables["mrs"]["MRS"] < DEATH_SCORE).fillna(False)]
    yield scored, scored["MRSDTC"]
    yield tables["eq5d"], tables["eq5d"]["EQDTC"]
    yield tables["ich"], tables["ich"]["ICHDTC"]
    ae = tables["ae"]
    yield ae, _complete_dates(ae["AESTDTC"])
    survived = ae[ae["AEOUT"].ne("FATAL").fillna(True)]
    yield survived, _complete_dates(survived["AEENDTC"])
    completed = tables["ds"][tables["ds"]["DSDECOD"].eq("COMPLETED").fillna(False)]
    yield completed, completed["DSSTDTC"]


def _complete_dates(texts: pd.Series) -> pd.Series:
    days = [complete_date(text) for text in texts]
    return pd.Series(days, index=texts.index, dtype="datetime64[s]")
