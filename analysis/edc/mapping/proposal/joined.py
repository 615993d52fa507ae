"""Columns of a subject that stand in another source: beside the table's own, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.edc.layout import SUBJECT, Table
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.groups import Group
from analysis.edc.mapping.proposal.scores import Pair, rank
from analysis.edc.mapping.proposal.tables import ProposedTable

LEAST_NAME = 0.9
"""A column of another source is taken only if it bears the name."""


def join_others(
    proposed: ProposedTable, table: Table, groups: Sequence[Group], used: Mapping[str, str]
) -> ProposedTable:
    """Return a table with the columns that it lacks, from sources of one row for each subject.

    ``used``: by source the table that is read from it; such a source is that table's alone.
    """
    subject = proposed.sure.get(SUBJECT)
    if subject is None or proposed.group is None or not table.one_row_per_subject:
        return proposed
    others = [
        group
        for group in groups
        if group.source != proposed.group.source
        and not group.rows
        and used.get(group.source, proposed.name) == proposed.name
        and _has_subjects(group, subject.candidate)
    ]
    found = dict(proposed.sure)
    for column in (*proposed.missing, *proposed.unsure):
        if best := _find(proposed.name, column, table, others):
            found[column] = best
    return replace(
        proposed,
        sure=found,
        unsure={column: pairs for column, pairs in proposed.unsure.items() if column not in found},
        missing=tuple(column for column in proposed.missing if column not in found),
    )


def _has_subjects(group: Group, subject: Candidate) -> bool:
    """Whether a source has a row for each subject at most, under the same name."""
    same = [each for each in (*group.own, *group.shared) if each.name == subject.name]
    return any(len(each.texts) == each.rows for each in same)


def _find(name: str, column: str, table: Table, others: Sequence[Group]) -> Pair | None:
    candidates = [each for group in others for each in group.own]
    ranked = rank(name, column, table.columns[column], candidates)
    strong = [pair for pair in ranked if pair.is_strong and pair.name >= LEAST_NAME]
    return strong[0] if len(strong) == 1 else None
