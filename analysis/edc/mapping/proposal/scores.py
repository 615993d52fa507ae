"""Pairs of a layout column and a candidate, scored by names, labels and cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis.edc.layout import SUBJECT, Column
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.evidence.fit import Fit, judge
from analysis.edc.mapping.proposal.words.likeness import compare, list_phrases

OF_NAME, OF_FIT = 0.75, 0.25
BOTH = 0.1
"""What it adds that name and label both speak for a column."""
SURE, MARGIN = 0.74, 0.04
IDENTIFIERS = (SUBJECT, "SITEID")
LEAST_NAME, LEAST_FIT = 0.6, 0.6
"""A pair is sure from ``SURE`` on, so far ahead of the next, with a name and cells that fit."""


@dataclass(frozen=True)
class Pair:
    """A candidate for the column ``column`` of the layout. ``name``: how alike they are called."""

    column: str
    candidate: Candidate
    name: float
    fit: Fit

    @property
    def score(self) -> float:
        """From 0 to 1."""
        return OF_NAME * self.name + OF_FIT * self.fit.share

    @property
    def is_strong(self) -> bool:
        """Whether it is sure if no other comes near."""
        return (
            self.score >= SURE
            and self.name >= LEAST_NAME
            and self.fit.share >= LEAST_FIT
            and self.fit.is_sure
        )

    def says_same(self, other: "Pair") -> bool:
        """Whether another candidate tells the same: the same codes, or the same identifiers."""
        if self.fit.meant or self.column not in IDENTIFIERS:
            return bool(self.fit.meant) and self.fit.meant == other.fit.meant
        mine, others = (sorted(p.candidate.texts.values()) for p in (self, other))
        return mine == others


def pair(table: str, name: str, column: Column, candidate: Candidate) -> Pair:
    """Return the pair of a layout column and a candidate."""
    return Pair(name, candidate, _name(table, name, candidate), judge(name, column, candidate))


def rank(table: str, name: str, column: Column, candidates: Sequence[Candidate]) -> list[Pair]:
    """Return the pairs of a layout column that are possible, the likest first."""
    pairs = [pair(table, name, column, each) for each in candidates]
    possible = [each for each in pairs if each.fit.share and each.name]
    return sorted(possible, key=lambda each: (-each.score, _length(each), each.candidate.key))


def _length(pair: Pair) -> int:
    """Letters of the identifiers of a candidate: of two that tell the same, the shorter ones."""
    return sum(map(len, pair.candidate.texts)) if pair.column in IDENTIFIERS else 0


@cache
def _name(table: str, name: str, candidate: Candidate) -> float:
    phrases = list_phrases(table, name)
    by_name, by_label = compare(candidate.name, phrases), compare(candidate.label, phrases)
    return min(1.0, max(by_name, by_label) + BOTH * min(by_name, by_label))
