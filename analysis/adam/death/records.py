"""Every record of a death in the export, with the date that it gives (SAP 4.1)."""

import pandas as pd

from analysis.adam.death.contradicted import find_contradicted
from analysis.adam.tables import SUBJECT, Tables
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.written.values import complete_date


def list_records(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return one row per record of a death: SUBJID, SOURCE (its table), GIVEN and DAY.

    Records are rows of ``dd``, an mRS of 6 that no central score contradicts, the disposition
    DEATH, and fatal adverse events, dated by their end. GIVEN is the date as ISO text, of which
    parts may be missing, or missing; DAY the day that it names, if it is given in full.
    """
    dd, mrs, ds, ae = (tables[name] for name in ("dd", "mrs", "ds", "ae"))
    dead = mrs[(mrs["MRS"] == DEATH_SCORE).fillna(False) & ~find_contradicted(adsl, tables, plan)]
    disposed = ds[(ds["DSDECOD"] == "DEATH").fillna(False)]
    fatal = ae[(ae["AEOUT"] == "FATAL").fillna(False)]
    records = pd.concat(
        [
            pd.DataFrame({SUBJECT: rows[SUBJECT], "SOURCE": source, "GIVEN": given.astype("str")})
            for source, rows, given in (
                ("dd", dd, dd["DTHDTC"]),
                ("mrs", dead, dead["MRSDTC"].dt.strftime("%Y-%m-%d")),
                ("ds", disposed, disposed["DSSTDTC"].dt.strftime("%Y-%m-%d")),
                ("ae", fatal, fatal["AEENDTC"]),
            )
        ],
        ignore_index=True,
    )
    days = [complete_date(text) for text in records["GIVEN"]]
    return records.assign(DAY=pd.Series(days, index=records.index, dtype="datetime64[s]"))
