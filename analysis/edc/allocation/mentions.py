"""Words for an arm inside a text: the plan's code, label and synonyms, however they are written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.config.plan import Arms
from analysis.edc.allocation.arm_values import is_telling
from analysis.edc.allocation.lookalikes import fold_digits, fold_lookalikes

WHOLE = 6
"""Latin words of fewer letters count as a whole only (not ``tnk`` in ``catnkin``)."""
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
        if not any(char.isalpha() for char in text):
            return False, False
        folded = fold_lookalikes(text)
        tokens = _TOKEN.findall(folded)
        read = [tokens]
        if any(char in folded for char in "01345@$!"):
            read.append(_TOKEN.findall(fold_digits(folded)))
        return _names(read, self.treatment), _names(read, self.reference)

    def names_any(self, text: str) -> bool:
        """Return whether a text names an arm."""
        return any(self.find(text))


def build_mentions(arms: Arms) -> Mentions:
    """Return the words of the plan for the arms; those of both, and those that are ordinary words
    or codes of one or two characters, say nothing inside a text."""
    treatment, reference = (
        frozenset(filter(is_telling, map(fold_word, (arm.code, arm.label, *arm.synonyms))))
        for arm in (arms.treatment, arms.reference)
    )
    return Mentions(treatment - reference, reference - treatment)


def fold_word(word: str) -> str:
    """Return a word folded, letters and digits alone."""
    return "".join(char for char in fold_lookalikes(word) if char.isalnum())


def _names(readings: Iterable[list[str]], words: frozenset[str]) -> bool:
    return any(_names_one(tokens, word) for tokens in readings for word in words)


def _names_one(tokens: list[str], word: str) -> bool:
    compact = "".join(tokens)
    if word not in compact:
        return False
    if len(word) >= WHOLE or not word.isascii():
        return True
    return _stands_alone(tokens, word)


def _stands_alone(tokens: list[str], word: str) -> bool:
    """Whether a word begins and ends where tokens do, so that its letters may stand apart."""
    ends, length = {0}, 0
    for token in tokens:
        length += len(token)
        ends.add(length)
    compact = "".join(tokens)
    return any(start + len(word) in ends for start in ends if compact.startswith(word, start))
