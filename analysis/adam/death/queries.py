"""Data queries on deaths that ``dd`` does not date in full (SAP 4.1)."""

from collections.abc import Mapping

import pandas as pd

from analysis.adam.death.imputed import ImputedDate
from analysis.adam.tables import SUBJECT
from analysis.edc.queries import Query, Severity
from analysis.edc.queries.words.message_codes import MessageCode


def query_deaths(
    adsl: pd.DataFrame,
    in_dd: set[str],
    imputed: Mapping[str, ImputedDate],
) -> list[Query]:
    """Return one query for each death without a full date in ``dd``, saying which date is used.

    ``in_dd``: the subjects with a row there.
    """
    died = adsl[(adsl["DTHFL"] == "Y") & (adsl["DTHSRC"].ne("dd") | adsl["DTHDTF"].notna())]
    return [
        _query_imputed(row[SUBJECT], row[SUBJECT] in in_dd, imputed[row[SUBJECT]])
        if row[SUBJECT] in imputed
        else _query_dated(row[SUBJECT], row[SUBJECT] in in_dd, row["DTHDT"], row["DTHSRC"])
        for row in died[[SUBJECT, "DTHDT", "DTHSRC"]].to_dict("records")
    ]


def _query_dated(subject: str, is_in_dd: bool, day: pd.Timestamp, source: str) -> Query:
    """Another table holds a full date."""
    code = MessageCode.DEATH_UNDATED_IN_DD if is_in_dd else MessageCode.DEATH_NOT_IN_DD
    return _query(subject, Severity.WARNING, f"{day:%Y-%m-%d}", code, table=source)


def _query_imputed(subject: str, is_in_dd: bool, found: ImputedDate) -> Query:
    """No table holds one: the query says what was made of what there is."""
    date = f"{found.day:%Y-%m-%d}"
    if not found.given:
        absent = MessageCode.DEATH_NOT_IN_DD_WITHOUT_DATE
        code = MessageCode.DEATH_WITHOUT_DATE if is_in_dd else absent
        return _query(subject, Severity.ERROR, "", code, date=date)
    fields = {"table": found.source, "date": date, "alive": f"{found.last_alive:%Y-%m-%d}"}
    if found.fits:
        severity, code = Severity.WARNING, MessageCode.DEATH_PARTLY_DATED
    else:
        severity, code = Severity.ERROR, MessageCode.DEATH_DATED_TOO_EARLY
    return _query(subject, severity, found.given, code, given=found.given, **fields)


def _query(subject: str, severity: Severity, value: str, code: MessageCode, **fields: str) -> Query:
    key = f"{SUBJECT}={subject}"
    return Query(severity, "dd", key, "DTHDTC", value, code.rule, code.write(**fields))
