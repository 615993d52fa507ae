"""EQ-5D-5L in ADQS: items, utility and EQ-VAS at the day of the outcome (SAP 3.4, 8.3)."""

from collections.abc import Iterator

import pandas as pd

from analysis.adam.adqs.choice import DEATH_RECORD, choose_nearest
from analysis.adam.tables import SUBJECT, Tables, compute_day, flag, look_up
from analysis.config import Plan
from analysis.config.blocks.secondary import ValueSet
from analysis.io.large.text_columns import is_among

UTILITY, VAS = "EQ5DUTIL", "EQVAS"
ITEMS = {
    "EQMO": "EQ-5D-5L mobility",
    "EQSC": "EQ-5D-5L self-care",
    "EQUA": "EQ-5D-5L usual activities",
    "EQPD": "EQ-5D-5L pain or discomfort",
    "EQAD": "EQ-5D-5L anxiety or depression",
}
"""Items of the form, levels 1 (no problems) to 5."""
LABELS = {**ITEMS, UTILITY: "EQ-5D-5L utility", VAS: "EQ-VAS"}
DECIMALS = 9
"""Decimals of a utility. A value set has three; what lies beyond nine is rounding, which would tell
equal utilities apart."""


def iter_eq5d(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> Iterator[pd.DataFrame]:
    """Yield the records of EQ-5D-5L, one for each row of the form, by parameter; deaths last.

    ANL01FL = Y marks the record used of each parameter: of those inside the window (AWINFL) the
    nearest to the day of the outcome (SAP 3.4). Whoever died on or before the last day of the plan
    has instead a record of the utility and of the EQ-VAS of the dead (DTYPE = DEATH, SAP 8.3).
    """
    form = _read_form(adsl, tables, plan)
    deaths = _derive_deaths(adsl, plan)
    usable = (form["AWINFL"] == "Y") & ~is_among(form[SUBJECT], deaths[SUBJECT])
    yield from (_select_parameter(form, code, usable, plan) for code in LABELS)
    yield deaths


def compute_utility(items: pd.DataFrame, values: ValueSet) -> pd.Series:
    """Return the utility of the levels (1 to 5) of the five items; missing if any item is."""
    utility = pd.Series(1.0, index=items.index, dtype="Float64")
    for item in ITEMS:
        decrements = dict(enumerate((0.0, *getattr(values, item)), start=1))
        utility -= items[item].map(decrements).astype("Float64")
    return utility.round(DECIMALS)


def _read_form(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    form, subjects = tables["eq5d"], adsl.set_index(SUBJECT)
    day = compute_day(form["EQDTC"], look_up(form, subjects["RANDDTM"]))
    return pd.DataFrame(
        {
            SUBJECT: form[SUBJECT],
            "TRT01P": look_up(form, subjects["TRT01P"]),
            "AVISIT": form["VISIT"],
            "ADT": form["EQDTC"],
            "ADY": day,
            **{item: form[item] for item in ITEMS},
            UTILITY: compute_utility(form, plan.secondary.eq5d.decrements),
            VAS: form["EQVAS"],
            "DTYPE": pd.Series(pd.NA, index=form.index, dtype="str"),
            "AWINFL": flag((day - plan.outcome.day).abs() <= plan.secondary.eq5d.window_days),
            "EXCLFL": "N",
        }
    )


def _select_parameter(form: pd.DataFrame, code: str, usable: pd.Series, plan: Plan) -> pd.DataFrame:
    """The rows of the form as records of one parameter, the one used of each subject marked."""
    values = form[code].astype("Float64")
    rows = form.drop(columns=list(LABELS))
    rows = rows.assign(PARAMCD=code, PARAM=LABELS[code], AVAL=values)
    distance = (rows["ADY"] - plan.outcome.day).abs()
    used = choose_nearest(rows[usable], distance[usable], higher_is_worse=code in ITEMS)
    return rows.assign(ANL01FL=flag(pd.Series(rows.index.isin(used), index=rows.index)))


def _derive_deaths(adsl: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Two records, utility and EQ-VAS, per subject who died by the last day."""
    rule = plan.secondary.eq5d
    dead = adsl[(adsl["DTHADY"] <= rule.death_last_day).fillna(False)]
    shared = pd.DataFrame(
        {
            SUBJECT: dead[SUBJECT],
            "TRT01P": dead["TRT01P"],
            "AVISIT": f"D{plan.outcome.day}",
            "ADT": dead["DTHDT"],
            "ADY": dead["DTHADY"],
            "DTYPE": pd.Series(DEATH_RECORD, index=dead.index, dtype="str"),
            "AWINFL": "Y",
            "EXCLFL": "N",
            "ANL01FL": "Y",
        }
    )
    parts = [
        shared.assign(
            PARAMCD=code,
            PARAM=LABELS[code],
            AVAL=pd.Series(value, index=dead.index, dtype="Float64"),
        )
        for code, value in ((UTILITY, rule.death_utility), (VAS, rule.death_vas))
    ]
    return pd.concat(parts, ignore_index=True)
