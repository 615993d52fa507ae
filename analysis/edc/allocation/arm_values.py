"""Cells that say which arm a subject is in: as a whole an arm's code, its label or a word for it.

Text around an arm's name ("headache after placebo") is none. A word that says nothing by itself (a
code such as A or 1, "active") counts in a column of such words alone, with both arms among them.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from analysis.config.plan import Arms
from analysis.edc.allocation.folded import fold_cell, fold_name

_GROUP = "(?:group|grp|arm)"
SHORT = 2
"""A code or label of up to so many characters says nothing by itself."""

TREATMENT_WORDS = frozenset(
    {"active", "active drug", "active treatment", "treatment", "experimental", "experiment",
     "test", "intervention", "verum", "study drug", "drug",
     "试验", "实验", "治疗", "干预", "试验药", "研究"}
)  # fmt: skip
REFERENCE_WORDS = frozenset(
    {"placebo", "control", "comparator", "reference", "sham", "vehicle", "对照", "安慰剂"}
)
PLAIN_WORDS = frozenset({"placebo", "verum", "安慰剂"})
"""Words for an arm that mean nothing else."""


@dataclass(frozen=True)
class ArmWords:
    """The folded words for either arm, and those that name an arm by themselves."""

    treatment: frozenset[str]
    reference: frozenset[str]
    telling: frozenset[str]

    @property
    def pattern(self) -> str:
        """What every text of ASCII is like that ``fold_cell`` makes one of all these words."""
        words = self.treatment | self.reference | TREATMENT_WORDS | REFERENCE_WORDS
        spaced = (" +".join(map(re.escape, word.split())) for word in sorted(words | self.telling))
        return f"^ *(?:(?:[0-9]{{1,2}}|[a-z]) *[=:.,)-] *)?(?:{'|'.join(spaced)})(?: +{_GROUP})? *$"

    def covers_both(self, cells: Set[str], *, with_codes: bool) -> bool:
        """Return whether ``cells`` are words for the arms and nothing else, both arms among them.

        Without ``with_codes`` those words of the plan are left out that say nothing by themselves.
        """
        known = self.treatment | self.reference if with_codes else self.telling
        treatment = TREATMENT_WORDS | (self.treatment & known)
        reference = REFERENCE_WORDS | (self.reference & known)
        return cells <= treatment | reference and bool(cells & treatment and cells & reference)

    def names_both(self, cells: Set[str]) -> bool:
        """Return whether both arms are named in ``cells``, whatever else is."""
        named = cells & self.telling
        return bool(named & self.treatment and named & self.reference)

    def names_arm(self, name: str) -> bool:
        """Return whether a column is named after an arm, so that its cells say yes or no to it."""
        arms = {fold_name(word) for word in self.telling | PLAIN_WORDS}
        return fold_name(name).removeprefix("is") in arms


def build_words(arms: Arms) -> ArmWords:
    """Return the words for the arms of a plan: their codes and labels."""
    treatment, reference = (
        frozenset(fold_cell(word) for word in (arm.code, arm.label))
        for arm in (arms.treatment, arms.reference)
    )
    words = treatment ^ reference
    return ArmWords(
        treatment & words,
        reference & words,
        frozenset(filter(is_telling, words)),
    )


def is_telling(word: str) -> bool:
    """Return whether a folded word names an arm: no number, no short code, no ordinary word."""
    chinese = any(ord(char) > 0x3000 for char in word)
    ordinary = word in (TREATMENT_WORDS | REFERENCE_WORDS) - PLAIN_WORDS
    return not word.isnumeric() and not ordinary and (chinese or len(word) > SHORT)
