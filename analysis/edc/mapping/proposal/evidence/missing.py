"""Texts for a missing value that stand in several columns: ``-99``, ``UNK``, ``未查``."""

import re
from collections import Counter
from collections.abc import Iterable

from analysis.edc.mapping.proposal.evidence.candidate import Candidate

WORDS = frozenset(
    (
        "ni",
        "unk",
        "nask",
        "asku",
        "nd",
        "nk",
        "n/a",
        "not done",
        "missing",
        "/",
        "未查",
        "未做",
        "未知",
    )
)
"""Null flavours of HL7 (NI, UNK, NASK, ASKU) and what forms write in their place."""
FEWEST = 2
"""Columns in which such a text must stand: in one alone it may be a value of it."""
_CODE = re.compile(r"-9{1,4}|-[5-9]{2}|-9[0-9]{2}|-8{2,3}|-7{2,3}")


def find_missing(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the texts for a missing value, in their order; not those that a code list explains."""
    counts = Counter(
        text
        for each in candidates
        for text in each.texts
        if (_CODE.fullmatch(text) or text.casefold() in WORDS) and text not in each.codes
    )
    return tuple(sorted(text for text, columns in counts.items() if columns >= FEWEST))
