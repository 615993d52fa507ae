"""Date of death (SAP 4.1)."""

from collections.abc import Mapping

import pandas as pd

from analysis.adam.death.imputed import FIRST, ImputedDate, impute_death
from analysis.adam.death.last_alive import find_last_alive
from analysis.adam.death.queries import query_deaths
from analysis.adam.death.records import list_records
from analysis.adam.tables import SUBJECT, Tables, by_subject, compute_day, flag, look_up
from analysis.config import Plan
from analysis.edc.queries import Query
from analysis.io.large.text_columns import is_among


def derive_death(
    adsl: pd.DataFrame, tables: Tables, plan: Plan
) -> tuple[pd.DataFrame, list[Query]]:
    """Add DTHFL, DTHDT, DTHDTF, DTHADY, DTHSRC, DTHCAUS and DTH90FL; same rows.

    DTHDT is DTHDTC of ``dd``, given in full; without it the earliest full date of an mRS of 6, of
    the disposition DEATH, and of a fatal adverse event (SAP 4.1); without any the day of
    :func:`impute_death`, so that DTHFL = Y always has a date. DTHDTF says what of it is imputed (D
    day, M month and day, Y everything). DTHSRC names the table of the date, or of the partial date
    that was completed; missing where nothing that is given fits.
    """
    records = list_records(adsl, tables, plan)
    died = is_among(adsl[SUBJECT], records[SUBJECT])
    dated = _choose_dated(records)
    day, source = (look_up(adsl, dated[name]) for name in ("DAY", "SOURCE"))
    imputed = _impute(adsl[died & day.isna()], records, tables)
    day = day.fillna(_spread({who: each.day for who, each in imputed.items()}, adsl, day.dtype))
    completed = {who: each.source for who, each in imputed.items() if each.fits}
    derived = adsl.assign(
        DTHFL=flag(died),
        DTHDT=day,
        DTHDTF=_spread({who: each.flag for who, each in imputed.items()}, adsl, "str"),
        DTHADY=compute_day(day, adsl["RANDDTM"]),
        DTHSRC=source.fillna(_spread(completed, adsl, "str")),
        DTHCAUS=look_up(adsl, by_subject(tables["dd"], "DTHCAUS")),
    )
    derived["DTH90FL"] = flag(derived["DTHADY"] <= plan.safety.death_day)
    return derived, query_deaths(derived, set(tables["dd"][SUBJECT]), imputed)


def _choose_dated(records: pd.DataFrame) -> pd.DataFrame:
    """The record that dates each death in full, by subject: that of ``dd``, else the earliest."""
    dated = records.dropna(subset=["DAY"])
    dated = dated.assign(rank=dated["SOURCE"] != FIRST)
    ordered = dated.sort_values(["rank", "DAY", "SOURCE"], kind="stable")
    return ordered.drop_duplicates(SUBJECT).set_index(SUBJECT)


def _impute(undated: pd.DataFrame, records: pd.DataFrame, tables: Tables) -> dict[str, ImputedDate]:
    """By subject the date of each death that has none in full."""
    if undated.empty:
        return {}
    partial = records[is_among(records[SUBJECT], undated[SUBJECT])].dropna(subset=["GIVEN"])
    given: dict[str, dict[str, list[str]]] = {subject: {} for subject in undated[SUBJECT]}
    for subject, source, text in zip(
        partial[SUBJECT], partial["SOURCE"], partial["GIVEN"], strict=True
    ):
        given[subject].setdefault(source, []).append(text)
    days = dict(zip(undated[SUBJECT], find_last_alive(undated, tables), strict=True))
    return {subject: impute_death(texts, days[subject].date()) for subject, texts in given.items()}


def _spread(values: Mapping[str, object], adsl: pd.DataFrame, dtype: object) -> pd.Series:
    """Values by subject on the rows of ADSL."""
    return look_up(adsl, pd.Series(values, dtype=dtype))  # type: ignore[call-overload]
