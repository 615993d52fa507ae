"""ADTTE: time from randomisation to death, or to the last day known alive (SAP 9.1)."""

import pandas as pd

from analysis.adam.tables import SUBJECT
from analysis.config import Plan

PARAMETER = {"PARAMCD": "DEATH", "PARAM": "time to death, days"}
FROM_ADSL = ["STUDYID", SUBJECT, "SITEID", "TRT01P", "TRT01A", "ITTFL", "PPROTFL", "SAFFL"]
DIED, DIED_LATER, ALIVE = "died", "died later", "known alive on the last day"
LAST_ALIVE = "last day known alive"


def build_adtte(adsl: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return one row per subject of ADSL: AVAL days from randomisation, CNSR 0 death, 1 censored.

    A death on or before ``safety.death_day`` is an event on its day; one recorded before
    randomisation is an event on day 0. Whoever died later, or is known alive on or after that day,
    is censored on it; everybody else on the last day known alive, LSTALVDY of ADSL. EVNTDESC says
    which. ADT is the date of death, or that of AVAL.
    """
    last_day = plan.safety.death_day
    died = adsl["DTH90FL"] == "Y"
    later = (adsl["DTHADY"] > last_day).fillna(False)
    alive = (adsl["LSTALVDY"] >= last_day).fillna(False)
    censored = adsl["LSTALVDY"].mask(later | alive, last_day)
    day = censored.mask(died, adsl["DTHADY"].clip(lower=0))
    date = adsl["RANDDT"] + pd.to_timedelta(day.astype("int64"), unit="D").astype("timedelta64[s]")
    described = pd.Series(LAST_ALIVE, index=adsl.index, dtype="str")
    described = described.mask(alive, ALIVE).mask(later, DIED_LATER).mask(died, DIED)
    return adsl[FROM_ADSL].assign(
        **PARAMETER,
        STARTDT=adsl["RANDDT"],
        ADT=date.mask(died, adsl["DTHDT"]),
        AVAL=day.astype("Int64"),
        CNSR=(~died).astype("Int64"),
        EVNTDESC=described,
        SRCDOM=adsl["DTHSRC"].where(died),
    )
