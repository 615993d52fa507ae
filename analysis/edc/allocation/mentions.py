"""Words for an arm inside a text: the plan's code, label and synonyms, however they are written."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config.plan import Arms
from analysis.edc.allocation.arm_values import is_telling
from analysis.edc.allocation.lookalikes import fold_digits, fold_lookalikes
from analysis.edc.allocation.pattern.cells import may_match

WHOLE = 6
"""Latin words of fewer letters count as a whole only (not ``tnk`` in ``catnkin``)."""
REMEMBERED = 200_000
"""Texts of which is remembered what they name: columns are gone through several times."""
_WITHOUT_WORDS = re.compile(r"[\d\s.,:;/+-]*(?:T[\d:]*)?")
"""Numbers, dates and times."""
_INSTEAD_OF_LETTERS = re.compile("[01345@$!]")
_WRITTEN = {"o": "o0", "l": "l1", "e": "e3", "a": "a4@", "s": "s5$", "i": "i!"}
"""Letters, and what is folded to them (``fold_digits``)."""
_BETWEEN = "[^a-z0-9]*"
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\W\d_a-z]+")


@dataclass(frozen=True)
class Mentions:
    """What names the treatment arm and what the reference arm, folded, without blanks."""

    treatment: frozenset[str]
    reference: frozenset[str]

    def find(self, text: str) -> tuple[bool, bool]:
        """Return whether a text names the treatment arm, and whether it names the reference arm.

        Case, width, accents, look-alike letters, what cannot be seen, and what stands between the
        letters (``M.P.S.S``, ``p l a c e b o``) do not count, nor do digits for letters.
        """
        if _WITHOUT_WORDS.fullmatch(text):
            return False, False
        return _find(self, text)

    def find_all(self, texts: pd.Series) -> NDArray[np.bool_]:
        """Return what :meth:`find` does, a row a text; few texts are asked."""
        found = np.zeros((len(texts), 2), bool)
        for place in np.flatnonzero(may_match(texts, self._pattern)):
            found[place] = self.find(str(texts.iloc[place]))
        return found

    @property
    def _pattern(self) -> str:
        """What a text of ASCII holds that names an arm, whatever stands between its letters."""
        words = sorted(word for word in self.treatment | self.reference if word.isascii())
        return "|".join(
            _BETWEEN.join(f"[{_WRITTEN.get(char, char)}]" for char in word) for word in words
        )

    def names_any(self, text: str) -> bool:
        """Return whether a text names an arm."""
        return any(self.find(text))


def build_mentions(arms: Arms) -> Mentions:
    """Return the words of the plan for the arms.

    Those of both arms, ordinary words ("control") and codes of one or two characters are left out:
    they say nothing inside a text.
    """
    treatment, reference = (
        frozenset(filter(is_telling, map(fold_word, (arm.code, arm.label, *arm.synonyms))))
        for arm in (arms.treatment, arms.reference)
    )
    return Mentions(treatment - reference, reference - treatment)


def fold_word(word: str) -> str:
    """Return a word folded, letters and digits alone."""
    return "".join(char for char in fold_lookalikes(word) if char.isalnum())


@lru_cache(maxsize=REMEMBERED)
def _find(mentions: Mentions, text: str) -> tuple[bool, bool]:
    folded = fold_lookalikes(text)
    readings = [_TOKEN.findall(folded)]
    if _INSTEAD_OF_LETTERS.search(folded):
        readings.append(_TOKEN.findall(fold_digits(folded)))
    treatment, reference = (
        any(_names(tokens, words) for tokens in readings)
        for words in (mentions.treatment, mentions.reference)
    )
    return treatment, reference


def _names(tokens: list[str], words: frozenset[str]) -> bool:
    compact = "".join(tokens)
    found = {each.group(1) for each in _compile(words).finditer(compact)}
    return any(
        len(word) >= WHOLE or not word.isascii() or _stands_alone(tokens, word) for word in found
    )


@cache
def _compile(words: frozenset[str]) -> re.Pattern[str]:
    """A pattern that finds at every place the longest of the words."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(f"(?=({'|'.join(map(re.escape, longest_first)) or '(?!)'}))")


def _stands_alone(tokens: list[str], word: str) -> bool:
    """Whether a word begins and ends where tokens do, so that its letters may stand apart."""
    ends, length = {0}, 0
    for token in tokens:
        length += len(token)
        ends.add(length)
    compact = "".join(tokens)
    return any(start + len(word) in ends for start in ends if compact.startswith(word, start))
