"""What keys of the mapping did with cells, counted: for the account of the door and notes."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.edc.queries import Query, Severity
from analysis.edc.queries.words.message_codes import MessageCode

MISSING = "missing: "
"""How the words begin that count a reason for a missing value, in the account of the door too."""
SHOWN = 12
"""Ways of reading that a note names, the most frequent first."""
Step = Callable[[str], tuple[str, str]]
"""A text to what becomes of it, and in words how; no words where there is nothing to tell."""


@dataclass(frozen=True)
class ReadCells:
    """The texts of a layout column, and how many cells were read in which way."""

    texts: pd.Series
    told: Mapping[str, int] = field(default_factory=dict)

    def apply(self, step: Step) -> "ReadCells":
        """Return the cells after one more step, which is asked once for each text."""
        counts = self.texts.value_counts()
        done = {str(text): step(str(text)) for text in counts.index}
        told = Counter(self.told)
        for text, (_, words) in done.items():
            if words:
                told[words] += int(counts[text])
        if all(text == new for text, (new, _) in done.items()):
            return ReadCells(self.texts, dict(told))
        new = {text: new for text, (new, _) in done.items()}
        return ReadCells(self.texts.map(new).astype("str"), dict(told))


def query_told(table: str, column: str, told: Mapping[str, int]) -> list[Query]:
    """Return the notes on a column: one on missing values and their reasons, one on all else.

    >>> [query.message for query in query_told("bl", "GLUC", {"missing: not done": 12})]
    ['missing by the mapping: not done 12']
    """
    reasons = {words.removeprefix(MISSING): n for words, n in told.items() if _is_reason(words)}
    others = {words: n for words, n in told.items() if not _is_reason(words)}
    kinds = (
        (MessageCode.MISSING_BY_MAPPING, "reasons", reasons, " "),
        (MessageCode.READ_AS, "ways", others, ": "),
    )
    return [
        Query(
            Severity.NOTE, table, "", column, "", code.rule,
            code.write(**{field: _list(counts, mark)}),
        )
        for code, field, counts, mark in kinds
        if counts
    ]  # fmt: skip


def _is_reason(words: str) -> bool:
    return words.startswith(MISSING)


def _list(counts: Mapping[str, int], mark: str) -> str:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    between = ", " if mark == " " else "; "
    shown = between.join(f"{words}{mark}{n:,}" for words, n in ordered[:SHOWN])
    return shown + (f", and {len(ordered) - SHOWN} more ways" if ordered[SHOWN:] else "")
