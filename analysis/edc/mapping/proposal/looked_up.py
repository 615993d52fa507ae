"""Columns that a table lacks and that stand in rows of other sources, looked up by subject."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.edc.layout import SUBJECT, Table
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.scores import Pair, rank
from analysis.edc.mapping.proposal.sdtm.answers import Answer
from analysis.edc.mapping.proposal.tables import SHOWN, ProposedTable

LEAST_NAME = 0.8
"""What stands in rows of another source is taken only if it bears the name."""


def look_up_others(
    proposed: ProposedTable,
    table: Table,
    answers: Sequence[Answer],
    domains: Mapping[str, tuple[str, tuple[str, ...]]],
) -> ProposedTable:
    """Return a table with the columns that it lacks, as far as one answer alone bears the name.

    ``domains``: by source the code of its domain, and its columns. Answers of no record are those
    of a table with a row a subject; qualifiers those of the domain whose records they belong to.
    """
    subject = proposed.sure.get(SUBJECT)
    if subject is None or proposed.group is None:
        return proposed
    domain, columns = domains.get(proposed.group.source, ("", ()))
    fitting = [
        each.candidate
        for each in answers
        if (each.domain == domain if each.domain else table.one_row_per_subject)
        and _has_keys(each.candidate, (subject.candidate.name, *columns))
    ]
    ranked = {
        column: rank(proposed.name, column, table.columns[column], fitting)
        for column in (*proposed.missing, *proposed.unsure)
    }
    found = {column: best for column, pairs in ranked.items() if (best := _choose(pairs))}
    shown = {c: tuple(ranked[c][:SHOWN]) for c in proposed.missing if ranked[c]}
    unsure = {c: pairs for c, pairs in {**proposed.unsure, **shown}.items() if c not in found}
    missing = tuple(c for c in proposed.missing if c not in {**found, **unsure})
    return replace(proposed, looked_up=found, unsure=unsure, missing=missing)


def _has_keys(candidate: Candidate, columns: Iterable[str]) -> bool:
    there = {column.casefold() for column in columns}
    keys = candidate.lookup.match if candidate.lookup else {}
    return {key.casefold() for key in keys} <= there


def _choose(ranked: Sequence[Pair]) -> Pair | None:
    """The one that bears the name more than all others; none if several do."""
    strong = [pair for pair in ranked if pair.is_strong and pair.name >= LEAST_NAME]
    best = [pair for pair in strong if pair.name == strong[0].name]
    return best[0] if len(best) == 1 else None
