"""Every record of a death in the export, with the date that it gives (SAP 4.1)."""

from collections.abc import Iterator

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from analysis.adam.death.contradicted import find_contradicted, find_dead
from analysis.adam.tables import SUBJECT, Tables
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.written.values import complete_date

DATES = {"ds": "DSSTDTC", "ae": "AEENDTC"}
"""By table whose rows may record a death, the column of its date."""


def list_records(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return one row per record of a death: SUBJID, SOURCE (its table), GIVEN and DAY.

    Records are rows of ``dd``, an mRS of 6 that no central score contradicts, the disposition
    DEATH, and fatal adverse events, dated by their end. GIVEN is the date as ISO text, of which
    parts may be missing, or missing; DAY the day that it names, if it is given in full.
    """
    records = pd.concat(_iter_records(adsl, tables, plan), ignore_index=True)
    days = [complete_date(text) for text in records["GIVEN"]]
    return records.assign(DAY=pd.Series(days, index=records.index, dtype="datetime64[s]"))


def _iter_records(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> Iterator[pd.DataFrame]:
    """The records of each table, one table at a time."""
    yield _describe("dd", tables["dd"], "DTHDTC")
    mrs = tables["mrs"]
    dead = (mrs["MRS"] == DEATH_SCORE).fillna(False) & ~find_contradicted(adsl, tables, plan)
    yield _describe("mrs", mrs[dead], "MRSDTC")
    yield from (_describe(name, find_dead(name, tables), date) for name, date in DATES.items())


def _describe(source: str, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    given = rows[column]
    if is_datetime64_any_dtype(given):
        given = given.dt.strftime("%Y-%m-%d")
    return pd.DataFrame({SUBJECT: rows[SUBJECT], "SOURCE": source, "GIVEN": given.astype("str")})
