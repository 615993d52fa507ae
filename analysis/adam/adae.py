"""ADAE: adverse events, and which of them are treatment-emergent (SAP 9.3)."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.adam.partial_dates import IMPUTED, first_day, last_day
from analysis.adam.tables import SUBJECT, Tables, by_subject, compute_day, flag, look_up
from analysis.config import Plan
from analysis.edc.written.values import complete_date

FROM_ADSL = ["STUDYID", "SITEID", "TRT01P", "TRT01A", "ITTFL", "SAFFL"]
FROM_AE = [
    "AETERM", "AEDECOD", "AEBODSYS", "AESTDTC", "AEENDTC", "AESEV", "AESER", "AEREL", "AEOUT",
    "AEACN",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """When an event began: ``flag`` is empty for a date given in full.

    ``day`` is None for a partial date that lies wholly before the first dose.
    """

    day: date | None
    flag: str


def build_adae(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return one row per adverse event, ordered by subject, start and AESEQ (SAP 9.3).

    ASTDT, ASTDTF: start and what of it is imputed (:func:`impute_start`). TRTEMFL = Y from the day
    of the first dose (TRTSDT) up to ``adverse_events.last_day``. TRTSDT of a subject whose doses
    have no date is the day of randomisation; one without a dose has none, and no event of
    his is treatment-emergent. AENDT: an end given in full.
    """
    ae = tables["ae"]
    randomised = look_up(ae, by_subject(adsl, "RANDDTM"))
    treated = look_up(ae, by_subject(adsl, "SAFFL")) == "Y"
    first = look_up(ae, by_subject(adsl, "TRTSDTM")).fillna(randomised).where(treated)
    starts = [
        impute_start(_text(start), _text(end), None if pd.isna(dose) else dose.date())
        for start, end, dose in zip(ae["AESTDTC"], ae["AEENDTC"], first, strict=True)
    ]
    start = _to_days([s.day for s in starts], ae.index)
    day = compute_day(start, randomised)
    dosed = first.dt.normalize()
    emergent = treated & (start >= dosed) & (day <= plan.adverse_events.last_day)
    adae = pd.DataFrame(
        {
            **{name: look_up(ae, by_subject(adsl, name)) for name in FROM_ADSL},
            SUBJECT: ae[SUBJECT],
            "AESEQ": ae["AESEQ"],
            **{name: ae[name] for name in FROM_AE},
            "TRTSDT": dosed,
            "ASTDT": start,
            "ASTDTF": pd.Series([s.flag or None for s in starts], index=ae.index, dtype="str"),
            "ASTDY": day,
            "AENDT": _to_days([complete_date(text) for text in ae["AEENDTC"]], ae.index),
            "TRTEMFL": flag(emergent),
        }
    )
    adae["AENDY"] = compute_day(adae["AENDT"], randomised)
    order = [SUBJECT, "ASTDT", "AESEQ", *FROM_AE]
    return adae.sort_values(order, kind="stable", na_position="first", ignore_index=True)


def impute_start(start: str, end: str, first_dose: date | None) -> Start:
    """Return the start of an event from its start and end as given; "" for what is missing.

    A partial start becomes the earliest day consistent with what is given (its own text, and not
    after the end) that is not before the first dose (SAP 9.3). Without a first dose it is the
    earliest day of the text.
    """
    if len(start) == len("YYYY-MM-DD"):
        return Start(date.fromisoformat(start), "")
    imputed = IMPUTED[len(start)]
    bounds = [day for day in (first_day(start) if start else None, first_dose) if day]
    latest = [last_day(text) for text in (start, end) if text]
    earliest = max(bounds, default=None)
    if earliest is None or any(earliest > day for day in latest):
        return Start(None, "")
    return Start(earliest, imputed)


def _to_days(days: list[date | None], index: pd.Index) -> pd.Series:
    return pd.Series(days, index=index, dtype="datetime64[s]")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
