"""Rows of the mRS that contradict a death, or that a central score contradicts (SAP 4.1, 4.2)."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.adam.tables import SUBJECT, flag
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.queries import Query, Severity
from analysis.edc.queries.words.message_codes import MessageCode

AFTER_DEATH = "after death"
BEFORE_DEATH = "mRS of death before death"
CONTRADICTED = "mRS of death contradicted by a central score"


def mark_excluded(rows: pd.DataFrame, contradicted: "pd.Series[bool]") -> pd.DataFrame:
    """Add EXCLFL and EXCLREAS to assessments of the mRS; same rows.

    Left out are rows dated after the death, an mRS of death dated before it (SAP 4.2), and the
    ``contradicted``, which are no death at all (SAP 4.1).
    """
    after = (rows["ADT"] > rows["DTHDT"]).fillna(False)
    before = (rows["ADT"] < rows["DTHDT"]) & (rows["AVAL"] == DEATH_SCORE)
    before = before.fillna(False).astype(bool)
    reason = pd.Series(pd.NA, index=rows.index, dtype="str").mask(after, AFTER_DEATH)
    reason = reason.mask(before, BEFORE_DEATH).mask(contradicted, CONTRADICTED)
    return rows.assign(EXCLFL=flag(reason.notna()), EXCLREAS=reason)


def query_excluded(rows: pd.DataFrame) -> list[Query]:
    """Return a query for each row with a score that is left out, with the reason."""
    excluded = rows[(rows["EXCLFL"] == "Y") & rows["AVAL"].notna()]
    return [
        Query(
            Severity.ERROR, "mrs", f"{key}; MRSDTC={row['ADT']:%Y-%m-%d}", "MRS",
            str(row["AVAL"]), code.rule, message,
        )
        for row in excluded.to_dict("records")
        for key in [f"{SUBJECT}={row[SUBJECT]}; VISIT={row['AVISIT']}; MRSSRC={row['MRSSRC']}"]
        for code, message in _explain(row)
    ]  # fmt: skip


def _explain(row: Mapping[Hashable, Any]) -> Iterator[tuple[MessageCode, str]]:
    """The code and the words; nothing for a death entered with the date of the visit."""
    if row["EXCLREAS"] == CONTRADICTED:
        yield MessageCode.MRS6_CONTRADICTED, MessageCode.MRS6_CONTRADICTED.write()
        return
    is_early = row["EXCLREAS"] == BEFORE_DEATH
    if is_early or row["AVAL"] != DEATH_SCORE:
        code = MessageCode.MRS6_BEFORE_DEATH if is_early else MessageCode.MRS_AFTER_DEATH
        yield code, code.write(date=f"{row['DTHDT']:%Y-%m-%d}")
