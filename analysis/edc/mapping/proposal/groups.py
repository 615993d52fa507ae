"""Forms of a source: the candidates of each, and those that stand beside all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.edc.layout import SUBJECT
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.files.reading import ReadSource
from analysis.edc.mapping.proposal.words.likeness import (
    SAME,
    compare,
    is_system_column,
    list_phrases,
)

SCREENED, RANDOMISATION = "SCRNO", "rand"
COMMON = (SUBJECT, "SITEID", "VISIT", SCREENED)
"""Columns that stand beside every form of a source, whatever form a dictionary puts them on."""


@dataclass(frozen=True)
class Group:
    """The candidates of one form of a source, and those that all forms share.

    ``words``: texts that all rows of the source have, such as the name of a questionnaire.
    ``rows``: the condition for its rows, where others of the source are of another kind.
    ``repeats``: whether some subjects have several rows, if each row is a record; else None.
    """

    source: str
    form: str
    own: tuple[Candidate, ...]
    shared: tuple[Candidate, ...]
    words: tuple[str, ...] = ()
    rows: str = ""
    repeats: bool | None = None

    def list_for(self, column: str) -> tuple[Candidate, ...]:
        """Return the candidates for a column of the layout."""
        if column in COMMON:
            return (*self.own, *self.shared)
        return tuple(each for each in self.own if not is_system_column(each.name))


def group_forms(source: ReadSource, candidates: Sequence[Candidate]) -> list[Group]:
    """Return the forms of a source; one group where no dictionary tells any."""
    forms = list(dict.fromkeys(each.form for each in candidates if each.form))
    if len(forms) < 2:
        form = forms[0] if forms else ""
        return [
            Group(
                source.name, form, tuple(candidates), (), source.words, source.rows, source.repeats
            )
        ]
    return [
        Group(
            source.name, form, tuple(each for each in candidates if each.form == form),
            tuple(each for each in candidates if each.form != form and _is_shared(each)),
        )
        for form in forms
    ]  # fmt: skip


def _is_shared(candidate: Candidate) -> bool:
    """Whether a column stands beside all forms; that of the subject is on the first, by name."""
    return not candidate.form or compare(candidate.name, list_phrases("", SUBJECT)) == SAME
