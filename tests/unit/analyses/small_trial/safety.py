"""ADTTE, ADAE and the exposure of a few subjects, with everything equal but what a test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

MEDICATIONS = ("CMSTERFL", "CMINSFL")
_EVENT = {
    "AESEQ": 1, "AETERM": "as written", "AEDECOD": "Headache",
    "AEBODSYS": "Nervous system disorders", "AESEV": "MILD", "AESER": "N", "AEREL": "NOT RELATED",
    "AEOUT": "RECOVERED", "AEACN": "DOSE NOT CHANGED", "ASTDTF": None, "TRTEMFL": "Y",
}  # fmt: skip
_TEXTS = [name for name in _EVENT if name != "AESEQ"]


def build_adtte(
    adsl: pd.DataFrame, days: Sequence[int] | int = 90, died: Sequence[bool] | bool = False
) -> pd.DataFrame:
    """Return ADTTE of these subjects: one day or one per subject; died or censored on it."""
    kept = adsl[["SUBJID", "TRT01P", "TRT01A", "ITTFL", "PPROTFL", "SAFFL"]]
    times = pd.Series(days, index=kept.index, dtype="Int64")
    events = pd.Series(died, index=kept.index, dtype="bool")
    return kept.assign(AVAL=times, CNSR=(~events).astype("Int64"))


def build_adae(
    adsl: pd.DataFrame, events: Mapping[int, Sequence[Mapping[str, object]]]
) -> pd.DataFrame:
    """Return ADAE: the events, by the row number of their subject in ADSL.

    An event is a mild headache, neither serious nor related, but for what it says itself.
    """
    kept = ["SUBJID", "TRT01P", "TRT01A", "ITTFL", "SAFFL"]
    subjects = adsl[kept].to_dict("records")
    rows = [
        {**subjects[number], **_EVENT, **event}
        for number, found in events.items()
        for event in found
    ]
    frame = pd.DataFrame(rows, columns=[*kept, *_EVENT])
    return frame.astype(dict.fromkeys([*kept, *_TEXTS], "str"))


def add_exposure(adsl: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Return ADSL with four doses of 460 mg in all at 70 kg, full compliance, no medication."""
    typical: dict[str, object] = {
        "NDOSE": 4, "DOSEMG": 460.0, "DOSEMGKG": 460 / 70, "DOSEPCT": 100.0,
        **{f"EXD{day}FL": "Y" for day in range(4)}, **dict.fromkeys(MEDICATIONS, "N"),
        "TRTSDTM": pd.Timestamp("2025-03-10T10:20"),
    }  # fmt: skip
    adsl = adsl.assign(**(typical | columns))
    numbers = dict.fromkeys(("DOSEMG", "DOSEMGKG", "DOSEPCT"), "float64")
    texts = dict.fromkeys(MEDICATIONS, "str")
    return adsl.astype({"NDOSE": "Int64", **numbers, **texts})
