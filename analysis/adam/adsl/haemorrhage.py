"""Intracranial haemorrhage within the window after randomisation (SAP 9.2)."""

import pandas as pd

from analysis.adam.tables import SUBJECT, Tables, by_subject, compute_hours, flag, look_up
from analysis.config import Plan
from analysis.config.blocks.safety.outcomes import CLASSES, name_class_flag
from analysis.edc.queries import Query, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.io.large.text_columns import is_among


def derive_haemorrhage(
    adsl: pd.DataFrame, tables: Tables, plan: Plan
) -> tuple[pd.DataFrame, list[Query]]:
    """Add SICH48FL, SICHUNFL, ICH48FL, PH48FL, ICHUNFL, ICHIMGFL and those of classes; same rows.

    SICH48FL: symptomatic haemorrhage (SICH = Y) in the window, or without a date. ICH48FL: any
    haemorrhage (ICHTYPE given and not NONE) in the window. PH48FL: parenchymal haematoma in the
    window. The ``UNFL`` flags mark subjects with no known status from imaging in the window; they
    count as no event. ICHIMGFL: any imaging in the window, of known status or not. ICH1AFL to
    ICH3DFL: an image of that Heidelberg class in the window; a subject may have several.
    """
    ich = tables["ich"]
    inside = compute_image_hours(adsl, ich).between(0, plan.safety.haemorrhage_hours)
    symptomatic = ich["SICH"].eq("Y").fillna(False)
    undated = symptomatic & ich["ICHDTC"].isna()
    parenchymal = ich["ICHTYPE"].isin(plan.safety.parenchymal_types)
    bleeding = ich["ICHTYPE"].notna() & ich["ICHTYPE"].ne("NONE").fillna(False)

    def any_row(condition: pd.Series) -> pd.Series:
        return is_among(adsl[SUBJECT], ich.loc[condition, SUBJECT])

    derived = adsl.assign(
        SICH48FL=flag(any_row(symptomatic & (inside | undated))),
        SICHUNFL=flag(~any_row((inside & ich["SICH"].notna()) | undated)),
        ICH48FL=flag(any_row(bleeding & inside)),
        PH48FL=flag(any_row(parenchymal & inside)),
        ICHUNFL=flag(~any_row(inside & ich["ICHTYPE"].notna())),
        ICHIMGFL=flag(any_row(inside)),
        **{name_class_flag(kind): flag(any_row(inside & ich["ICHTYPE"].eq(kind).fillna(False)))
           for kind in CLASSES},
    )  # fmt: skip
    queries = [
        *_query_rows(ich[undated], "ICHDTC", MessageCode.SICH_WITHOUT_DATE),
        *_query_rows(ich[symptomatic & ~bleeding], "ICHTYPE", MessageCode.SICH_WITHOUT_HAEMORRHAGE),
    ]
    return derived, queries


def compute_image_hours(adsl: pd.DataFrame, ich: pd.DataFrame) -> pd.Series:
    """Return the hours from randomisation to each image; missing without its date."""
    return compute_hours(ich["ICHDTC"], look_up(ich, by_subject(adsl, "RANDDTM")))


def _query_rows(rows: pd.DataFrame, column: str, code: MessageCode) -> list[Query]:
    dates = rows["ICHDTC"].dt.strftime("%Y-%m-%dT%H:%M")
    return [
        Query(
            Severity.WARNING, "ich",
            f"{SUBJECT}={row[SUBJECT]}; ICHDTC={'' if pd.isna(row['ICHDTC']) else date}", column,
            "" if pd.isna(row[column]) else str(row[column]), code.rule, code.write(),
        )
        for row, date in zip(rows.to_dict("records"), dates, strict=True)
    ]  # fmt: skip
