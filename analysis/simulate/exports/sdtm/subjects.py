"""DM, what its supplement has, disposition and deaths."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.sdtm.study import (
    STUDY,
    SUBJECT,
    encode,
    number_rows,
    start_domain,
)

NO_SUBJECT_ROW = "the date of death of a subject without a row in DM, where it stands"
RANDOMIZED = "RANDOMIZED"


def build_dm(carrier: Carrier) -> pd.DataFrame:
    """Return DM, a row a subject; the date of death stands here."""
    frame = start_domain(carrier, "dm", "DM").drop(columns="DMSEQ")
    frame["SUBJID"] = carrier.tables["dm"]["SUBJID"]
    frame["RFICDTC"] = encode(carrier, "dm", "RFICDTC")
    deaths = carrier.tables["dd"].set_index("SUBJID")["DTHDTC"]
    frame["DTHDTC"] = frame["SUBJID"].map(deaths).fillna("")
    frame["DTHFL"] = frame["SUBJID"].isin(deaths.index).map({True: "Y", False: ""})
    frame["SITEID"] = carrier.tables["dm"]["SITEID"]
    frame["AGE"], frame["AGEU"] = encode(carrier, "dm", "AGE"), "YEARS"
    frame["SEX"] = encode(carrier, "dm", "SEX")
    _restore_deaths(carrier)
    return frame


def build_supplement(carrier: Carrier) -> pd.DataFrame:
    """Return SUPPDM: who consented, and the numbers that the IWRS gave."""
    parts = [
        _qualify(carrier, table, column)
        for table, column in (("dm", "RFICBY"), ("rand", "RANDNO"), ("rand", "KITNO"))
    ]
    return pd.concat(parts).sort_values("USUBJID", kind="stable").reset_index(drop=True)


def build_ds(carrier: Carrier) -> pd.DataFrame:
    """Return DS: randomisation as a protocol milestone, and the end of the study."""
    start = start_domain(carrier, "rand", "DS")
    start["DSTERM"] = start["DSDECOD"] = RANDOMIZED
    start["DSCAT"] = "PROTOCOL MILESTONE"
    start["DSSTDTC"] = encode(carrier, "rand", "RANDDTC")
    end = start_domain(carrier, "ds", "DS")
    end["DSTERM"] = end["DSDECOD"] = encode(carrier, "ds", "DSDECOD")
    end["DSCAT"] = "DISPOSITION EVENT"
    end["DSSTDTC"] = encode(carrier, "ds", "DSSTDTC")
    return number_rows(pd.concat([start, end]), "DS")


def build_dd(carrier: Carrier) -> pd.DataFrame:
    """Return DD, the cause of each death."""
    frame = start_domain(carrier, "dd", "DD")
    frame["DDTESTCD"], frame["DDTEST"] = "PRCDTH", "Primary Cause of Death"
    frame["DDORRES"] = encode(carrier, "dd", "DTHCAUS")
    return frame


def _qualify(carrier: Carrier, table: str, column: str) -> pd.DataFrame:
    frame = pd.DataFrame({"STUDYID": STUDY, "RDOMAIN": "DM"}, index=carrier.tables[table].index)
    frame["USUBJID"] = carrier.encode(table, "SUBJID", SUBJECT)
    frame["IDVAR"], frame["IDVARVAL"], frame["QNAM"] = "", "", column
    frame["QVAL"] = encode(carrier, table, column)
    return frame[frame["QVAL"] != ""]


def _restore_deaths(carrier: Carrier) -> None:
    """A death without a subject in DM has no date there."""
    dd = carrier.tables["dd"]
    there = dd["SUBJID"].isin(carrier.tables["dm"]["SUBJID"])
    carrier.restore("dd", "DTHDTC", dd["DTHDTC"].where(there, ""), NO_SUBJECT_ROW)
