"""Visits that stand side by side: ``mrs_d30``, ``mrs_d90`` and their dates in one row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.edc.layout import SUBJECT, Table
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.evidence.codes import find_visit
from analysis.edc.mapping.proposal.groups import COMMON, Group
from analysis.edc.mapping.proposal.scores import Pair, pair, rank
from analysis.edc.mapping.proposal.tables import ProposedTable, assign

VISIT = "VISIT"
FEWEST = 2
"""Visits from which on they stand side by side; one alone may be a name with a number."""


def find_visits(proposed: ProposedTable, table: Table, groups: Sequence[Group]) -> ProposedTable:
    """Return a table whose visits no column tells, with a block for each that column names tell.

    The source is that of most such columns. A table with a column of visits stays as it is.
    """
    visit = table.columns.get(VISIT)
    if visit is None or VISIT in {**proposed.sure, **proposed.constants} or len(visit.codes) < 2:
        return proposed
    found = [(group, _pair_visits(proposed.name, table, group)) for group in groups]
    group, visits = max(found, key=lambda each: _count(each[1]), default=(None, {}))
    subject = _find_subject(proposed.name, table, group) if group else None
    if len(visits) < FEWEST or subject is None:
        return proposed
    known = {column for pairs in visits.values() for column in pairs} | {SUBJECT, VISIT}
    missing = tuple(column for column in table.columns if column not in known)
    return ProposedTable(proposed.name, group, {SUBJECT: subject}, missing=missing, visits=visits)


def _count(visits: Mapping[str, Mapping[str, Pair]]) -> int:
    return sum(map(len, visits.values())) if len(visits) >= FEWEST else 0


def _pair_visits(name: str, table: Table, group: Group) -> dict[str, dict[str, Pair]]:
    """By visit, the sure pairs of the columns whose names hold it, as if they did not."""
    of_visit: dict[str, dict[Candidate, Candidate]] = {}
    for each in group.own:
        code, rest = find_visit(each.name, table.columns[VISIT].codes)
        if code:
            label = find_visit(each.label, table.columns[VISIT].codes)[1]
            of_visit.setdefault(code, {})[replace(each, name=rest, label=label)] = each
    own = [column for column in table.columns if column not in COMMON]
    found = {}
    for code in table.columns[VISIT].codes:
        named = of_visit.get(code, {})
        ranked = {column: rank(name, column, table.columns[column], [*named]) for column in own}
        sure = {
            column: replace(best, candidate=named[best.candidate])
            for column, best in assign(ranked)[0].items()
        }
        if sure:
            found[code] = sure
    return found


def _find_subject(name: str, table: Table, group: Group) -> Pair | None:
    candidates = group.list_for(SUBJECT)
    ranked = rank(name, SUBJECT, table.columns[SUBJECT], candidates)
    strong = [each for each in ranked if each.is_strong]
    return pair(name, SUBJECT, table.columns[SUBJECT], strong[0].candidate) if strong else None
