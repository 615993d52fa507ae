"""ADQS: the assessments of all scales, and which of them each analysis uses."""

import pandas as pd

from analysis.adam.adqs.coded import code_texts, join_coded
from analysis.adam.adqs.eq5d import iter_eq5d
from analysis.adam.adqs.mrs_day_90 import PARAMETER, build_mrs, find_level
from analysis.adam.adqs.nihss import build_nihss
from analysis.adam.tables import SUBJECT, Tables, look_up
from analysis.config import Plan
from analysis.edc.queries import Query

_TYPES = {
    SUBJECT: "str",
    "TRT01P": "str",
    "PARAMCD": "str",
    "PARAM": "str",
    "AVISIT": "str",
    "ADTM": "datetime64[ms]",
    "ADT": "datetime64[ms]",
    "ADY": "Int64",
    "AVAL": "Float64",
    "MRSSRC": "str",
    "MRSMODE": "str",
    "DTYPE": "str",
    "AWINFL": "str",
    "EXCLFL": "str",
    "EXCLREAS": "str",
    "ANL01FL": "str",
    "ANLRULE": "str",
}


def build_adqs(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> tuple[pd.DataFrame, list[Query]]:
    """Return ADQS and its queries: one row per assessment and parameter, plus deaths that count.

    PARAMCD: MRS (AVISIT D30, D90), NIHSS (H24, D7), and at D90 the items, the utility (EQ5DUTIL)
    and the VAS (EQVAS) of EQ-5D-5L. ANL01FL = Y marks the one record of a subject, parameter and
    visit that is analysed; ANLRULE is the rule of SAP 4.3 that chose a day-90 mRS (a, b, c, d).
    DTYPE = DEATH marks derived records. AWINFL tells whether the date is inside the window of a
    day-90 assessment. EXCLFL = Y rows are left out for the reason in EXCLREAS.
    """
    mrs, queries = build_mrs(adsl, tables, plan)
    parts = [_lay_out(mrs), _lay_out(build_nihss(adsl, tables, plan))]
    adqs = join_coded([*parts, *map(_lay_out, iter_eq5d(adsl, tables, plan))])
    order = [
        SUBJECT, "PARAMCD", "ADTM", "ADT", "DTYPE", "AVISIT", "MRSSRC", "MRSMODE", "AVAL",
        "ANL01FL",
    ]  # fmt: skip
    adqs = adqs.sort_values(order, kind="stable", na_position="first", ignore_index=True)
    return adqs.astype(_TYPES), queries


def _lay_out(part: pd.DataFrame) -> pd.DataFrame:
    """Records with the columns of ADQS."""
    return code_texts(part.reindex(columns=list(_TYPES)).astype(_TYPES))


def derive_outcome(adsl: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Add the day-90 mRS to ADSL: MRS90, MRS90SCR, MRS90DT, MRS90DY and MRS90RUL; same rows.

    MRS90SCR is the score as assessed, 6 for the dead, and MRS90 the level of the plan that holds it
    (:func:`find_level`).
    """
    is_outcome = (adqs["PARAMCD"] == PARAMETER["PARAMCD"]) & (
        adqs["AVISIT"] == f"D{plan.outcome.day}"
    )
    used = adqs[is_outcome & (adqs["ANL01FL"] == "Y")].set_index(SUBJECT)
    columns = {"MRS90SCR": "AVAL", "MRS90DT": "ADT", "MRS90DY": "ADY", "MRS90RUL": "ANLRULE"}
    derived = adsl.assign(**{new: look_up(adsl, used[old]) for new, old in columns.items()})
    derived = derived.astype({"MRS90SCR": "Int64"})
    return derived.assign(MRS90=find_level(derived["MRS90SCR"], plan))
