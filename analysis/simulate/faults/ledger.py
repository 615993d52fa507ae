"""The ledger: what was planted where, and what the analysis must make of it."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

import pandas as pd

from analysis.edc.queries import Rule


@dataclass(frozen=True)
class Entry:
    """One consequence of one planted fault, a row of the ledger.

    ``expect`` is ``query:<rule>`` (a data query of that rule), ``reason:<code>`` (a per-protocol
    reason of SAP 3.2) or ``mrs:<score>`` (the day-90 mRS of SAP 4.3, ``missing`` if there is none).
    """

    fault: str
    subjid: str
    table: str
    column: str
    expect: str
    detail: str


COLUMNS = [field.name.upper() for field in fields(Entry)]


def expect_query(rule: Rule) -> str:
    """A data query of this rule."""
    return f"query:{rule.value}"


def expect_reason(code: str) -> str:
    """A per-protocol reason of this code."""
    return f"reason:{code}"


def expect_mrs(score: str) -> str:
    """This day-90 mRS; an empty score stands for none."""
    return f"mrs:{score or 'missing'}"


def build_ledger(entries: Iterable[Entry]) -> pd.DataFrame:
    """Return the entries as a frame of text, in order of the faults as planted."""
    return pd.DataFrame([astuple(entry) for entry in entries], columns=COLUMNS, dtype="str")
