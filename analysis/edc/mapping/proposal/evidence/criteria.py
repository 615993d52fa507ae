"""Criteria that stand side by side, a numbered column each: ``incl_01``, ``EX14: met``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.edc.layout import Table
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.evidence.fit import judge

KINDS = {
    "IN": ("incl", "inclusion", "inc", "in", "入选", "纳入"),
    "EX": ("excl", "exclusion", "exc", "ex", "排除"),
}
CODE, ANSWER = "IETESTCD", "IEORRES"
FEWEST = 3
"""Numbered columns from which on they are a list of criteria."""
_NUMBERED = re.compile(r"(.*?)(0?)([0-9]{1,2})([^0-9{}]*)")
_WORD = re.compile(r"[a-z]+|[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Criteria:
    """``blocks``: name with ``{n}``, code with ``{n}`` and the numbers of each."""

    blocks: tuple[tuple[str, str, tuple[int, ...]], ...]
    columns: tuple[str, ...] = (CODE, ANSWER)

    def name(self, block: int, number: int) -> str:
        """Return the column of one criterion."""
        return self.blocks[block][0].replace("{n}", str(number))


def find_criteria(table: Table, candidates: Sequence[Candidate]) -> Criteria | None:
    """Return the blocks of numbered criteria among candidates; None if there are too few."""
    found: dict[tuple[str, str], list[int]] = {}
    for each in candidates:
        match = _NUMBERED.fullmatch(each.name)
        if not match or not judge(ANSWER, table.columns[ANSWER], each).share:
            continue
        stem, zero, number, rest = match[1], match[2], int(match[3]), match[4]
        kind = _find_kind(stem)
        code = f"{kind}{number:02d}"
        if code in table.columns[CODE].codes:
            pattern = f"{kind}0{{n}}" if number < 10 else f"{kind}{{n}}"
            found.setdefault((f"{stem}{zero}{{n}}{rest}", pattern), []).append(number)
    blocks = tuple((name, code, tuple(sorted(n))) for (name, code), n in found.items())
    return Criteria(blocks) if sum(len(n) for _, _, n in blocks) >= FEWEST else None


def _find_kind(stem: str) -> str:
    words = _WORD.findall(stem.casefold())
    return next((kind for kind, known in KINDS.items() for w in words if w in known), "")
