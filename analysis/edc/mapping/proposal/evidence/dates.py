"""Forms of dates that were found in a column, by trial."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice, product

from analysis.edc.layout import Column
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.written.date_forms import read_date

_DAYS = (
    "%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y.%m.%d",
    "%d %b %Y", "%d-%b-%Y", "%d%b%Y", "%b %d, %Y", "%Y%m%d", "%Y年%m月%d日",
)  # fmt: skip
_TIMES = ("", " %H:%M", "T%H:%M", " %H:%M:%S", "T%H:%M:%S", ":%H:%M:%S", " %I:%M %p", " %H时%M分")
_SHORT = ("%Y-%m", "%Y", "%m/%Y", "%b %Y", "%Y年%m月", "%Y年")
FORMS = (*(day + time for time, day in product(_TIMES, _DAYS)), *_SHORT)
ENOUGH = 0.97
"""Share of the cells from which on no further form is sought."""
MOST = 4
_LIKE_DATE = re.compile(r"[0-9].*[^0-9].*[0-9]|[0-9]{8}|[0-9]{4}")
SAMPLE = 150
"""Texts by which forms are tried; the share is that of these too."""


@cache
def find_forms(candidate: Candidate) -> tuple[tuple[str, ...], float]:
    """Return the forms in which the dates of a column are written, and the share that they read.

    Each further form must read what the others leave. Of two that read the same (day or month
    first), the one that reads more is taken; if none does, both stand, and nobody can be sure.
    """
    left = _take_sample(candidate)
    total = sum(left.values())
    found: list[str] = []
    while left and len(found) < MOST and sum(left.values()) > (1 - ENOUGH) * total:
        read = {form: _count(left, form) for form in FORMS}
        best = max(read, key=lambda form: read[form])
        if not read[best] or (found and read[best] < max(2, 0.005 * total)):
            break
        found.append(best)
        left = {text: n for text, n in left.items() if read_date(text, best) is None}
    share = 1 - sum(left.values()) / total if total else 0.0
    return tuple(found), share


def is_ambiguous(candidate: Candidate, forms: Sequence[str]) -> bool:
    """Return whether days and months could be exchanged in the first form without a loss."""
    if not forms or "%b" in forms[0] or not forms[0].startswith(("%d", "%m")):
        return False
    first, texts = forms[0], _take_sample(candidate)
    other = first.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m")
    return _count(texts, first) == _count(texts, other)


def needs_forms(column: Column, forms: Sequence[str]) -> bool:
    """Return whether the layout does not read the forms by itself."""
    usual = {"%Y-%m-%d"} if column.type == "date" else {"%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M",
             "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"}  # fmt: skip
    if column.partial:
        usual |= {"%Y-%m-%d", "%Y-%m", "%Y"}
    return not set(forms) <= usual


def _take_sample(candidate: Candidate) -> dict[str, int]:
    """The most frequent texts, if half of the first ones hold digits as dates do."""
    taken = dict(islice(candidate.looked_at.items(), SAMPLE))
    like = sum(bool(_LIKE_DATE.search(text)) for text in taken)
    return taken if 2 * like > len(taken) else {}


def _count(texts: dict[str, int], form: str) -> int:
    return sum(n for text, n in texts.items() if read_date(text, form) is not None)
