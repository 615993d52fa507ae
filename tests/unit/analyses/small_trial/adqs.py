"""ADQS of a few subjects: the records analysed, one for each value given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

Values = Sequence[float | None]


def build_adqs(
    adsl: pd.DataFrame,
    values: Mapping[tuple[str, str], Values],
    dead: Mapping[tuple[str, str], Sequence[int]] | None = None,
) -> pd.DataFrame:
    """Return the records used (ANL01FL = Y), by parameter and visit, in the order of ``adsl``.

    None is no record. ``dead``: numbers of the subjects whose record stands for their death.
    """
    rows = [
        {
            "SUBJID": subject, "PARAMCD": parameter, "AVISIT": visit, "AVAL": value,
            "DTYPE": "DEATH" if number in (dead or {}).get((parameter, visit), ()) else None,
            "EXCLFL": "N", "ANL01FL": "Y",
        }
        for (parameter, visit), given in values.items()
        for number, (subject, value) in enumerate(zip(adsl["SUBJID"], given, strict=True))
        if value is not None
    ]  # fmt: skip
    columns = ["SUBJID", "PARAMCD", "AVISIT", "AVAL", "DTYPE", "EXCLFL", "ANL01FL"]
    texts = dict.fromkeys(set(columns) - {"AVAL"}, "str")
    return pd.DataFrame(rows, columns=columns).astype({**texts, "AVAL": "Float64"})
