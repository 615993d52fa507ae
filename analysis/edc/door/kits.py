"""Kits and randomisation numbers that the lists do not hold: other spellings of those they do."""

import pandas as pd

from analysis.config.blocks.door import Door
from analysis.edc.door.limits import REMEDY, name_excess
from analysis.edc.door.remedies.identifiers import find_resemblance, write_spelling
from analysis.edc.door.remedies.known import Known
from analysis.io.large.text_columns import is_among

Tables = dict[str, pd.DataFrame]


def find_unlisted_kits(tables: Tables, listed: frozenset[str], door: Door) -> list[str]:
    """Return a finding if too many of the kits used are not on the kit list.

    Without lists (``listed`` is empty) they are held against the kits assigned in ``rand``, and
    only another spelling of these is a finding: a trial may have a kit for each dose.
    """
    if "ex" not in tables or "rand" not in tables:
        return []
    used, assigned = tables["ex"]["EXKIT"].dropna(), tables["rand"]["KITNO"].dropna()
    unlisted = int((~is_among(used, listed or assigned)).sum())
    excess = name_excess(door, "kits_unlisted", "ex.EXKIT", unlisted, len(used))
    kits = listed or frozenset(assigned if excess else ())
    respelling = describe_respelling("ex", "EXKIT", used, kits) if excess and kits else ""
    if not respelling or (not listed and "identifiers" not in respelling):
        return []
    where = "on kit_list.csv" if listed else "among those assigned in rand (KITNO)"
    return [
        f"table ex, column EXKIT: the kits of {unlisted:,} of {len(used):,} doses are not {where}, "
        f"{excess}.{REMEDY}{respelling}"
    ]


def describe_respelling(table: str, column: str, present: pd.Series, known: frozenset[str]) -> str:
    """Return which identifiers resemble each other, and the mapping that respells them."""
    like = find_resemblance(present, Known(known))
    if like is None:
        return "They resemble none of them: do the files belong together?"
    looks = f"`{like.unknown}` looks like `{like.known}`. "
    if like.spelling is None:
        return f"{looks}Export them as they are spelt there"
    line = write_spelling(table, column, like.spelling)
    return (
        f"{looks}If they are the same, write in config/edc.yaml `{line}`: it makes {like.hits:,} "
        f"of {like.present:,} known"
    )
