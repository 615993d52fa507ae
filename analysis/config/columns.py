"""The columns of ADSL that a plan may name as covariate, stratum or subgroup factor.

They are the baseline columns of the export (tables dm, bl and evt) and what is derived from them.
Columns that follow randomisation are none of them.
"""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

ColumnName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")]

NUMBERS = (
    "AGE", "WEIGHT", "HEIGHT", "MRSPRE", "NIHSSBL", "ASPECTS", "SBP", "DBP", "GLUC", "CREAT",
    "EGFR", "INR", "LKWRNDH", "PUNCRECM", "PASSES",
)  # fmt: skip
CODES = (
    "SITEID", "SEX", "RFICBY", "MRSPRGR1", "OCCLOC", "OCCSIDE", "IVT", "TOAST", "HTN", "DIAB",
    "AFIB", "CAD", "STROKEHX", "SMOKE", "ANTIPLT", "ANTICOAG", "ETICI", "ANESTH", "RESCUE",
    "DSACOMP",
)  # fmt: skip
DERIVED = ("LKWRNDH", "PUNCRECM", "MRSPRGR1")
"""Those that no table of the export holds."""
UNKNOWN_SITE = "unknown site"
"""SITEID of every subject for whom the export has none: a site of its own."""


def require_columns(key: str, names: Iterable[str], allowed: Iterable[str], further: str) -> None:
    """Raise ValueError, naming the key, for a name that is not allowed.

    ``further``: what else would be, in words.
    """
    known = tuple(allowed)
    for name in names:
        if name not in known:
            raise ValueError(f"{key}: {name}: no such column. Allowed: {', '.join(known)}{further}")
