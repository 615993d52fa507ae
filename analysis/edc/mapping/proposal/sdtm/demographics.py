"""Tables of a row a subject whose columns stand in many domains: their rows are those of DM."""

from collections.abc import Callable, Sequence

from analysis.edc.layout import SUBJECT, Table
from analysis.edc.mapping.proposal.groups import Group
from analysis.edc.mapping.proposal.scores import rank
from analysis.edc.mapping.proposal.tables import ENOUGH, ProposedTable

Complete = Callable[[ProposedTable], ProposedTable]


def base_on_subjects(
    proposed: ProposedTable, table: Table, demographics: Sequence[Group], complete: Complete
) -> ProposedTable:
    """Return a table completed from other sources; one without a source with the rows of DM.

    ``complete``: what takes columns from other sources. A table that has no source of its own stays
    without one unless enough of its columns are found elsewhere.
    """
    if proposed.group or not table.one_row_per_subject or len(demographics) != 1:
        return complete(proposed)
    group = demographics[0]
    subjects = rank(proposed.name, SUBJECT, table.columns[SUBJECT], group.list_for(SUBJECT))
    strong = [pair for pair in subjects if pair.is_strong and pair.candidate.name != SUBJECT]
    if not strong:
        return proposed
    others = tuple(column for column in table.columns if column != SUBJECT)
    begun = ProposedTable(proposed.name, group, {SUBJECT: strong[0]}, missing=others)
    made = complete(begun)
    return made if len(made.sure) - 1 + len(made.looked_up) >= ENOUGH else proposed
