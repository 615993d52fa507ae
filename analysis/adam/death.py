"""Date of death (SAP 4.1)."""

import pandas as pd

from analysis.adam.tables import SUBJECT, Tables, by_subject, compute_day, flag, look_up
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.queries import Query, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.written.values import complete_date
from analysis.io.large.text_columns import is_among


def derive_death(
    adsl: pd.DataFrame, tables: Tables, plan: Plan
) -> tuple[pd.DataFrame, list[Query]]:
    """Add DTHFL, DTHDT, DTHADY, DTHSRC, DTHCAUS and DTH90FL; same rows.

    DTHDT is DTHDTC of ``dd``; without one, the earliest date of an mRS of 6, of the disposition
    DEATH, and of a fatal adverse event (SAP 4.1). DTHSRC names the table it came from. A death
    without any date has DTHFL = Y and no DTHDT.
    """
    recorded = look_up(adsl, by_subject(tables["dd"], "DTHDTC"))
    evidence = _collect_evidence(tables, plan).sort_values(["DTHDT", "DTHSRC"], kind="stable")
    other = evidence.dropna(subset=["DTHDT"]).drop_duplicates(SUBJECT).set_index(SUBJECT)
    inferred = look_up(adsl, other["DTHDT"])
    source = look_up(adsl, other["DTHSRC"])
    died = is_among(adsl[SUBJECT], evidence[SUBJECT])
    died |= is_among(adsl[SUBJECT], tables["dd"][SUBJECT])
    date = recorded.fillna(inferred)
    derived = adsl.assign(
        DTHFL=flag(died),
        DTHDT=date,
        DTHADY=compute_day(date, adsl["RANDDTM"]),
        DTHSRC=source.mask(recorded.notna(), "dd").where(date.notna()),
        DTHCAUS=look_up(adsl, by_subject(tables["dd"], "DTHCAUS")),
    )
    derived["DTH90FL"] = flag(derived["DTHADY"] <= plan.safety.death_day)
    return derived, _query_deaths(derived, set(tables["dd"][SUBJECT]))


def _collect_evidence(tables: Tables, plan: Plan) -> pd.DataFrame:
    """Every sign of a death outside ``dd``: subject, date (may be missing), table."""
    mrs, ds, ae = tables["mrs"], tables["ds"], tables["ae"]
    dead = mrs[mrs["MRS"] == DEATH_SCORE]
    disposed = ds[ds["DSDECOD"] == "DEATH"]
    fatal = ae[ae["AEOUT"] == "FATAL"]
    ended = pd.Series(
        [complete_date(text) for text in fatal["AEENDTC"]], index=fatal.index, dtype="datetime64[s]"
    )
    signs = (
        (dead[SUBJECT], dead["MRSDTC"], "mrs"),
        (disposed[SUBJECT], disposed["DSSTDTC"], "ds"),
        (fatal[SUBJECT], ended, "ae"),
    )
    return pd.concat(
        [pd.DataFrame({SUBJECT: s, "DTHDT": date, "DTHSRC": t}) for s, date, t in signs],
        ignore_index=True,
    )


_CODES = {
    (True, False): MessageCode.DEATH_NOT_IN_DD,
    (True, True): MessageCode.DEATH_UNDATED_IN_DD,
    (False, False): MessageCode.DEATH_NOT_IN_DD_WITHOUT_DATE,
    (False, True): MessageCode.DEATH_WITHOUT_DATE,
}
"""By whether a table knows the date, and whether dd has a row."""


def _query_deaths(adsl: pd.DataFrame, in_dd: set[str]) -> list[Query]:
    died = adsl[(adsl["DTHFL"] == "Y") & (adsl["DTHSRC"] != "dd").fillna(True)]
    queries = []
    for row in died[[SUBJECT, "DTHDT", "DTHSRC"]].to_dict("records"):
        known = not pd.isna(row["DTHDT"])
        code = _CODES[known, row[SUBJECT] in in_dd]
        queries.append(
            Query(
                Severity.WARNING if known else Severity.ERROR,
                "dd",
                f"{SUBJECT}={row[SUBJECT]}",
                "DTHDTC",
                f"{row['DTHDT']:%Y-%m-%d}" if known else "",
                code.rule,
                code.write(table=row["DTHSRC"]) if known else code.write(),
            )
        )
    return queries
